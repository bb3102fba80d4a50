import type { FC } from 'hono/jsx';
import { EmptyState } from '../components/empty-state/empty-state.js';
import { SectionCard } from '../components/section-card/section-card.js';
import { SummaryList } from '../components/summary-list/summary-list.js';
import type { ServiceBookletView } from '../service-booklet.js';
import { showDay } from '../words/days.js';
import { openWords } from '../words/open.js';
import { Frame } from './frame.js';
import { PrintButton, trailToOpen, type OpenProps } from './open.js';

/** `/v/{code}/service-booklet` 一本通: what can be done, area by area; an area without a service says so. */
export const ServiceBookletPage: FC<OpenProps & { booklet: ServiceBookletView | undefined }> = ({
  setting,
  village,
  booklet,
}) => {
  const words = openWords(setting.language);
  return (
    <Frame setting={setting} title={`${village.name} · ${words.booklet}`} trail={trailToOpen({ setting, village })}>
      <h1>{booklet?.title ?? words.booklet}</h1>
      <p class="lead">{words.bookletLead}</p>
      {booklet === undefined ? (
        <EmptyState text={words.bookletNone} />
      ) : (
        <>
          <p class="muted">{words.bookletVersion(showDay(booklet.from, setting.language).text)}</p>
          <p class="screen-only">
            <a href={`/v/${village.code}/service-booklet.pdf`}>{words.bookletPdf}</a>
          </p>
          {booklet.chapters.map((chapter, at) => (
            <SectionCard id={`chapter-${at + 1}`} title={`${at + 1}. ${chapter.area}`} note={chapter.goal}>
              {chapter.entries.length === 0 ? <EmptyState text={words.bookletEmpty} /> : null}
              {chapter.entries.map((entry) => (
                <>
                  <h3>{entry.title}</h3>
                  <SummaryList rows={entry.rows} />
                </>
              ))}
            </SectionCard>
          ))}
          <PrintButton setting={setting} />
        </>
      )}
    </Frame>
  );
};
