import type { LedgerPage, RecordDetail, RecordRow, RegisterView } from '@lianxin/contract';
import {
  adviceOn,
  countyDate,
  effectiveOn,
  fault,
  historyOf,
  ledgerOf,
  ok,
  plainDate,
  refuse,
  withKnown,
  type Result,
} from '@lianxin/domain';
import { recordReading, type SessionActor } from '../access/index.js';
import { scopeWithin, type Tx } from '../storage/index.js';
import { elsewhereOf } from './elsewhere.js';
import { findRegister, registersFor, type FoundRegister, type RegisterDeps } from './find-register.js';
import { isAboutPeople, wordViewsOf } from './own-record.js';
import { namesOfPlaces } from './place-names.js';
import { keeps, mayKeep, maySeeLedger, within } from './records.access.js';
import { changesOf, listStored, storedRecord, type StoredRecord } from './records.store.js';
import { confirmedRecords } from './record-words.store.js';
import { changeView, ledgerPage, recordRow, registerView } from './records.view.js';

/** Records of one export or one ledger. */
const mostRecords = 20_000;

/** Writes down that a register about people was read. */
const noteReading = async (
  tx: Tx,
  actor: SessionActor,
  { register }: FoundRegister,
  division: string,
  subject?: string,
): Promise<void> => {
  if (!isAboutPeople(register)) return;
  const what = `register ${register.id}`;
  const whose = subject === undefined ? {} : { subject };
  await recordReading(tx, { what, division, purpose: `查看${register.title}`, office: actor.office, ...whose });
};

/** The register, if this office keeps it in the division; refuses as `mayKeep` does. */
const keptRegister = async (
  deps: RegisterDeps,
  tx: Tx,
  actor: SessionActor,
  where: { readonly division: string; readonly register: string },
): Promise<Result<FoundRegister>> => {
  if (!within(tx, actor, where.division)) return refuse(fault('not-found'));
  const found = await findRegister(deps, tx, where.division, where.register);
  if (!found.ok) return found;
  const strange = await mayKeep(tx, actor, found.value, where.division);
  return strange === undefined ? found : refuse(strange);
};

const viewFor = async (tx: Tx, actor: SessionActor, found: FoundRegister): Promise<RegisterView> => {
  const keeper = await keeps(tx, actor, found);
  const ledgers = found.register.ledgers.filter((ledger) => maySeeLedger(ledger, actor, keeper));
  return registerView(found, keeper, ledgers);
};

/** Registers that apply in a division, for an office over it: those it keeps, and those of which it may see a ledger. */
export const listRegisters = async (
  deps: RegisterDeps,
  tx: Tx,
  actor: SessionActor,
  division: string,
): Promise<Result<RegisterView[]>> => {
  if (!within(tx, actor, division)) return refuse(fault('not-found'));
  const views: RegisterView[] = [];
  for (const found of await registersFor(deps, tx, division)) views.push(await viewFor(tx, actor, found));
  return ok(views.filter((view) => view.keeps || view.ledgers.length > 0));
};

/** One page of a register's records, by id, for an office that keeps it. */
export const listRecords = async (
  deps: RegisterDeps,
  tx: Tx,
  actor: SessionActor,
  query: {
    readonly register: string;
    readonly division: string;
    readonly after?: string | undefined;
    readonly limit?: number | undefined;
    readonly ended?: 'yes' | 'no' | undefined;
  },
): Promise<Result<{ records: RecordRow[]; next: string | null }>> => {
  const found = await keptRegister(deps, tx, actor, query);
  if (!found.ok) return found;
  await noteReading(tx, actor, found.value, query.division);
  const limit = query.limit ?? 50;
  const rows = await listStored(tx, {
    ...scopeWithin(tx.context, query.division),
    register: query.register,
    after: query.after ?? null,
    limit: limit + 1,
    ended: query.ended === 'yes',
  });
  const { register } = found.value;
  const elsewhere = await elsewhereOf(deps, tx, query.division, register);
  const page = rows.slice(0, limit).map((row) => ({ ...row, fields: withKnown(register, row.fields, elsewhere) }));
  const placeNames = await namesOfPlaces(tx, register, page);
  return ok({
    records: page.map((row) => recordRow(row, placeNames)),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  });
};

