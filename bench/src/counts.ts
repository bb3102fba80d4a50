import { connectOwner } from '@lianxin/server';
import type { BenchDatabase } from './database.js';
import { median, type Figure } from './figures.js';

type Owner = Awaited<ReturnType<typeof connectOwner>>;

const statements = { warm: 20, measured: 200 } as const;

/** p50 of one statement, in milliseconds, prepared once as the server does. */
const p50 = async (db: Owner, name: string, text: string): Promise<number> => {
  const times: number[] = [];
  for (let turn = 0; turn < statements.warm + statements.measured; turn++) {
    const began = performance.now();
    await db.query({ name, text });
    if (turn >= statements.warm) times.push(performance.now() - began);
  }
  return median(times);
};

/** Runs work in the context of an officer who reaches one township, as the server enters it. */
const asOfficer = async <T>(db: Owner, township: string, work: () => Promise<T>): Promise<T> => {
  await db.query('begin');
  await db.query(
    `select set_config('role', 'rt_office', true), set_config('lx.county', $1, true), set_config('lx.uid', gen_random_uuid()::text, true),
       set_config('lx.lo', $2, true), set_config('lx.hi', $3, true), set_config('lx.caps', '', true), set_config('lx.before', '', true)`,
    [township.slice(0, 6), township, `${township}~`],
  );
  try {
    return await work();
  } finally {
    await db.query('rollback');
  }
};

/** How matters of a grown county are counted: what lies under a township, as an officer sees it, and what is open in the whole installation. */
export const measureCounts = async (database: BenchDatabase, name: string, rounds: number): Promise<Figure[]> => {
  const db = await connectOwner({ owner: { connectionString: database.url(name) } });
  try {
    const { rows } = await db.query<{ township: string; matters: string }>(
      'select township, sum(count(*)) over () as matters from lx.matter group by 1 order by count(*) desc limit 1',
    );
    const found = rows[0];
    if (found === undefined) throw new Error('nothing to count');
    const { township } = found;
    const county = township.slice(0, 6);
    const all = Number(found.matters).toLocaleString('en');
    const ours: number[] = [];
    const reference: number[] = [];
    const open: number[] = [];
    const counted: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const subtree = `select sum(opened) from lx.matter_count where county = '${county}'`;
      ours.push(await asOfficer(db, township, async () => p50(db, 'subtree', subtree)));
      reference.push(await p50(db, 'range', `${subtree} and division >= '${township}' and division < '${township}~'`));
      open.push(await p50(db, 'open', 'select sum(open) from lx.matter_count'));
      const began = performance.now();
      await db.query(`select count(*) from lx.matter where state = 'open'`);
      counted.push(performance.now() - began);
    }
    return [
      {
        id: 'P8/subtree',
        title: 'requests of a township counted by its officer, under row-level security',
        asked: '≤ 1.2',
        ratio: median(ours) / median(reference),
        ours: { unit: 'ms', rounds: ours },
        reference: { title: 'the same text range as the owner, without policies', unit: 'ms', rounds: reference },
      },
      {
        id: 'P8/open',
        title: `open requests of the whole installation from the counters, ${all} requests`,
        asked: '≤ 10 ms at 10,000,000',
        ratio: median(open) / median(counted),
        ours: { unit: 'ms', rounds: open },
        reference: { title: 'the rows counted themselves', unit: 'ms', rounds: counted },
      },
    ];
  } finally {
    await db.end();
  }
};
