import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import type { Me } from '@lianxin/contract';
import type { BenchDatabase } from './database.js';
import { alternate } from './alternated.js';
import { measureCounts } from './counts.js';
import { directus, logInClerk, makeCollection } from './directus.js';
import { median, type Figure } from './figures.js';
import { daysOfGrowth, growCounty } from './growth.js';
import { get, loadAnswered } from './http-load.js';
import { pgbenchMissing, pgbenchScript, runPgbench } from './pgbench.js';
import { prepare, start } from './reference-system.js';
import { intakeRate, openRequestServer, type RequestServer } from './request-server.js';

const connections = 16;

/** Ranges of a list; none of ours goes wider than one county. */
const levels = ['county', 'township', 'village'] as const;

/** How many digits of a division's code its range shares. */
const digits = { county: 6, township: 9, village: 12 } as const;

type Cookie = { readonly cookie: string };

/** What a row of our list is made of. */
const shown =
  'id, number, place, procedure, kind, subject, channel, state, stage, result, level, holder_body, opened_at, ended_at, due, provisional, late_entry, version';

/** A day of the last so many. */
const randomDay = (days: number = daysOfGrowth): string =>
  new Date(Date.now() - Math.floor(Math.random() * days) * 86_400_000).toISOString().slice(0, 10);

