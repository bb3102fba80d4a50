import { timingSafeEqual } from 'node:crypto';
import {
  compareInstants,
  fault,
  levelOf,
  scopeOf,
  type Fault,
  type FieldValues,
  type Instant,
  type RollFor,
} from '@lianxin/domain';
import type { Acted, ActInput, ReceiptActInput } from '@lianxin/contract';
import type { SessionActor } from '../access/index.js';
import { runCommand, type Answer, type Outcome } from '../http/command.js';
import type { PackedProcedure } from '../policy-packs/index.js';
import { publicContext, systemContext, type Tx } from '../storage/index.js';
import { actContext, type ActContext, type MatterDeps } from './act-context.js';
import { standingsOf, theSystem, unnamedResident, type Standing } from './actors.js';
import { attachFiles, filesOfAct } from './attach-files.js';
import { carryAct, drawConfirmers, type Carried } from './carry-act.js';
import { rollsOfToday } from './demand-roll.js';
import { checkFormToken } from './form-token.js';
import { dayOf, hexOf, sealedMark, type MatterFile } from './matter-file.js';
import { isStale, readFile, readFileByReceipt, write, writeByReceipt, type Writing } from './matters.store.js';
import { openChildren, tellChildren } from './open-children.js';
import { answeringUnit } from './projection.js';
import { confirmHash, readReceiptCode } from './receipt.js';
import { needsSecret, ruleOf } from './sense.js';
import { tellParent } from './tell-parent.js';

/** What is to be done on a matter, whoever does it. */
interface Doing {
  readonly act: string;
  readonly stage?: string | undefined;
  readonly fields: FieldValues;
  readonly baseVersion: number | null;
  readonly occurredAt: Instant;
  readonly commandId: string;
  readonly standings: readonly Standing[];
}

/** The refusal of somebody who looked at an older version: both versions are named, so that a page can show what changed. */
const stale = (yours: number | null, current: number): Fault => ({
  code: 'stale-version',
  params: { yours: yours ?? 0, current },
});

/** The procedure a matter was opened under; its absence is a damaged database, not a refusal. */
export const pinnedTo = (context: ActContext, file: MatterFile): PackedProcedure => {
  const { matter } = file;
  const packed = context.rules.pinned(hexOf(matter.pack_hash), matter.procedure, dayOf(matter.opened_at));
  if (packed === undefined)
    throw new Error(`matter ${matter.id}: its pack version has no procedure ${matter.procedure}`);
  return packed;
};

/** The context of a command on one matter: its pack version is loaded too. */
export const contextFor = (deps: MatterDeps, tx: Tx, file: MatterFile): Promise<ActContext> =>
  actContext(deps, tx, [hexOf(file.matter.pack_hash)]);

const actedOf = (carried: Carried, writing: Writing): Acted => {
  const { matter } = carried.file;
  return {
    version: matter.version,
    state: matter.state,
    stage: matter.stage,
    result: matter.result,
    due: matter.due,
    opened: (writing.opens ?? []).map((one) => one.id),
  };
};

/** Rules, writes everything in one statement, and answers. */
const carryOut = async (
  context: ActContext,
  file: MatterFile,
  doing: Doing,
  put: (writing: Writing) => Promise<void>,
): Promise<Outcome> => {
  const { matter } = file;
  if (doing.baseVersion !== null && doing.baseVersion !== matter.version) {
    return { faults: [stale(doing.baseVersion, matter.version)] };
  }
  const packed = pinnedTo(context, file);
  let refused: readonly Fault[] = [];
  for (const standing of doing.standings) {
    for (const forResident of [false, true]) {
      if (forResident && (standing.by.kind !== 'officer' || !matter.on_behalf)) continue;
      const writing: Writing = { county: context.county, at: context.now };
      const journal = context.tx.pending.journal.length;
      const effects = context.tx.pending.effects.length;
      const done = carryAct(
        context,
        packed,
        file,
        { ...doing, ...standing, ...(forResident ? { onBehalfOf: sealedMark } : {}) },
        writing,
      );
      if (!done.ok) {
        context.tx.pending.journal.length = journal;
        context.tx.pending.effects.length = effects;
        if (refused.length === 0) refused = done.faults;
        continue;
      }
      const faults = await openChildren(context, packed, done.value, writing);
      if (faults.length > 0) return { faults };
      const carried = await drawConfirmers(context, packed, done.value, writing);
      tellChildren(context, carried, writing);
      await tellParent(context, carried, writing);
      answerPlaces(context, carried, writing);
      const unattached = await attachFiles(
        context.tx,
        matter,
        filesOfAct(packed.procedure, doing.act, doing.stage ?? matter.stage, doing.fields),
      );
      if (unattached.length > 0) return { faults: unattached };
      try {
        await put(writing);
      } catch (error) {
        if (isStale(error)) return { faults: [stale(doing.baseVersion, matter.version + 1)] };
        throw error;
      }
      return { status: 200, body: actedOf(carried, writing) };
    }
  }
  return { faults: refused };
};

