import type { Opened } from '@lianxin/contract';
import {
  faultRounds,
  faultyNetwork,
  keepFaultFigure,
  networkFaults,
  teaCounty,
  type FaultyNetwork,
} from '@lianxin/testkit/database';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from './app.js';
import { features } from './features.js';
import { listen, type Listening } from './http/serve.js';
import { checkLog, publishCounty, sealCounty } from './log/index.js';
import { teaServer, type TeaServer } from './matters/test-pack/tea-server.js';
import { connectOwner, openPool } from './storage/database.js';
import { rebuild } from './storage/rebuild.js';

/** Commands of each kind that come in several times, connections of each kind of bad network, jumps of the clock, exchanges of one server of two; a campaign asks for more: `npm run campaign -- --faults F5,F7`. */
const rounds = {
  F5: faultRounds('F5', 1),
  F7: faultRounds('F7', 4),
  F13: faultRounds('F13', 10),
  F14: faultRounds('F14', 1),
} as const;
/** An hour of exchanges is an hour of people at work, not a thousand exchanges one after the other: so far apart each begins. */
const betweenExchanges = rounds.F14 > 1 ? 15_000 : 0;
/** A silent connection is waited for each time, the next exchange too. */
const patience = 120_000 + Math.max(...Object.values(rounds)) * Math.max(5_000, 2 * betweenExchanges);
const { county, divisions } = teaCounty;

let tea: TeaServer;
let listening: Listening;
let network: FaultyNetwork;

beforeAll(async () => {
  tea = await teaServer(['upperClerk']);
  const { deps } = tea.server;
  listening = await listen(tea.server.app, { ...deps, config: { ...deps.config, host: '127.0.0.1', port: 0 } });
  network = await faultyNetwork(listening.port);
});
afterAll(async () => {
  await network.close();
  await listening.close();
  await tea.server.close();
});

interface Telling {
  readonly formToken: string;
  readonly commandId: string;
  readonly wanted: string;
}
/** Does a work so many times, at most `together` of them at the same moment; one wave ends before the next. */
const inWaves = async (
  times: number,
  together: number,
  work: (from: number, size: number) => Promise<void>,
): Promise<void> => {
  for (let from = 0; from < times; from += together) await work(from, Math.min(together, times - from));
};
/** The same work, once for each of a wave. */
const each = async (size: number, work: (at: number) => Promise<void>): Promise<void> =>
  void (await Promise.all(Array.from({ length: size }, async (_, at) => work(at))));
const newTelling = async (wanted: string): Promise<Telling> => ({ ...(await tea.form()), wanted });

