import type { FC } from 'hono/jsx';
import type { BoardPage, VillageBoard } from '../../disclosures/index.js';
import { Button } from '../components/button/button.js';
import { Choice } from '../components/choice/choice.js';
import { EmptyState } from '../components/empty-state/empty-state.js';
import { ErrorSummary } from '../components/error-summary/error-summary.js';
import type { ErrorSummaryItem } from '../components/error-summary/error-summary.js';
import { NoticeBanner } from '../components/notice-banner/notice-banner.js';
import { SectionCard } from '../components/section-card/section-card.js';
import { SummaryList } from '../components/summary-list/summary-list.js';
import { TextArea } from '../components/text-area/text-area.js';
import { TextField } from '../components/text-field/text-field.js';
import type { Ticket } from '../matter-desk.js';
import type { PageSetting } from '../setting.js';
import type { FoundVillage } from '../villages.js';
import { showDay } from '../words/days.js';
import { disclosureWords } from '../words/disclosures.js';
import { BoardLines, Published } from './board-parts.js';
import { BoardTable } from './board-table.js';
import { Frame } from './frame.js';
import { trailOf } from './village.js';

interface Props {
  readonly setting: PageSetting;
  readonly village: FoundVillage;
}

const trailTo = (setting: PageSetting, village: FoundVillage) => [
  ...trailOf(setting, village.path),
  { href: `/v/${village.code}`, label: village.name },
];

const Links: FC<{ links: readonly (readonly [string, string])[] }> = ({ links }) => (
  <ul class="plain-links screen-only">
    {links.map(([href, label]) => (
      <li>
        <a href={href}>{label}</a>
      </li>
    ))}
  </ul>
);

/** `/v/{code}/board`: everything a village published and owes. */
export const BoardListPage: FC<Props & { board: VillageBoard }> = ({ setting, village, board }) => {
  const words = disclosureWords(setting.language);
  const here = `/v/${village.code}`;
  return (
    <Frame setting={setting} title={`${village.name} · ${words.title}`} trail={trailTo(setting, village)}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <SectionCard id="owed" title={words.owed} note={words.owedNote}>
        {board.owed.length === 0 ? (
          <EmptyState text={words.none} />
        ) : (
          <BoardTable
            head={[words.item, words.period, words.dueBy, words.state]}
            rows={board.owed.map((duty) => [
              { text: duty.title },
              { text: duty.periodTitle },
              { text: showDay(duty.dueBy, setting.language).text },
              {
                text: [words.states[duty.state], ...(duty.daysLate > 0 ? [words.daysLate(duty.daysLate)] : [])].join(
                  ' · ',
                ),
                ...(duty.state === 'late' ? { tone: 'is-late' as const } : {}),
              },
            ])}
          />
        )}
      </SectionCard>
      <SectionCard id="published" title={words.latest}>
        {board.lines.length === 0 ? (
          <EmptyState text={words.none} />
        ) : (
          <BoardLines setting={setting} village={village.code} lines={board.lines} />
        )}
      </SectionCard>
      <SectionCard id="files" title={words.files} note={words.edition(board.edition)}>
        <Links
          links={[
            [`${here}/booklet.pdf`, words.booklet],
            [`${here}/wall.pdf`, words.sheet],
            [`${here}/board.xlsx`, words.list],
            [`${here}/feed.atom`, words.feed],
            [`${here}/powers`, words.powers],
          ]}
        />
      </SectionCard>
    </Frame>
  );
};

/** What was typed into the form, and why it was not taken. */
export interface AskState {
  readonly ticket: Ticket;
  readonly kind: 'question' | 'objection';
  readonly entry: string;
  readonly text: string;
  readonly problems: readonly ErrorSummaryItem[];
  readonly asked: boolean;
}

