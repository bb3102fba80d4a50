import type { FC } from 'hono/jsx';
import type { BasisDocument } from '../../policy-packs/index.js';
import type { PublicRecord, PublicRegister } from '../../records/index.js';
import { EmptyState } from '../components/empty-state/empty-state.js';
import { SectionCard } from '../components/section-card/section-card.js';
import { SummaryList } from '../components/summary-list/summary-list.js';
import type { PageSetting } from '../setting.js';
import type { FoundVillage } from '../villages.js';
import { showDay } from '../words/days.js';
import { openWords } from '../words/open.js';
import { BoardTable } from './board-table.js';
import { Frame } from './frame.js';
import { trailOf } from './village.js';

export interface OpenProps {
  readonly setting: PageSetting;
  readonly village: FoundVillage;
}

/** The way to a page of open information: home, county, township, village, 信息公开. */
export const trailToOpen = ({ setting, village }: OpenProps) => [
  ...trailOf(setting, village.path),
  { href: `/v/${village.code}`, label: village.name },
  { href: `/v/${village.code}/open`, label: openWords(setting.language).title },
];

/** The button that prints this page; a browser without scripts prints by its own menu. */
export const PrintButton: FC<{ setting: PageSetting }> = ({ setting }) => (
  <button class="button button-secondary screen-only" type="button" data-print hidden>
    {setting.words.print}
  </button>
);

/** `/v/{code}/open` 信息公开: what rules, texts, matters and ledgers a village shows to everybody. */
export const OpenIndexPage: FC<OpenProps & { registers: readonly PublicRegister[]; booklet: boolean }> = ({
  setting,
  village,
  registers,
  booklet,
}) => {
  const words = openWords(setting.language);
  const here = `/v/${village.code}`;
  const links = [
    { href: `${here}/documents`, label: words.documents, note: words.documentsLead },
    { href: `${here}/texts`, label: words.texts, note: words.textsLead },
    { href: `${here}/progress`, label: words.progress, note: words.progressLead },
    ...(booklet ? [{ href: `${here}/service-booklet`, label: words.booklet, note: words.bookletLead }] : []),
  ];
  return (
    <Frame
      setting={setting}
      title={`${village.name} · ${words.title}`}
      trail={trailToOpen({ setting, village }).slice(0, -1)}
    >
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <ul class="open-links">
        {links.map((link) => (
          <li>
            <a href={link.href}>{link.label}</a>
            <span class="muted">{link.note}</span>
          </li>
        ))}
      </ul>
      <SectionCard id="registers" title={words.registers}>
        {registers.length === 0 ? (
          <EmptyState text={words.registersNone} />
        ) : (
          <ul class="open-links">
            {registers.map((register) => (
              <li>
                <a href={`${here}/open/${register.id}`}>{register.title}</a>
                <span class="muted">{words.entries(register.records.length)}</span>
              </li>
            ))}
          </ul>
        )}
      </SectionCard>
    </Frame>
  );
};

const RecordLinks: FC<OpenProps & { register: PublicRegister }> = ({ setting, village, register }) => {
  const words = openWords(setting.language);
  return (
    <ul class="open-links">
      {register.records.map((record) => (
        <li>
          <a href={`/v/${village.code}/open/${register.id}/${record.id}`}>{record.title}</a>
          <span class="muted">{words.recordedSince(showDay(record.since, setting.language).text)}</span>
        </li>
      ))}
    </ul>
  );
};

