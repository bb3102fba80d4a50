import type { Makers } from '../deps.js';
import type { UntoldLeaf } from './webhooks.store.js';

/** A message on its way, as the outbox keeps it between tries. */
export interface Message {
  readonly webhook: string;
  /** `webhook-id`: the same at every try, so that the other side can tell a repetition. */
  readonly message: string;
  readonly kind: string;
  /** The body, word for word as it is signed. */
  readonly body: string;
  readonly attempt: number;
}

const bodyOf = (type: string, timestamp: string, data: object): string => JSON.stringify({ type, timestamp, data });

/**
 * The message that tells of one line of the public log 推送内容. Only the line itself goes out: its public part, and where it stands, so that the
 * receiver can prove it against the log.
 */
export const messageOf = (county: string, webhook: string, leaf: UntoldLeaf, origin: string): Message => {
  const { at, n, pub } = JSON.parse(leaf.leaf) as { at: string; n: number; pub: object };
  return {
    webhook,
    message: `log_${county}_${leaf.year}_${leaf.index}`,
    kind: leaf.kind,
    body: bodyOf(leaf.kind, at, {
      county,
      division: leaf.division,
      number: n,
      log: { year: leaf.year, index: Number(leaf.index) },
      page: `${origin}/v/${leaf.division.slice(0, 12)}`,
      public: pub,
    }),
    attempt: 1,
  };
};

/** A message that says nothing but that the line works. */
export const testMessage = (county: string, webhook: string, makers: Pick<Makers, 'newId' | 'clock'>): Message => ({
  webhook,
  message: `test_${makers.newId()}`,
  kind: 'test',
  body: bodyOf('test', makers.clock(), { county, words: '连心推送测试' }),
  attempt: 1,
});
