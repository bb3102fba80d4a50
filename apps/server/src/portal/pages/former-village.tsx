import type { FC } from 'hono/jsx';
import { Button } from '../components/button/button.js';
import { SectionCard } from '../components/section-card/section-card.js';
import { SummaryList } from '../components/summary-list/summary-list.js';
import type { PageSetting } from '../setting.js';
import type { FormerVillage } from '../villages.js';
import { showDay } from '../words/days.js';
import { formerVillageWords } from '../words/former-village.js';
import { Frame } from './frame.js';

/** Any page of a village that was merged, split or recoded: where it went, since when and by which decision. */
export const FormerVillagePage: FC<{ setting: PageSetting; village: FormerVillage }> = ({ setting, village }) => {
  const words = formerVillageWords(setting.language);
  const day = showDay(village.endedOn, setting.language).text;
  return (
    <Frame setting={setting} title={village.name} trail={[{ href: '/', label: setting.words.home }]} unlisted>
      <h1>{words.title(village.name)}</h1>
      <p class="lead">{words.lead(day)}</p>
      <div class="button-row screen-only">
        {village.became
          .filter((one) => one.stands)
          .map((one) => (
            <Button label={words.goTo(one.name)} href={`/v/${one.code}`} />
          ))}
        <Button label={words.receipt} href="/r" tone="secondary" />
      </div>
      <SectionCard id="history" title={words.history}>
        <SummaryList
          rows={village.became.map((one) => ({
            label: words.became,
            value: one.stands ? one.name : `${one.name}${words.ended}`,
            note: `${day} · ${words.causes[one.cause]} · ${words.source} ${one.source}`,
          }))}
        />
      </SectionCard>
    </Frame>
  );
};
