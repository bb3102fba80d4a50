import type { Tx } from '../storage/index.js';

/** What whom a record is about said of it. */
export interface StoredRecordWord {
  readonly id: string;
  readonly record: string;
  readonly kind: 'confirmed' | 'objection';
  readonly text: string;
  readonly version: number;
  readonly recordedAt: string;
  /** What those who keep the record say to an objection; null while nobody has. */
  readonly answer: string | null;
  readonly answeredAt: string | null;
}

/** What was said, each objection with its answer. */
const said = `select w.record, w.id, w.kind, w.text, w.version, w.recorded_at as "recordedAt", a.text as answer, a.recorded_at as "answeredAt"
  from lx.record_word w left join lx.record_word a on a.county = w.county and a.answers = w.id`;

/** What was said of a record, the newest first. */
export const recordWordsOf = (tx: Tx, record: string): Promise<StoredRecordWord[]> =>
  tx.rows<StoredRecordWord & Record<string, unknown>>(
    `${said} where w.county = $1 and w.record = $2 and w.kind <> 'answer' order by w.id desc limit 100`,
    [tx.context.county, record],
  );

/** An objection by its id. */
export const oneObjection = (tx: Tx, id: string): Promise<StoredRecordWord | undefined> =>
  tx.first<StoredRecordWord & Record<string, unknown>>(
    `${said} where w.county = $1 and w.id = $2 and w.kind = 'objection'`,
    [tx.context.county, id],
  );

/** Whether something said of a record still waits for an answer. */
export const waitsForAnswer = async (tx: Tx, record: string): Promise<boolean> =>
  (await tx.first(`${said} where w.county = $1 and w.record = $2 and w.kind = 'objection' and a.id is null limit 1`, [
    tx.context.county,
    record,
  ])) !== undefined;

/** Records of a register that stand confirmed as they are now. */
export const confirmedRecords = async (tx: Tx, register: string): Promise<ReadonlySet<string>> =>
  new Set(
    (
      await tx.rows<{ id: string }>(
        `select r.id from lx.record r where r.county = $1 and r.register = $2 and r.ended_on is null and exists (
           select from lx.record_word w where w.county = r.county and w.record = r.id and w.version = r.version and w.kind = 'confirmed')`,
        [tx.context.county, register],
      )
    ).map(({ id }) => id),
  );

export const addRecordWord = async (
  tx: Tx,
  word: Pick<StoredRecordWord, 'id' | 'record' | 'kind' | 'text' | 'version'> & { readonly division: string },
): Promise<void> => {
  await tx.run(
    `insert into lx.record_word (county, id, division, record, version, kind, text, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tx.context.county, word.id, word.division, word.record, word.version, word.kind, word.text, tx.makers.clock()],
  );
};

/** Answers an objection to a record; gives false where somebody has. */
export const addAnswer = async (
  tx: Tx,
  objection: StoredRecordWord,
  record: { readonly division: string; readonly version: number },
  text: string,
): Promise<boolean> =>
  (await tx.run(
    `insert into lx.record_word (county, id, division, record, version, kind, text, answers, answered_by, recorded_at)
     values ($1, $2, $3, $4, $5, 'answer', $6, $7, $8, $9) on conflict (county, answers) where answers is not null do nothing`,
    [
      tx.context.county,
      tx.makers.newId(),
      record.division,
      objection.record,
      record.version,
      text,
      objection.id,
      tx.context.uid,
      tx.makers.clock(),
    ],
  )) === 1;
