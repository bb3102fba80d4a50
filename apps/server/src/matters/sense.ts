import { actsOfStage, type ActRule, type Effect, type Procedure, type Progress, type Who } from '@lianxin/domain';
import type { Sense } from './matter-file.js';

/** A rule with the stage it stands in, and the branch of it (`stage/branch`); null: standing or after the end. */
export interface PlacedRule {
  readonly stage: string | null;
  readonly path: string | null;
  readonly rule: ActRule;
}

const placed = new WeakMap<Procedure, readonly PlacedRule[]>();

/** Every act rule of a procedure with its stage; worked out once for each procedure. */
export const listRules = (procedure: Procedure): readonly PlacedRule[] => {
  const known = placed.get(procedure);
  if (known !== undefined) return known;
  const outside = (rule: ActRule): PlacedRule => ({ stage: null, path: null, rule });
  // The acts that a vote or a notice brings with it are rules like the others.
  const rules: readonly PlacedRule[] = [
    ...procedure.stages.flatMap((stage) => [
      ...actsOfStage(stage, stage.by ?? []).map((rule) => ({ stage: stage.id, path: stage.id, rule })),
      ...[...(stage.oneOf ?? []), ...(stage.allOf ?? [])].flatMap((branch) =>
        actsOfStage(branch, branch.by ?? stage.by ?? []).map((rule) => ({
          stage: stage.id,
          path: `${stage.id}/${branch.id}`,
          rule,
        })),
      ),
    ]),
    ...procedure.standing.map(outside),
    ...procedure.closes.afterwards.map(outside),
  ];
  placed.set(procedure, rules);
  return rules;
};

/** The rule of an act, preferring the branch and the stage it was done in. */
export const ruleOf = (procedure: Procedure, act: string, stage: string | null): ActRule | undefined => {
  const rules = listRules(procedure).filter((one) => one.rule.id === act);
  const home = stage?.split('/')[0];
  return (rules.find((one) => one.path === stage) ?? rules.find((one) => one.stage === home) ?? rules[0])?.rule;
};

/** Whether a party is the resident himself, or somebody who never handled the matter. */
const isOutsideParty = (who: Who): boolean =>
  'filer' in who || 'resident' in who || 'sampledFrom' in who || 'someoneNot' in who;

const byFiler = (rule: ActRule): boolean => (rule.by ?? []).some((who) => 'filer' in who || 'resident' in who);

/** Whether a resident must show the second secret for this act: it says that a result is right or wrong, or rates it. */
export const needsSecret = (procedure: Procedure, rule: ActRule): boolean =>
  byFiler(rule) &&
  (rule.kind === 'rate' || rule.kind === 'outcome' || procedure.closes.afterwards.some((one) => one.id === rule.id));

/** Stages in which a claimed result waits for somebody outside: some outcome there belongs to the filer or to a non-handler. */
export const isConfirming = (procedure: Procedure, stage: string | null): boolean =>
  stage !== null &&
  listRules(procedure).some(
    (one) => one.stage === stage && one.rule.kind === 'outcome' && (one.rule.by ?? []).some(isOutsideParty),
  );

/**
 * What an act amounts to (性质), read from the shape of its rule and what followed from it, so that reports and pages need no
 * names of acts: those belong to the packs. Pure.
 */
export const senseOf = (given: {
  readonly procedure: Procedure;
  readonly rule: ActRule | undefined;
  readonly actor: 'resident' | 'officer' | 'system';
  readonly person: string | undefined;
  readonly before: Progress | null;
  readonly after: Progress;
  readonly effects: readonly Effect[];
}): Sense => {
  const { procedure, rule, actor, before, after, effects } = given;
  if (rule === undefined || before === null) return 'open';
  switch (rule.kind) {
    case 'rate':
    case 'ask':
    case 'answer':
    case 'split':
      return rule.kind;
    case 'hand-up':
      return actor === 'resident' ? 'go-higher' : 'hand-up';
    default:
  }
  const wasConfirming = isConfirming(procedure, before.stage);
  if (after.state === 'ended' && before.state !== 'ended') {
    const settled = procedure.closes.results.find((one) => one.id === after.result)?.settled === true;
    const outside = actor === 'resident' || (given.person !== undefined && !before.handlers.includes(given.person));
    if (settled && wasConfirming && outside) return 'confirm';
    return !settled && actor === 'officer' ? 'refuse' : 'end';
  }
  if (effects.some((effect) => effect.kind === 'reopen') || (wasConfirming && !isConfirming(procedure, after.stage))) {
    return 'dispute';
  }
  if (actor !== 'resident' && rule.kind === 'outcome' && isConfirming(procedure, after.stage)) return 'claim';
  if (
    actor === 'officer' &&
    ((rule.assign !== undefined &&
      rule.assign.how !== 'offer' &&
      rule.assign.how !== 'decline' &&
      rule.assign.how !== 'drop') ||
      (rule.kind === 'outcome' && before.stage === procedure.stages[0]?.id))
  ) {
    return 'accept';
  }
  return 'other';
};
