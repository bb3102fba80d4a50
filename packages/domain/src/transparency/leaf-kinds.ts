import { z } from 'zod';
import { fewerThanFive, smallestToldCount } from './private-day.js';
import { personalDataIn } from '../identity/personal-data.js';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const hash64 = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const count = z.int().min(0);
const word = z.string().regex(/^[a-z0-9][a-z0-9.:-]{0,63}$/);
const division = z.string().regex(/^[0-9]{12}/);
const id = z.string().regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const key = z.string().regex(/^[A-Za-z0-9+/_=-]{1,700}$/);

/** A title of at most 200 letters in which no identity number, telephone number or bank card stands. */
export const publicTitle = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => personalDataIn(text) === null, { message: 'personal data in a public title' });

/**
 * Leaf kinds 册页种类, closed: what has no row here cannot be logged. Each row is the shape of `pub`, everything public.
 *
 * No row has room for free text except titles, which are searched for personal data; people appear only as commitments.
 */
export const leafKinds = {
  /** The first leaf of a year's log: commits to the end of the year before, which is frozen. */
  'log.open': z.strictObject({
    origin: z.string().min(1).max(200),
    previous: z.strictObject({ origin: z.string().min(1).max(200), root: hash64, size: z.int().min(1) }).optional(),
  }),
  'board.publish': z.strictObject({
    board: publicTitle,
    title: publicTitle.optional(),
    doc_sha256: hash.optional(),
    text_sha256: hash.optional(),
    version: z.int().min(1).optional(),
    period: z.strictObject({ from: day, to: day }).optional(),
  }),
  'board.withdraw': z.strictObject({
    board: publicTitle,
    title: publicTitle.optional(),
    doc_sha256: hash.optional(),
    version: z.int().min(1).optional(),
    reason: publicTitle.optional(),
  }),
  'ledger.post': z.strictObject({
    amount_fen: z.int(),
    subject: publicTitle,
    account: word.optional(),
    voucher: publicTitle.optional(),
  }),
  /**
   * One step of a decision procedure: which act in which stage, under which version of the rule, with what was counted. `matter` is the
   * public id of the decision, by which its steps belong together.
   */
  decision: z.strictObject({
    matter_kind: word,
    matter: id.optional(),
    step: z.string().regex(/^[a-z0-9][a-z0-9./:-]{0,127}$/),
    act: word.optional(),
    rule: hash,
    on: day.optional(),
    body: word.optional(),
    entitled: count.optional(),
    households: count.optional(),
    present: count.optional(),
    households_present: count.optional(),
    for: count.optional(),
    against: count.optional(),
    abstained: count.optional(),
  }),
  /** A certificate of a decision as it was issued: its hash is here, so that no letter of it can be changed afterwards. */
  certificate: z.strictObject({ matter_kind: word, matter: id, doc_sha256: hash, result: word }),
  /** What is voted on, by whom, with which keys; before the first token is given out. */
  'ballot.manifest': z.strictObject({
    ballot: id,
    title: publicTitle,
    rule: hash,
    /** SHA-256 of the whole manifest of a secret ballot. */
    manifest: hash.optional(),
    questions: z.array(z.strictObject({ id: word, title: publicTitle, choices: z.array(word).min(1).max(20) })).max(30),
    opens: day.optional(),
    closes: day.optional(),
    roll_root: hash64.optional(),
    entitled: count.optional(),
  }),
  /** A key of a ballot: an issuer's for one question, or a trustee's. */
  'ballot.key': z.strictObject({
    ballot: id,
    holder: word,
    question: word.optional(),
    use: z.enum(['token', 'seal']),
    key,
  }),
  /** The ballot box as it was closed: how many tokens were given and how many votes came back, and the root of what came. */
  'ballot.board': z.strictObject({
    ballot: id,
    question: word,
    issued: count,
    returned: count,
    root: hash64,
    size: count,
  }),
  /** The count of one question. Groups below five are not told: `suppressed` is the number of choices left out. */
  'ballot.result': z.strictObject({
    ballot: id,
    question: word,
    counts: z.record(word, count),
    valid: count,
    invalid: count.optional(),
    suppressed: count.optional(),
  }),
  'private.day': z.strictObject({
    day,
    entries: z.union([z.int().min(smallestToldCount), z.literal(fewerThanFive)]),
    root: hash64,
    size: z.int().min(1),
  }),
  'points.batch': z.strictObject({ scheme: word, version: hash.optional(), entries: count, sum: z.int() }),
  /** Who holds it is committed to, never named: the office is public, the log is for ever. */
  'role.grant': z.strictObject({
    post: word,
    division: division.optional(),
    body: id.optional(),
    from: day.optional(),
  }),
  'role.revoke': z.strictObject({ post: word, division: division.optional(), body: id.optional(), on: day.optional() }),
  'body.change': z.strictObject({
    change: word,
    kind: word.optional(),
    title: publicTitle.optional(),
    body: id.optional(),
    post: word.optional(),
    seats: count.optional(),
  }),
  'audit.day': z.strictObject({ day, rows: count, root: hash64 }),
  'pack.activate': z.strictObject({ pack: word, version: word.optional(), hash: hash, from: day.optional() }),
  release: z.strictObject({ version: word, build: hash }),
  migration: z.strictObject({ number: word, schema: hash }),
} as const satisfies Record<string, z.ZodType>;

/** A kind that may become a leaf of its own. */
export type LeafKind = keyof typeof leafKinds;

/** Says whether a kind has a row in leafKinds. */
export function isLeafKind(kind: string): kind is LeafKind {
  return Object.hasOwn(leafKinds, kind);
}

/** Says whether an entry of this kind with this public part may become a leaf of its own; lists what is wrong. */
export function leafProblems(kind: string, pub: unknown): readonly string[] {
  if (!isLeafKind(kind)) return [`no leaf kind ${kind}`];
  const parsed = leafKinds[kind].safeParse(pub);
  return parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
}
