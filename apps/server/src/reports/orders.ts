import { ok, type Result } from '@lianxin/domain';
import type { OrdersReport, ReportQuery } from '@lianxin/contract';
import type { SessionActor } from '../access/index.js';
import { directoryFor, type MatterDeps } from '../matters/index.js';
import { inContext, type Tx } from '../storage/index.js';
import { eachCase, type Case } from './cases.js';
import { median } from './percentile.js';
import { scopeFor } from './reports.store.js';

interface Sum {
  total: number;
  accepted: number;
  done: number;
  confirmed: number;
  refused: number;
  readonly reasons: Map<string, number>;
  readonly toAccept: number[];
  readonly toDone: number[];
  lateToAccept: number;
  lateToDone: number;
  reminders: number;
  escalated: number;
}

const empty = (): Sum => ({
  total: 0,
  accepted: 0,
  done: 0,
  confirmed: 0,
  refused: 0,
  reasons: new Map(),
  toAccept: [],
  toDone: [],
  lateToAccept: 0,
  lateToDone: 0,
  reminders: 0,
  escalated: 0,
});

const hours = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 3_600_000;

/** The office that accepted or refused, else the one it rests with. */
const bodyOf = ({ file }: Case): string | null =>
  file.acts.find((act) => act.sense === 'accept' || act.sense === 'refuse')?.office_body ?? file.matter.holder_body;

const add = (sum: Sum, one: Case): void => {
  const { file, progress, packed } = one;
  const { matter, acts } = file;
  const first = packed.procedure.stages[0]?.id;
  sum.total += 1;
  const opened = acts[0]?.occurred_at ?? matter.opened_at;
  if (matter.accepted_at !== null) {
    sum.accepted += 1;
    sum.toAccept.push(hours(opened, matter.accepted_at));
  }
  if (matter.claimed_at !== null) {
    sum.done += 1;
    sum.toDone.push(hours(opened, matter.claimed_at));
  }
  if (matter.confirmed_by !== null) sum.confirmed += 1;
  for (const act of acts) {
    if (act.sense === 'refuse') {
      sum.refused += 1;
      const rule = Object.entries(act.body).find(([id, value]) => /reason|why/u.test(id) && typeof value === 'string');
      const reason = String(
        rule?.[1] ?? Object.values(act.body).find((value) => typeof value === 'string') ?? '未写明',
      );
      sum.reasons.set(reason, (sum.reasons.get(reason) ?? 0) + 1);
    }
    if (act.sense === 'hand-up' && act.actor_kind === 'system') sum.escalated += 1;
  }
  sum.reminders += file.reminders;
  const late = progress.clocks.filter((clock) => clock.late);
  if (late.some((clock) => clock.stage === first)) sum.lateToAccept += 1;
  if (late.some((clock) => clock.stage !== first)) sum.lateToDone += 1;
};

interface Named {
  readonly id: string;
  readonly name: string;
  readonly division: string;
}

/** Bodies that ended since, which the directory of today does not list: their work still counts, under their own name. */
const endedBodies = async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Named>> => {
  if (ids.length === 0) return new Map();
  const rows = await tx.rows<Named & Record<string, unknown>>(
    'select id, name, division from lx.body where county = $1 and id = any($2::uuid[])',
    [tx.context.county, [...ids]],
  );
  return new Map(rows.map((row) => [row.id, row]));
};

/**
 * Orders per branch (三单服务报表) [XQ-14]: totals, times, refusals with their reasons, limits missed, reminders, hand-ups. Of bodies, not of persons.
 * Narrow it by kind or procedure.
 */
export const readOrders = async (
  deps: MatterDeps,
  session: SessionActor,
  query: ReportQuery,
): Promise<Result<OrdersReport>> => {
  const scope = scopeFor(session, query);
  if (!scope.ok) return scope;
  return inContext(deps, session.context, async (tx): Promise<Result<OrdersReport>> => {
    const directory = await directoryFor(deps, tx.context.county);
    const sums = new Map<string, Sum>();
    await eachCase(deps, tx, scope.value, (one) => {
      const body = bodyOf(one);
      if (body === null || one.file.matter.parent !== null) return;
      const sum = sums.get(body) ?? empty();
      sums.set(body, sum);
      add(sum, one);
    });
    const ended = await endedBodies(
      tx,
      [...sums.keys()].filter((body) => directory.body(body) === undefined),
    );
    const rows = [...sums].map(([body, sum]) => ({
      body,
      name: (directory.body(body) ?? ended.get(body))?.name ?? body,
      division: (directory.body(body) ?? ended.get(body))?.division ?? `${tx.context.county}000000`,
      total: sum.total,
      accepted: sum.accepted,
      done: sum.done,
      confirmed: sum.confirmed,
      refused: sum.refused,
      refusalReasons: [...sum.reasons]
        .map(([reason, count]) => ({ reason, count }))
        .toSorted((a, b) => b.count - a.count),
      medianHoursToAccept: median(sum.toAccept),
      medianHoursToDone: median(sum.toDone),
      lateToAccept: sum.lateToAccept,
      lateToDone: sum.lateToDone,
      reminders: sum.reminders,
      escalated: sum.escalated,
    }));
    return ok({ rows: rows.toSorted((a, b) => (a.division + a.name < b.division + b.name ? -1 : 1)) });
  });
};
