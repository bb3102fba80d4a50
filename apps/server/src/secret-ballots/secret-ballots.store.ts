import { BallotManifest, type BallotChannel, type BallotEntry, type PaperBatch, type PlainDate } from '@lianxin/domain';
import type { QuestionResult } from '@lianxin/domain';
import type { Tx } from '../storage/index.js';

/** A secret ballot as kept. */
export interface StoredBallot {
  readonly id: string;
  readonly division: string;
  readonly matter: string;
  readonly body: string;
  readonly party: boolean;
  readonly manifest: BallotManifest;
  readonly journal: string;
  readonly boxUrl: string;
  readonly issuerUrl: string;
  readonly state: 'open' | 'closed' | 'published' | 'withheld';
  readonly provisionalCounted: number;
  /** How many lists of tokens were signed; known once it is closed. */
  readonly listsSigned: number | null;
  readonly surrendered: Readonly<Record<string, number>> | null;
  readonly trusteeKeys: Readonly<Record<string, string>> | null;
  readonly results: Readonly<Record<string, QuestionResult>> | null;
  readonly resultJournals: Readonly<Record<string, string>> | null;
}

/** One line of a frozen roll. */
export interface RollLine {
  readonly person: string;
  readonly number: number;
  readonly name: string;
  readonly group: string;
  readonly salt: Buffer;
  readonly channel: BallotChannel;
  readonly takenOn: PlainDate | null;
}

/** A tally sheet as one person typed it. */
export interface StoredSheet {
  readonly place: string;
  readonly countedBy: string;
  readonly sheet: Omit<PaperBatch, 'place' | 'counts' | 'photo'> & {
    readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  };
}

type Row<T> = T & Record<string, unknown>;

const columns = `id, division, matter, body, party, manifest, journal, box_url as "boxUrl", issuer_url as "issuerUrl", state,
  provisional_counted as "provisionalCounted", lists_signed as "listsSigned", surrendered, trustee_keys as "trusteeKeys", results, result_journals as "resultJournals"`;

const ballotOf = (row: Row<Omit<StoredBallot, 'manifest'> & { readonly manifest: string }>): StoredBallot => ({
  ...row,
  manifest: BallotManifest.parse(JSON.parse(row.manifest)),
});

/** A ballot, or undefined where the context may not see it. */
export const readBallot = async (tx: Tx, id: string): Promise<StoredBallot | undefined> => {
  const row = await tx.first<Row<Omit<StoredBallot, 'manifest'> & { readonly manifest: string }>>(
    `select ${columns} from lx.secret_ballot where county = $1 and id = $2`,
    [tx.context.county, id],
  );
  return row === undefined ? undefined : ballotOf(row);
};

/** Ballots of a range of divisions, the newest first; those of the Party only for offices that may see them. */
export const listBallots = async (
  tx: Tx,
  range: { readonly lo: string; readonly hi: string },
): Promise<StoredBallot[]> => {
  const rows = await tx.rows<Row<Omit<StoredBallot, 'manifest'> & { readonly manifest: string }>>(
    `select ${columns} from lx.secret_ballot where county = $1 and division >= $2 and division < $3
       ${tx.context.role === 'rt_office' ? '' : 'and not party'} order by id desc limit 200`,
    [tx.context.county, range.lo, range.hi],
  );
  return rows.map(ballotOf);
};

/** One command at a time on a ballot. */
export const alone = async (tx: Tx, id: string): Promise<void> => {
  await tx.run(`select pg_advisory_xact_lock(hashtextextended('secret-ballot ' || $1, 0))`, [id]);
};