const Ask: FC<Props & { id: string; state: AskState }> = ({ setting, village, id, state }) => {
  const words = disclosureWords(setting.language);
  const { request } = setting.words;
  return (
    <form method="post" action={`/v/${village.code}/board/${id}#ask`} class="screen-only">
      <input type="hidden" name="command" value={state.ticket.commandId} />
      <input type="hidden" name="form-token" value={state.ticket.formToken} />
      <Choice
        id="kind"
        name="kind"
        legend={words.kind}
        kind="radio"
        chosen={[state.kind]}
        options={[
          { value: 'question', label: words.question },
          { value: 'objection', label: words.objection },
        ]}
      />
      <TextField id="entry" name="entry" label={words.entry} value={state.entry} />
      <TextArea
        id="text"
        name="text"
        label={words.text}
        hint={words.textHint}
        value={state.text}
        rows={3}
        most={500}
        countWords={request.count(500)}
        leftWords={request.left}
        overWords={request.over}
      />
      <Button label={words.send} />
    </form>
  );
};

/** `/v/{code}/board/{id}`: one disclosure with every version, and what was asked about it. */
export const BoardOnePage: FC<Props & { page: BoardPage; state: AskState }> = ({ setting, village, page, state }) => {
  const words = disclosureWords(setting.language);
  const { line, versions, questions } = page;
  const [newest, ...older] = versions;
  const here = `/v/${village.code}/board/${line.id}`;
  const day = (text: string): string => showDay(text, setting.language).text;
  return (
    <Frame
      setting={setting}
      title={line.title}
      trail={[...trailTo(setting, village), { href: `/v/${village.code}/board`, label: words.title }]}
    >
      {state.problems.length > 0 ? (
        <ErrorSummary title={words.problem} items={state.problems} codeWords={setting.words.code} />
      ) : null}
      {state.asked ? <NoticeBanner title={words.asked} tone="good" announce /> : null}
      <h1>{line.title}</h1>
      <p class="muted">
        {[
          newest?.issuer ?? '',
          words.published(day(line.publishedOn)),
          words.version(line.version),
          words.left(line.daysLeft),
        ].join(' · ')}
      </p>
      {line.withdrawn === null ? null : (
        <NoticeBanner title={words.withdrawn(day(line.withdrawn.on), line.withdrawn.because)} tone="wait" />
      )}
      {newest === undefined ? null : <Published setting={setting} title={line.title} content={newest.content} />}
      {older.length === 0 ? null : (
        <SectionCard id="older" title={words.older}>
          {older.map((version) => (
            <details class="board-older">
              <summary>
                {`${words.version(version.version)} · ${words.published(day(version.publishedOn))} · ${version.corrected === null ? '' : words.corrected(version.corrected.by, day(version.corrected.on), version.corrected.reason)}`}
              </summary>
              <Published setting={setting} title={version.title} content={version.content} />
            </details>
          ))}
        </SectionCard>
      )}
      <SectionCard id="questions" title={words.questions}>
        {questions.length === 0 ? <EmptyState text={words.noQuestions} /> : null}
        <ul class="public-items">
          {questions.map((question) => (
            <li class="public-item">
              <p class="public-item-title">
                <strong>{`${words[question.kind]}${question.entry === '' ? '' : `（${question.entry}）`}：${question.text}`}</strong>
              </p>
              {question.answer === null ? (
                question.due === null ? null : (
                  <p class="public-item-note">{words.due(day(question.due))}</p>
                )
              ) : (
                <p class="public-item-answer">{`${words.answer}：${question.answer}`}</p>
              )}
            </li>
          ))}
        </ul>
        {line.withdrawn === null ? (
          <>
            <h3 id="ask">{words.ask}</h3>
            <Ask setting={setting} village={village} id={line.id} state={state} />
          </>
        ) : null}
      </SectionCard>
      <SectionCard id="files" title={words.files}>
        <Links
          links={[
            [`${here}/print.pdf`, words.print],
            [`${here}/wall.pdf`, words.wall],
            [`${here}/paper.docx`, words.docx],
            ...(newest?.content.table
              ? ([
                  [`${here}/table.xlsx`, words.xlsx],
                  [`${here}/table.csv`, words.csv],
                ] as const)
              : []),
          ]}
        />
      </SectionCard>
      <SectionCard id="proof" title={words.proof} text={words.proofText}>
        <SummaryList
          rows={[
            { label: words.docHash, value: newest?.docSha256 ?? '' },
            { label: words.textHash, value: newest?.textSha256 ?? '' },
          ]}
        />
      </SectionCard>
    </Frame>
  );
};