/** One try over a socket; undefined when nobody knows what became of it. */
const tryOver = async (port: number, telling: Telling): Promise<Opened | undefined> => {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/api/requests`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', connection: 'close', 'idempotency-key': telling.commandId },
      body: JSON.stringify({
        formToken: telling.formToken,
        division: divisions.upper,
        kind: 'need',
        fields: { wanted: telling.wanted },
      }),
      signal: AbortSignal.timeout(1_500),
    });
    return answer.status === 201 ? ((await answer.json()) as Opened) : undefined;
  } catch {
    return undefined;
  }
};
const until = async (port: number, telling: Telling): Promise<Opened> => {
  for (let tries = 0; tries < 50; tries += 1) {
    const opened = await tryOver(port, telling);
    if (opened !== undefined) return opened;
  }
  throw new Error('never answered');
};
const effectsOf = async (commandId: string): Promise<number> =>
  tea.count(
    `select count(*) from lx.act a join lx.matter m on m.county = a.county and m.id = a.matter
     where a.command_id = '${commandId}' and a.act = 'open' and m.parent is null`,
  );

/** A request and its answer are about so many bytes: where the last of the cuts lies. */
const longestCut = 2_000;

describe('a bad network between resident and server', () => {
  const cut = { connections: 0, unknown: 0 };
  afterAll(() => keepFaultFigure('F7', { kinds: networkFaults.length, ...cut }));

  it.each(networkFaults)(
    'that is “%s” loses nothing and doubles nothing: the same command again gets the one answer (F7)',
    async (fault) => {
      let unknown = 0;
      let connected = 0;
      // Cut everywhere: in the head, in the body, in the answer.
      network.become(fault, () => 40 + ((connected++ * 131) % longestCut));
      await inWaves(rounds.F7, 40, async (from, size) =>
        each(size, async (at) => {
          const telling = await newTelling(`${fault} ${from + at}`);
          const first = await tryOver(network.port, telling);
          if (first === undefined) unknown += 1;
          const answer = await until(listening.port, telling);
          expect(first ?? answer).toEqual(answer);
          expect(await effectsOf(telling.commandId)).toBe(1);
        }),
      );
      cut.connections += rounds.F7;
      cut.unknown += unknown;
      const mustHideAnswers = ['cut-request', 'cut-answer', 'reset-after-request', 'silent'].includes(fault);
      expect(unknown > 0 || !mustHideAnswers).toBe(true);
    },
    patience,
  );
});

/** Copies of a command that arrive at the same moment; each of the others comes in between 2 and so many times. */
const copies = 100;
/** Commands of other kinds than a resident's request, each as somebody would send it. */
const kinds: Readonly<Record<string, (at: number) => Promise<() => Promise<Response>>>> = {
  'a request of a resident': async (at) => {
    const { formToken, commandId } = await tea.form();
    const body = { formToken, division: divisions.upper, kind: 'need', fields: { wanted: `重复 ${at}` } };
    return async () => post('/api/requests', body, commandId);
  },
  'a request that an office enters': async (at) => {
    const body = { division: divisions.upper, kind: 'need', fields: { wanted: `代为登记 ${at}` } };
    return async () => post('/api/matters', body, `entered-${at}-${count}`, clerk());
  },
  'an act on a matter': async (at) => {
    const { id } = await tea.tell('need', { wanted: `受理 ${at}` });
    const body = { act: 'accept', fields: {}, baseVersion: await tea.versionOf(id) };
    return async () => post(`/api/matters/${id}/acts`, body, `accepted-${at}-${count}`, clerk());
  },
  'an attachment': async (at) => async () => {
    const form = new FormData();
    form.set('division', divisions.upper);
    form.set('file', new File([`%PDF-1.4\n${at}\n%%EOF\n`], 'note.pdf', { type: 'application/pdf' }));
    return tea.server.request('/api/files', {
      method: 'POST',
      headers: { 'idempotency-key': `attached-${at}-${count}`, ...clerk() },
      body: form,
    });
  },
};
/** Commands made so far, for ids that are each command's own. */
let count = 0;
const clerk = () => ({ cookie: tea.as('upperClerk').cookie });
const post = async (to: string, body: object, commandId: string, headers: Record<string, string> = {}) =>
  tea.server.request(to, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': commandId, ...headers },
    body: JSON.stringify(body),
  });

/** Sends until somebody answers: while a copy is still at work, or no connection is free, the server says so and is asked again, less and less often. */
const answerTo = async (send: () => Promise<Response>): Promise<string> => {
  for (let pause = 5; ; pause = Math.min(pause * 2, 320)) {
    const answer = await send();
    if (answer.status !== 409 && answer.status !== 503) return `${answer.status} ${await answer.text()}`;
    await wait(pause);
  }
};
/** Rows that a work adds to each table. */
const rowsAddedBy = async (work: () => Promise<void>): Promise<Record<string, number>> => {
  const { owner } = tea.server.database;
  const { rows: tables } = await owner.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'lx'::regnamespace order by 1`,
  );
  // A counter spreads over rows of its own by chance; what it counts is compared at the end.
  const counted = tables.filter(({ name }) => name !== 'matter_count');
  const counting = counted.map(({ name }) => `select '${name}' as name, count(*)::int as n from lx.${name}`);
  // By name: a database that counts with helpers gives the tables in no order.
  const counts = async () => {
    const { rows } = await owner.query<{ name: string; n: number }>(counting.join(' union all '));
    return new Map(rows.map(({ name, n }) => [name, n]));
  };
  const before = await counts();
  await work();
  const added = [...(await counts())].map(([name, n]) => [name, n - (before.get(name) ?? 0)] as const);
  return Object.fromEntries(added.filter(([, n]) => n !== 0));
};

describe('a command that comes in many times, at once and late', () => {
  const found = { commands: 0, sent: 0, kinds: Object.keys(kinds).length, most: copies };
  afterAll(() => keepFaultFigure('F5', found));

  it.each(Object.entries(kinds))(
    'leaves what one leaves and has one answer: %s (F5)',
    async (_kind, prepare) => {
      const once = await prepare((count += 1));
      const alone = await rowsAddedBy(async () => void (await answerTo(once)));
      expect(alone).toMatchObject({ command: 1, journal_entry: 1 });
      await inWaves(rounds.F5, 10, async (from, size) => {
        const sends: (() => Promise<Response>)[] = [];
        for (let at = 0; at < size; at += 1) sends.push(await prepare((count += 1)));
        const added = await rowsAddedBy(async () =>
          each(size, async (at) => {
            const send = sends[at] as () => Promise<Response>;
            const times = from + at === 0 ? copies : 2 + (((from + at) * 37) % (copies - 1));
            const answers = await Promise.all(Array.from({ length: times }, async () => answerTo(send)));
            answers.push(await answerTo(send));
            expect(new Set(answers).size).toBe(1);
            expect(answers[0]).toMatch(/^20[01] /);
            found.sent += answers.length;
          }),
        );
        expect(added).toEqual(Object.fromEntries(Object.entries(alone).map(([table, rows]) => [table, rows * size])));
        found.commands += size;
      });
    },
    patience,
  );
});