/** Adds a ballot with its frozen roll. */
export const addBallot = async (
  tx: Tx,
  ballot: Omit<
    StoredBallot,
    | 'manifest'
    | 'state'
    | 'provisionalCounted'
    | 'listsSigned'
    | 'surrendered'
    | 'trusteeKeys'
    | 'results'
    | 'resultJournals'
  > & { readonly manifest: string },
  roll: readonly Pick<RollLine, 'person' | 'number' | 'name' | 'group' | 'salt'>[],
): Promise<void> => {
  const { county } = tx.context;
  await tx.run(
    `insert into lx.secret_ballot (county, id, division, matter, body, party, manifest, journal, box_url, issuer_url, state)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open')`,
    [
      county,
      ballot.id,
      ballot.division,
      ballot.matter,
      ballot.body,
      ballot.party,
      ballot.manifest,
      ballot.journal,
      ballot.boxUrl,
      ballot.issuerUrl,
    ],
  );
  await tx.run(
    `insert into lx.secret_ballot_roll (county, ballot, person, division, number, name, member_group, salt, channel)
     select $1, $2, r.person, $3, r.number, r.name, r."group", decode(r.salt, 'hex'), 'none'
     from jsonb_to_recordset($4::jsonb) as r (person uuid, number int, name text, "group" text, salt text)`,
    [
      county,
      ballot.id,
      ballot.division,
      JSON.stringify(roll.map((line) => ({ ...line, salt: line.salt.toString('hex') }))),
    ],
  );
};

/** The roll of a ballot in the order of its posted list. */
export const rollOfBallot = (tx: Tx, ballot: string): Promise<RollLine[]> =>
  tx.rows<Row<RollLine>>(
    `select person, number, name, member_group as "group", salt, channel, taken_on::text as "takenOn"
     from lx.secret_ballot_roll where county = $1 and ballot = $2 order by number`,
    [tx.context.county, ballot],
  );

/** The channel of one person, locked until the transaction ends; undefined for somebody not on the roll. */
export const lockChannel = async (tx: Tx, ballot: string, person: string): Promise<BallotChannel | undefined> =>
  (
    await tx.first<{ channel: BallotChannel }>(
      `select channel from lx.secret_ballot_roll where county = $1 and ballot = $2 and person = $3 for update`,
      [tx.context.county, ballot, person],
    )
  )?.channel;

/** Sets the channel of one person, with the day. */
export const setChannel = async (
  tx: Tx,
  ballot: string,
  person: string,
  channel: BallotChannel,
  day: PlainDate,
): Promise<void> => {
  await tx.run(
    `update lx.secret_ballot_roll set channel = $4, taken_on = $5 where county = $1 and ballot = $2 and person = $3`,
    [tx.context.county, ballot, person, channel, day],
  );
};

/** What was signed for one person; undefined before. */
export const readIssue = (
  tx: Tx,
  ballot: string,
  person: string,
): Promise<{ readonly blinded: string; readonly signed: string } | undefined> =>
  tx.first(`select blinded, signed from lx.secret_ballot_issue where county = $1 and ballot = $2 and person = $3`, [
    tx.context.county,
    ballot,
    person,
  ]);

/** How many lists of tokens were signed. */
export const countIssues = async (tx: Tx, ballot: string): Promise<number> =>
  (
    await tx.first<{ lists: number }>(
      'select count(*)::int as lists from lx.secret_ballot_issue where county = $1 and ballot = $2',
      [tx.context.county, ballot],
    )
  )?.lists ?? 0;

/** Keeps what was signed for one person. */
export const addIssue = async (
  tx: Tx,
  ballot: Pick<StoredBallot, 'id' | 'division'>,
  person: string,
  lists: { readonly blinded: string; readonly signed: string },
): Promise<void> => {
  await tx.run(
    `insert into lx.secret_ballot_issue (county, ballot, person, division, blinded, signed) values ($1, $2, $3, $4, $5, $6)`,
    [tx.context.county, ballot.id, person, ballot.division, lists.blinded, lists.signed],
  );
};

