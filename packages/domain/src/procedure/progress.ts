import type { Instant, PlainDate } from '../date/index.js';
import type { Fault } from '../fault/index.js';
import type { FieldValue } from './field.js';
import type { MatterLevel } from './words.js';

/** Who holds something, as derived from acts: an office (body id), a person, or both. */
export interface OfficeOrPerson {
  readonly office?: string;
  readonly post?: string;
  readonly person?: string;
}

/** Holder 承办: who has the matter now. `accepted` is false while a named person has neither accepted nor acted. */
export interface Holder extends OfficeOrPerson {
  readonly since: Instant;
  readonly accepted: boolean;
}

/** Station 经办记录: a dated holder; together they are the chain of hands the matter went through. */
export interface Station extends OfficeOrPerson {
  readonly level: MatterLevel;
  readonly stage: string | null;
  readonly from: Instant;
  readonly to?: Instant;
  readonly how: 'opened' | 'taken' | 'named' | 'transferred' | 'handed-up' | 'dropped';
  readonly act: string;
}

/** MatterPause 停时: the clock stands still, with its cause; ends by an answer or after the longest pause. */
export interface MatterPause {
  readonly from: Instant;
  readonly to?: Instant;
  readonly until?: PlainDate;
  readonly cause: string;
  readonly act: string;
}

/** Clock 计时: one limit as it runs. `late` when the due day has fully passed at the moment asked about, or was when it was met. */
export interface Clock {
  readonly id: string;
  readonly title: string;
  readonly stage: string | null;
  readonly from: Instant;
  readonly due: PlainDate;
  /** The last moment, for a limit in hours. */
  readonly dueAt?: Instant;
  readonly provisional: boolean;
  readonly state: 'running' | 'paused' | 'met';
  readonly met?: Instant;
  readonly late: boolean;
  readonly paused?: { readonly since: Instant; readonly cause: string; readonly until?: PlainDate };
  readonly pauses: readonly MatterPause[];
  readonly extended: number;
}

/** Re-classification 改类: the history of a value changed by a `reclass` act [DY-01]. */
export interface Reclassification {
  readonly field: string;
  readonly from: FieldValue | undefined;
  readonly to: FieldValue;
  readonly at: Instant;
  readonly act: string;
  readonly by?: string;
}

/** A signature of a hand-over as recorded; `witness` when a witness signed for a resident. */
export interface SignatureGiven {
  readonly act: string;
  readonly title: string;
  readonly at: Instant;
  readonly witness?: string;
}

/** How a branch of a one-of or all-of stage stands. */
export type BranchState = 'open' | 'done' | 'not-chosen';

/** Counts 计数. `breaches` counts second one-time notices; a resident's own hand-up is never among them [DY-74]. */
export interface Counts {
  readonly acts: Readonly<Record<string, number>>;
  readonly kinds: Readonly<Record<string, number>>;
  readonly breaches: number;
  readonly reopened: number;
}

/** A stage as it was gone through. */
export interface StageVisit {
  readonly stage: string;
  readonly from: Instant;
  readonly to?: Instant;
  readonly act: string;
}

/**
 * Progress 办理进度: where a matter stands at a moment, derived from its acts and never stored as a fact.
 * `stage` is null once ended. `fields` is the latest value of every field, `form` only those asked at opening. `unresolved` tells why a clock could not be computed. `responsible` is who answers for it: the first contact until another person has accepted [DY-68].
 */
export interface Progress {
  readonly stage: string | null;
  readonly branches: Readonly<Record<string, BranchState>>;
  readonly state: 'open' | 'paused' | 'ended';
  readonly result?: string;
  readonly ended?: Instant;
  readonly level: MatterLevel;
  readonly holder: Holder | null;
  readonly offer: (OfficeOrPerson & { readonly at: Instant; readonly act: string }) | null;
  readonly firstContact: (OfficeOrPerson & { readonly since: Instant }) | null;
  readonly responsible: OfficeOrPerson | null;
  readonly handlers: readonly string[];
  readonly form: Readonly<Record<string, FieldValue>>;
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly clocks: readonly Clock[];
  readonly paused: MatterPause | null;
  readonly stations: readonly Station[];
  readonly visits: readonly StageVisit[];
  readonly reclassified: readonly Reclassification[];
  readonly signatures: readonly SignatureGiven[];
  readonly oneTimeNotice: readonly string[];
  readonly unresolved: readonly Fault[];
  readonly rating?: { readonly level: number; readonly at: Instant; readonly act: string };
  readonly counts: Counts;
}
