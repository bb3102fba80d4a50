/**
 * Campaigns of the secret ballot 无记名投票专项: what takes too long for every run of the tests, its figures kept in reliability/figures.json.
 *
 *   node scripts/ballot-campaign.mjs --links 100              so many ballots of 200 voters, in which an attacker with everything that is kept guesses who voted what
 *   node scripts/ballot-campaign.mjs --ballots 100 [--seed N] so many whole ballots of random steps against a model
 *   node scripts/ballot-campaign.mjs --tokens 1000            so many tokens by our client and by a second implementation of RFC 9474
 *   node scripts/ballot-campaign.mjs --worlds                 two elections with two votes exchanged, everything read by everybody
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { keepFigure } from './figures.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const report = path.join(root, '.tmp/ballot-campaign.json');
const { values } = parseArgs({
  options: {
    links: { type: 'string' },
    ballots: { type: 'string' },
    tokens: { type: 'string' },
    worlds: { type: 'boolean' },
    seed: { type: 'string' },
  },
});

/** Runs one test file, of the server unless it is another project's, and gives the report it wrote; undefined when it failed. */
const runTest = (file, settings, project = 'server') => {
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const done = spawnSync('npx', ['vitest', 'run', '--project', project, file], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...settings, LIANXIN_CAMPAIGN: report },
  });
  return done.status === 0 && existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
};

/** Voters of each ballot that is attacked. */
const attacked = 200;

const linkCampaign = (elections) => {
  const found = runTest('src/secret-ballots/attackers', {
    LIANXIN_ELECTIONS: String(elections),
    LIANXIN_VOTERS: String(attacked),
  });
  if (found === undefined) return 1;
  const { attacks, best } = found;
  const mean = (best.links / elections).toFixed(2);
  const sigmas = best.sigmas.toFixed(1);
  keepFigure('ballot-links', {
    en: `${elections} secret ballots of ${attacked} voters, ${attacks} ways to match all that issuers and box keep: the best finds ${mean} of ${attacked} a ballot, chance finds 1 (${sigmas} σ); a box that is still open shows its operator every one`,
    zh: `${elections} 次无记名投票、每次 ${attacked} 人，用两家签发和票箱保存的全部数据按 ${attacks} 种办法对号：最好的一种每次猜中 ${mean} 人，瞎猜是 1 人（${sigmas} σ）`,
    ...found,
    command: `node scripts/ballot-campaign.mjs --links ${elections}`,
  });
  return 0;
};

const ballotCampaign = (ballots, seed) => {
  const found = runTest('src/secret-ballots/ballot-model', {
    LIANXIN_BALLOTS: String(ballots),
    LIANXIN_SEED: String(seed),
  });
  if (found === undefined) return 1;
  keepFigure('ballot-model', {
    en: `${ballots} secret ballots of ${found.steps} random steps (tokens, votes, paper, lost phones): issued never fewer than returned, **0** counted twice, **0** shut out, every file holds in V1 to V12`,
    zh: `${ballots} 次无记名投票，每次随机 ${found.steps} 步（领票、投票、纸票、丢手机）：发出从不少于收回，重复计票 **0**，被挡在外面 **0**，存档全部通过复核`,
    ...found,
    command: `node scripts/ballot-campaign.mjs --ballots ${ballots} --seed ${seed}`,
  });
  return 0;
};

const tokenCampaign = (tokens) => {
  const found = runTest('src/secret-ballot/blind', { LIANXIN_TOKENS: String(tokens) }, 'domain');
  if (found === undefined) return 1;
  keepFigure('ballot-tokens', {
    en: `${tokens} tokens each way between our client and a second implementation of RFC 9474 (RSA-3072, RSABSSA-SHA384-PSS-Deterministic): all verify, by OpenSSL too`,
    zh: `本程序与另一套 RFC 9474 实现互验双向各 ${tokens} 张（RSA-3072），OpenSSL 再验：全部通过`,
    ...found,
    command: `node scripts/ballot-campaign.mjs --tokens ${tokens}`,
  });
  return 0;
};

const worldCampaign = () => {
  const found = runTest('src/secret-ballots/differential-worlds', { LIANXIN_WORLDS: 'whole' });
  if (found === undefined) return 1;
  keepFigure('ballot-worlds', {
    en: `two elections with two votes exchanged: ${found.seen} answers, tables, files and logs of everybody but the two voters equal to the byte`,
    zh: `两次只有两人互换选择的投票：除这两人以外，所有人看到的 ${found.seen} 份答复、数据表、文件和日志逐字节相同`,
    ...found,
    command: 'node scripts/ballot-campaign.mjs --worlds',
  });
  return 0;
};

const number = (name, text) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`--${name} ${text}: a whole number is needed`);
  return value;
};

if (Object.keys(values).every((name) => name === 'seed')) {
  console.error('node scripts/ballot-campaign.mjs --links N | --ballots N [--seed N] | --tokens N | --worlds');
  process.exit(2);
}
let status = 0;
if (values.links !== undefined) status ||= linkCampaign(number('links', values.links));
if (values.ballots !== undefined)
  status ||= ballotCampaign(number('ballots', values.ballots), number('seed', values.seed ?? '9474'));
if (values.tokens !== undefined) status ||= tokenCampaign(number('tokens', values.tokens));
if (values.worlds === true) status ||= worldCampaign();
process.exitCode = status;
