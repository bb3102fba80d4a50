import type { Result } from '@lianxin/domain';
import type { Tx } from '../storage/transaction.js';

/** A need heard in the field, on its way to becoming a matter. */
export interface NeedAsMatter {
  readonly division: string;
  readonly text: string;
  /** The kind of request, where the visitor chose one. */
  readonly kind: string | undefined;
  readonly channel: 'visit' | 'field';
  /** The household it was heard at; null for a need met in a public place. */
  readonly household: string | null;
  /** Who heard it and stays the contact. */
  readonly contact: string;
  readonly commandId: string;
  readonly occurredAt: string;
}

/**
 * How field work reaches matters 转为事项. The feature `matters` gives these functions when it starts (`useMatters`), so that people
 * need not know how a matter is opened; both run inside the caller's transaction.
 */
export interface MattersForPeople {
  readonly open: (tx: Tx, need: NeedAsMatter) => Promise<Result<{ readonly matter: string }>>;
  /** The state of each matter in words, for the household it concerns. */
  readonly stateOf: (tx: Tx, matters: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** A holder that is filled once at start; before, a need can be logged but not sent. */
export interface MattersHolder {
  matters: MattersForPeople | undefined;
}