it(
  'two servers on one database answer the same command alike and give no number twice, while one is exchanged and the schema grows under both (F14)',
  { timeout: patience },
  async () => {
    const { deps, database } = tea.server;
    const pool = openPool(database.appConnection, 10, deps.log);
    const authPool = openPool(database.appConnection, 4, deps.log, ['role=rt_auth', 'search_path=lx']);
    const other = { ...deps, pool, authPool, config: { ...deps.config, host: '127.0.0.1', port: 0 } };
    const second = async (): Promise<Listening> => listen(createApp(other, features), other);
    let serving = await second();
    const numbers: string[] = [];
    const errors = (): number => tea.server.logged.filter(({ event }) => event === 'bug').length;
    const before = errors();
    const began = Date.now();
    try {
      for (let exchange = 0; exchange < rounds.F14; exchange += 1) {
        const here = serving;
        const told = each(20, async (at) => {
          await wait((at * betweenExchanges) / 20);
          const telling = await newTelling(`两台 ${exchange} ${at}`);
          const [one, two] = await Promise.all([until(listening.port, telling), until(here.port, telling)]);
          expect(one).toEqual(two);
          expect(await effectsOf(telling.commandId)).toBe(1);
          numbers.push(one.number);
        });
        // What the next release brings comes first to the database, and goes last: a column that servers of before do not know.
        const grow = database.owner.query('alter table lx.matter add column of_the_next_release text');
        await Promise.all([told, grow]);
        const shrink = database.owner.query('alter table lx.matter drop column of_the_next_release');
        const ending = each(5, async (at) => {
          const telling = await newTelling(`换下 ${exchange} ${at}`);
          const over = tryOver(here.port, telling);
          const answer = await until(listening.port, telling);
          expect((await over) ?? answer).toEqual(answer);
          numbers.push(answer.number);
        });
        await Promise.all([ending, shrink, here.close()]);
        serving = await second();
      }
      expect(new Set(numbers).size).toBe(numbers.length);
      expect(errors()).toBe(before);
      const minutes = Math.round((Date.now() - began) / 60_000);
      keepFaultFigure('F14', { commands: numbers.length, exchanged: rounds.F14, minutes });
    } finally {
      await serving.close();
      await pool.end();
      await authPool.end();
    }
  },
);

/** Where a clock jumps to, from where it stands: ahead, back, far back, over a leap day, over a year's end, and one that runs a tenth too fast. */
const jumps: readonly ((now: number) => number)[] = [
  (now) => now + 3 * 86_400_000,
  (now) => now - 2 * 3_600_000,
  (now) => now - 20 * 86_400_000,
  () => Date.parse('2024-02-28T15:59:59.900Z'),
  () => Date.parse('2024-02-28T16:00:00.100Z'),
  () => Date.parse('2024-02-29T16:00:00.100Z'),
  () => Date.parse('2025-12-31T15:59:59.900Z'),
  () => Date.parse('2025-12-31T16:00:00.100Z'),
  (now) => now + 3_600_000 * 1.1,
  () => Date.parse('2026-03-06T01:00:00.000Z'),
];

it(
  'a clock that jumps, ahead, back, over a leap day and a year’s end, or runs too fast, loses no repetition and no session, and what follows is answered (F13)',
  { timeout: patience },
  async () => {
    const told = { division: divisions.upper, kind: 'need', fields: { wanted: '钟' } };
    const again = async (): Promise<string> =>
      answerTo(async () => post('/api/matters', told, 'the-held-one', clerk()));
    const first = await again();
    expect(first).toMatch(/^201 /);
    const numbers: string[] = [];
    for (let jumped = 0; jumped < rounds.F13; jumped += 1) {
      const now = jumps[jumped % jumps.length]?.(Date.parse(tea.server.clock.now())) ?? 0;
      const moment = new Date(now).toISOString();
      tea.server.clock.set(moment);
      expect(await again()).toBe(first);
      const opened = await tea.tell('need', { wanted: moment });
      expect(opened.due === null || opened.due >= moment.slice(0, 10)).toBe(true);
      expect((await tea.read('upperClerk', opened.id)).id).toBe(opened.id);
      numbers.push(opened.number);
    }
    expect(new Set(numbers).size).toBe(numbers.length);
    keepFaultFigure('F13', { jumps: numbers.length });
  },
);

it('afterwards projections are what the facts give, and the log holds together', async () => {
  const { deps, database } = tea.server;
  const owner = await connectOwner({ owner: database.ownerConnection });
  expect((await rebuild(owner, features, deps.clock())).filter((one) => one.differing > 0)).toEqual([]);
  await owner.end();
  await sealCounty(deps, county);
  await publishCounty(deps, county);
  // Back-dated entries are what a clock that jumps looks like: the log says so, and finds nothing else.
  const { findings } = await checkLog(deps, county, []);
  expect(findings.filter((finding) => finding.what !== 'journal-entry-back-dated')).toEqual([]);
});
