import type pg from 'pg';
import { askers, placesWithin, reaches, type Asker, type Place, type Reach } from './askers.js';
import type { Difference, TableDesk } from './ask-tables.js';
import type { MatrixRow } from './matrix.js';
import { probe, questionsAbout } from './probe.js';
import { placesOf, statesOf, type Table } from './sample-rows.js';

/**
 * Somebody of one village with every duty there is. He is in no column, since nobody should be him: with nothing to hold him back but
 * the range of divisions, a range that is one village too wide shows.
 */
const keeper: Asker = { id: 'keeper', title: '一村之内有全部职责的人', role: 'rt_office', level: 'village' };

/** The system at work in one village alone: where a village office reaches its village, it may not reach further by the same words. */
const workerInVillage: Asker = { id: 'worker', title: '只在一村的后台程序', role: 'rt_worker', level: 'village' };

const everyDuty = (desk: TableDesk): readonly string[] => [
  ...new Set([...desk.duties.values()].flat().filter((duty) => duty !== 'own-matters-only')),
];

/** How far somebody with every duty of the columns would reach from one village. */
const expected = (row: MatrixRow | undefined): Reach => {
  const cells = askers.filter((asker) => asker.role === 'rt_office').map((asker) => row?.cells[asker.id] ?? 'none');
  const widest = Math.max(...cells.map((cell) => reaches.indexOf(cell === '-' ? 'none' : cell)));
  return reaches[Math.min(widest, reaches.indexOf('village'))] ?? 'none';
};

/** Opens everything around the policies of one command, so that one of them decides alone; undone by the caller's savepoint. */
const openings = {
  plain: [],
  'which rows may be changed': [
    'create policy eyes on lx.%s for select using (true)',
    'create policy hands on lx.%s for update using (false) with check (true)',
  ],
  'what they may become': [
    'create policy eyes on lx.%s for select using (true)',
    'create policy hands on lx.%s for update using (true) with check (false)',
  ],
} as const;

/**
 * Asks the policies of a table one by one as the keeper: what each lets in must hold what the matrix says and stay inside the village.
 * Policies for the same row stand behind each other; here each is looked at without the others before it.
 */
export const askPolicies = async (
  client: pg.ClientBase,
  desk: TableDesk,
  table: Table,
  matrix: ReadonlyMap<string, MatrixRow>,
): Promise<readonly Difference[]> => {
  const differences: Difference[] = [];
  const column = desk.changeable.get('rt_office')?.get(table.name);
  const all = questionsAbout(table, column);
  const read = await probe(
    client,
    all.filter((one) => one.action === 'read'),
    keeper,
    everyDuty(desk),
  );
  for (const [about, reached] of read) {
    const [action = '', state = ''] = about.split(' ');
    const least = expected(matrix.get(`${table.name} ${about}`));
    const wrong = placesOf(table).filter(
      (place) =>
        (placesWithin[least].includes(place) && !reached.has(place)) ||
        (reached.has(place) && !placesWithin.village.includes(place) && !isWide(matrix, table, action, state)),
    );
    if (wrong.length > 0)
      differences.push({ what: `${table.name} ${about}, with every duty`, says: least, does: wrong.join('+') });
  }
  for (const [opening, statements] of Object.entries(openings)) {
    const action = opening === 'plain' ? 'add' : 'change';
    if (action === 'change' && column === undefined) continue;
    await client.query('savepoint opened');
    for (const statement of statements) await client.query(statement.replace('%s', table.name));
    const found = await probe(
      client,
      all.filter((one) => one.action === action),
      keeper,
      everyDuty(desk),
    );
    await client.query('rollback to savepoint opened');
    for (const state of statesOf(table)) {
      const reached = found.get(`${action} ${state}`) ?? new Set<Place>();
      const least = expected(matrix.get(`${table.name} ${action} ${state}`));
      const wrong = placesOf(table).filter(
        (place) =>
          (placesWithin[least].includes(place) && !reached.has(place)) ||
          (reached.has(place) && !placesWithin.village.includes(place) && !isWide(matrix, table, action, state)),
      );
      if (wrong.length > 0)
        differences.push({ what: `${table.name} ${action} ${state}, ${opening}`, says: least, does: wrong.join('+') });
    }
  }
  for (const [about, reached] of await probe(client, all, workerInVillage, [])) {
    const row = matrix.get(`${table.name} ${about}`);
    if (row?.cells.worker !== 'county') continue;
    // A policy of his knows the range or the county alone; anything between is a range that is off by one.
    const exactly = (reach: Reach): boolean =>
      placesOf(table).every((place) => placesWithin[reach].includes(place) === reached.has(place));
    if (!exactly('village') && !exactly('county'))
      differences.push({
        what: `${table.name} ${about}, the worker in one village`,
        says: 'village',
        does: [...reached].join('+'),
      });
  }
  return differences;
};

/** Whether a village's own office reaches beyond its village by policy, e.g. the parts of a matter of its own. */
const isWide = (matrix: ReadonlyMap<string, MatrixRow>, table: Table, action: string, state: string): boolean =>
  ['township', 'county', 'all'].includes(matrix.get(`${table.name} ${action} ${state}`)?.cells.clerk ?? 'none');
