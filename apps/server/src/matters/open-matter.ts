import {
  compareInstants,
  countyDate,
  fault,
  formatReceipt,
  isWithin,
  scopeOf,
  type Fault,
  type FieldValues,
  type Instant,
} from '@lianxin/domain';
import type { Opened, ResidentIntake, StaffIntake } from '@lianxin/contract';
import type { SessionActor } from '../access/index.js';
import { runTogether } from '../http/command-group.js';
import type { Answer, CommandActor } from '../http/command.js';
import { receiptState } from '../log/index.js';
import { keepJoint } from '../policy-packs/index.js';
import { inContext, publicContext, systemContext, type Tx } from '../storage/index.js';
import { actContext, type ActContext, type MatterDeps } from './act-context.js';
import { standingsOf, unnamedResident, type Standing } from './actors.js';
import { attachFiles, filesOfAct } from './attach-files.js';
import { barringFor } from './accused.js';
import { carryAct, sealInto, type Carried } from './carry-act.js';
import { checkFormToken } from './form-token.js';
import { sealedMark, type MatterRow } from './matter-file.js';
import { write, writeAsResident, type Writing } from './matters.store.js';
import { newMatter, startLevel } from './new-matter.js';
import { openChildren } from './open-children.js';
import { answeringUnit } from './projection.js';
import { chooseProcedure } from './offered.js';
import {
  keyedRandom,
  newConfirmSecret,
  newMatterNumber,
  newReceiptCode,
  readReceiptCode,
  confirmHash,
} from './receipt.js';

/** What is asked to be opened, whoever asks. */
export interface Opening {
  readonly place: string;
  readonly procedure?: string | undefined;
  readonly kind?: string | undefined;
  readonly fields: FieldValues;
  readonly channel: string;
  readonly standings: readonly Standing[];
  readonly filer: string | null;
  readonly onBehalfOf?: StaffIntake['onBehalfOf'];
  readonly about?: string | undefined;
  readonly places?: readonly string[] | undefined;
  readonly occurredAt: Instant;
  readonly lateEntry: boolean;
  readonly commandId: string;
  readonly codes: Codes;
}

/** Receipt code and second secret of a command: the same for every repetition, and nowhere in the database. */
interface Codes {
  readonly receipt: string;
  readonly confirm: string | null;
}

/** The codes of a command; `own` when the resident himself gets the second secret. */
export const codesOf = (deps: MatterDeps, county: string, actor: string, commandId: string, own: boolean): Codes => {
  const random = (what: string) =>
    keyedRandom(deps.keys.keyFor('receipt'), `${what}\n${county}\n${actor}\n${commandId}`);
  return { receipt: newReceiptCode(county, random('code')), confirm: own ? newConfirmSecret(random('confirm')) : null };
};

type Made =
  | { readonly carried: Carried; readonly writing: Writing; readonly files: readonly string[] }
  | { readonly faults: readonly Fault[] };

