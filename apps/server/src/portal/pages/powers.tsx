import type { FC } from 'hono/jsx';
import { raw } from 'hono/html';
import type { PowerView } from '../../disclosures/index.js';
import { EmptyState } from '../components/empty-state/empty-state.js';
import { SectionCard } from '../components/section-card/section-card.js';
import type { PageSetting } from '../setting.js';
import type { FoundVillage } from '../villages.js';
import { showDay } from '../words/days.js';
import { disclosureWords } from '../words/disclosures.js';
import { Frame } from './frame.js';
import { trailOf } from './village.js';

/** `/v/{code}/powers`: the small powers of village officers, each with its steps and a flow chart drawn from the rule. */
export const PowersPage: FC<{ setting: PageSetting; village: FoundVillage; powers: readonly PowerView[] }> = ({
  setting,
  village,
  powers,
}) => {
  const words = disclosureWords(setting.language);
  const day = (text: string): string => showDay(text, setting.language).text;
  return (
    <Frame
      setting={setting}
      title={`${village.name} · ${words.powers}`}
      trail={[...trailOf(setting, village.path), { href: `/v/${village.code}`, label: village.name }]}
    >
      <h1>{words.powers}</h1>
      <p class="lead">{words.powersNote}</p>
      {powers.length === 0 ? <EmptyState text={words.noPowers} /> : null}
      {powers.map((power) => (
        <SectionCard
          id={power.id}
          title={power.title}
          note={[words.holder(power.holder), power.limits ?? ''].filter(Boolean).join(' · ')}
        >
          <p class="muted">{words.powerVersion(power.version, day(power.since))}</p>
          <p class="muted">{words.basis(power.basis)}</p>
          <ol>
            {power.steps.map((step) => (
              <li>{step}</li>
            ))}
          </ol>
          <div class="power-drawing">{raw(power.drawing)}</div>
          {power.earlier.length === 0 ? null : (
            <details>
              <summary>{words.history}</summary>
              {power.earlier.map((one) => (
                <p>{words.flowBefore(one.version, day(one.since), one.steps)}</p>
              ))}
            </details>
          )}
        </SectionCard>
      ))}
    </Frame>
  );
};
