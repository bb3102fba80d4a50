/** Which leaf of the public log an entry becomes part of. */
export type LeafPolicy =
  /** A leaf of its own within seconds: public acts. */
  | 'public'
  /** One of the shuffled entries of the county's leaf of the day: its time would tell who was in the hall. */
  | 'private-day';

/**
 * The kinds of journal entry 全程纪实, closed: what has no row here cannot be written. Each row says how it reaches the log.
 * A new kind is public only when its time and existence may be told to everyone.
 */
export const journalKinds = {
  'matter.open': 'private-day',
  'matter.act': 'private-day',
  decision: 'public',
  certificate: 'public',
  'board.publish': 'public',
  'board.withdraw': 'public',
  // Drafts, checks, postings, questions and answers: what is published of them stands on the board itself.
  'board.work': 'private-day',
  'ledger.post': 'public',
  'points.batch': 'public',
  'role.grant': 'public',
  'role.revoke': 'public',
  'pack.activate': 'public',
  release: 'public',
  migration: 'public',
  'person.change': 'private-day',
  'body.change': 'public',
  'record.change': 'private-day',
  'account.change': 'private-day',
  'webhook.change': 'private-day',
  'file.add': 'private-day',
  // A county's whole data left the machine: which operator took it, and when, is for those who audit.
  'county.export': 'private-day',
  'meeting.change': 'private-day',
  'ballot.manifest': 'public',
  'ballot.key': 'public',
  'ballot.board': 'public',
  'ballot.result': 'public',
  // Paper handed out, sheets typed: told on the list that is posted, never at which hour.
  'ballot.work': 'private-day',
  test: 'private-day',
} as const satisfies Record<string, LeafPolicy>;

export type JournalKind = keyof typeof journalKinds;
