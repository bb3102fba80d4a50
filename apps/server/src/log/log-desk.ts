import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { LogCheckView, LogView } from '@lianxin/contract';
import { countyDate, fault, freshFor, ok, refuse, type Fault, type Result } from '@lianxin/domain';
import type { SessionActor } from '../access/index.js';
import type { Deps } from '../deps.js';
import { inContext } from '../storage/index.js';
import { checkLog } from './check-log.js';
import { logRootAt } from './log-root.js';
import { logStanding } from './log-standing.js';
import { logContext, readYears } from './log.store.js';
import { writeDurably } from '../storage/write-durably.js';

const nothing: LogCheckView = {
  state: 'none',
  startedAt: null,
  finishedAt: null,
  done: 0,
  total: 0,
  entries: 0,
  erased: 0,
  findings: [],
};

/** Checks that run in this process, by county, each with the command that asked for it. */
const running = new Map<string, { readonly asked: string; view: LogCheckView }>();

const fileOf = (deps: Deps, county: string): string => path.join(deps.config.data, 'log', county, 'last-check');

/** The check that runs, else the last one, which outlives a restart. */
const checkOf = (deps: Deps, county: string): LogCheckView => {
  const now = running.get(county)?.view;
  if (now !== undefined) return now;
  const file = fileOf(deps, county);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as LogCheckView) : nothing;
};

/** Only an office with the duty to audit reads and checks the log here; the log itself everybody reads at its own addresses. */
const mayAudit = (actor: SessionActor): Fault | undefined =>
  actor.office === null
    ? fault('not-found')
    : actor.context.caps.includes('audit')
      ? undefined
      : fault('capability-missing', { what: '核对公开册' });

/** The logs of the auditor's county 公开册. Refuses `not-found` without an office, `capability-missing` without the duty. */
export const readLogDesk = async (deps: Deps, actor: SessionActor): Promise<Result<LogView>> => {
  const refused = mayAudit(actor);
  if (refused !== undefined) return refuse(refused);
  const { county } = actor.context;
  const now = deps.clock();
  const years = await inContext(deps, logContext(county), async (tx) => {
    const filled: LogView['years'] = [];
    for (const log of (await readYears(tx, county)).toReversed()) {
      const standing = await logStanding(tx, deps, county, log.year);
      const root = await logRootAt(tx, log);
      if (standing === undefined || root === undefined) continue;
      filled.push({
        year: log.year,
        key: log.key,
        digits: root.digits,
        ...standing,
        witnesses: [...standing.witnesses],
        stale: !standing.frozen && Date.parse(now) - Date.parse(standing.signedAt) > freshFor,
      });
    }
    return filled;
  });
  return ok({ county, today: countyDate(now), years, check: checkOf(deps, county) });
};

/**
 * Starts a check of the auditor's county; one at a time, and the command that started it hears so again when it is repeated. It changes
 * nothing but the note of what came of it.
 */
export const startLogCheck = async (
  deps: Deps,
  actor: SessionActor,
  commandId: string,
): Promise<Result<{ started: boolean }>> => {
  const refused = mayAudit(actor);
  if (refused !== undefined) return refuse(refused);
  const { county } = actor.context;
  const asked = `${actor.key} ${commandId}`;
  const now = running.get(county);
  if (now !== undefined) return ok({ started: now.asked === asked });
  const started: LogCheckView = { ...nothing, state: 'running', startedAt: deps.clock() };
  running.set(county, { asked, view: started });
  void carryOut(deps, county, asked, started);
  return ok({ started: true });
};

const carryOut = async (deps: Deps, county: string, asked: string, started: LogCheckView): Promise<void> => {
  try {
    const check = await checkLog(deps, county, [], (done, total) =>
      running.set(county, { asked, view: { ...started, done, total } }),
    );
    const findings = check.findings
      .slice(0, 200)
      .map(({ table, row, year, index, what }) => ({ table, row, year, index, what }));
    const ended: LogCheckView = {
      ...started,
      state: 'done',
      finishedAt: deps.clock(),
      done: check.leaves,
      total: check.leaves,
      entries: check.entries,
      erased: check.erased,
      findings,
    };
    await writeDurably(fileOf(deps, county), JSON.stringify(ended));
    if (findings.length > 0) deps.log('error', 'log-check-findings', { county, findings: findings.length });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    deps.log('error', 'log-check-failed', { county, error: said });
    await writeDurably(fileOf(deps, county), JSON.stringify({ ...started, state: 'failed', finishedAt: deps.clock() }));
  } finally {
    running.delete(county);
  }
};
