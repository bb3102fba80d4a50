import type { Instant, PlainDate } from '../date/index.js';
import type { Fault } from '../fault/index.js';
import type { ActRule, Wait } from './act-rule.js';
import type { Field, FieldValues } from './field.js';
import type { OnLate } from './limit.js';
import type { OfficeOrPerson, Progress } from './progress.js';
import type { Who } from './who.js';
import type { MatterLevel } from './words.js';

/** Effect 后果: what follows from an act; the ruling names it, the server performs it in the same transaction or the outbox. */
export type Effect =
  | { readonly kind: 'enter-stage'; readonly stage: string }
  | { readonly kind: 'end'; readonly result: string }
  | { readonly kind: 'reopen'; readonly stage: string }
  | { readonly kind: 'hold'; readonly holder: OfficeOrPerson }
  | { readonly kind: 'offer'; readonly to: string }
  | { readonly kind: 'open-child'; readonly procedure: string; readonly wait: Wait; readonly fields: FieldValues }
  | { readonly kind: 'withdraw-children' }
  | { readonly kind: 'hand-up'; readonly from: MatterLevel; readonly to: MatterLevel }
  | { readonly kind: 'pause'; readonly cause: string; readonly until: PlainDate }
  | { readonly kind: 'resume' }
  | { readonly kind: 'extend'; readonly limit: string; readonly due: PlainDate; readonly provisional: boolean }
  | { readonly kind: 'start-clock'; readonly clock: string; readonly due: PlainDate; readonly provisional: boolean }
  | { readonly kind: 'tell'; readonly to: Who; readonly wording?: string; readonly about: string }
  | {
      readonly kind: 'publish';
      readonly what: string;
      readonly channels: readonly string[];
      readonly mask: readonly string[];
    }
  | { readonly kind: 'record-breach'; readonly what: 'one-time-notice' }
  | { readonly kind: 'delete-fields'; readonly fields: readonly string[] };

/** Ruling 判定: an act passes with its effects and the progress after it, or is refused with every fault there is. */
export type Ruling =
  | { readonly passes: true; readonly effects: readonly Effect[]; readonly progress: Progress }
  | { readonly passes: false; readonly faults: readonly Fault[] };

/** What may be done next: the rule, by whom, the fields it needs now, and for what may not be done every fault. */
export interface NextAct {
  readonly act: ActRule;
  readonly stage: string | null;
  /** It belongs to the stage the matter is in, or is possible everywhere; a page shows these. */
  readonly here: boolean;
  readonly by: readonly Who[];
  readonly needs: readonly Field[];
  /** The actor may do it only in a resident's name; both names are kept. */
  readonly forResident: boolean;
  readonly allowed: boolean;
  readonly faults: readonly Fault[];
}

/** A limit that has passed, with what its rule says follows; the server's deadline job carries it out once. */
export interface LateLimit {
  readonly clock: string;
  readonly due: PlainDate;
  readonly since: Instant;
  readonly follow: readonly OnLate[];
}