const Basis: FC<{ setting: PageSetting; documents: readonly BasisDocument[] }> = ({ setting, documents }) => {
  const words = openWords(setting.language);
  return (
    <ul class="basis-list">
      {documents.map((one) => (
        <li>
          <strong>{one.title}</strong>
          <span class="muted">
            {[
              one.issuer,
              one.number,
              one.date === null ? null : showDay(one.date, setting.language).text,
              one.version,
              one.original === null ? null : words.originals[one.original],
            ]
              .filter((part) => part !== null)
              .join(' · ')}
          </span>
          {one.rules.length === 0 ? null : (
            <details>
              <summary>{words.rules(one.rules.length)}</summary>
              <ul>
                {one.rules.map((rule) => (
                  <li>{words.rule(rule.title, showDay(rule.since, setting.language).text)}</li>
                ))}
              </ul>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
};

/** `/v/{code}/documents` 政策文件: what was published, and which document each rule here rests on. */
export const DocumentsPage: FC<
  OpenProps & { registers: readonly PublicRegister[]; documents: readonly BasisDocument[] }
> = ({ setting, village, registers, documents }) => {
  const words = openWords(setting.language);
  const published = registers.filter((register) => register.records.length > 0);
  return (
    <Frame setting={setting} title={`${village.name} · ${words.documents}`} trail={trailToOpen({ setting, village })}>
      <h1>{words.documents}</h1>
      <p class="lead">{words.documentsLead}</p>
      {published.length === 0 ? <EmptyState text={words.documentsNone} /> : null}
      {published.map((register) => (
        <SectionCard id={register.id} title={register.title}>
          <RecordLinks setting={setting} village={village} register={register} />
        </SectionCard>
      ))}
      <SectionCard id="basis" title={words.basis} note={words.basisNote}>
        {documents.length === 0 ? <EmptyState text={words.none} /> : <Basis setting={setting} documents={documents} />}
      </SectionCard>
      <PrintButton setting={setting} />
    </Frame>
  );
};

/** `/v/{code}/open/{register}`: the ledgers of a register that its pack opens to everybody. */
export const PublicRegisterPage: FC<OpenProps & { register: PublicRegister }> = ({ setting, village, register }) => {
  const words = openWords(setting.language);
  return (
    <Frame setting={setting} title={`${village.name} · ${register.title}`} trail={trailToOpen({ setting, village })}>
      <h1>{register.title}</h1>
      {register.about === null ? null : <p class="lead">{register.about}</p>}
      {register.ledgers.map(({ id, page }) => (
        <SectionCard id={id} title={page.title}>
          {page.rows.length === 0 && page.sums.length === 0 ? <EmptyState text={words.none} /> : null}
          {page.rows.length === 0 ? null : (
            <BoardTable
              head={page.columns}
              rows={page.rows.map((row) => row.cells.map((cell) => ({ text: cell ?? words.notFilled })))}
            />
          )}
          {page.groups.length === 0 ? null : (
            <p>{page.groups.map((group) => `${group.title} ${group.rows}`).join(setting.words.listMark)}</p>
          )}
          {page.sums.map((sum) => (
            <p>{words.sums(sum.title, sum.total)}</p>
          ))}
        </SectionCard>
      ))}
      {register.records.length === 0 ? null : <RecordLinks setting={setting} village={village} register={register} />}
      <PrintButton setting={setting} />
    </Frame>
  );
};

/** `/v/{code}/open/{register}/{id}`: one record, every public field of it; a field that was left empty is said to be empty. */
export const PublicRecordPage: FC<OpenProps & { register: PublicRegister; record: PublicRecord }> = ({
  setting,
  village,
  register,
  record,
}) => {
  const words = openWords(setting.language);
  const day = /^\d{4}-\d{2}-\d{2}$/;
  return (
    <Frame
      setting={setting}
      title={`${village.name} · ${record.title}`}
      trail={[
        ...trailToOpen({ setting, village }),
        register.of === 'document'
          ? { href: `/v/${village.code}/documents`, label: words.documents }
          : { href: `/v/${village.code}/open/${register.id}`, label: register.title },
      ]}
    >
      <h1>{record.title}</h1>
      <SummaryList
        rows={record.values.map(({ title, text }) => ({
          label: title,
          value:
            text === null ? words.notFilled : day.test(text) ? showDay(text, setting.language).text : text.split('\n'),
        }))}
      />
      <PrintButton setting={setting} />
    </Frame>
  );
};
