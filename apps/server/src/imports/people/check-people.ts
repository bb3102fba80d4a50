import { countyDate, fault, type Fault } from '@lianxin/domain';
import type { Tx } from '../../storage/index.js';
import { titleOf, type PeopleKey } from './columns.js';
import * as store from './people.store.js';
import type { PeopleRead, PersonEntry, RowProblem } from './read-rows.js';
import { nameFinder, type NameFinder } from './resolve-names.js';
import type { IdentitySeal } from './seal-identity.js';

/** A row that may be written: its names found. */
export interface PlannedPerson {
  readonly entry: PersonEntry;
  readonly division: string;
  readonly branch: store.BodyFound | undefined;
  readonly office: { readonly body: store.BodyFound; readonly post: store.PostFound } | undefined;
}

/** What a file would bring, and everything found wrong with it. */
export interface CheckedPeople {
  readonly rows: number;
  readonly planned: readonly PlannedPerson[];
  readonly problems: readonly RowProblem[];
  readonly refusedRows: number;
}

/** Collects what is found wrong, row by row. */
class Findings {
  readonly problems: RowProblem[];
  constructor(before: readonly RowProblem[]) {
    this.problems = [...before];
  }
  add(entry: PersonEntry, key: PeopleKey, one: Fault, refuses = true): void {
    this.problems.push({ row: entry.row, column: titleOf(key), fault: one, refuses });
  }
}

const place = (entry: PersonEntry, find: NameFinder, findings: Findings): PlannedPerson | undefined => {
  if (entry.village === '') return undefined;
  const village = find.village(entry.village);
  if (!village.ok) {
    for (const one of village.faults) findings.add(entry, 'village', one);
    return undefined;
  }
  const division = village.value.code;
  const branch = entry.member && entry.branch !== undefined ? find.body(entry.branch, division, 'branch') : undefined;
  if (branch?.ok === false) for (const one of branch.faults) findings.add(entry, 'branch', one);
  const body = entry.body === undefined || entry.post === undefined ? undefined : find.body(entry.body, division);
  if (body?.ok === false) for (const one of body.faults) findings.add(entry, 'body', one);
  const post = body?.ok === true ? find.post(entry.post ?? '', body.value) : undefined;
  if (post?.ok === false) for (const one of post.faults) findings.add(entry, 'post', one);
  const office = body?.ok === true && post?.ok === true ? { body: body.value, post: post.value } : undefined;
  return { entry, division, branch: branch?.ok === true ? branch.value : undefined, office };
};

/** Numbers that stand twice in the file, or belong to a person of the range; who is outside it is not told from nobody. */
const checkNumbers = async (
  tx: Tx,
  seal: IdentitySeal,
  entries: readonly PersonEntry[],
  names: ReadonlyMap<string, string>,
  findings: Findings,
): Promise<void> => {
  const first = new Map<string, PersonEntry>();
  for (const entry of entries) {
    if (entry.idNumber === undefined) continue;
    const before = first.get(entry.idNumber);
    if (before === undefined) first.set(entry.idNumber, entry);
    else findings.add(entry, 'idNumber', fault('identity-number-twice', { row: before.row }));
  }
  const byHash = new Map<string, PersonEntry>();
  for (const [number, entry] of first)
    byHash.set(seal.hash(tx.context.county, 'id-number', number).toString('hex'), entry);
  if (byHash.size === 0) return;
  for (const known of await store.findIdentities(tx, 'id-number', [...byHash.keys()])) {
    const entry = byHash.get(known.hash);
    if (entry === undefined) continue;
    const village = names.get(known.division) ?? known.division;
    findings.add(entry, 'idNumber', fault('identity-number-known', { village }));
  }
};

/** Hints, not refusals: the same name and year of birth in one village are often one person, and sometimes two. */
const checkNamesakes = async (tx: Tx, planned: readonly PlannedPerson[], findings: Findings): Promise<void> => {
  const keyOf = (division: string, name: string, year: number | null | undefined): string =>
    `${division} ${name} ${year ?? ''}`;
  const known = new Set<string>();
  const names = [...new Set(planned.map(({ entry }) => entry.name))];
  for (const one of await store.namesakes(tx, names)) known.add(keyOf(one.division, one.name, one.birthYear));
  const first = new Map<string, number>();
  for (const { entry, division } of planned) {
    if (entry.birthYear === undefined) continue;
    const key = keyOf(division, entry.name, entry.birthYear);
    const before = first.get(key);
    if (before !== undefined) findings.add(entry, 'name', fault('person-maybe-twice', { row: before }), false);
    else if (known.has(key)) findings.add(entry, 'name', fault('person-maybe-known'), false);
    first.set(key, before ?? entry.row);
  }
};

const checkSeats = async (
  tx: Tx,
  today: string,
  planned: readonly PlannedPerson[],
  findings: Findings,
): Promise<void> => {
  const seats = new Map<string, { seats: number; taken: number }>();
  for (const one of await store.seatsInRange(tx, today)) seats.set(`${one.body} ${one.post}`, { ...one });
  for (const { entry, office } of planned) {
    if (office === undefined || (entry.to !== undefined && entry.to <= today)) continue;
    const held = seats.get(`${office.body.id} ${office.post.id}`);
    if (held === undefined) continue;
    held.taken += 1;
    if (held.taken > held.seats)
      findings.add(entry, 'post', fault('establishment-full', { post: office.post.title, most: held.seats }));
  }
};

/**
 * Checks what was read of a file against the registers of the range 核对: villages, bodies, posts and seats by name, identity numbers by
 * keyed hash, namesakes. Writes nothing. The same file gets the same answer whether or not somebody outside the range bears a number.
 */
export const checkPeople = async (tx: Tx, seal: IdentitySeal, read: PeopleRead): Promise<CheckedPeople> => {
  const villages = await store.villagesInRange(tx);
  const find = nameFinder(villages, await store.bodiesInRange(tx), await store.allPosts(tx));
  const findings = new Findings(read.problems);
  const planned = read.entries.flatMap((entry) => place(entry, find, findings) ?? []);
  const names = new Map(villages.map((village) => [village.code, village.name]));
  await checkNumbers(tx, seal, read.entries, names, findings);
  await checkNamesakes(tx, planned, findings);
  await checkSeats(tx, countyDate(tx.makers.clock()), planned, findings);
  const problems = findings.problems.toSorted((a, b) => a.row - b.row);
  const refusedRows = new Set(problems.filter((one) => one.refuses).map((one) => one.row)).size;
  return { rows: read.rows, planned, problems, refusedRows };
};
