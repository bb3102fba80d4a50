import type { ChannelUses } from '@lianxin/contract';
import type { Tx } from '../storage/index.js';

/** One of the four channels of a decision 四权渠道: to know, to take part, to speak, to supervise. */
export type Channel = keyof ChannelUses;

/** Something a resident said to a decision. */
export interface StoredWord {
  readonly id: string;
  readonly division: string;
  readonly matter: string;
  readonly kind: 'sign-up' | 'comment' | 'query';
  readonly meeting: string | null;
  readonly text: string;
  readonly due: string | null;
  readonly answer: string | null;
  readonly answeredAt: string | null;
  readonly recordedAt: string;
  readonly sealed: boolean;
}

/** Adds one use of a channel; the count is all that is kept of it. */
export const countUse = async (tx: Tx, division: string, matter: string, channel: Channel): Promise<void> => {
  await tx.run(
    `insert into lx.decision_use as u (county, matter, channel, division, uses) values ($1, $2, $3, $4, 1)
     on conflict (county, matter, channel) do update set uses = u.uses + 1`,
    [tx.context.county, matter, channel, division],
  );
};

export const usesOf = async (tx: Tx, matter: string): Promise<ChannelUses> => {
  const rows = await tx.rows<{ channel: Channel; uses: number }>(
    `select channel, uses::int as uses from lx.decision_use where county = $1 and matter = $2`,
    [tx.context.county, matter],
  );
  return {
    file: 0,
    meeting: 0,
    comment: 0,
    query: 0,
    ...Object.fromEntries(rows.map((row) => [row.channel, row.uses])),
  };
};

/** Most words shown with one decision, the newest. */
const mostWords = 500;

const columns = `w.id, w.division, w.matter, w.kind, w.meeting, w.text, w.due::text as due, w.answer, w.answered_at as "answeredAt",
  w.recorded_at as "recordedAt"`;

/** What was said to a decision, in the order it was said; `sealed` is for an auditor, who alone can know it. */
export const wordsOf = async (tx: Tx, matter: string): Promise<StoredWord[]> =>
  (
    await tx.rows<StoredWord & Record<string, unknown>>(
      `select ${columns}, ${senderKnown(tx)} as sealed from lx.decision_word w
       where w.county = $1 and w.matter = $2 order by w.id desc limit ${mostWords}`,
      [tx.context.county, matter],
    )
  ).toReversed();

/** The page's own role may not look into the sealed table at all. */
const senderKnown = (tx: Tx): string =>
  tx.context.role === 'rt_office'
    ? 'exists (select from lx.decision_word_sender s where s.county = w.county and s.word = w.id)'
    : 'false';

export const oneWord = (tx: Tx, id: string): Promise<StoredWord | undefined> =>
  tx.first<StoredWord & Record<string, unknown>>(
    `select ${columns}, false as sealed from lx.decision_word w where w.county = $1 and w.id = $2`,
    [tx.context.county, id],
  );

export const addWord = async (
  tx: Tx,
  word: Pick<StoredWord, 'id' | 'division' | 'matter' | 'kind' | 'meeting' | 'text' | 'due'>,
): Promise<void> => {
  await tx.run(
    `insert into lx.decision_word (county, id, division, matter, kind, meeting, text, due, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      tx.context.county,
      word.id,
      word.division,
      word.matter,
      word.kind,
      word.meeting,
      word.text,
      word.due,
      tx.makers.clock(),
    ],
  );
};

export const addSender = async (tx: Tx, word: string, division: string, cipher: Buffer): Promise<void> => {
  await tx.run(
    `insert into lx.decision_word_sender (county, word, division, cipher, recorded_at) values ($1, $2, $3, $4, $5)`,
    [tx.context.county, word, division, cipher, tx.makers.clock()],
  );
};

export const senderOf = async (tx: Tx, word: string): Promise<Uint8Array | undefined> =>
  (
    await tx.first<{ cipher: Uint8Array }>(
      `select cipher from lx.decision_word_sender where county = $1 and word = $2`,
      [tx.context.county, word],
    )
  )?.cipher;

/** Answers a query once; gives whether it had no answer yet. */
export const putAnswer = async (tx: Tx, id: string, answer: string): Promise<boolean> =>
  (await tx.run(
    `update lx.decision_word set answer = $3, answered_by = $4, answered_at = $5
     where county = $1 and id = $2 and kind = 'query' and answer is null`,
    [tx.context.county, id, answer, tx.context.uid, tx.makers.clock()],
  )) === 1;
