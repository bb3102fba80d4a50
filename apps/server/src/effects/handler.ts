import type { Deps } from '../deps.js';

/** An effect as the worker hands it over. */
export interface Effect {
  readonly county: string;
  readonly id: string;
  readonly effect: string;
  readonly division: string;
  readonly act: string | null;
  readonly payload: unknown;
  readonly attempts: number;
}

/** Carries out one kind of effect. It may be called twice for the same id; a thrown error is tried again later. */
export interface EffectHandler {
  readonly effect: string;
  readonly carryOut: (deps: Deps, effect: Effect) => Promise<void>;
}
