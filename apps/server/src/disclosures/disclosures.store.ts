import type { DisclosureContent } from '@lianxin/contract';
import type { Tx } from '../storage/index.js';
import type { DutyKey } from './inbox-of-duties.js';

/** A disclosure as it stands. */
export interface DisclosureRow {
  readonly id: string;
  readonly division: string;
  readonly item: string;
  readonly board: 'party' | 'village' | 'finance';
  readonly scope: 'residents' | 'members';
  readonly title: string;
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly noticeDays: number;
  readonly version: number;
  readonly publishedOn: string;
  readonly postedOn: string | null;
  readonly withdrawnOn: string | null;
  readonly withdrawnBecause: string | null;
}

const columns = `d.id, d.division, d.item, d.board, d.scope, d.title, d.period_from as "periodFrom", d.period_to as "periodTo",
  d.notice_days as "noticeDays", d.version, d.published_on as "publishedOn", d.posted_on as "postedOn",
  d.withdrawn_on as "withdrawnOn", d.withdrawn_because as "withdrawnBecause"`;

type Row<T> = T & Record<string, unknown>;

/** Disclosures of a range, newest first. */
export const listDisclosures = (tx: Tx, lo: string, hi: string, limit = 200): Promise<DisclosureRow[]> =>
  tx.rows<Row<DisclosureRow>>(
    `select ${columns} from lx.disclosure d where d.county = $1 and d.division >= $2 and d.division < $3
     order by d.published_on desc, d.id desc limit $4`,
    [tx.context.county, lo, hi, limit],
  );

export const oneDisclosure = (tx: Tx, id: string): Promise<DisclosureRow | undefined> =>
  tx.first<Row<DisclosureRow>>(`select ${columns} from lx.disclosure d where d.county = $1 and d.id = $2`, [
    tx.context.county,
    id,
  ]);

/** The first day each item was published for each period, of every village in a range. */
export const publishedFacts = (
  tx: Tx,
  lo: string,
  hi: string,
  since: string,
): Promise<{ division: string; item: string; from: string; to: string; on: string }[]> =>
  tx.rows(
    `select d.division, d.item, d.period_from as "from", d.period_to as "to", min(v.published_on) as "on"
     from lx.disclosure d join lx.disclosure_version v on v.county = d.county and v.disclosure = d.id
     where d.county = $1 and d.division >= $2 and d.division < $3 and d.period_to >= $4
     group by d.division, d.item, d.period_from, d.period_to`,
    [tx.context.county, lo, hi, since],
  );

/** How many entries a register has a month in each village of a range, by the field that dates them. */
export const entriesByMonth = (
  tx: Tx,
  where: {
    readonly register: string;
    readonly by: string;
    readonly lo: string;
    readonly hi: string;
    readonly since: string;
  },
): Promise<{ division: string; month: string; entries: number }[]> =>
  tx.rows(
    `select r.division, left(r.fields ->> $3, 7) as month, count(*)::int as entries from lx.record r
     where r.county = $1 and r.register = $2 and r.division >= $4 and r.division < $5 and r.ended_on is null
       and r.fields ->> $3 >= $6 group by 1, 2`,
    [tx.context.county, where.register, where.by, where.lo, where.hi, where.since],
  );

/** A published wording. */
export interface VersionRow {
  readonly disclosure: string;
  readonly version: number;
  readonly title: string;
  readonly issuer: string;
  readonly content: DisclosureContent;
  readonly text: string;
  readonly textSha256: string;
  readonly docSha256: string;
  readonly reason: string;
  readonly publishedOn: string;
  readonly pack: string;
  readonly packHash: string;
  readonly journal: string;
}

const versionColumns = `v.disclosure, v.version, v.title, v.issuer, v.content, v.text, encode(v.text_sha256, 'hex') as "textSha256",
  encode(v.doc_sha256, 'hex') as "docSha256", v.reason, v.published_on as "publishedOn", v.pack, v.pack_hash as "packHash", v.journal`;

/** All versions of a disclosure, oldest first. */
export const versionsOf = (tx: Tx, disclosure: string): Promise<VersionRow[]> =>
  tx.rows<Row<VersionRow>>(
    `select ${versionColumns} from lx.disclosure_version v where v.county = $1 and v.disclosure = $2 order by v.version`,
    [tx.context.county, disclosure],
  );

/** The newest version of every disclosure of a division that has not been withdrawn, newest first. */
export const newestVersions = (tx: Tx, division: string, limit = 200): Promise<(VersionRow & { item: string })[]> =>
  tx.rows<Row<VersionRow & { item: string }>>(
    `select ${versionColumns}, d.item from lx.disclosure d
     join lx.disclosure_version v on v.county = d.county and v.disclosure = d.id and v.version = d.version
     where d.county = $1 and d.division = $2 and d.withdrawn_on is null and d.scope = 'residents'
     order by v.published_on desc, d.id desc limit $3`,
    [tx.context.county, division, limit],
  );

