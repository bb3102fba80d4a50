import { countyDate } from '../date/index.js';
import type { Act, Branch, Procedure, RollFor, Stage } from '../procedure/index.js';
import { actsOfStage, countsOf } from '../procedure/index.js';
import type { CanonicalValue } from './canonical-json.js';
import type { Leaf } from './leaf.js';

/** A part of a procedure in which acts are done: a stage, or a branch of one. */
export interface ProcedurePart {
  /** `stage` or `stage/branch`. */
  readonly path: string;
  readonly part: Stage | Branch;
  readonly by: NonNullable<Stage['by']>;
}

/** Every part of a procedure, in order. */
export function partsOfProcedure(procedure: Procedure): readonly ProcedurePart[] {
  return procedure.stages.flatMap((stage) => {
    const by = stage.by ?? [];
    const branches = [...(stage.oneOf ?? []), ...(stage.allOf ?? [])];
    return [
      { path: stage.id, part: stage, by },
      ...branches.map((branch) => ({ path: `${stage.id}/${branch.id}`, part: branch, by: branch.by ?? by })),
    ];
  });
}

/**
 * Whether a procedure is a decision whose steps may be told to everybody: it votes, and it keeps nothing from anybody. A vote about one
 * person (a procedure with privacy) waits for the shuffled leaf of its day like everything about persons.
 */
export function isPublicDecision(procedure: Procedure): boolean {
  return procedure.privacy === undefined && partsOfProcedure(procedure).some(({ part }) => part.vote !== undefined);
}

/** Acts of a notice or a meeting that decide nothing and still belong to the record of a decision. */
const recorded: ReadonlySet<string> = new Set(['convene', 'post']);

const numberIn = (act: Act, field: string): number | undefined => {
  const value = act.fields[field];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
};

const present = (members: Readonly<Record<string, CanonicalValue | undefined>>): Record<string, CanonicalValue> =>
  Object.fromEntries(
    Object.entries(members).filter((member): member is [string, CanonicalValue] => member[1] !== undefined),
  );

/** The word for whose members decide a part: the vote's roll, else its body. */
export function rollOfPart({ part, by }: ProcedurePart): string | undefined {
  if (part.vote?.roll !== undefined) return part.vote.roll;
  for (const who of by) if ('body' in who) return who.body;
  return undefined;
}

/**
 * What everybody may read of one act of a decision 决策环节: which step, under which version of the rule, how many were entitled, came and voted.
 * Null for an act that is no step of a public decision. The counts are those that the ruling used, so that a certificate made from leaves
 * and the ruling cannot part.
 */
export function decisionStepOf(
  procedure: Procedure,
  rule: { readonly hash: string },
  matter: { readonly id: string; readonly kind: string },
  act: Act,
  roll: RollFor,
): Leaf['pub'] | null {
  if (!isPublicDecision(procedure)) return null;
  // An act may name the stage alone where it stands in one of its branches.
  const inside = (path: string): boolean => path === act.stage || path.startsWith(`${act.stage ?? ''}/`);
  const [found] = partsOfProcedure(procedure).flatMap((part) => {
    const done = inside(part.path) ? actsOfStage(part.part, part.by).find((one) => one.id === act.act) : undefined;
    return done === undefined ? [] : [{ ...part, done }];
  });
  if (found === undefined || act.stage === null) return null;
  const { done } = found;
  if (done.kind !== 'outcome' && !recorded.has(act.act)) return null;
  const on = countyDate(act.occurredAt);
  const body = rollOfPart(found);
  const votes = found.part.vote !== undefined && done.kind === 'outcome';
  const entitled = votes && body !== undefined ? roll(body, on) : undefined;
  const counts = entitled === undefined ? undefined : countsOf(entitled);
  return present({
    matter_kind: matter.kind,
    matter: matter.id,
    step: found.path,
    act: act.act,
    rule: rule.hash,
    on,
    body,
    entitled: counts?.entitled,
    households: counts?.households,
    ...(votes
      ? {
          present: numberIn(act, 'present'),
          households_present: numberIn(act, 'households-present'),
          for: numberIn(act, 'approve'),
          against: numberIn(act, 'against'),
          abstained: numberIn(act, 'abstain'),
        }
      : {}),
  });
}