/** What the villages of a shared matter read: who has it, until when, and the answer as it was given to the resident. */
const answerPlaces = (context: ActContext, carried: Carried, writing: Writing): void => {
  const { matter } = carried.file;
  const level = levelOf(matter.place);
  if (level !== 'township' && level !== 'county') return;
  const answer = Object.entries(carried.act.body)
    .filter(([, value]) => typeof value === 'string' && value !== sealedMark)
    .map(([, value]) => String(value))
    .toSorted((a, b) => b.length - a.length)[0];
  const says = ['claim', 'end', 'confirm', 'refuse'].includes(carried.act.sense);
  (writing.place_answers ??= []).push({
    matter: matter.id,
    unit: answeringUnit(carried.progress, matter.holder_body, context.directory),
    due: matter.due,
    state: matter.state,
    answer: says ? (answer ?? null) : null,
  });
};

/**
 * An officer, or the resident who filed with his account, does one act on a matter (办理).
 * Refuses `not-found` (not there, not in range, or about himself), `stale-version` with both versions, and everything the kernel refuses.
 */
export const actAsPerson = async (
  deps: MatterDeps,
  session: SessionActor,
  commandId: string,
  matter: string,
  input: ActInput,
): Promise<Answer> =>
  runCommand(
    deps,
    { actor: session, commandId, route: 'POST /api/matters/{id}/acts', body: { matter, ...input } },
    async (tx) => {
      const file = await readFile(tx, matter);
      if (file === undefined || session.office === null) return { faults: [fault('not-found')] };
      const known = await contextFor(deps, tx, file);
      const { procedure } = pinnedTo(known, file);
      const context =
        input.act === 'demand'
          ? { ...known, roll: await rollsOfToday(tx, procedure, file.matter.place, known.now) }
          : known;
      if (input.occurredAt !== undefined) {
        if (!session.context.caps.includes('import')) return { faults: [fault('late-entry-not-allowed')] };
        if (compareInstants(input.occurredAt as Instant, context.now) > 0) {
          return { faults: [fault('date-in-future', { field: 'occurredAt' })] };
        }
      }
      return carryOut(
        context,
        file,
        {
          act: input.act,
          stage: input.stage,
          fields: input.fields,
          baseVersion: input.baseVersion,
          occurredAt: (input.occurredAt ?? context.now) as Instant,
          commandId,
          standings: standingsOf(session, context.directory, file.matter),
        },
        (writing) => write(tx, writing),
      );
    },
  );

/** An act that another feature does on a matter, in a transaction of its own command. */
export interface ActWithin {
  readonly matter: string;
  readonly act: string;
  readonly stage?: string | undefined;
  readonly fields: FieldValues;
  readonly commandId: string;
  /** The frozen roll of the meeting that decides; without it no vote passes. */
  readonly roll?: RollFor | undefined;
}

type DoneWithin =
  | { readonly ok: true; readonly acted: Acted }
  | { readonly ok: false; readonly faults: readonly Fault[] };

const doWithin = async (
  deps: MatterDeps,
  tx: Tx,
  wanted: ActWithin,
  standingsFor: (context: ActContext, file: MatterFile) => readonly Standing[],
): Promise<DoneWithin> => {
  const file = await readFile(tx, wanted.matter);
  if (file === undefined) return { ok: false, faults: [fault('not-found')] };
  const known = await contextFor(deps, tx, file);
  const context = wanted.roll === undefined ? known : { ...known, roll: wanted.roll };
  const { act, stage, fields, commandId } = wanted;
  const standings = standingsFor(context, file);
  const doing = { act, stage, fields, baseVersion: null, occurredAt: context.now, commandId, standings };
  const outcome = await carryOut(context, file, doing, (writing) => write(tx, writing));
  return 'faults' in outcome ? { ok: false, faults: outcome.faults } : { ok: true, acted: outcome.body as Acted };
};

/**
 * Does one act on a matter inside a command of another feature (会议里的表决、通知): the same ruling, facts and refusals as `actAsPerson`, in the
 * transaction given, so that a meeting and what it decides are kept together or not at all.
 */
