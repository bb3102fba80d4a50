import type { FAULTS } from './faults.js';

/** The stable name of a refusal, in words; defined once, in `FAULTS`. */
export type FaultCode = keyof typeof FAULTS;

/** The languages a refusal speaks; Chinese first. */
export type Locale = 'zh-CN' | 'en';

type PlaceholdersIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | PlaceholdersIn<Rest> : never;

/** The parameters a code's sentences ask for, read from the placeholders in them, so that sentence and details cannot part. */
export type FaultParams<Code extends FaultCode> = {
  readonly [Name in PlaceholdersIn<(typeof FAULTS)[Code][number]>]: string | number;
};

/**
 * Fault 不符合项: one reason for a refusal, with its details, what it rests on, and what would cure it.
 *
 * A refusal is a value: it travels to the screen, the paper and the test unchanged. A bug is an exception and never a fault.
 */
export type Fault = {
  readonly code: FaultCode;
  readonly params: Readonly<Record<string, string | number>>;
  /** Ids of the articles or requirements that demand it. */
  readonly source?: readonly string[];
  /** A code of `CURES` that says better than the fault's own sentence what to do here. */
  readonly cure?: string;
};

/** What a pure function gives back when it may refuse: a value, or every fault it found and not just the first. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly Fault[] };

type Extras = { readonly source?: readonly string[]; readonly cure?: string };

/**
 * Makes a fault whose details are exactly those its sentences need.
 *
 * @example fault('attendance-too-low', { need: 20, have: 19 }, { source: ['LAW-VC-30b'] }).params.need // => 20
 */
export function fault<Code extends FaultCode>(
  code: Code,
  ...rest: keyof FaultParams<Code> extends never
    ? [params?: Readonly<Record<string, never>>, extras?: Extras]
    : [params: FaultParams<Code>, extras?: Extras]
): Fault {
  const [params, extras] = rest;
  return { code, params: { ...params }, ...extras };
}

/** A result that carries a value. */
export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

/** A result that refuses; at least one fault, so that no refusal is without a reason. */
export const refuse = (first: Fault, ...more: readonly Fault[]): { ok: false; faults: readonly Fault[] } => ({
  ok: false,
  faults: [first, ...more],
});

/**
 * The value of a result that the caller knows cannot refuse; throws otherwise, because then the caller has a bug.
 *
 * @example valueOf(ok(3)) // => 3
 */
export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`refused where no refusal was possible: ${result.faults.map((f) => f.code).join(', ')}`);
}
