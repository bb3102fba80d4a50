import type { SharedExport, SharedItemView } from '@lianxin/contract';
import {
  countyDate,
  fault,
  ok,
  plainDate,
  refuse,
  ruleSchemas,
  scopeOf,
  sharedOf,
  validateRecord,
  type Fault,
  type FieldValues,
  type Result,
  type SharedItem,
} from '@lianxin/domain';
import { recordReading, type SessionActor, type Given } from '../access/index.js';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import { rulesOf } from '../policy-packs/index.js';
import { inContext, type Tx } from '../storage/index.js';
import { makerOf, type RecordDeps } from './enter-record.js';
import { findRegister, type FoundRegister, type RegisterDeps } from './find-register.js';
import { keeps, mayKeep, within } from './records.access.js';
import { addRecords, decideAlone, listStored, standingRecords } from './records.store.js';

/** Records of one export. */
const mostRecords = 20_000;

interface Listed {
  readonly item: SharedItem;
  /** The register into which each export is written. */
  readonly log: string;
}

/** Items of the sharing lists in force in a division, the nearest activation first. */
const listedIn = async (deps: RegisterDeps, tx: Tx, division: string): Promise<Listed[]> => {
  const book = await rulesOf(deps.pool, tx);
  return book.rulesFor(division, countyDate(deps.clock()), 'sharing-list').flatMap(({ rule }) => {
    const list = ruleSchemas['sharing-list'].parse(rule.rule);
    return list.items.map((item) => ({ item, log: list.log }));
  });
};

const titled = (found: FoundRegister, item: SharedItem): { id: string; title: string }[] =>
  sharedOf(found.register, item, []).fields.map(({ id, title }) => ({ id, title }));

/** What this office may export for a division: the items whose register it keeps. Refuses `not-found` out of range. */
export const listSharedItems = async (
  deps: RegisterDeps,
  tx: Tx,
  actor: SessionActor,
  division: string,
): Promise<Result<SharedItemView[]>> => {
  if (!within(tx, actor, division)) return refuse(fault('not-found'));
  const views: SharedItemView[] = [];
  for (const { item, log } of await listedIn(deps, tx, division)) {
    const found = await findRegister(deps, tx, division, item.register);
    if (!found.ok || !(await keeps(tx, actor, found.value))) continue;
    views.push({
      id: item.id,
      title: item.title,
      to: item.to,
      security: item.security,
      purpose: item.purpose,
      legalBasis: [item.legalBasis ?? []].flat(),
      register: item.register,
      registerTitle: found.value.register.title,
      fields: titled(found.value, item),
      log,
    });
  }
  return ok(views);
};

type Found = { readonly listed: Listed; readonly found: FoundRegister };

const find = async (
  deps: RegisterDeps,
  tx: Tx,
  actor: SessionActor,
  wanted: { readonly item: string; readonly division: string },
): Promise<Result<Found>> => {
  if (!within(tx, actor, wanted.division)) return refuse(fault('not-found'));
  const listed = (await listedIn(deps, tx, wanted.division)).find((each) => each.item.id === wanted.item);
  if (listed === undefined) return refuse(fault('not-found'));
  const found = await findRegister(deps, tx, wanted.division, listed.item.register);
  if (!found.ok) return found;
  const strange = await mayKeep(tx, actor, found.value, wanted.division);
  return strange === undefined ? ok({ listed, found: found.value }) : refuse(strange);
};

const recordsOf = async (tx: Tx, { listed, found }: Found, division: string): Promise<readonly FieldValues[]> => {
  const query = { ...scopeOf(division), register: listed.item.register, after: null, limit: mostRecords, ended: false };
  return sharedOf(found.register, listed.item, await listStored(tx, query)).records;
};

type Logged = Omit<SharedExport, 'records'>;

/** Writes an export into the log register, as a record that its own rules must let in. */
const writeLog = async (
  deps: RecordDeps,
  tx: Tx,
  { actor, commandId, input }: Given<{ readonly item: string; readonly division: string }>,
  { listed, found }: Found,
  count: number,
): Promise<Result<Logged>> => {
  const { item } = listed;
  const log = await findRegister(deps, tx, input.division, listed.log);
  if (!log.ok) return log;
  const { register } = log.value;
  await decideAlone(tx, register.id);
  const id = tx.makers.newId();
  const on = plainDate(countyDate(tx.makers.clock()));
  const shared = titled(found, item);
  const fields: FieldValues = {
    export: id,
    item: item.title,
    to: item.to,
    purpose: item.purpose,
    records: count,
    fields: shared.map((field) => field.title),
    on,
  };
  const broken: readonly Fault[] = validateRecord(register, fields, on, {
    others: await standingRecords(tx, register.id),
  }).map((each) => each.fault);
  const [first, ...more] = broken;
  if (first !== undefined) return refuse(first, ...more);
  const entry = { register: register.id, division: input.division, on, reason: '' };
  await addRecords(tx, makerOf(actor, commandId), entry, [{ id, change: tx.makers.newId(), fields }]);
  writeJournal(tx, {
    kind: 'record.change',
    division: input.division,
    commandId,
    commitFields: {
      record: id,
      register: register.id,
      what: 'share',
      item: item.id,
      to: item.to,
      purpose: item.purpose,
      records: count,
      on,
    },
  });
  return ok({ export: id, item: item.title, to: item.to, purpose: item.purpose, on, fields: shared, count });
};

/**
 * Exports an item of the sharing list 数据共享导出: of every record that stands, the listed fields and no other; the export is written into
 * the log register with purpose and number of records, and the reading into the access log.
 *
 * The kept answer of the command holds the log entry and never the records: a repetition reads them anew, so that what was shared is not
 * kept a second time. Refuses `not-found` out of range or for an item that is not listed, `capability-missing` for an office that does not
 * keep the register.
 */
export const exportShared = async (
  deps: RecordDeps,
  given: Given<{ readonly item: string; readonly division: string }>,
): Promise<Answer> => {
  const { actor, commandId, input } = given;
  const command = { actor, commandId, route: 'POST /api/sharing/{item}/exports', body: input };
  const answer = await runCommand(deps, command, async (tx) => {
    const wanted = await find(deps, tx, actor, input);
    if (!wanted.ok) return wanted;
    const { item } = wanted.value.listed;
    const records = await recordsOf(tx, wanted.value, input.division);
    const { office } = actor;
    await recordReading(tx, { what: `sharing ${item.id}`, division: input.division, purpose: item.purpose, office });
    const logged = await writeLog(deps, tx, given, wanted.value, records.length);
    return logged.ok ? { status: 201, body: logged.value } : logged;
  });
  if (!('body' in answer)) return answer;
  const records = await inContext(deps, actor.context, async (tx): Promise<readonly FieldValues[]> => {
    const wanted = await find(deps, tx, actor, input);
    return wanted.ok ? recordsOf(tx, wanted.value, input.division) : [];
  });
  return { ...answer, body: { ...(answer.body as Logged), records } };
};
