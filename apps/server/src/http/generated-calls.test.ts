import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CallRunner, contractRoutes, type CallsReport } from '@lianxin/testkit/calls';
import { features } from '../features.js';
import { checkLog, logCounties, publishCounty, sealCounty } from '../log/index.js';
import { connectOwner } from '../storage/database.js';
import { rebuild } from '../storage/rebuild.js';
import { callingCounty, type CallingCounty } from './test-pack/calling-county.js';

/**
 * Log-ins cost here what a call costs: a password's slow hash took half of the time, and it is shown in the tests of log-in itself.
 */
vi.mock('../access/password-hash.js', () => {
  const hashPassword = async (password: string): Promise<string> => createHash('sha256').update(password).digest('hex');
  return {
    hashPassword,
    verifyPassword: async (given: { hash: string; password: string }) =>
      given.hash === (await hashPassword(given.password)),
  };
});

/** A little more than a minute of one core where a change is judged, a part of it on the way there; `npm run campaign` asks for as many as wanted. */
const most = Number(process.env.LIANXIN_CALLS ?? (process.env.CI === undefined ? 4_000 : 30_000));
/** The same for everybody who changes something, so that a red line is about the change; campaigns draw other seeds. */
const seed = Number(process.env.LIANXIN_SEED ?? 20_261_127);
/** A campaign ends at a moment, however far it came. */
const until = Number(process.env.LIANXIN_UNTIL ?? Number.POSITIVE_INFINITY);
const again = `LIANXIN_SEED=${seed} LIANXIN_CALLS=${most} repeats it`;

describe(`${most} calls generated from the contract, by people of every post`, () => {
  let county: CallingCounty;
  let report: CallsReport;
  beforeAll(
    async () => {
      county = await callingCounty(seed);
      const began = performance.now();
      const worked = process.cpuUsage();
      report = await new CallRunner(county.server, county.callers, county.files).run(seed, most, county.pass, until);
      const seconds = Math.round((performance.now() - began) / 1000);
      const { user, system } = process.cpuUsage(worked);
      const { statuses, p99, slowest, done, asked, codes } = report;
      console.log(
        `${report.calls} generated calls in ${seconds} s (${Math.round((user + system) / 1e6)} s of a core, without the database), ${again}; statuses ${JSON.stringify(statuses)}; ${done.size} of ${asked.size} routes did what was asked; ${codes.size} codes of refusals; p99 ${p99} ms, slowest ${slowest} ms`,
      );
      const { LIANXIN_CAMPAIGN: file } = process.env;
      if (file !== undefined)
        writeFileSync(
          file,
          JSON.stringify({
            seed,
            calls: report.calls,
            asked: asked.size,
            codes: [...codes],
            p99,
            serverErrors: Object.entries(statuses).reduce(
              (sum, [status, n]) => sum + (Number(status) >= 500 ? n : 0),
              0,
            ),
            failures: report.failures,
          }),
        );
    },
    600_000 + most * 300,
  );
  afterAll(async () => county.server.close(), 600_000);

  it('are never answered with 5xx; every refusal has a known code and words, every answer is what the contract promises', () => {
    expect(report.failures, again).toEqual([]);
    expect(Object.keys(report.statuses).filter((status) => Number(status) >= 500)).toEqual([]);
  });

  it('reach every route, and most of them do what was asked at least once', () => {
    const missed = contractRoutes()
      .map((route) => `${route.method} ${route.path}`)
      .filter((route) => !report.done.has(route));
    console.log(`never carried out: ${missed.join(', ')}`);
    // A campaign whose time is over may not have come round.
    const whole = report.calls >= most;
    expect(report.asked.size).toBeGreaterThanOrEqual(whole ? contractRoutes().length : 1);
    expect(report.done.size).toBeGreaterThan(whole ? (most < 10_000 ? 80 : 100) : 0);
  });

  it('leave projections that the facts give, a log that holds together, and no connection behind', async () => {
    const { deps, database } = county.server;
    const owner = await connectOwner({ owner: database.ownerConnection });
    const projections = await rebuild(owner, features, deps.clock());
    await owner.end();
    expect(projections.filter((one) => one.differing > 0)).toEqual([]);
    for (const code of await logCounties(deps)) {
      await sealCounty(deps, code);
      await publishCounty(deps, code);
      expect((await checkLog(deps, code, [])).findings).toEqual([]);
    }
    expect(deps.pool.totalCount - deps.pool.idleCount).toBe(0);
  });
});
