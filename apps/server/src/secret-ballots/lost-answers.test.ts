import type { BallotManifest } from '@lianxin/domain';
import { teaCounty, type TestServer } from '@lianxin/testkit/database';
import { until } from '@lianxin/testkit/processes';
import {
  askFirstIssuer,
  ballotVillage,
  opened,
  Phone,
  someBlinded,
  type BallotVillage,
  type Outside,
} from '@lianxin/testkit/secret-ballots';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishCounty, sealCounty } from '../log/index.js';
import { killableServer } from './test-pack/killable-server.js';

/**
 * A server killed between the signature and the answer. Two gates stand in the database, before a list is kept and before it is kept for good, so that each voter
 * is caught at one of them whatever the machine does.
 */
const gates = { keeping: 5701, committing: 5702 } as const;
const { county } = teaCounty;
let village: BallotVillage;
let server: TestServer;
let outside: Outside;
let manifest: BallotManifest;
let slips: { number: number; code: string }[] = [];

const buildGates = `
  create function lx.gate() returns trigger language plpgsql as $$
  begin
    perform pg_advisory_lock(tg_argv[0]::int);
    perform pg_advisory_unlock(tg_argv[0]::int);
    return new;
  end $$;
  create trigger gate_before before insert on lx.secret_ballot_issue for each row execute function lx.gate(${gates.keeping});
  create constraint trigger gate_at_commit after insert on lx.secret_ballot_issue deferrable initially deferred
    for each row execute function lx.gate(${gates.committing});`;

beforeAll(async () => {
  village = await ballotVillage(12);
  ({ server, outside } = village);
  const { clerk } = village;
  const id = await opened(clerk, outside);
  ({ manifest } = (await (await clerk.get(`/api/secret-ballots/${id}`)).json()) as { manifest: BallotManifest });
  ({ slips } = (await (await clerk.get(`/api/secret-ballots/${id}/slips`)).json()) as { slips: typeof slips });
  await sealCounty(server.deps, county);
  await publishCounty(server.deps, county);
  server.clock.set('2026-03-03T02:00:00.000Z');
  await server.database.owner.query(buildGates);
});
afterAll(() => village.close());

interface Kept {
  readonly number: number;
  readonly blinded: string;
  readonly signed: string;
}
const kept = async (): Promise<Kept[]> =>
  (
    await server.database.owner.query<Kept>(
      `select r.number, i.blinded, i.signed from lx.secret_ballot_issue i join lx.secret_ballot_roll r using (county, ballot, person)
       order by r.number`,
    )
  ).rows;

/** Backends of the database that wait at the gates, or still finish what a dead server asked. */
const backends = async (waiting: boolean): Promise<number> =>
  (
    await server.database.owner.query(
      `select from pg_stat_activity where datname = current_database() and usename = 'lx_app' and state = 'active'
       and (not $1 or wait_event = 'advisory')`,
      [waiting],
    )
  ).rowCount ?? 0;
describe('a server that is killed between signing and answering', () => {
  it('leaves each voter one list: the one that was kept, byte for byte, or the first one of the next try; never two, never none', async () => {
    const dying = await killableServer(server);
    const gate = await server.database.owner.connect();
    const ask = (voter: number, blinded: readonly string[]) =>
      fetch(`${dying.url}/api/public-ballots/${county}/${manifest.ballot}/tokens`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code: slips[voter]?.code, blinded }),
      }).then(
        async (answer) => `${answer.status} ${await answer.text()}`,
        () => 'no answer',
      );
    const [keptPhone, lostPhone] = [new Phone(manifest), new Phone(manifest)];
    try {
      // The first voter's list is signed and about to be kept for good; the second's is signed and about to be written.
      await gate.query('select pg_advisory_lock($1)', [gates.committing]);
      const first = ask(0, keptPhone.taking.blinded.a);
      await Promise.race([
        until(async () => (await backends(true)) === 1),
        first.then(async (said) => {
          throw new Error(`answered ${said}`);
        }),
      ]);
      await gate.query('select pg_advisory_lock($1)', [gates.keeping]);
      const second = ask(1, lostPhone.taking.blinded.a);
      await until(async () => (await backends(true)) === 2);
      await dying.kill();
      expect(await Promise.all([first, second])).toEqual(['no answer', 'no answer']);
    } finally {
      await gate.query('select pg_advisory_unlock_all()');
      gate.release();
      await dying.kill();
    }
    await until(async () => (await backends(false)) === 0);
    const before = await kept();
    expect(before.map(({ number }) => number)).toEqual([1]);
    // Both try again at the next server, the first at once many times.
    const again = await Promise.all(Array.from({ length: 10 }, () => keptPhone.askFirst(server, slips[0]?.code ?? '')));
    for (const answer of again) {
      const { signed } = (await answer.json()) as { signed: string[] };
      expect([answer.status, JSON.stringify(signed)]).toEqual([200, before[0]?.signed]);
    }
    expect((await lostPhone.askFirst(server, slips[1]?.code ?? '')).status).toBe(200);
    for (const voter of [0, 1])
      expect((await askFirstIssuer(server, manifest.ballot, slips[voter]?.code ?? '', someBlinded(2))).status).toBe(
        409,
      );
    const after = await kept();
    expect(after.map(({ number, blinded }) => [number, blinded])).toEqual([
      [1, JSON.stringify(keptPhone.taking.blinded.a)],
      [2, JSON.stringify(lostPhone.taking.blinded.a)],
    ]);
    const { rows } = await server.database.owner.query(
      `select channel, count(*)::int as people from lx.secret_ballot_roll group by 1 order by 1`,
    );
    expect(rows).toEqual([
      { channel: 'none', people: 10 },
      { channel: 'online', people: 2 },
    ]);
  });
});
