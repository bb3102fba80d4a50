import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Deps } from '../deps.js';
import { inContext, systemContext } from '../storage/index.js';
import { collectCosignatures } from './cosign.js';
import { logStanding } from './log-standing.js';
import { logContext, newestYear, readYears } from './log.store.js';
import { publishCounty } from './publish.js';
import { sealCounty } from './seal.js';
import { recordSoftware } from './software.js';
import { policyFile } from './witness-rule.js';

/** Pause between two looks of the sequencer; with the pause below it keeps 入册 within five seconds. */
const sealingPause = 2_000;

/** A checkpoint is signed at most this often. */
const publishingPause = 5_000;

/** Pause between two looks for cosignatures; a witness that failed is asked again with the next. */
const witnessPause = 15_000;

/** A silent witness is named to the operator this often. */
const alarmPause = 3_600_000;

/** Counties that may have something to seal: those with a public act that waits, a day that is over, or no look yet today. */
const countiesWaiting = async (deps: Deps): Promise<string[]> => {
  const rows = await inContext(deps, { ...systemContext('000000', 'rt_journal'), county: '' }, async (tx) =>
    tx.rows<{ county: string }>(
      `select county from lx.journal_entry where log_index is null and leaf = 'public' group by county`,
    ),
  );
  return rows.map((row) => row.county);
};

/** Counties 县 that have a journal at all, found by skipping from one to the next, not by reading the journal. */
export const logCounties = async (deps: Deps): Promise<string[]> => {
  const rows = await inContext(deps, { ...systemContext('000000', 'rt_journal'), county: '' }, async (tx) =>
    tx.rows<{ county: string }>(
      `with recursive c as (
         select min(county) as county from lx.journal_entry
         union all
         select (select min(j.county) from lx.journal_entry j where j.county > c.county) from c where c.county is not null)
       select county from c where county is not null`,
    ),
  );
  return rows.map((row) => row.county);
};

/** The years of which a county has a log. */
export const logYears = async (deps: Deps, county: string): Promise<number[]> =>
  inContext(deps, logContext(county), async (tx) => (await readYears(tx, county)).map((log) => log.year));

/**
 * Starts the sequencer and the publisher; gives the function that stops them after the round they are in.
 *
 * Neither is in the way of a request: they read what was committed. A failure is told to the operator and tried again, and
 * a log that cannot go on in one county does not hold up another.
 */
export const startLog = async (deps: Deps): Promise<() => Promise<void>> => {
  const stopped = new AbortController();
  const published = new Map<string, number>();
  /** Counties in whose journal this process has entered which software it is. */
  const recorded = new Set<string>();
  let lookedAt = 0;

  const tend = async (county: string): Promise<void> => {
    try {
      if (!recorded.has(county)) await recordSoftware(deps, county);
      recorded.add(county);
      await sealCounty(deps, county);
      const now = performance.now();
      if (now - (published.get(county) ?? -Infinity) < publishingPause) return;
      // Set before the attempt: a log that cannot be signed is told of once a minute, not with every look.
      published.set(county, now);
      await publishCounty(deps, county);
    } catch (error) {
      deps.log('error', 'log-stands-still', { county, error: error instanceof Error ? error.message : String(error) });
    }
  };

  /** Counties whose checkpoint is still to be signed after an earlier round. */
  const unpublished = new Set<string>();
  const round = async (): Promise<void> => {
    // Days end and checkpoints grow old by themselves: every minute all counties are looked at.
    const all = performance.now() - lookedAt >= 60_000 || lookedAt === 0;
    const counties = new Set(all ? await logCounties(deps) : await countiesWaiting(deps));
    if (all) lookedAt = performance.now();
    for (const county of unpublished) counties.add(county);
    for (const county of counties) {
      if (stopped.signal.aborted) return;
      const before = published.get(county);
      await tend(county);
      if (published.get(county) === before) unpublished.add(county);
      else unpublished.delete(county);
    }
  };

  const loop = (async () => {
    while (!stopped.signal.aborted) {
      try {
        await round();
      } catch (error) {
        deps.log('error', 'log-stands-still', { error: error instanceof Error ? error.message : String(error) });
      }
      await wait(sealingPause, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  })();
  const witnesses = watchWitnesses(deps, stopped.signal);
  return async () => {
    stopped.abort();
    await Promise.all([loop, witnesses]);
  };
};

/** Counties whose operator named witnesses. */
const witnessedCounties = async (deps: Deps): Promise<string[]> => {
  const counties = await logCounties(deps);
  return counties.filter((county) => existsSync(policyFile(deps.config.data, county)));
};

/** Asks the witnesses beside the sequencer, so that one that hangs holds up no leaf; names those that are silent for 48 hours. */
const watchWitnesses = async (deps: Deps, stopped: AbortSignal): Promise<void> => {
  let alarmedAt = -Infinity;
  while (!stopped.aborted) {
    try {
      const alarm = performance.now() - alarmedAt > alarmPause;
      if (alarm) alarmedAt = performance.now();
      for (const county of await witnessedCounties(deps)) {
        await collectCosignatures(deps, county);
        if (alarm) await nameSilent(deps, county);
      }
    } catch (error) {
      deps.log('error', 'witnesses-not-asked', { error: error instanceof Error ? error.message : String(error) });
    }
    await wait(witnessPause, undefined, { signal: stopped }).catch(() => undefined);
  }
};

/** Names to the operator every witness that has been silent too long 见证缺失; gives their names. */
export const nameSilent = async (deps: Deps, county: string): Promise<string[]> => {
  const standing = await inContext(deps, logContext(county), async (tx) => {
    const log = await newestYear(tx, county);
    return log === undefined ? undefined : logStanding(tx, deps, county, log.year);
  });
  const silent = standing?.witnesses.filter((witness) => witness.silent) ?? [];
  for (const { name, cosignedAt } of silent)
    deps.log('error', 'witness-silent', { log: standing?.origin, witness: name, last: cosignedAt ?? 'never' });
  return silent.map((witness) => witness.name);
};
