import { createHash } from 'node:crypto';
import { countyDate, fault, ok, type Fault, type Result } from '@lianxin/domain';
import { recordReading, type Office } from '../../access/index.js';
import type { Deps } from '../../deps.js';
import { runCommand, type Answer, type Command, type Outcome } from '../../http/command.js';
import { writeJournal } from '../../journal/index.js';
import { inContext, type Tx } from '../../storage/index.js';
import { mayImport, mayImportColumns } from '../imports.access.js';
import { FileRefused, readSheet } from '../xlsx/index.js';
import { checkPeople, type CheckedPeople } from './check-people.js';
import { peopleSheet } from './columns.js';
import { readPeople, type PeopleRead } from './read-rows.js';
import { identitySeal } from './seal-identity.js';
import { writePeople } from './write-people.js';

/** How far an import is; part by part. */
export type OnImportProgress = (part: 'read' | 'check' | 'write' | 'done', done: number, total: number) => void;

/** Who imports, which file, and what hears of the progress. */
export interface PeopleImport {
  readonly actor: Command['actor'] & { readonly office?: Office | null };
  readonly bytes: Uint8Array;
  readonly onProgress?: OnImportProgress;
}

/** A checked file with its hash. */
export interface PeopleChecked extends CheckedPeople {
  readonly sha256: string;
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const quiet: OnImportProgress = () => undefined;

/** Reads the file before any transaction begins, so that a large file holds no connection. */
const readFile = async (deps: Deps, given: PeopleImport): Promise<Result<PeopleRead>> => {
  const strange = mayImport(given.actor.context);
  if (strange !== undefined) return { ok: false, faults: [strange] };
  try {
    (given.onProgress ?? quiet)('read', 0, 0);
    const read = readPeople(await readSheet(given.bytes, peopleSheet), countyDate(deps.clock()));
    (given.onProgress ?? quiet)('check', 0, read.rows);
    return ok(read);
  } catch (error) {
    if (error instanceof FileRefused) return { ok: false, faults: error.faults };
    throw error;
  }
};

const columnFaults = (given: PeopleImport, read: PeopleRead): readonly Fault[] =>
  mayImportColumns(given.actor.context, {
    terms: read.entries.some((entry) => entry.post !== undefined),
    members: read.entries.some((entry) => entry.member),
  });

/** The check in a transaction, with its line in the access log: numbers are compared with those on record. */
const checkIn = async (tx: Tx, deps: Deps, given: PeopleImport, read: PeopleRead): Promise<CheckedPeople> => {
  const { office } = given.actor;
  await recordReading(tx, {
    what: 'person_identity',
    division: office?.division ?? given.actor.context.lo.padEnd(12, '0'),
    purpose: '导入时核对身份证号是否已登记',
    office: office ?? null,
  });
  return checkPeople(tx, identitySeal(deps.keys), read);
};

/**
 * Checks a file of people 试导入 and writes nothing but the line in the access log. Refuses what the file as a whole is refused for;
 * what is wrong with rows is in the report.
 */
export const dryRunPeople = async (deps: Deps, given: PeopleImport): Promise<Result<PeopleChecked>> => {
  const read = await readFile(deps, given);
  if (!read.ok) return read;
  const faults = columnFaults(given, read.value);
  if (faults.length > 0) return { ok: false, faults };
  const checked = await inContext(deps, given.actor.context, (tx) => checkIn(tx, deps, given, read.value));
  (given.onProgress ?? quiet)('done', read.value.rows, read.value.rows);
  return ok({ ...checked, sha256: sha256Of(given.bytes) });
};

/**
 * Imports a file of people 确认导入: everything is read and checked again, then written with its journal entry in one transaction.
 *
 * Refuses `import-file-changed` when the file is not the one that was checked, `import-rows-refused` while any row has a problem,
 * and whatever `dryRunPeople` refuses; a refusal leaves nothing behind.
 */
export const importPeople = async (
  deps: Deps,
  given: PeopleImport & { readonly commandId: string; readonly sha256: string },
): Promise<Answer> => {
  const sha256 = sha256Of(given.bytes);
  const command = {
    actor: given.actor,
    commandId: given.commandId,
    route: 'POST /api/imports/people',
    body: { sha256, checked: given.sha256 },
  };
  const read = sha256 === given.sha256 ? await readFile(deps, given) : undefined;
  return runCommand(deps, command, async (tx): Promise<Outcome> => {
    if (read === undefined) return { faults: [fault('import-file-changed')] };
    if (!read.ok) return { faults: read.faults };
    const faults = columnFaults(given, read.value);
    if (faults.length > 0) return { faults };
    // One import at a time in a county: of two with the same person, the second one finds the first one's.
    await tx.rows(`select pg_advisory_xact_lock(hashtextextended($1 || chr(31) || 'import people', 1))`, [
      tx.context.county,
    ]);
    const checked = await checkIn(tx, deps, given, read.value);
    if (checked.refusedRows > 0) return { faults: [fault('import-rows-refused', { rows: checked.refusedRows })] };
    const onProgress = given.onProgress ?? quiet;
    const counts = await writePeople(tx, identitySeal(deps.keys), given.commandId, checked.planned, (done, total) =>
      onProgress('write', done, total),
    );
    writeJournal(tx, {
      kind: 'record.change',
      division: given.actor.office?.division ?? given.actor.context.lo.padEnd(12, '0'),
      commandId: given.commandId,
      commitFields: { what: 'import people', sha256, ...counts },
    });
    onProgress('done', counts.persons, counts.persons);
    return { status: 201, body: { counts } };
  });
};
