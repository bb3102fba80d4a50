/**
 * Campaigns 专项测试: what takes too long for every run of the tests, on purpose, with its figure kept in reliability/figures.json.
 *
 *   npm run campaign -- --calls 1000000 [--seed N] [--minutes N] [--lanes N]   generated API calls, a fresh county every 30,000, each with the next seed
 *   npm run campaign -- --calls 1000000 --go-on      the same from where a campaign was stopped, until the two together are so many
 *   npm run campaign -- --faults F1,F4=12            faults of the plan, each as often as it wants or as is asked for (scripts/faults.mjs)
 *   npm run campaign -- --ballots ballot-links=20    attacks on secret ballots and models of them, likewise (scripts/ballots.mjs)
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { ballots } from './ballots.mjs';
import { faults } from './faults.mjs';
import { circumstances, keepFigure, readFigures } from './figures.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    calls: { type: 'string' },
    faults: { type: 'string' },
    ballots: { type: 'string' },
    seed: { type: 'string' },
    'go-on': { type: 'boolean', default: false },
    minutes: { type: 'string' },
    lanes: { type: 'string' },
  },
});

/** Runs one test file of the server; gives the report it wrote, if it came so far, and whether all of it passed. */
const runTest = async (file, settings, { project = 'server', lane = 0, only } = {}) => {
  const report = path.join(root, `.tmp/campaign-${process.pid}-${lane}.json`);
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const running = spawn(
    'npx',
    ['vitest', 'run', '--project', project, file, ...(only === undefined ? [] : ['-t', only])],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...settings, LIANXIN_CAMPAIGN: report },
    },
  );
  const [status] = await once(running, 'exit');
  return {
    passed: status === 0,
    report: existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined,
  };
};

/** One county wears out: posts end, villages fill. After so many calls the next county begins. */
const ofOneCounty = 30_000;

/** What the counties of one run of the campaign found together; a run is of one commit, and goes on where another was stopped. */
const runOf = (turns) => {
  const sum = (of) => turns.reduce((total, turn) => total + of(turn), 0);
  const seeds = turns.map((turn) => turn.seed);
  const { commit, date } = circumstances();
  return {
    commit,
    date,
    seeds: [Math.min(...seeds), Math.max(...seeds)],
    calls: sum((turn) => turn.calls),
    routes: Math.max(...turns.map((turn) => turn.asked)),
    codes: new Set(turns.flatMap((turn) => turn.codes)).size,
    serverErrors: sum((turn) => turn.serverErrors),
    otherwise: sum((turn) => turn.failures.length),
    p99Milliseconds: Math.max(...turns.map((turn) => turn.p99)),
  };
};

const keepCalls = (runs, command) => {
  const sum = (of) => runs.reduce((total, run) => total + of(run), 0);
  const most = (of) => Math.max(...runs.map(of));
  const calls = sum((run) => run.calls);
  const serverErrors = sum((run) => run.serverErrors);
  const otherwise = sum((run) => run.otherwise);
  const routes = most((run) => run.routes);
  // Which codes they were is known while a run lasts; of several runs, the most that one met.
  const codes = most((run) => run.codes);
  const commits = [...new Set(runs.map((run) => run.commit))].join(', ');
  const several = runs.length > 1;
  keepFigure('calls', {
    en: `${calls.toLocaleString('en')} generated API calls to ${routes} routes${several ? ` in ${runs.length} runs (commits ${commits})` : ''}: **${serverErrors}** answers 5xx, **${otherwise}** kinds of answer other than the contract promises, every refusal with a known code (${codes} of them${several ? ' in one run' : ''})`,
    zh: `${routes} 个接口，${several ? `分 ${runs.length} 次（版本 ${commits}）共 ` : ''}${calls.toLocaleString('en')} 次生成的调用：5xx **${serverErrors}** 次，不合约定的答复 **${otherwise}** 类，拒绝都有已知代码（${several ? '一次中' : ''}遇到 ${codes} 种）`,
    calls,
    serverErrors,
    otherwise,
    p99Milliseconds: most((run) => run.p99Milliseconds),
    runs,
    command,
  });
};

