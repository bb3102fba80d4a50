import type pg from 'pg';

/** All that tables hold, in one figure: equal before and after means that nothing in them was added, changed or taken away. */
export const sumOfTables = async (owner: Pick<pg.Pool, 'query'>, tables: readonly string[]): Promise<string> => {
  const sums: string[] = [];
  for (const table of tables) {
    const { rows } = await owner.query<{ sum: string }>(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from lx.${table} t`,
    );
    sums.push(rows[0]?.sum ?? '');
  }
  return sums.join(' ');
};