/** Logs in as a person does; gives the header of the session. */
const logIn = async (
  base: string,
  login: { readonly username: string; readonly password: string },
): Promise<Cookie> => {
  const answer = await fetch(`${base}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify(login),
  });
  if (!answer.ok) throw new Error(`${login.username} could not log in: ${answer.status} ${await answer.text()}`);
  const pairs = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
  return { cookie: pairs.join('; ') };
};

/** An officer logged in, and the division that his office reaches. */
interface Officer {
  readonly session: Cookie;
  readonly division: string;
}

/** Officers of the demonstration, one for each range, all in one county. */
interface Officers {
  readonly county: string;
  readonly of: Readonly<Record<(typeof levels)[number], Officer>>;
}

const logInOfficers = async (database: BenchDatabase, { base, database: name }: RequestServer): Promise<Officers> => {
  const file = path.join(database.folder, `data-${name}`, 'demonstration.json');
  const logins = JSON.parse(readFileSync(file, 'utf8')) as { username: string; password: string }[];
  const found = new Map<string, Map<string, Officer>>();
  for (const login of logins) {
    const session = await logIn(base, login);
    const me = (await (await fetch(`${base}/api/me`, { headers: session })).json()) as z.infer<typeof Me>;
    const office = me.offices[0];
    const reads = await fetch(`${base}/api/matters?limit=1`, { headers: session });
    if (office === undefined || !reads.ok || me.capabilities.includes('own-matters-only')) continue;
    const county = found.get(me.county) ?? new Map<string, Officer>();
    found.set(me.county, county.set(office.level, { session, division: office.division }));
    const [one, two, three] = levels.map((level) => county.get(level));
    if (one !== undefined && two !== undefined && three !== undefined)
      return { county: me.county, of: { county: one, township: two, village: three } };
  }
  throw new Error('the demonstration has no county with an officer at each level');
};

const rowsOfPage = 50;

/** A filtered page at a random depth of the last so many days, as the person logged in sees it. */
const pageOf =
  ({ session }: Officer, days?: number, rows: number = rowsOfPage) =>
  (): Buffer =>
    get(`/api/matters?state=open&kind=need&to=${randomDay(days)}&limit=${rows}`, { ...session });

type Grown = RequestServer & { readonly officers: Officers };

/** A server whose county with officers at every level holds `count` matters. */
const openGrown = async (database: BenchDatabase, name: string, count: number): Promise<Grown> => {
  const opened = await openRequestServer(database, name);
  try {
    const { county } = await logInOfficers(database, opened);
    await intakeRate(opened, 1, 1, opened.requestsFor(opened.counties.filter((one) => one.county === county)));
    console.error(`growing ${name} by ${count.toLocaleString('en')} requests and journal entries …`);
    const began = performance.now();
    await growCounty(database, name, county, count);
    console.error(`growing ${name}: done after ${Math.round((performance.now() - began) / 1000)} s`);
    // Anew: a session ends when nobody has used it for as long as a large county takes to grow.
    return { ...opened, officers: await logInOfficers(database, opened) };
  } catch (error) {
    await opened.server.stop();
    throw error;
  }
};

/** The table of the reference: the columns of a row and one index that holds the whole page. */
const coveringScript = async (database: BenchDatabase, name: string, county: string): Promise<string> => {
  await database.query(
    name,
    `create schema if not exists bench; create table bench.page as select county, ${shown} from lx.matter;
     create index on bench.page (county, state, kind, opened_at desc, id desc) include (number, place, procedure, subject, channel, stage, result, level, holder_body, ended_at, due, provisional, late_entry, version)`,
  );
  await database.query(name, 'vacuum analyze bench.page');
  return pgbenchScript(
    database,
    'covering-page',
    `\\set day random(0, ${daysOfGrowth})\nselect ${shown} from bench.page where county = '${county}' and state = 'open' and kind = 'need' and opened_at < now() - :day * interval '1 day' order by opened_at desc, id desc limit 50;\n`,
  );
};

/**
 * The same rows in Directus, with the index a careful person would give them by hand, asked for by a clerk whose policy holds the rows of the county and the
 * columns of a row.
 */
const openDirectus = async (database: BenchDatabase, name: string, county: string) => {
  const prepared = await prepare(directus, database);
  if ('missing' in prepared) return prepared;
  const server = await start(directus, prepared.folder, database);
  const columns: Record<string, string> = {
    county: 'string',
    opened_at: 'timestamp',
    ended_at: 'timestamp',
    due: 'date',
  };
  for (const column of shown.split(', ').slice(1)) columns[column] ??= 'string';
  await makeCollection(server, 'matter', 'uuid', columns);
  const list = `id, ${Object.keys(columns).join(', ')}`;
  const file = path.join(database.folder, 'rows.csv');
  await database.query(name, `copy (select ${list} from bench.page) to '${file}' (format csv)`);
  await database.query(
    'directus',
    `copy matter (${list}) from '${file}' (format csv); create index on matter (county, state, kind, opened_at desc, id desc)`,
  );
  await database.query('directus', 'vacuum analyze matter');
  const clerk = await logInClerk(server, {
    collection: 'matter',
    fields: Object.keys(columns),
    seen: { county: { _eq: county } },
  });
  const next = (): Buffer => {
    const filter = {
      county: { _eq: county },
      state: { _eq: 'open' },
      kind: { _eq: 'need' },
      opened_at: { _lt: randomDay() },
    };
    return get(
      `/items/matter?limit=50&sort=-opened_at,-id&fields=${shown.replaceAll(' ', '')}&filter=${encodeURIComponent(JSON.stringify(filter))}`,
      clerk,
    );
  };
  return { server, next };
};

const measurePages = async (
  database: BenchDatabase,
  opened: Grown,
  given: { readonly count: number; readonly rounds: number; readonly seconds: number },
): Promise<Figure[]> => {
  const { count, rounds, seconds } = given;
  const { county, of } = opened.officers;
  const next = pageOf(of.county);
  const script = await coveringScript(database, opened.database, county);
  const other = await openDirectus(database, opened.database, county);
  const ours: number[] = [];
  const covering: number[] = [];
  const theirs: number[] = [];
  try {
    await loadAnswered(200, opened.server.port, connections, 2, next);
    for (let round = 0; round < rounds; round++) {
      ours.push((await loadAnswered(200, opened.server.port, connections, seconds, next)).perSecond);
      if (pgbenchMissing === undefined)
        covering.push(runPgbench(database, opened.database, script, connections, seconds));
      if ('server' in other)
        theirs.push((await loadAnswered(200, other.server.port, connections, seconds, other.next)).perSecond);
    }
  } finally {
    if ('server' in other) await other.server.stop();
  }
  const title = `filtered page of 50 requests over HTTP as a county's officer, random depth in ${count.toLocaleString('en')}, ${connections} connections`;
  return [
    {
      id: 'P5/pgbench',
      title,
      asked: '≥ 0.15',
      ratio: covering.length === 0 ? null : median(ours) / median(covering),
      ours: { unit: 'pages/s', rounds: ours },
      reference: { title: 'pgbench, the same page from one covering index', unit: 'pages/s', rounds: covering },
      ...(pgbenchMissing === undefined ? {} : { missing: pgbenchMissing }),
    },
    {
      id: 'P5/Directus',
      title,
      asked: '≥ 15 at 1,000,000',
      ratio: theirs.length === 0 ? null : median(ours) / median(theirs),
      ours: { unit: 'pages/s', rounds: ours },
      reference: {
        title: `Directus ${directus.version}, the same rows, indexed by hand, asked for by a clerk with a role (rows, columns)`,
        unit: 'pages/s',
        rounds: theirs,
      },
      ...('missing' in other ? { missing: other.missing } : {}),
    },
  ];
};

/** Days since the oldest matters of the filter were opened in a range, the oldest first; as many as two pages hold. */
const oldestIn = async (
  database: BenchDatabase,
  name: string,
  { division }: Officer,
  level: (typeof levels)[number],
): Promise<number[]> => {
  const rows = await database.query(
    name,
    `select floor(extract(epoch from now() - opened_at) / 86400)::int as days from lx.matter
     where county = '${division.slice(0, digits.county)}' and state = 'open' and kind = 'need' and division like '${division.slice(0, digits[level])}%'
     order by opened_at limit ${2 * rowsOfPage}`,
  );
  return rows.map((row) => Number(row['days']));
};

/**
 * Reads the whole range of the filter once by the index that gives it in order, so that it lies in memory as what is asked for every day does: a list
 * just grown was last seen by whoever built the index after it, and a disk would be measured in its place.
 */
const readThrough = async (
  database: BenchDatabase,
  name: string,
  { division }: Officer,
  level: (typeof levels)[number],
): Promise<void> => {
  const code = `'${division.slice(0, digits[level])}'`;
  const range = level === 'county' ? '' : ` and ${level} = ${code}`;
  await database.query(
    name,
    `set enable_seqscan = off; set enable_bitmapscan = off; set enable_sort = off; set max_parallel_workers_per_gather = 0;
     select count(subject) from (select subject from lx.matter
       where county = '${division.slice(0, digits.county)}'${range} and state = 'open' order by opened_at desc, id desc offset 0) range`,
  );
};

const measureGrowth = async (
  database: BenchDatabase,
  sides: { readonly large: Grown; readonly small: Grown },
  given: { readonly counts: readonly [number, number]; readonly rounds: number; readonly seconds: number },
): Promise<Figure[]> => {
  const { large, small } = sides;
  const [many, few] = given.counts.map((count) => count.toLocaleString('en'));
  const figures: Figure[] = [];
  for (const level of levels) {
    const [ofLarge, ofSmall] = [large.officers.of[level], small.officers.of[level]];
    const old = {
      large: await oldestIn(database, large.database, ofLarge, level),
      small: await oldestIn(database, small.database, ofSmall, level),
    };
    // Both sides give pages of as many rows, at any depth: fifty, or half of what the range of the small one holds.
    const rows = Math.min(rowsOfPage, Math.floor(old.small.length / 2));
    const inLarge = pageOf(ofLarge, old.large[rows - 1], rows);
    const inSmall = pageOf(ofSmall, old.small[rows - 1], rows);
    for (const [grown, officer, next] of [
      [large, ofLarge, inLarge],
      [small, ofSmall, inSmall],
    ] as const) {
      await readThrough(database, grown.database, officer, level);
      await loadAnswered(200, grown.server.port, 1, 1, next);
    }
    const p50 = await alternate(
      given.rounds,
      async () => (await loadAnswered(200, large.server.port, 1, given.seconds, inLarge)).p50,
      async () => (await loadAnswered(200, small.server.port, 1, given.seconds, inSmall)).p50,
    );
    figures.push({
      id: `P6/${level}`,
      title: `p50 of a page of ${rows} among ${many} requests, ${level} range, random depth`,
      asked: '≤ 1.3 at 10,000,000 ÷ 100,000',
      ratio: p50.ratio,
      ours: { unit: 'ms', rounds: p50.ours },
      reference: { title: `the same among ${few}`, unit: 'ms', rounds: p50.reference },
    });
  }
  const intakes = (grown: Grown) => async () =>
    intakeRate(
      grown,
      connections,
      given.seconds,
      grown.requestsFor(grown.counties.filter(({ county }) => county === grown.officers.county)),
    );
  const taken = await alternate(given.rounds, intakes(large), intakes(small));
  figures.push({
    id: 'P6/intake',
    title: `request intake over HTTP beside ${many} requests and journal entries, ${connections} connections`,
    asked: 'none; 1 is no loss',
    ratio: taken.ratio,
    ours: { unit: 'requests/s', rounds: taken.ours },
    reference: { title: `the same beside ${few}`, unit: 'requests/s', rounds: taken.reference },
  });
  return figures;
};

/** P5 on a grown installation. */
export const measureLists = async (
  database: BenchDatabase,
  given: { readonly count: number; readonly rounds: number; readonly seconds: number },
): Promise<Figure[]> => {
  const grown = await openGrown(database, 'lianxin_listed', given.count);
  try {
    return await measurePages(database, grown, given);
  } finally {
    await grown.server.stop();
  }
};

/** P6 and the counts of P8 on two grown installations, the second a hundredth of the first. */
export const measureLarge = async (
  database: BenchDatabase,
  given: { readonly count: number; readonly rounds: number; readonly seconds: number },
): Promise<Figure[]> => {
  const counts = [given.count, Math.round(given.count / 100)] as const;
  const large = await openGrown(database, 'lianxin_large', counts[0]);
  try {
    const small = await openGrown(database, 'lianxin_small', counts[1]);
    try {
      return [
        ...(await measureCounts(database, large.database, given.rounds)),
        ...(await measureGrowth(database, { large, small }, { ...given, counts })),
      ];
    } finally {
      await small.server.stop();
    }
  } finally {
    await large.server.stop();
  }
};