/** One record as it was on a day, with its whole history, for an office that keeps its register. */
export const readRecord = async (
  deps: RegisterDeps,
  tx: Tx,
  actor: SessionActor,
  query: { readonly id: string; readonly on?: string | undefined },
): Promise<Result<RecordDetail>> => {
  const record = await storedRecord(tx, query.id);
  if (record === undefined) return refuse(fault('not-found'));
  const found = await keptRegister(deps, tx, actor, record);
  if (!found.ok) return found;
  await noteReading(tx, actor, found.value, record.division, record.id);
  const changes = await changesOf(tx, record.id);
  const asOf = query.on ?? countyDate(deps.clock());
  const standing = effectiveOn(changes, plainDate(asOf));
  const by = new Map(changes.map((each) => [each.id, each.by]));
  const { register } = found.value;
  const fields = withKnown(register, standing?.fields ?? {}, await elsewhereOf(deps, tx, record.division, register));
  return ok({
    ...recordRow(record, await namesOfPlaces(tx, register, [{ fields }])),
    fields,
    advice: adviceOn(register, fields, plainDate(asOf)).map((each) => each.title),
    register: await viewFor(tx, actor, found.value),
    asOf,
    words: await wordViewsOf(tx, record),
    hasSlip: isAboutPeople(register),
    history: historyOf(changes).map((entry) => changeView(register, { ...entry, by: by.get(entry.id) ?? '' })),
  });
};

/** Everything that stands in a register in a division and below, for an export; at most 20,000 records. */
export const readStanding = async (
  deps: RegisterDeps,
  tx: Tx,
  actor: SessionActor,
  where: { readonly register: string; readonly division: string },
): Promise<Result<{ found: FoundRegister; records: StoredRecord[] }>> => {
  const found = await keptRegister(deps, tx, actor, where);
  if (!found.ok) return found;
  await noteReading(tx, actor, found.value, where.division);
  return ok({ found: found.value, records: await allStored(tx, where) });
};

const allStored = (tx: Tx, where: { readonly register: string; readonly division: string }): Promise<StoredRecord[]> =>
  listStored(tx, {
    ...scopeWithin(tx.context, where.division),
    register: where.register,
    after: null,
    limit: mostRecords,
    ended: false,
  });

/** A ledger of a register in a division, for its keepers and for the levels the ledger is made for; to others there is none. */
export const readLedger = async (
  deps: RegisterDeps,
  tx: Tx,
  actor: SessionActor,
  where: { readonly register: string; readonly ledger: string; readonly division: string },
): Promise<Result<LedgerPage>> => {
  if (!within(tx, actor, where.division)) return refuse(fault('not-found'));
  const found = await findRegister(deps, tx, where.division, where.register);
  if (!found.ok) return found;
  const { register } = found.value;
  const ledger = register.ledgers.find((each) => each.id === where.ledger);
  if (ledger === undefined) return refuse(fault('not-found'));
  if (!maySeeLedger(ledger, actor, await keeps(tx, actor, found.value))) return refuse(fault('not-found'));
  await noteReading(tx, actor, found.value, where.division);
  const confirmed = register.confirmation === undefined ? undefined : await confirmedRecords(tx, register.id);
  const records = (await allStored(tx, where)).map((record) =>
    confirmed === undefined ? record : { ...record, confirmed: confirmed.has(record.id) },
  );
  const elsewhere = await elsewhereOf(deps, tx, where.division, register);
  const view = ledgerOf(register, ledger, records, countyDate(deps.clock()), elsewhere);
  return ok(ledgerPage(register, view, await namesOfPlaces(tx, register, records)));
};
