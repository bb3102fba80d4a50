/**
 * Campaigns 专项测试: what takes too long for every run of the tests, on purpose, with its figure kept in reliability/figures.json.
 *
 *   npm run campaign -- --calls 1000000 [--seed N] [--minutes N]   generated API calls, a fresh county every 30,000, each with the next seed
 *   npm run campaign -- --kills 100                  kill -9 of the server, and of all PostgreSQL processes
 *   npm run campaign -- --faults 300                 so many connections of each kind of bad network, commands that come many times, two servers
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { keepFigure } from './figures.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const report = path.join(root, '.tmp/campaign.json');
const { values } = parseArgs({
  options: {
    calls: { type: 'string' },
    kills: { type: 'string' },
    faults: { type: 'string' },
    seed: { type: 'string' },
    minutes: { type: 'string' },
  },
});

/** Runs one test file of the server; gives the report it wrote, if it came so far, and whether all of it passed. */
const runTest = (file, settings) => {
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const done = spawnSync('npx', ['vitest', 'run', '--project', 'server', file], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...settings, LIANXIN_CAMPAIGN: report },
  });
  return {
    passed: done.status === 0,
    report: existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined,
  };
};

/** One county wears out: posts end, villages fill. After so many calls the next county begins. */
const ofOneCounty = 30_000;

const keepCalls = (turns, { most, seed }) => {
  const sum = (of) => turns.reduce((total, turn) => total + of(turn), 0);
  const calls = sum((turn) => turn.calls);
  const serverErrors = sum((turn) => turn.serverErrors);
  const otherwise = sum((turn) => turn.failures.length);
  const routes = Math.max(...turns.map((turn) => turn.asked));
  const codes = new Set(turns.flatMap((turn) => turn.codes)).size;
  keepFigure('calls', {
    en: `${calls.toLocaleString('en')} generated API calls to ${routes} routes: **${serverErrors}** answers 5xx, **${otherwise}** kinds of answer other than the contract promises, every refusal with one of ${codes} known codes`,
    zh: `${routes} 个接口，${calls.toLocaleString('en')} 次生成的调用：5xx **${serverErrors}** 次，不合约定的答复 **${otherwise}** 类，拒绝都有已知代码（遇到 ${codes} 种）`,
    calls,
    serverErrors,
    otherwise,
    p99Milliseconds: Math.max(...turns.map((turn) => turn.p99)),
    seeds: turns.map((turn) => turn.seed),
    command: `npm run campaign -- --calls ${most} --seed ${seed}`,
  });
};

/**
 * County after county, each with the next seed, until all calls were made or the minutes are over. The figure is kept after each county, so
 * that a campaign that is ended says how far it came; what broke a promise is counted in it, printed, and makes the campaign fail.
 */
const callCampaign = (most, seed, minutes) => {
  const until = Date.now() + minutes * 60_000;
  const turns = [];
  const made = () => turns.reduce((total, turn) => total + turn.calls, 0);
  while (made() < most && Date.now() < until) {
    const size = Math.min(ofOneCounty, most - made());
    const turn = runTest('src/http/generated-calls', {
      LIANXIN_CALLS: String(size),
      LIANXIN_SEED: String(seed + turns.length),
      LIANXIN_UNTIL: String(until),
    });
    if (turn.report === undefined) return 1;
    const after =
      turn.passed || turn.report.failures.length > 0 ? [] : ['what is left afterwards does not hold together'];
    turns.push({ ...turn.report, failures: [...turn.report.failures, ...after] });
    keepCalls(turns, { most, seed });
  }
  return turns.some((turn) => turn.failures.length > 0) ? 1 : 0;
};

const killCampaign = (kills) => {
  const { passed, report: found } = runTest('src/kills', { LIANXIN_KILLS: String(kills) });
  if (!passed || found === undefined) return 1;
  for (const [id, one] of Object.entries(found))
    keepFigure(id, {
      en: `${one.kills} kill -9: ${one.answered} requests answered, ${one.unknown} of them after an unknown outcome; **0** lost, **0** doubled`,
      zh: `强行结束 ${one.kills} 次，答复 ${one.answered} 件，其中 ${one.unknown} 件曾不知结果；丢失 **0**，重复 **0**`,
      ...one,
      command: `npm run campaign -- --kills ${kills}`,
    });
  return 0;
};

const faultCampaign = (rounds) => {
  const { passed, report: found } = runTest('src/faults.test', { LIANXIN_FAULTS: String(rounds) });
  if (!passed || found === undefined) return 1;
  const { duplicates, clock: _clock, ...networks } = found;
  const kinds = Object.keys(networks).length;
  const cut = Object.values(networks).reduce((sum, one) => sum + one.unknown, 0);
  keepFigure('network', {
    en: `${rounds * kinds} connections of ${kinds} kinds of bad network (${cut} cut before the answer), ${duplicates.commands} commands sent ${duplicates.sent} times: **0** lost, **0** doubled, one answer each`,
    zh: `${kinds} 种坏网络 ${rounds * kinds} 次连接（${cut} 次未等到答复就断了），${duplicates.commands} 条指令重复提交 ${duplicates.sent} 次：丢失 **0**，重复 **0**，答复始终同一个`,
    command: `npm run campaign -- --faults ${rounds}`,
  });
  return 0;
};

const number = (name, text) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`--${name} ${text}: a whole number is needed`);
  return value;
};

if (values.calls === undefined && values.kills === undefined && values.faults === undefined) {
  console.error('npm run campaign -- --calls N [--seed N] [--minutes N] | --kills N | --faults N');
  process.exit(2);
}
let status = 0;
if (values.calls !== undefined)
  status ||= callCampaign(
    number('calls', values.calls),
    number('seed', values.seed ?? String(Date.now() % 1_000_000)),
    number('minutes', values.minutes ?? '100000'),
  );
if (values.kills !== undefined) status ||= killCampaign(number('kills', values.kills));
if (values.faults !== undefined) status ||= faultCampaign(number('faults', values.faults));
process.exitCode = status;
