import type { FaultCode } from '../fault/index.js';
import type { Field } from './field.js';
import { votingBody } from './meeting-faults.js';
import { listPlannedActs, planOf } from './plan.js';
import type { Procedure } from './procedure.js';
import { openingOf } from './rule-on-act.js';
import type { Who } from './who.js';

/** One act of a procedure as a reader needs it: where, what, by whom, with which fields. `stage` is null for acts possible in several. */
export interface ListedAct {
  readonly stage: string | null;
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly by: readonly Who[];
  readonly fields: readonly Field[];
}

/** Every act of a procedure, the implied ones of votes and notices too, opening first; for those who write cases without reading code. */
export function listActs(procedure: Procedure): ListedAct[] {
  return [openingOf(procedure), ...listPlannedActs(planOf(procedure))].map(({ rule, by, place }) => ({
    stage: place?.path ?? null,
    id: rule.id,
    title: rule.title,
    kind: rule.kind,
    by,
    fields: rule.needs,
  }));
}

/** Bodies whose rolls the votes and demands of a procedure count against. */
export function listRolls(procedure: Procedure): string[] {
  const rolls = listPlannedActs(planOf(procedure)).flatMap((planned) => {
    const vote = planned.place?.part.vote;
    if (vote === undefined) return [];
    return [votingBody(planned) ?? [], ...(vote.demandedBy ?? []).flatMap((one) => one.roll ?? [])].flat();
  });
  return [...new Set(rolls)].sort();
}

/** Limits of a procedure by id, as `due` and `overdue-on` name them. */
export const listLimits = (procedure: Procedure): { readonly id: string; readonly title: string }[] =>
  planOf(procedure).limits.map(({ id, title }) => ({ id, title }));

/** Every fault that a ruling can give; a test compares it with what the kernel says. */
export const RULING_FAULTS = [
  'act-comes-later',
  'act-missing',
  'act-not-possible',
  'act-too-late',
  'act-used-up',
  'acts-out-of-order',
  'already-done',
  'already-rated',
  'approval-too-low',
  'attendance-too-low',
  'authorisation-missing',
  'body-not-competent',
  'body-not-composed',
  'calendar-year-not-loaded',
  'children-still-open',
  'clock-not-running',
  'composition-not-met',
  'condition-not-met',
  'condition-type-mismatch',
  'count-above-base',
  'count-differs-from-names',
  'counted-twice',
  'date-in-future',
  'demand-too-few',
  'extension-too-late',
  'feedback-missing',
  'field-invalid',
  'field-missing',
  'field-unknown',
  'handler-cannot-confirm',
  'handover-unsigned',
  'late-entry-contradicts',
  'matter-closed',
  'matter-not-closed',
  'matter-not-paused',
  'matter-paused',
  'may-not-act-for-resident',
  'must-wait',
  'no-level-above',
  'no-objection-waiting',
  'no-rule-in-force',
  'no-transfer-offered',
  'not-on-roll',
  'not-the-filer',
  'not-the-handler',
  'not-your-act',
  'not-your-division',
  'notice-channel-missing',
  'notice-not-posted',
  'notice-too-short',
  'objection-unanswered',
  'objection-window-closed',
  'other-procedure-required',
  'other-way-chosen',
  'proxy-chain',
  'proxy-not-allowed',
  'publication-too-short',
  'recused',
  'roll-missing',
  'second-notice-needs-reason',
  'stage-not-open',
  'too-many-extensions',
  'too-many-proxies',
  'transfer-already-offered',
  'unknown-act',
  'vote-was-carried',
  'votes-bundled',
  'votes-do-not-add-up',
  'witness-is-handler',
  'witness-only-for-residents',
  'wrong-ballot-form',
  'wrong-convener',
] as const satisfies readonly FaultCode[];