/** Rules on an opening and prepares everything it writes; writes nothing itself. */
export const prepareOpening = async (context: ActContext, deps: MatterDeps, opening: Opening): Promise<Made> => {
  const { directory, county, now } = context;
  const known = directory.division(opening.place) ?? directory.division(opening.place.slice(0, 12));
  if (known === undefined) return { faults: [fault('unknown-division', { code: opening.place })] };
  const chosen = chooseProcedure(context, opening);
  if (!chosen.ok) return { faults: chosen.faults };
  const { packed, kind } = chosen.value;
  const { procedure } = packed;
  const fields =
    kind !== null && opening.fields['kind'] === undefined && procedure.form.some((field) => field.id === 'kind')
      ? { ...opening.fields, kind }
      : opening.fields;
  const barring = await barringFor(deps, county, procedure, opening.place, fields);
  const receipt = readReceiptCode(opening.codes.receipt);
  if (!receipt.ok) throw new Error('a receipt code that was just made does not read');
  const file = newMatter(context, packed, {
    division: barring.division,
    place: opening.place,
    number: newMatterNumber(countyDate(opening.occurredAt), deps.random),
    kind,
    channel: opening.channel,
    filer: opening.filer,
    on_behalf: opening.onBehalfOf !== undefined,
    about: opening.about ?? null,
    opened_at: opening.occurredAt,
    late_entry: opening.lateEntry,
    receipt_hash: `\\x${Buffer.from(receipt.value.hash).toString('hex')}`,
    confirm_hash:
      opening.codes.confirm === null ? null : `\\x${Buffer.from(confirmHash(opening.codes.confirm)).toString('hex')}`,
    barred: barring.barred,
    // A complaint begins where it may be seen, not with the office of the person it is about.
    ...(barring.barred === null ? {} : { start_level: startLevel(packed, barring.division, true) }),
    fields,
  });
  let refused: readonly Fault[] = [];
  for (const standing of opening.standings) {
    const writing: Writing = { county, at: now };
    const carried = carryAct(
      context,
      packed,
      file,
      {
        act: 'open',
        ...standing,
        ...(opening.onBehalfOf === undefined ? {} : { onBehalfOf: sealedMark }),
        fields,
        occurredAt: opening.occurredAt,
        commandId: opening.commandId,
      },
      writing,
    );
    if (!carried.ok) {
      if (refused.length === 0) refused = carried.faults;
      continue;
    }
    sealFiledFor(context, writing, carried.value.file.matter, opening);
    placesOf(context, writing, carried.value, opening.places ?? []);
    await openChildren(context, packed, carried.value, writing);
    if (packed.joint !== undefined) await keepJoint(context.tx, packed.hash, packed.joint.body, now);
    (writing.opens ??= []).unshift(carried.value.file.matter);
    return { carried: carried.value, writing, files: filesOfAct(procedure, null, null, fields) };
  }
  return { faults: refused };
};

const sealFiledFor = (context: ActContext, writing: Writing, matter: MatterRow, opening: Opening): void => {
  if (opening.onBehalfOf === undefined) return;
  sealInto(context, writing, matter, 'filed-for', opening.onBehalfOf.name, true);
  if (opening.onBehalfOf.phone !== undefined)
    sealInto(context, writing, matter, 'filed-for-phone', opening.onBehalfOf.phone);
};

const placesOf = (context: ActContext, writing: Writing, carried: Carried, places: readonly string[]): void => {
  if (places.length === 0) return;
  const { matter } = carried.file;
  const unit = answeringUnit(carried.progress, matter.holder_body, context.directory);
  for (const division of new Set(places)) {
    (writing.places ??= []).push({
      county: context.county,
      matter: matter.id,
      division,
      subject: matter.subject,
      unit,
      due: matter.due,
      state: matter.state,
      answer: null,
      recorded_at: context.now,
    });
  }
};

type Kept = Omit<Opened, 'receipt'>;

/** The answer with its receipt. The code is made again from the key for a repetition; only its hash is in the database. */
const withReceipt = (answer: Answer, codes: Codes, verify: string | null): Answer => {
  if ('faults' in answer) return answer;
  const kept = answer.body as Kept;
  return {
    ...answer,
    body: {
      ...kept,
      receipt: {
        code: codes.receipt,
        track: `/r/${codes.receipt}`,
        verify,
        confirmSecret: codes.confirm,
        words: `${kept.number} 已收到。凭此号可以查看办理进度。`,
      },
    } satisfies Opened,
  };
};

/** The checking link of a repetition: whoever lost the first answer on the way must not lose the receipt with it. */
const verifyAgain = async (deps: MatterDeps, county: string, matter: string): Promise<string | null> => {
  const row = await inContext(deps, systemContext(county), (tx) =>
    tx.first<{ journal: string | null }>('select journal from lx.matter where county = $1 and id = $2', [
      county,
      matter,
    ]),
  );
  if (row === undefined || row.journal === null) return null;
  return (await receiptState(deps, county, row.journal))?.verifyPath ?? null;
};