/** Keeps a tally sheet. */
export const addSheet = async (
  tx: Tx,
  ballot: Pick<StoredBallot, 'id' | 'division'>,
  place: string,
  sheet: StoredSheet['sheet'],
): Promise<void> => {
  await tx.run(
    `insert into lx.secret_ballot_paper (county, id, division, ballot, place, counted_by, sheet, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      tx.context.county,
      tx.makers.newId(),
      ballot.division,
      ballot.id,
      place,
      tx.context.uid,
      JSON.stringify(sheet),
      tx.makers.clock(),
    ],
  );
};

/** The last sheet of each person for each place, the newest last. */
export const sheetsOf = (tx: Tx, ballot: string): Promise<StoredSheet[]> =>
  tx.rows<Row<StoredSheet>>(
    `select place, counted_by as "countedBy", sheet from (
       select distinct on (place, counted_by) place, counted_by, sheet, recorded_at, id from lx.secret_ballot_paper
       where county = $1 and ballot = $2 order by place, counted_by, recorded_at desc, id desc) s
     order by place, recorded_at, id`,
    [tx.context.county, ballot],
  );

/** Keeps the board; a thousand entries in one statement. */
export const addBoard = async (
  tx: Tx,
  ballot: Pick<StoredBallot, 'id' | 'division'>,
  entries: readonly (BallotEntry & { readonly hash: string })[],
): Promise<void> => {
  for (let at = 0; at < entries.length; at += 1000) {
    await tx.run(
      `insert into lx.secret_ballot_board (county, ballot, hash, division, question, token, a, b, sealed, wraps)
       select $1, $2, decode(e.hash, 'hex'), $3, e.question, e.token, e.a, e.b, e.sealed, array(select jsonb_array_elements_text(e.wraps))
       from jsonb_to_recordset($4::jsonb) as e (hash text, question text, token text, a text, b text, sealed text, wraps jsonb)`,
      [tx.context.county, ballot.id, ballot.division, JSON.stringify(entries.slice(at, at + 1000))],
    );
  }
};

/** The boards of a closed ballot, by question, each in the order of hashes. */
export const boardsOf = async (tx: Tx, ballot: string): Promise<Record<string, BallotEntry[]>> => {
  const rows = await tx.rows<Row<BallotEntry>>(
    `select question, token, a, b, sealed, wraps from lx.secret_ballot_board where county = $1 and ballot = $2 order by hash`,
    [tx.context.county, ballot],
  );
  const boards: Record<string, BallotEntry[]> = {};
  for (const { question, token, a, b, sealed, wraps } of rows)
    (boards[question] ??= []).push({ question, token, a, b, sealed, wraps });
  return boards;
};

/** Changes what a ballot has come to. */
export const setBallot = async (
  tx: Tx,
  id: string,
  set: Partial<
    Pick<
      StoredBallot,
      'state' | 'provisionalCounted' | 'listsSigned' | 'surrendered' | 'trusteeKeys' | 'results' | 'resultJournals'
    >
  >,
): Promise<void> => {
  const names = {
    state: 'state',
    provisionalCounted: 'provisional_counted',
    listsSigned: 'lists_signed',
    surrendered: 'surrendered',
    trusteeKeys: 'trustee_keys',
    results: 'results',
    resultJournals: 'result_journals',
  } as const;
  const entries = Object.entries(set) as [keyof typeof names, unknown][];
  const list = entries.map(([key], at) => `${names[key]} = $${at + 3}`).join(', ');
  await tx.run(`update lx.secret_ballot set ${list} where county = $1 and id = $2`, [
    tx.context.county,
    id,
    ...entries.map(([, value]) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value)),
  ]);
};

/** The version of the rule under which a matter was opened, in hexadecimal. */
export const ruleOfMatter = async (tx: Tx, matter: string): Promise<string> =>
  (
    await tx.first<{ hash: string }>(
      `select encode(pack_hash, 'hex') as hash from lx.matter where county = $1 and id = $2`,
      [tx.context.county, matter],
    )
  )?.hash ?? '';