/** The runs that a campaign goes on from, and the seed after the last of them; a seed is a county that nobody has seen. */
const stoppedAt = () => {
  const { runs } = readFigures().calls ?? {};
  if (runs === undefined) throw new RangeError('--go-on: no campaign of calls was stopped here');
  return { runs, seed: Math.max(...runs.map(({ seeds: [, last] }) => last)) + 1 };
};

/**
 * County after county, each with the next seed, until all calls were made or the minutes are over. The figure is kept after each county, so
 * that a campaign that is ended says how far it came, and another can go on from there; what broke a promise is counted in it, printed, and
 * makes the campaign fail. Each lane is a process of its own: a county's calls follow each other, so that they can be repeated.
 */
const callCampaign = async ({ most, seed, before, minutes, lanes }) => {
  const until = Date.now() + minutes * 60_000;
  const turns = [];
  let next = seed;
  let left = most - before.reduce((total, run) => total + run.calls, 0);
  const first = before[0]?.seeds[0] ?? seed;
  const lane = async (at) => {
    while (left > 0 && Date.now() < until) {
      const size = Math.min(ofOneCounty, left);
      left -= size;
      const settings = { LIANXIN_CALLS: String(size), LIANXIN_SEED: String(next), LIANXIN_UNTIL: String(until) };
      next += 1;
      const turn = await runTest('src/http/generated-calls', settings, { project: 'calls', lane: at });
      if (turn.report === undefined) return false;
      const after =
        turn.passed || turn.report.failures.length > 0 ? [] : ['what is left afterwards does not hold together'];
      turns.push({ ...turn.report, failures: [...turn.report.failures, ...after] });
      keepCalls([...before, runOf(turns)], `npm run campaign -- --calls ${most} --seed ${first}`);
    }
    return true;
  };
  const ended = await Promise.all(Array.from({ length: lanes }, (_, at) => lane(at)));
  for (const { failures } of turns) for (const failure of failures) console.error(failure);
  return ended.every(Boolean) && turns.every(({ failures }) => failures.length === 0) ? 0 : 1;
};

/** Each of a table, and however often it is asked for in words such as `F1=100,F4`: as often as the plan wants where nothing else is said. */
const tableCampaign = async (option, table, asked) => {
  const wanted = new Map();
  for (const one of asked.split(',')) {
    const [id, often] = one.split('=');
    if (table[id] === undefined) throw new RangeError(`--${option} ${id}: there are ${Object.keys(table).join(', ')}`);
    wanted.set(id, number(option, often ?? String(table[id].rounds)));
  }
  let status = 0;
  for (const [id, rounds] of wanted) {
    const { file, project, settings, words } = table[id];
    // A test of several faults is told which one, and writes the figure of each under its name.
    const { passed, report } =
      settings === undefined
        ? await runTest(file, { LIANXIN_ROUNDS: `${id}=${rounds}` }, { only: `\\(${id}\\)` })
        : await runTest(file, settings(rounds), { project });
    const found = settings === undefined ? report?.[id] : report;
    if (!passed || found === undefined) status = 1;
    else keepFigure(id, { ...words(found), ...found, command: `npm run campaign -- --${option} ${id}=${rounds}` });
  }
  return status;
};

const number = (name, text) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`--${name} ${text}: a whole number is needed`);
  return value;
};

if (values.calls === undefined && values.faults === undefined && values.ballots === undefined) {
  console.error(
    `npm run campaign -- --calls N [--seed N | --go-on] [--minutes N] [--lanes N] | --faults ${Object.keys(faults).join(',')} | --ballots ${Object.keys(ballots).join(',')}`,
  );
  process.exit(2);
}
let status = 0;
if (values.calls !== undefined) {
  const newSeed = number('seed', values.seed ?? String(Date.now() % 1_000_000));
  const { runs: before, seed } = values['go-on'] ? stoppedAt() : { runs: [], seed: newSeed };
  status ||= await callCampaign({
    most: number('calls', values.calls),
    seed,
    before,
    minutes: number('minutes', values.minutes ?? '100000'),
    lanes: number('lanes', values.lanes ?? '1'),
  });
}
if (values.faults !== undefined) status ||= await tableCampaign('faults', faults, values.faults);
if (values.ballots !== undefined) status ||= await tableCampaign('ballots', ballots, values.ballots);
process.exitCode = status;
