import { hash } from 'node:crypto';
import {
  countyDate,
  decisionStepOf,
  isPublicDecision,
  ruleOnAct,
  type Act,
  type Actor,
  type ActorRef,
  type Effect,
  type Fault,
  type FieldValue,
  type FieldValues,
  type Instant,
  type Procedure,
  type Progress,
} from '@lianxin/domain';
import { deriveProgress } from '@lianxin/domain';
import canonicalize from 'canonicalize';
import { queueEffect } from '../effects/index.js';
import { writeJournal } from '../journal/index.js';
import type { PackedProcedure } from '../policy-packs/index.js';
import type { ActContext } from './act-context.js';
import { sealContact } from './contact-seal.js';
import { recordOf, sealedMark, type ActRow, type MatterFile, type MatterRow } from './matter-file.js';
import { listOfficers, type Writing } from './matters.store.js';
import { projectionOf } from './projection.js';
import { isConfirming, listRules, ruleOf, senseOf } from './sense.js';
import { inboxAfter, stepsOfPostings } from './inbox-after.js';

/** An act as a command asks for it. */
export interface ActWish {
  readonly act: string;
  /** The stage or branch it is done in, where one act stands in several; the present stage when missing. */
  readonly stage?: string | undefined;
  readonly by: ActorRef;
  readonly actor: Actor;
  readonly onBehalfOf?: string | undefined;
  readonly fields: FieldValues;
  readonly occurredAt: Instant;
  readonly commandId: string;
}

/** An act that passed: the file after it, and what followed. */
export interface Carried {
  readonly file: MatterFile;
  readonly progress: Progress;
  readonly effects: readonly Effect[];
  readonly act: ActRow;
  readonly seed: Uint8Array;
}

/** Fields that are sealed apart from the act: contact and identity data, and papers that are deleted at the end [YS-39]. */
const sealedFields = (procedure: Procedure): ReadonlySet<string> => {
  const known = sealedOf.get(procedure);
  if (known !== undefined) return known;
  const forms = [procedure.form, ...allNeeds(procedure)];
  const personal = forms.flat().filter((field) => field.personal === true || field.type === 'phone');
  const sealed = new Set([
    ...personal.map((field) => field.id),
    ...(procedure.privacy?.sealed ?? []),
    ...(procedure.privacy?.deleteAtEnd ?? []),
  ]);
  sealedOf.set(procedure, sealed);
  return sealed;
};

const sealedOf = new WeakMap<Procedure, ReadonlySet<string>>();

const allNeeds = (procedure: Procedure) => listRules(procedure).map(({ rule }) => rule.needs);

/** Seals one value into the writing. */
export const sealInto = (
  context: ActContext,
  writing: Writing,
  matter: Pick<MatterRow, 'id' | 'division'>,
  field: string,
  value: FieldValue,
  kept = false,
): void => {
  const { deps, county, now } = context;
  const cipher = sealContact(
    deps.keys.keyFor('matter-contact'),
    { county, matter: matter.id, field },
    value,
    deps.random(12),
  );
  (writing.contacts ??= []).push({
    county,
    matter: matter.id,
    field,
    division: matter.division,
    cipher: `\\x${cipher.toString('hex')}`,
    kept,
    recorded_at: now,
  });
};

/** Who may see contact data now: the handler, whoever was drawn to confirm, and the officer who filed for a resident. */
const readersOf = (matter: MatterRow, progress: Progress): readonly string[] => {
  const filer = matter.on_behalf && matter.filer !== null ? [matter.filer] : [];
  if (progress.state === 'ended') return filer;
  return [
    ...new Set([progress.holder?.person, ...(matter.sampled ?? []), ...filer].filter((one) => one !== undefined)),
  ];
};

const digest = (value: unknown): string => hash('sha256', canonicalize(value) ?? 'null');

/**
 * Rules on one act and adds everything it writes to `writing`: the act, the projection, inbox items, sealed contact data, and the
 * journal entry to the transaction. A refusal adds nothing. `file` may be a matter that is only being opened (no acts yet).
 */
