import { addDays, startOfCountyDay, type Instant, type PlainDate } from '../date/index.js';
import { textIn } from './field.js';
import type { Act } from './matter.js';
import type { PlannedLimit } from './plan.js';
import type { Standing } from './standing-of.js';

/** Limits that an act starts, and limits that it fulfils. */
export function runClocks(standing: Standing, act: string, fields: Act['fields'], at: Instant): void {
  for (const run of standing.runs) {
    if (run.met === undefined && run.planned.limit.until?.includes(act) === true) run.met = at;
  }
  for (const planned of standing.plan.limits) {
    const anchor = planned.limit.of;
    if (typeof anchor !== 'object') continue;
    if (planned.place !== null && planned.place !== standing.stage) continue;
    if ('act' in anchor) {
      if (anchor.act === act) restart(standing, planned, at);
      continue;
    }
    const day = textIn(fields[anchor.date]);
    if (day === undefined) continue;
    // Where the written day counts itself, the day before it is the one that does not.
    const from = anchor.counted === true ? addDays(day as PlainDate, -1) : (day as PlainDate);
    restart(standing, planned, startOfCountyDay(from));
  }
}

function restart(standing: Standing, planned: PlannedLimit, from: Instant): void {
  const index = standing.runs.findIndex((run) => run.planned === planned && run.met === undefined);
  if (index >= 0) standing.runs.splice(index, 1);
  standing.runs.push({ planned, from, extensions: [] });
}

/** Starts the limits that belong. */
export function startRuns(standing: Standing, belongs: (limit: PlannedLimit) => boolean, from: Instant): void {
  for (const planned of standing.plan.limits) {
    if (belongs(planned)) standing.runs.push({ planned, from, extensions: [] });
  }
}

/** Fulfils the running limits that belong. */
export function meetRuns(standing: Standing, belongs: (limit: PlannedLimit) => boolean, at: Instant): void {
  for (const run of standing.runs) if (run.met === undefined && belongs(run.planned)) run.met = at;
}

/** A limit over the whole matter counts from its opening unless it says otherwise; a stage's limit only where it says so. */
export const countsFromOpening = ({ place, limit }: PlannedLimit): boolean =>
  (limit.of ?? (place === null ? 'opened' : 'stage-entered')) === 'opened';
