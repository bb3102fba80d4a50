import type { Effect, Fault, FieldValue, FieldValues } from '@lianxin/domain';
import type { ActContext } from './act-context.js';
import { carryAct, type ActWish, type Carried } from './carry-act.js';
import { hexOf } from './matter-file.js';
import { dayOf } from './matter-file.js';
import type { Writing } from './matters.store.js';
import { inboxItem } from './inbox-after.js';
import { newMatter } from './new-matter.js';
import type { PackedProcedure } from '../policy-packs/index.js';
import { theSystem } from './actors.js';
import { ruleOf } from './sense.js';

type OpenChild = Extract<Effect, { kind: 'open-child' }>;

/** The field of an act that names several offices: each of them gets a part of its own. */
const partsOf = (
  packed: PackedProcedure,
  act: Carried['act'],
): readonly { field: string | null; value: FieldValue | null }[] => {
  const rule = ruleOf(packed.procedure, act.act, act.stage);
  const several = rule?.needs.find(
    (field) => ['list', 'choices'].includes(field.type) && Array.isArray(act.body[field.id]),
  );
  const values = several === undefined ? undefined : act.body[several.id];
  if (several === undefined || !Array.isArray(values) || values.length === 0) return [{ field: null, value: null }];
  return values.map((value) => ({ field: several.id, value }));
};

/** What the part's form takes from the act: fields of the same name, and the office it is for. */
const fieldsFor = (
  child: PackedProcedure,
  act: FieldValues,
  parent: FieldValues,
  part: { readonly field: string | null; readonly value: FieldValue | null },
): FieldValues => {
  const fields: Record<string, FieldValue> = {};
  for (const field of child.procedure.form) {
    const value = act[field.id] ?? parent[field.id];
    if (value !== undefined && field.personal !== true && field.type !== 'phone') fields[field.id] = value;
    if (part.value !== null && (field.type === 'office' || field.type === 'body' || field.id === part.field)) {
      fields[field.id] = part.value;
    }
  }
  return fields;
};

/**
 * Opens the sub-matters (联办子事项) an act asked for, in the same transaction and under the same case number [DY-66]: one for each office it
 * names, else one. Opening is the procedure's own doing, so the part's `opens-by` names `system` and the office finds it in its inbox.
 */
export const openChildren = async (
  context: ActContext,
  packed: PackedProcedure,
  carried: Carried,
  writing: Writing,
): Promise<readonly Fault[]> => {
  const { matter } = carried.file;
  const wanted = carried.effects.filter((effect): effect is OpenChild => effect.kind === 'open-child');
  for (const effect of wanted) {
    const child = context.rules.pinned(hexOf(matter.pack_hash), effect.procedure, dayOf(matter.opened_at));
    if (child === undefined) return [{ code: 'unknown-procedure', params: { procedure: effect.procedure } }];
    for (const part of partsOf(packed, carried.act)) {
      const fields = fieldsFor(child, effect.fields, carried.progress.form, part);
      const file = newMatter(context, child, {
        division: matter.division,
        place: matter.place,
        number: matter.number,
        kind: matter.kind,
        channel: matter.channel,
        filer: carried.act.person,
        parent: matter.id,
        opened_by_act: carried.act.act,
        wait: effect.wait,
        opened_at: carried.act.occurred_at,
        late_entry: matter.late_entry,
        barred: matter.barred,
        start_level: child.procedure.level ?? carried.progress.level,
        subject: matter.subject,
        fields,
      });
      const wish: ActWish = {
        act: 'open',
        ...theSystem,
        fields,
        occurredAt: carried.act.occurred_at as ActWish['occurredAt'],
        commandId: carried.act.command_id,
      };
      const opened = carryAct(context, child, file, wish, writing);
      if (!opened.ok) return opened.faults;
      (writing.opens ??= []).push(opened.value.file.matter);
    }
  }
  return [];
};

/** Tells whoever holds an open part that the whole has been taken back; the part is theirs to end. */
export const tellChildren = (context: ActContext, carried: Carried, writing: Writing): void => {
  if (!carried.effects.some((effect) => effect.kind === 'withdraw-children')) return;
  for (const child of carried.file.children) {
    if (child.state === 'ended') continue;
    const item = inboxItem(
      context,
      { ...carried.file, matter: { ...carried.file.matter, id: child.id, due: null } },
      { body: child.holderBody },
      'act-needed',
      '主事项已撤回，请结束本子事项',
      carried.act.id,
    );
    if (item !== undefined) (writing.inbox ??= []).push(item);
  }
};
