import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { levelOf } from '@lianxin/domain';
import type { Demonstration } from '@lianxin/pack-reader';
import type { BuiltCounty } from './build-county.js';
import { isCommunity } from './build-county.js';
import { shortName } from './build-village.js';
import { countyTables, type Row } from './rows.js';

/** The owner's connection: divisions and posts are written by nobody else. */
export type OwnerDb = Pick<pg.ClientBase, 'query'>;

/** Rows of one table in one statement; every column is given, so that a new column fails here and not later. */
const insert = async (db: OwnerDb, table: string, rows: readonly Row[], conflict = ''): Promise<void> => {
  const columns = Object.keys(rows[0] ?? {}).join(', ');
  if (rows.length === 0) return;
  await db.query(
    `insert into lx.${table} (${columns}) select ${columns} from json_populate_recordset(null::lx.${table}, $1::json) ${conflict}`,
    [JSON.stringify(rows)],
  );
};

const kindOf = (code: string, name: string): string => {
  const level = levelOf(code);
  if (level === 'village') return isCommunity(code) ? 'community' : 'village';
  return level === 'township' && name.endsWith('街道') ? 'street' : level;
};

/** Divisions of the extract 行政区划, above and below; those that stand already are left as they are. */
export const writeDivisions = async (db: OwnerDb, data: Demonstration): Promise<void> => {
  const { divisions, people } = data;
  const source = `${divisions.publisher} ${divisions.asOf}`;
  const row = (code: string, name: string, parent: string | null, county: string | null): Row => ({
    code,
    name,
    short_name: shortName(name),
    level: levelOf(code),
    kind: kindOf(code, name),
    parent,
    county,
    source,
    valid_from: people.from,
    valid_to: null,
  });
  for (const county of divisions.counties) {
    const tenant = county.code.slice(0, 6);
    const [province, city] = county.above;
    if (province === undefined || city === undefined) continue;
    const rows = [
      row(province.code, province.name, null, null),
      row(city.code, city.name, province.code, null),
      row(county.code, county.name, city.code, tenant),
      ...county.townships.map((township) => row(township.code, township.name, county.code, tenant)),
      ...county.townships.flatMap((township) =>
        township.villages.map((village) => row(village.code, village.name, township.code, tenant)),
      ),
    ];
    await insert(db, 'division', rows, 'on conflict (code) do nothing');
  }
};

/** The catalogue of posts 岗位目录; a post that changed its title or capabilities is brought up to date. */
export const writePosts = async (db: OwnerDb, data: Pick<Demonstration, 'posts'>): Promise<void> => {
  const rows = data.posts.posts.map((post): Row => ({
    id: post.id,
    title: post.title,
    title_en: post.titleEn,
    body_kind: post.bodyKinds[0] ?? '',
    also_in: post.bodyKinds.slice(1),
    level: post.level,
    capabilities: post.capabilities,
  }));
  await insert(
    db,
    'post',
    rows,
    `on conflict (id) do update set title = excluded.title, title_en = excluded.title_en, body_kind = excluded.body_kind, also_in = excluded.also_in,
       level = excluded.level, capabilities = excluded.capabilities`,
  );
};

/** Tables whose rows have no id of their own, or no period. */
const without: Readonly<Record<string, readonly string[]>> = { household_member: ['id'] };

/** All rows of one county and the journal entry that says so. */
export const writeCounty = async (db: OwnerDb, built: BuiltCounty, entry: string): Promise<void> => {
  const { rows } = built;
  for (const table of countyTables) {
    const dropped = without[table] ?? [];
    const list = (rows.rows.get(table) ?? []).map((row) =>
      dropped.length === 0 ? row : Object.fromEntries(Object.entries(row).filter(([key]) => !dropped.includes(key))),
    );
    await insert(db, table, list);
  }
  const counts = Object.fromEntries(countyTables.map((table) => [table, rows.rows.get(table)?.length ?? 0]));
  await db.query(
    `insert into lx.journal_entry (county, id, kind, division, pub, private, seed, leaf, recorded_at)
     values ($1, $2, 'body.change', $3, $4, '{}', $5, 'public', $6)`,
    [
      rows.county,
      entry,
      `${rows.county}000000`,
      JSON.stringify({ change: 'demonstration', ...counts }),
      randomBytes(16),
      rows.at,
    ],
  );
};