const open = async (
  deps: MatterDeps,
  command: { readonly actor: CommandActor; readonly commandId: string; readonly route: string; readonly body: unknown },
  own: boolean,
  opening: (context: ActContext, codes: Codes) => Promise<Opening | { readonly faults: readonly Fault[] }>,
  put: (tx: Tx, writing: Writing) => Promise<void>,
): Promise<Answer> => {
  const { county } = command.actor.context;
  const codes = codesOf(deps, county, command.actor.key, command.commandId, own);
  let verify: string | null = null;
  const answer = await runTogether(deps, command, async (tx) => {
    const context = await actContext(deps, tx);
    const wanted = await opening(context, codes);
    if ('faults' in wanted) return wanted;
    const made = await prepareOpening(context, deps, wanted);
    if ('faults' in made) return made;
    const { matter } = made.carried.file;
    const unattached = await attachFiles(tx, matter, made.files);
    if (unattached.length > 0) return { faults: unattached };
    await put(tx, made.writing);
    const day = countyDate(context.now);
    verify = `/verify#${formatReceipt({ form: 'dated', county, day, seed: made.carried.seed })}`;
    const body: Kept = { id: matter.id, number: matter.number, version: matter.version, due: matter.due };
    return { status: 201, body };
  });
  if (answer.repeated && 'body' in answer) verify = await verifyAgain(deps, county, (answer.body as Kept).id);
  return withReceipt(answer, codes, verify);
};

/** What somebody without account tells, whatever carried it here. */
type Told = Pick<ResidentIntake, 'division' | 'procedure' | 'kind' | 'fields'>;

const openWithoutAccount = (
  deps: MatterDeps,
  command: { readonly key: string; readonly commandId: string; readonly route: string; readonly body: Told },
): Promise<Answer> => {
  const { key, commandId, route, body } = command;
  const context = publicContext(body.division);
  const actor = { key, context: { ...context, ...scopeOf(`${context.county}000000`) } };
  return open(
    deps,
    { actor, commandId, route, body },
    true,
    async ({ now }, codes) => ({
      place: body.division,
      procedure: body.procedure,
      kind: body.kind,
      fields: body.fields,
      channel: 'portal',
      standings: [unnamedResident(true)],
      filer: null,
      occurredAt: now,
      lateEntry: false,
      commandId,
      codes,
    }),
    writeAsResident,
  );
};

/**
 * A resident without account tells a need (提出诉求; R1). The form token is the actor, the command id was made by the server.
 * Refuses `form-expired`, `unknown-division`, `kind-not-offered`, and every fault of the form.
 */
export const openByResident = async (deps: MatterDeps, commandId: string, input: ResidentIntake): Promise<Answer> => {
  const token = checkFormToken(deps.keys.keyFor('form-token'), input.formToken, deps.clock());
  if (!token.ok) return { status: 410, repeated: false, faults: token.faults };
  return openWithoutAccount(deps, {
    key: `form:${input.formToken}`,
    commandId,
    route: 'POST /api/requests',
    body: input,
  });
};

/**
 * A resident tells a need through an application that is not ours (外部应用代收): the same intake, without a form of this server. The command
 * id is the actor too, since such an application has nothing else that only it knows; it must be unguessable.
 */
export const openFromOutside = (deps: MatterDeps, commandId: string, input: Told): Promise<Answer> =>
  openWithoutAccount(deps, {
    key: `outside:${commandId}`,
    commandId,
    route: 'POST /open311/v2/requests',
    body: input,
  });

/**
 * A person logged in opens a matter: an officer for a resident (both names are kept), for his own office, or a resident for himself.
 * Refuses `not-found` outside his range, `late-entry-not-allowed` for a past moment without the import capability, and what the form refuses.
 */
