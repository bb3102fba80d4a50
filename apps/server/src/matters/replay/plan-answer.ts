import {
  nextActs,
  ruleOnAct,
  type Actor,
  type ActorRef,
  type Calendar,
  type Field,
  type FieldValue,
  type FieldValues,
  type Instant,
  type MatterRecord,
  type NextAct,
  type Procedure,
} from '@lianxin/domain';
import { isConfirming } from '../sense.js';

/** One act of the way from a message to its answer: its rule, and the choices made; texts are filled from the answer. */
export interface PlannedAct {
  readonly act: string;
  readonly needs: readonly Field[];
  readonly choices: Readonly<Record<string, string>>;
}

/** Kinds of act an office answers with; the others pause, move or split a matter, which an old message does not say. */
const answering = new Set(['outcome', 'assign', 'note', 'reclass']);
const deepest = 6;

interface Node {
  readonly record: MatterRecord;
  readonly plan: readonly PlannedAct[];
}

/** Value of a field for a replayed act; undefined when old messages cannot say it. */
export const fill = (
  field: Field,
  given: { readonly text: string; readonly person: string; readonly day: string; readonly choice?: string | undefined },
): FieldValue | undefined => {
  switch (field.type) {
    case 'text':
    case 'long-text':
      return Array.from(given.text)
        .slice(0, field.mostCharacters ?? 20_000)
        .join('');
    case 'person':
      return given.person;
    case 'date':
      return given.day;
    case 'choice':
      return given.choice ?? field.choices?.[0]?.id;
    case 'yes-no':
      return true;
    default:
      return undefined;
  }
};

/** Fields of an act from the answer; undefined when one that is needed cannot be filled. */
export const fieldsOf = (
  needs: readonly Field[],
  given: { readonly text: string; readonly person: string; readonly day: string },
  choices: Readonly<Record<string, string>>,
): FieldValues | undefined => {
  const fields: Record<string, FieldValue> = {};
  for (const field of needs) {
    if (field.optional === true) continue;
    const value = fill(field, { ...given, choice: choices[field.id] });
    if (value === undefined) return undefined;
    fields[field.id] = value;
  }
  return fields;
};

/** Every way to choose where an act asks for a choice. */
const choicesOf = (needs: readonly Field[]): Readonly<Record<string, string>>[] => {
  let ways: Record<string, string>[] = [{}];
  for (const field of needs) {
    if (field.type !== 'choice' || field.optional === true) continue;
    ways = ways.flatMap((way) => (field.choices ?? []).map((choice) => ({ ...way, [field.id]: choice.id })));
  }
  return ways.slice(0, 16);
};

/**
 * The shortest way from a message to its answer that the procedure itself allows (回放路径): acts of one officer after which the result is claimed or
 * the matter ended as settled. Found by asking the kernel, so that a replay knows no act of any pack. Undefined when there is none. Pure.
 */
export const planAnswer = (
  procedure: Procedure,
  record: MatterRecord,
  who: { readonly actor: Actor; readonly by: ActorRef },
  at: Instant,
  calendar: Calendar,
): readonly PlannedAct[] | undefined => {
  const given = { text: '答复', person: who.actor.person ?? '', day: at.slice(0, 10) };
  let layer: Node[] = [{ record, plan: [] }];
  for (let depth = 0; depth < deepest; depth += 1) {
    const following: Node[] = [];
    const seen = new Set<string>();
    for (const node of layer) {
      const possible = nextActs(procedure, node.record, who.actor, () => undefined, calendar, at).filter(
        (one) => one.here && answering.has(one.act.kind) && mayPass(one),
      );
      for (const { act, needs } of possible) {
        for (const choices of choicesOf(needs)) {
          const fields = fieldsOf(needs, given, choices);
          if (fields === undefined) continue;
          const seq = node.record.acts.length;
          const next = {
            seq,
            id: `plan-${seq}`,
            act: act.id,
            stage: null,
            by: who.by,
            fields,
            occurredAt: at,
            recordedAt: at,
          };
          const ruling = ruleOnAct(procedure, node.record, next, who.actor, () => undefined, calendar);
          if (!ruling.passes) continue;
          const { progress } = ruling;
          const plan = [...node.plan, { act: act.id, needs, choices }];
          const settled = procedure.closes.results.find((one) => one.id === progress.result)?.settled === true;
          if (settled || isConfirming(procedure, progress.stage)) return plan;
          if (progress.state !== 'open') continue;
          const key = `${progress.stage} ${progress.level} ${JSON.stringify(progress.counts.acts)} ${JSON.stringify(choices)}`;
          if (seen.has(key)) continue;
          seen.add(key);
          following.push({ record: { ...node.record, acts: [...node.record.acts, next] }, plan });
        }
      }
    }
    if (following.length === 0) return undefined;
    layer = following.slice(0, 200);
  }
  return undefined;
};

/** Refusals that filling in the fields may cure; anything else stands whatever is filled in. */
const mayPass = (one: NextAct): boolean =>
  one.allowed || one.faults.every((fault) => fault.code === 'condition-not-met' || fault.code === 'field-missing');