export interface DraftRow {
  readonly id: string;
  readonly division: string;
  readonly item: string;
  readonly title: string;
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly content: DisclosureContent;
  readonly corrects: string | null;
  readonly reason: string;
  readonly state: 'draft' | 'submitted' | 'agreed' | 'sent-back' | 'published';
  readonly version: number;
  readonly draftedBy: string;
}

/** What a draft is of. */
export const dutyOfDraft = ({ division, item, periodFrom: from, periodTo: to }: DraftRow): DutyKey => ({
  division,
  item,
  from,
  to,
});

const draftColumns = `f.id, f.division, f.item, f.title, f.period_from as "periodFrom", f.period_to as "periodTo", f.content, f.corrects,
  f.reason, f.state, f.version, f.drafted_by as "draftedBy"`;

export const listDrafts = (tx: Tx, division: string): Promise<DraftRow[]> =>
  tx.rows<Row<DraftRow>>(
    `select ${draftColumns} from lx.disclosure_draft f where f.county = $1 and f.division = $2 and f.state <> 'published' order by f.id`,
    [tx.context.county, division],
  );

export const oneDraft = (tx: Tx, id: string): Promise<DraftRow | undefined> =>
  tx.first<Row<DraftRow>>(`select ${draftColumns} from lx.disclosure_draft f where f.county = $1 and f.id = $2`, [
    tx.context.county,
    id,
  ]);

/** What was said to drafts, oldest first. */
export const checksOf = (
  tx: Tx,
  drafts: readonly string[],
): Promise<{ draft: string; agrees: boolean; note: string; by: string; at: string }[]> =>
  tx.rows(
    `select k.draft, k.agrees, k.note, coalesce(b.name, '') as by, k.recorded_at as at from lx.disclosure_check k
     left join lx.body b on b.county = k.county and b.id = k.office_body
     where k.county = $1 and k.draft = any ($2::uuid[]) order by k.recorded_at`,
    [tx.context.county, drafts],
  );

/** Changes a draft; gives whether it still had the version that was read. */
export const putDraft = async (
  tx: Tx,
  draft: Pick<DraftRow, 'id' | 'version'>,
  next: { readonly title: string; readonly content: DisclosureContent; readonly state: DraftRow['state'] },
): Promise<boolean> =>
  (await tx.run(
    `update lx.disclosure_draft set title = $4, content = $5, state = $6, version = version + 1, updated_at = $7
     where county = $1 and id = $2 and version = $3`,
    [
      tx.context.county,
      draft.id,
      draft.version,
      next.title,
      JSON.stringify(next.content),
      next.state,
      tx.makers.clock(),
    ],
  )) === 1;

export interface QuestionRow {
  readonly id: string;
  readonly disclosure: string;
  readonly division: string;
  readonly title: string;
  readonly item: string;
  readonly kind: 'question' | 'objection';
  readonly entry: string;
  readonly text: string;
  readonly due: string | null;
  readonly answer: string | null;
  readonly answeredAt: string | null;
  readonly recordedAt: string;
}

const questionColumns = `q.id, q.disclosure, q.division, d.title, d.item, q.kind, q.entry, q.text, q.due, q.answer,
  q.answered_at as "answeredAt", q.recorded_at as "recordedAt"`;
const questions = `select ${questionColumns} from lx.disclosure_question q join lx.disclosure d on d.county = q.county and d.id = q.disclosure`;

export const questionsAbout = (tx: Tx, disclosure: string): Promise<QuestionRow[]> =>
  tx.rows<Row<QuestionRow>>(`${questions} where q.county = $1 and q.disclosure = $2 order by q.id`, [
    tx.context.county,
    disclosure,
  ]);

export const openQuestions = (tx: Tx, lo: string, hi: string): Promise<QuestionRow[]> =>
  tx.rows<Row<QuestionRow>>(
    `${questions} where q.county = $1 and q.division >= $2 and q.division < $3 and q.answer is null order by q.due, q.id`,
    [tx.context.county, lo, hi],
  );

export const oneQuestion = (tx: Tx, id: string): Promise<QuestionRow | undefined> =>
  tx.first<Row<QuestionRow>>(`${questions} where q.county = $1 and q.id = $2`, [tx.context.county, id]);

/** Paper copies given out of each disclosure of a division; null is the booklet of all of them. */
export const copiesOf = (tx: Tx, division: string): Promise<{ disclosure: string | null; copies: number }[]> =>
  tx.rows(
    `select disclosure, sum(copies)::int as copies from lx.disclosure_posting where county = $1 and division = $2 and kind = 'copies' group by disclosure`,
    [tx.context.county, division],
  );

/** Names of the people of a village who hold no office there: none of them belongs on a board. */
export const namesOnTheRoll = async (tx: Tx, division: string): Promise<string[]> =>
  (
    await tx.rows<{ name: string }>(
      `select distinct p.name from lx.person p where p.county = $1 and p.division = $2 and not exists (
         select from lx.appointment a where a.county = p.county and a.person = p.id and (a.valid_to is null or a.valid_to > $3::date))`,
      [tx.context.county, division, tx.makers.clock()],
    )
  ).map((row) => row.name);