export const carryAct = (
  context: ActContext,
  packed: PackedProcedure,
  file: MatterFile,
  wish: ActWish,
  writing: Writing,
): { readonly ok: true; readonly value: Carried } | { readonly ok: false; readonly faults: readonly Fault[] } => {
  const { deps, county, now, calendar, roll, directory } = context;
  const { procedure } = packed;
  const record = recordOf(file);
  const before = file.acts.length === 0 ? null : deriveProgress(procedure, record, calendar, wish.occurredAt);
  const domainAct: Act = {
    seq: file.acts.length,
    id: deps.newId(),
    act: wish.act,
    stage: wish.stage ?? before?.stage ?? null,
    by: wish.by,
    ...(wish.onBehalfOf === undefined ? {} : { onBehalfOf: wish.onBehalfOf }),
    fields: wish.fields,
    occurredAt: wish.occurredAt,
    recordedAt: now,
  };
  const ruling = ruleOnAct(procedure, record, domainAct, wish.actor, roll, calendar);
  if (!ruling.passes) return { ok: false, faults: ruling.faults };

  const sealed = sealedFields(procedure);
  const open: Record<string, FieldValue> = {};
  for (const [id, value] of Object.entries(wish.fields)) {
    if (sealed.has(id)) {
      sealInto(context, writing, file.matter, file.acts.length === 0 ? id : `${id}@${domainAct.seq}`, value);
      open[id] = sealedMark;
    } else open[id] = value;
  }
  const rule = ruleOf(procedure, wish.act, domainAct.stage);
  const row: ActRow = {
    county,
    matter: file.matter.id,
    seq: domainAct.seq,
    id: domainAct.id,
    division: file.matter.division,
    command_id: wish.commandId,
    act: wish.act,
    stage: domainAct.stage,
    sense: senseOf({
      procedure,
      rule: file.acts.length === 0 ? undefined : rule,
      actor: wish.by.kind,
      person: wish.by.person,
      before,
      after: ruling.progress,
      effects: ruling.effects,
    }),
    actor_kind: wish.by.kind,
    person: wish.by.person ?? null,
    office_post: wish.by.office?.post ?? null,
    office_body: wish.by.office?.body ?? null,
    on_behalf_of: wish.onBehalfOf ?? null,
    body: open,
    ruling: ruling.effects,
    occurred_at: wish.occurredAt,
    recorded_at: now,
  };
  // A step of a public decision is a leaf of its own, with the counts that this ruling used; everything else waits for its day.
  const known = { id: file.matter.id, kind: file.matter.kind ?? procedure.id };
  const step = file.acts.length === 0 ? null : decisionStepOf(procedure, packed, known, domainAct, roll);
  const { journalId, seed } = writeJournal(context.tx, {
    kind: file.acts.length === 0 ? 'matter.open' : step === null ? 'matter.act' : 'decision',
    division: file.matter.division,
    ...(step === null ? {} : { pub: step }),
    commitFields: {
      ...(step === null ? {} : { subject: file.matter.subject }),
      matter: file.matter.id,
      act: row.id,
      seq: row.seq,
      rule: row.act,
      fields: digest(wish.fields),
      at: row.occurred_at,
    },
    commandId: wish.commandId,
  });
  if (isPublicDecision(procedure) && ruling.effects.some((effect) => effect.kind === 'end')) {
    const payload = { matter: file.matter.id };
    queueEffect(context.tx, { effect: 'issue-certificate', division: file.matter.division, act: row.id, payload });
  }
  const acts = [...file.acts, row];
  // A late entry is ruled at its own time; where the matter stands is always asked as of now, so that a rebuild finds the same.
  const progress =
    wish.occurredAt === now ? ruling.progress : deriveProgress(procedure, recordOf({ ...file, acts }), calendar, now);
  const projection = projectionOf({
    procedure,
    progress,
    acts,
    place: file.matter.place,
    kind: file.matter.kind,
    directory,
    postings: stepsOfPostings(context, packed, { ...file, acts }),
    seen: now,
  });
  const journal = file.acts.length === 0 ? journalId : file.matter.journal;
  const matter: MatterRow = {
    ...file.matter,
    ...projection,
    ...(file.matter.channel === 'import' ? { next_check: null } : {}),
    journal,
    updated_at: now,
  };
  const after: MatterFile = { ...file, matter: { ...matter, readers: readersOf(matter, progress) }, acts };
  (writing.acts ??= []).push(row);
  if (file.acts.length > 0) {
    (writing.changes ??= []).push({
      id: file.matter.id,
      base: file.matter.version,
      set: { ...projection, next_check: matter.next_check, readers: after.matter.readers, updated_at: now },
    });
  }
  inboxAfter(context, packed, after, progress, row, ruling.effects, writing);
  return { ok: true, value: { file: after, progress, effects: ruling.effects, act: row, seed } };
};

/**
 * Draws who confirms a result that has been claimed, where nobody with a second secret can: one officer of the body the rule names
 * who never handled the matter. Draws once; the draw is kept with the matter.
 */
export const drawConfirmers = async (
  context: ActContext,
  packed: PackedProcedure,
  carried: Carried,
  writing: Writing,
): Promise<Carried> => {
  const { matter } = carried.file;
  const { stage } = carried.progress;
  if (
    matter.channel === 'import' ||
    matter.sampled !== null ||
    matter.confirm_hash !== null ||
    !isConfirming(packed.procedure, stage)
  )
    return carried;
  const rules = packed.procedure.stages.find((one) => one.id === stage)?.acts ?? [];
  const bodies = rules
    .flatMap((rule) => rule.by ?? [])
    .flatMap((who) => ('sampledFrom' in who ? [{ body: who.sampledFrom }] : []))
    .flatMap((who) => context.directory.bodiesOf(who, matter.place, carried.progress.level))
    .map((body) => body.id);
  if (bodies.length === 0) return carried;
  const on = countyDate(context.now);
  const barred = new Set([...carried.progress.handlers, ...(matter.barred ?? []), matter.filer ?? '']);
  const able = (await listOfficers(context.tx, bodies, on)).filter((one) => !barred.has(one.person));
  const drawn = able[(context.deps.random(4)[0] ?? 0) % Math.max(able.length, 1)];
  if (drawn === undefined) return carried;
  const sampled = [drawn.person];
  const file = { ...carried.file, matter: { ...matter, sampled } };
  const readers = readersOf(file.matter, carried.progress);
  const change = writing.changes?.find((one) => one.id === matter.id);
  if (change !== undefined) Object.assign(change.set, { sampled, readers });
  inboxForConfirmer(context, file, drawn.person, writing);
  return { ...carried, file: { ...file, matter: { ...file.matter, readers } } };
};

const inboxForConfirmer = (context: ActContext, file: MatterFile, person: string, writing: Writing): void => {
  const { matter } = file;
  (writing.inbox ??= []).push({
    county: context.county,
    id: context.deps.newId(),
    division: matter.division,
    person,
    post: null,
    body: null,
    matter: matter.id,
    kind: 'confirm-sampled',
    what: '请核实办理结果：由您抽查确认，承办人不能确认自己的结果',
    due: matter.due,
    provisional: matter.provisional,
    from_act: null,
    barred: matter.barred,
    recorded_at: context.now,
  });
};