export const actWithin = (deps: MatterDeps, tx: Tx, session: SessionActor, wanted: ActWithin): Promise<DoneWithin> =>
  doWithin(deps, tx, wanted, ({ directory }, file) => standingsOf(session, directory, file.matter));

/**
 * Does one act for somebody who has no account and no receipt, on a page of the portal (群众在公开页提出异议): the rule alone says what anybody may do. The
 * page writes, a visitor may write nothing.
 */
export const actAsVisitor = (deps: MatterDeps, tx: Tx, wanted: ActWithin): Promise<DoneWithin> =>
  doWithin(deps, tx, wanted, () => [unnamedResident(false)]);

/** Whether the second secret is the one on the sealed slip; compared in constant time. */
const secretFits = (hash: string | null, secret: string): boolean =>
  hash !== null && timingSafeEqual(Buffer.from(hexOf(hash), 'hex'), Buffer.from(confirmHash(secret)));

/** Why the holder of the receipt may not do this act: saying that a result is right needs the secret that the handler never saw. */
const faultsOfSecret = (packed: PackedProcedure, file: MatterFile, input: ReceiptActInput): Fault[] => {
  const rule = ruleOf(packed.procedure, input.act, file.matter.stage);
  if (rule === undefined || !needsSecret(packed.procedure, rule)) return [];
  if (file.matter.confirm_hash === null) return [fault('not-the-filer')];
  if (input.secret === undefined || input.secret === '') return [fault('confirm-secret-needed')];
  return secretFits(file.matter.confirm_hash, input.secret) ? [] : [fault('secret-wrong')];
};

/**
 * The holder of a receipt answers, confirms, disputes, rates, goes higher or withdraws.
 * Refuses `receipt-code-wrong`, `not-found`, `form-expired`, `confirm-secret-needed`, `secret-wrong`, `stale-version`.
 */
export const actByReceipt = async (
  deps: MatterDeps,
  commandId: string,
  code: string,
  input: ReceiptActInput,
): Promise<Answer> => {
  const receipt = readReceiptCode(code);
  if (!receipt.ok) return { status: 422, repeated: false, faults: receipt.faults };
  const token = checkFormToken(deps.keys.keyFor('form-token'), input.formToken, deps.clock());
  if (!token.ok) return { status: 410, repeated: false, faults: token.faults };
  const { county, hash } = receipt.value;
  const wide = `${county}000000`;
  const key = `receipt:${Buffer.from(hash).toString('hex')}`;
  const actor = { key, context: { ...publicContext(wide), ...scopeOf(wide), county } };
  const { secret: _secret, formToken: _token, ...body } = input;
  return runCommand(deps, { actor, commandId, route: 'POST /api/receipts/{code}/acts', body }, async (tx) => {
    const file = await readFileByReceipt(tx, hash);
    if (file === undefined) return { faults: [fault('not-found')] };
    const context = await contextFor(deps, tx, file);
    const faults = faultsOfSecret(pinnedTo(context, file), file, input);
    if (faults.length > 0) return { faults };
    return carryOut(
      context,
      file,
      {
        act: input.act,
        fields: input.fields,
        baseVersion: input.baseVersion,
        occurredAt: context.now,
        commandId,
        standings: [unnamedResident(!file.matter.on_behalf || !needsSecretFor(context, file, input))],
      },
      (writing) => writeByReceipt(tx, hash, writing),
    );
  });
};

/** The holder of a slip for a matter filed by staff follows it, answers and goes higher; he does not confirm or rate by it. */
const needsSecretFor = (context: ActContext, file: MatterFile, input: ReceiptActInput): boolean => {
  const { procedure } = pinnedTo(context, file);
  const rule = ruleOf(procedure, input.act, file.matter.stage);
  return rule !== undefined && needsSecret(procedure, rule);
};

/** The deadline does what its rule says: a hand-up, an act of the system. Its command id is made of the matter and the limit, so it happens once. */
export const actAsSystem = async (
  deps: MatterDeps,
  county: string,
  commandId: string,
  matter: string,
  act: string,
  occurredAt: Instant,
): Promise<Answer> =>
  runCommand(
    deps,
    {
      actor: { key: 'system:deadlines', context: systemContext(county) },
      commandId,
      route: 'deadline',
      body: { matter, act },
    },
    async (tx) => {
      const file = await readFile(tx, matter);
      if (file === undefined) return { faults: [fault('not-found')] };
      const context = await contextFor(deps, tx, file);
      return carryOut(
        context,
        file,
        { act, fields: {}, baseVersion: null, occurredAt, commandId, standings: [theSystem] },
        (writing) => write(tx, writing),
      );
    },
  );
