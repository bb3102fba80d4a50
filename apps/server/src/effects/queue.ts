import type { Tx } from '../storage/transaction.js';

/** An effect 效果 that leaves the database: a message, a mail, a print, a webhook. */
export interface EffectInput {
  /** Name of the handler, e.g. `mail`; a handler must stand being called twice. */
  readonly effect: string;
  readonly division: string;
  /** The act it carries out, handed to the outside so that a repetition can be recognised. */
  readonly act?: string | undefined;
  readonly payload: unknown;
  /** Not before this time; now when absent. */
  readonly notBefore?: string | undefined;
}

/** A row of `outbox`, waiting for the last statement of the transaction. */
export interface EffectRow {
  readonly id: string;
  readonly effect: string;
  readonly division: string;
  readonly act: string | null;
  readonly payload: string;
  readonly recorded_at: string;
  readonly not_before: string;
}

/**
 * Queues an effect in the transaction of the act: it happens at least once if the act commits, and never if it does not.
 */
export const queueEffect = (tx: Tx, input: EffectInput): { effectId: string } => {
  const effectId = tx.makers.newId();
  const now = tx.makers.clock();
  tx.pending.effects.push({
    id: effectId,
    effect: input.effect,
    division: input.division,
    act: input.act ?? null,
    payload: JSON.stringify(input.payload ?? null),
    recorded_at: now,
    not_before: input.notBefore ?? now,
  });
  return { effectId };
};