export const openByStaff = async (
  deps: MatterDeps,
  session: SessionActor,
  commandId: string,
  input: StaffIntake,
): Promise<Answer> => {
  const own = session.office === null;
  // A matter may belong to a level above whoever brings it: a complaint does (LAW-XF-30). Where one may bring it is asked of the session,
  // whose range is its own.
  const actor = { ...session, context: { ...session.context, ...scopeOf(`${session.context.county}000000`) } };
  return open(
    deps,
    { actor, commandId, route: 'POST /api/matters', body: input },
    own,
    async (context, codes) => {
      const faults = mayOpen(session, input, context.now);
      if (faults.length > 0) return { faults };
      if (!(await isThere(context.tx, input.about))) return { faults: [fault('not-found')] };
      return {
        place: input.division,
        procedure: input.procedure,
        kind: input.kind,
        fields: input.fields,
        channel: own ? 'portal' : (input.channel ?? 'counter'),
        standings: standingsOf(session, context.directory, null),
        filer: session.session.person,
        onBehalfOf: input.onBehalfOf,
        about: input.about,
        places: input.places,
        occurredAt: (input.occurredAt ?? context.now) as Instant,
        lateEntry: input.occurredAt !== undefined,
        commandId,
        codes,
      };
    },
    own ? writeAsResident : write,
  );
};

/**
 * Opens a matter inside a command of another feature (会议结论交办), in the transaction given: the same choice of procedure, ruling and refusals as
 * `openByStaff`. The receipt stays with the office: its code is not handed out.
 */
export const openWithin = async (
  deps: MatterDeps,
  tx: Tx,
  session: SessionActor,
  wanted: Pick<StaffIntake, 'division' | 'procedure' | 'kind' | 'fields'> & { readonly commandId: string },
): Promise<{ readonly id: string; readonly number: string } | { readonly faults: readonly Fault[] }> => {
  const context = await actContext(deps, tx);
  const { division, procedure, kind, fields, commandId } = wanted;
  const faults = mayOpen(session, { division }, context.now);
  if (faults.length > 0) return { faults };
  const made = await prepareOpening(context, deps, {
    place: division,
    procedure,
    kind,
    fields,
    channel: 'paper',
    standings: standingsOf(session, context.directory, null),
    filer: session.session.person,
    occurredAt: context.now,
    lateEntry: false,
    commandId,
    codes: codesOf(deps, context.county, session.key, commandId, false),
  });
  if ('faults' in made) return made;
  const { matter } = made.carried.file;
  const unattached = await attachFiles(tx, matter, made.files);
  if (unattached.length > 0) return { faults: unattached };
  await write(tx, made.writing);
  return { id: matter.id, number: matter.number };
};

/** Why this person may not open this. */
/** Whether the matter that a new one is about is one of this county. */
const isThere = async (tx: Tx, about: string | undefined): Promise<boolean> =>
  about === undefined ||
  (await tx.first('select 1 from lx.matter where county = $1 and id = $2', [tx.context.county, about])) !== undefined;

const mayOpen = (
  session: SessionActor,
  input: Pick<StaffIntake, 'division' | 'places' | 'onBehalfOf' | 'about' | 'occurredAt'>,
  now: Instant,
): Fault[] => {
  const faults: Fault[] = [];
  const own = session.office === null;
  const outside = [input.division, ...(input.places ?? [])].some((code) => !isWithin(code, session.context));
  if (outside && !own) faults.push(fault('not-found'));
  if (own && (input.onBehalfOf !== undefined || input.about !== undefined || input.places !== undefined)) {
    faults.push(fault('not-found'));
  }
  if (input.occurredAt !== undefined) {
    if (!session.context.caps.includes('import')) faults.push(fault('late-entry-not-allowed'));
    else if (compareInstants(input.occurredAt as Instant, now) > 0) {
      faults.push(fault('date-in-future', { field: 'occurredAt' }));
    }
  }
  return faults;
};
