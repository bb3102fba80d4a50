import type { Opened } from '@lianxin/contract';
import {
  faultRounds,
  faultyNetwork,
  keepFaultFigure,
  networkFaults,
  teaCounty,
  type FaultyNetwork,
} from '@lianxin/testkit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from './app.js';
import { features } from './features.js';
import { listen, type Listening } from './http/serve.js';
import { checkLog, publishCounty, sealCounty } from './log/index.js';
import { teaServer, type TeaServer } from './matters/test-pack/tea-server.js';
import { connectOwner, openPool } from './storage/database.js';
import { rebuild } from './storage/rebuild.js';

/** Connections of each kind of bad network, commands that come in several times; a campaign asks for more: `npm run campaign -- --faults F5,F7`. */
const rounds = { F5: faultRounds('F5', 12), F7: faultRounds('F7', 4), F14: faultRounds('F14', 20) } as const;
/** A silent connection is waited for each time. */
const patience = 120_000 + Math.max(...Object.values(rounds)) * 5_000;
const { county, divisions } = teaCounty;
const cut = { connections: 0, unknown: 0 };

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
  keepFaultFigure('F7', { kinds: networkFaults.length, ...cut });
  await network.close();
  await listening.close();
  await tea.server.close();
});

interface Telling {
  readonly formToken: string;
  readonly commandId: string;
  readonly wanted: string;
}
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

describe('a bad network between resident and server', () => {
  it.each(networkFaults)(
    'that is “%s” loses nothing and doubles nothing: the same command again gets the one answer (F7)',
    async (fault) => {
      let unknown = 0;
      for (let round = 0; round < rounds.F7; round += 1) {
        const telling = await newTelling(`${fault} ${round}`);
        // Cut everywhere: in the head, in the body, in the answer.
        network.become(fault, 40 + round * 131);
        const first = await tryOver(network.port, telling);
        if (first === undefined) unknown += 1;
        const answer = await until(listening.port, telling);
        expect(first ?? answer).toEqual(answer);
        expect(await effectsOf(telling.commandId)).toBe(1);
      }
      cut.connections += rounds.F7;
      cut.unknown += unknown;
      const mustHideAnswers = ['cut-request', 'cut-answer', 'reset-after-request', 'silent'].includes(fault);
      expect(unknown > 0 || !mustHideAnswers).toBe(true);
    },
    patience,
  );
});

it(
  'a command that comes in many times, at once and late, has one effect and one answer (F5)',
  { timeout: patience },
  async () => {
    const commands = rounds.F5;
    let sent = 0;
    for (let at = 0; at < commands; at += 1) {
      const telling = await newTelling(`重复 ${at}`);
      const times = 2 + ((at * 7) % 19);
      const answers = await Promise.all(Array.from({ length: times }, () => until(listening.port, telling)));
      answers.push(await until(listening.port, telling));
      sent += answers.length;
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(await effectsOf(telling.commandId)).toBe(1);
    }
    keepFaultFigure('F5', { commands, sent });
  },
);

it(
  'two servers on one database answer the same command alike and give no number twice (F14)',
  { timeout: patience },
  async () => {
    const { deps, database } = tea.server;
    const pool = openPool(database.appConnection, 10, deps.log);
    const authPool = openPool(database.appConnection, 4, deps.log, ['role=rt_auth', 'search_path=lx']);
    const other = { ...deps, pool, authPool, config: { ...deps.config, host: '127.0.0.1', port: 0 } };
    const second = await listen(createApp(other, features), other);
    try {
      const told = await Promise.all(
        Array.from({ length: rounds.F14 }, async (_, at) => {
          const telling = await newTelling(`两台 ${at}`);
          const [one, two] = await Promise.all([until(listening.port, telling), until(second.port, telling)]);
          expect(one).toEqual(two);
          expect(await effectsOf(telling.commandId)).toBe(1);
          return one.number;
        }),
      );
      expect(new Set(told).size).toBe(told.length);
      keepFaultFigure('F14', { commands: told.length });
    } finally {
      await second.close();
      await pool.end();
      await authPool.end();
    }
  },
);

it('a clock that jumps, ahead, back and over a year’s end, loses no repetition, and what follows is answered (F13)', async () => {
  const told = { division: divisions.upper, kind: 'need', fields: { wanted: '钟' } };
  const again = async () => {
    const answer = await tea.as('upperClerk').send('POST', '/api/matters', told, { 'idempotency-key': 'the-held-one' });
    expect(answer.status).toBe(201);
    return (await answer.json()) as Opened;
  };
  const first = await again();
  const moments = [
    '2026-03-05T01:00:00.000Z',
    '2026-03-04T23:00:00.000Z',
    '2026-02-12T23:00:00.000Z',
    '2025-12-31T15:59:59.900Z',
    '2025-12-31T16:00:00.100Z',
    '2026-03-06T01:00:00.000Z',
  ];
  for (const moment of moments) {
    tea.server.clock.set(moment);
    expect(await again()).toEqual(first);
    const opened = await tea.tell('need', { wanted: moment });
    expect(opened.due === null || opened.due >= moment.slice(0, 10)).toBe(true);
  }
  keepFaultFigure('F13', { jumps: moments.length });
});

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
