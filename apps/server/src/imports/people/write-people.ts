import { countyDate } from '@lianxin/domain';
import { writeJournal } from '../../journal/index.js';
import type { Tx } from '../../storage/index.js';
import type { PlannedPerson } from './check-people.js';
import * as store from './people.store.js';
import type { IdentitySeal } from './seal-identity.js';

/** How many of each an import adds. */
export interface PeopleCounts {
  readonly persons: number;
  readonly households: number;
  readonly idNumbers: number;
  readonly phones: number;
  readonly members: number;
  readonly terms: number;
}

/** Rows a statement. */
const portion = 1000;

type Person = PlannedPerson & { readonly id: string };

/** Households named by the rows, those that are missing made. */
const houseOf = async (tx: Tx, persons: readonly Person[], from: string) => {
  const keyOf = (division: string, label: string): string => `${division} ${label}`;
  const wanted = persons.filter(({ entry }) => entry.household !== undefined);
  const divisions = [...new Set(wanted.map(({ division }) => division))];
  const houses = new Map<string, string>();
  for (const one of await store.householdsOf(tx, divisions)) houses.set(keyOf(one.division, one.label), one.id);
  const fresh: { id: string; division: string; label: string; takes_contact: boolean; valid_from: string }[] = [];
  for (const { division, entry } of wanted) {
    const label = entry.household ?? '';
    if (houses.has(keyOf(division, label))) continue;
    const id = tx.makers.newId();
    houses.set(keyOf(division, label), id);
    fresh.push({ id, division, label, takes_contact: true, valid_from: from });
  }
  for (let at = 0; at < fresh.length; at += portion)
    await store.addRows(tx, 'household', fresh.slice(at, at + portion));
  return { made: fresh.length, find: (division: string, label: string) => houses.get(keyOf(division, label)) };
};

const sealed = (tx: Tx, seal: IdentitySeal, persons: readonly Person[]): store.SealedIdentity[] =>
  persons.flatMap(({ id, entry }) =>
    (
      [
        ['id-number', entry.idNumber],
        ['phone', entry.phone],
      ] as const
    ).flatMap(([kind, value]) => {
      if (value === undefined) return [];
      const place = { county: tx.context.county, person: id, kind };
      const cipher = seal.seal(place, value, tx.makers.random(12)).toString('hex');
      return [{ person: id, kind, cipher, hash: seal.hash(place.county, kind, value).toString('hex') }];
    }),
  );

/** Terms of office, each journaled like any other appointment: who may act for whom is public whatever way it was entered. */
const addTerms = async (tx: Tx, commandId: string, persons: readonly Person[]): Promise<number> => {
  const rows = persons.flatMap(({ id, entry, office }) =>
    office === undefined
      ? []
      : [
          {
            id: tx.makers.newId(),
            division: office.body.division,
            person: id,
            post: office.post.id,
            body: office.body.id,
            holder_name: entry.name,
            valid_from: entry.from,
            valid_to: entry.to ?? null,
          },
        ],
  );
  await store.addRows(tx, 'appointment', rows);
  for (const { division, post, body, person, valid_from } of rows)
    writeJournal(tx, {
      kind: 'role.grant',
      division,
      commandId,
      pub: { post, body, ...(valid_from === undefined || valid_from === null ? {} : { from: valid_from }) },
      commitFields: { person },
    });
  return rows.length;
};

const addMembers = async (tx: Tx, persons: readonly Person[], from: string): Promise<number> => {
  const rows = persons.flatMap(({ id, branch }) =>
    branch === undefined
      ? []
      : [{ id: tx.makers.newId(), division: branch.division, person: id, branch: branch.id, valid_from: from }],
  );
  await store.addRows(tx, 'party_membership', rows);
  return rows.length;
};

/**
 * Writes checked people 写入 in the transaction given, a thousand a statement, and one journal entry of counts for all of them;
 * `onProgress` hears how many persons are written.
 */
export const writePeople = async (
  tx: Tx,
  seal: IdentitySeal,
  commandId: string,
  planned: readonly PlannedPerson[],
  onProgress: (done: number, total: number) => void,
): Promise<PeopleCounts> => {
  const from = countyDate(tx.makers.clock());
  const persons = planned.map((one): Person => ({ ...one, id: tx.makers.newId() }));
  const houses = await houseOf(tx, persons, from);
  const counts = { persons: 0, households: houses.made, idNumbers: 0, phones: 0, members: 0, terms: 0 };
  for (let at = 0; at < persons.length; at += portion) {
    const some = persons.slice(at, at + portion);
    await store.addRows(
      tx,
      'person',
      some.map(({ id, division, entry }) => ({
        id,
        division,
        name: entry.name,
        sex: entry.sex ?? null,
        birth_year: entry.birthYear ?? null,
        made_up: false,
        villager_group: entry.group ?? null,
        valid_from: from,
      })),
    );
    await store.addRows(
      tx,
      'household_member',
      some.flatMap(({ id, division, entry }) => {
        const household = entry.household === undefined ? undefined : houses.find(division, entry.household);
        return household === undefined ? [] : [{ household, person: id, division, valid_from: from }];
      }),
    );
    const numbers = sealed(tx, seal, some);
    await store.putIdentities(tx, numbers);
    counts.persons += some.length;
    counts.idNumbers += numbers.filter((one) => one.kind === 'id-number').length;
    counts.phones += numbers.filter((one) => one.kind === 'phone').length;
    counts.members += await addMembers(tx, some, from);
    counts.terms += await addTerms(tx, commandId, some);
    onProgress(counts.persons, persons.length);
  }
  return counts;
};
