import type pg from 'pg';
import { askPolicies } from './ask-policies.js';
import { askTable, type TableDesk } from './ask-tables.js';
import type { MatrixRow } from './matrix.js';

/** A policy made wrong in one place. */
export interface Mutant {
  readonly table: string;
  readonly what: string;
  readonly sql: string;
}

interface Policy {
  readonly name: string;
  readonly table: string;
  readonly qual: string | null;
  readonly check: string | null;
}

/** What is done to a text of a policy: a range one too wide or one too narrow, a duty that nobody needs, a county that does not matter. */
const slips: readonly (readonly [from: RegExp, to: string, what: string])[] = [
  [/ < /g, ' <= ', '< becomes <='],
  [/ >= /g, ' > ', '>= becomes >'],
  [/ > 0\)/g, ' >= 0)', '> 0 becomes >= 0'],
];

const slipsOf = (text: string): { text: string; what: string }[] =>
  slips.flatMap(([from, to, what]) =>
    [...text.matchAll(from)].map((match) => ({
      text: text.slice(0, match.index) + to + text.slice(match.index + match[0].length),
      what: `${what} at ${match.index}`,
    })),
  );

/** Slips that the questions cannot notice, each with why; policies are named, not places in their text. */
export const unnoticed: Readonly<Record<string, string>> = {
  'webhook: administrator_changes using > 0':
    'what is not read is not changed either, and the policy for reading has the same duty',
  'webhook: administrator_changes check > 0':
    'what is not read is not changed either, and the policy for reading has the same duty',
};

const isNoticed = ({ what }: Mutant): boolean =>
  !Object.keys(unnoticed).some((known) => what === known || what.startsWith(`${known} becomes`));

/**
 * Every policy dropped, and each of its comparisons loosened; the owner's own policies are no part of what requests see, and the siblings
 * for merged villages (`…_before`) are made from the policies by the migrator: `succession.test.ts` asks them and compares the two.
 */
export const listMutants = async (owner: Pick<pg.ClientBase, 'query'>): Promise<readonly Mutant[]> => {
  const { rows } = await owner.query<Policy>(
    `select policyname as name, tablename as table, qual, with_check as check from pg_policies
     where schemaname = 'lx' and policyname <> 'owner' and policyname not like '%\\_before' order by 2, 1`,
  );
  const all = rows.flatMap(({ name, table, qual, check }) => {
    const alter = (clause: string) => `alter policy ${name} on lx.${table} ${clause}`;
    return [
      { table, what: `${table}: ${name} dropped`, sql: `drop policy ${name} on lx.${table}` },
      ...slipsOf(qual ?? '').map(({ text, what }) => ({
        table,
        what: `${table}: ${name} using ${what}`,
        sql: alter(`using (${text})`),
      })),
      ...slipsOf(check ?? '').map(({ text, what }) => ({
        table,
        what: `${table}: ${name} check ${what}`,
        sql: alter(`with check (${text})`),
      })),
    ];
  });
  return all.filter(isNoticed);
};

/** Makes each mutant, asks its table again, and undoes it; gives those that no question noticed. */
export const tryMutants = async (
  owner: pg.Pool,
  desk: TableDesk,
  matrix: ReadonlyMap<string, MatrixRow>,
  mutants: readonly Mutant[],
): Promise<readonly string[]> => {
  const alive: string[] = [];
  const client = await owner.connect();
  try {
    for (const mutant of mutants) {
      const table = desk.tables.find((one) => one.name === mutant.table);
      if (table === undefined) continue;
      await client.query('begin');
      await client.query(mutant.sql);
      const seen =
        (await askTable(client, desk, table, matrix, { once: true })).length > 0 ||
        (await askPolicies(client, desk, table, matrix)).length > 0;
      await client.query('rollback');
      if (!seen) alive.push(mutant.what);
    }
  } finally {
    client.release();
  }
  return alive;
};

/** A sample without repeats, the same for the same seed. */
export const sampleOf = <T>(all: readonly T[], most: number, seed: number): readonly T[] => {
  let state = seed >>> 0;
  const left = [...all];
  const taken: T[] = [];
  while (taken.length < most && left.length > 0) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    taken.push(...left.splice(Math.floor((state / 2 ** 32) * left.length), 1));
  }
  return taken;
};
