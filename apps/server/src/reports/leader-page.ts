import { addDays, countyDate, ok, type Result } from '@lianxin/domain';
import type { LeaderPage, ReportQuery } from '@lianxin/contract';
import type { SessionActor } from '../access/index.js';
import { directoryFor, overdueDays, titlesOf, type MatterDeps } from '../matters/index.js';
import { inContext, type Tx } from '../storage/index.js';
import { divisionOf, rowsIn, scopeFor, type Scope } from './reports.store.js';

const mostLate = 100;
const topicDays = 30;

interface Tally {
  readonly [column: string]: unknown;
  readonly key: string | null;
  readonly open: number;
  readonly late: number;
}

const tally = (tx: Tx, scope: Scope, column: string, today: string): Promise<Tally[]> =>
  rowsIn<Tally>(
    tx,
    scope,
    (where, next) =>
      `select ${column} as key, count(*)::int as open, count(*) filter (where m.due < $${next}::date and m.channel <> 'import')::int as late
       from lx.matter m where ${where} and m.state in ('open', 'paused') group by 1 order by late desc, open desc, 1`,
    [today],
  );

const rising = (tx: Tx, scope: Scope, today: string) =>
  rowsIn<{ topic: string; now: number; before: number; villages: number }>(
    tx,
    scope,
    (where, next) =>
      `select coalesce(a.body ->> 'topic', m.kind, m.procedure) as topic,
         count(*) filter (where m.opened_at >= $${next}::timestamptz)::int as now,
         count(*) filter (where m.opened_at < $${next}::timestamptz)::int as before,
         count(distinct m.village) filter (where m.opened_at >= $${next}::timestamptz)::int as villages
       from lx.matter m join lx.act a on a.county = m.county and a.matter = m.id and a.seq = 0
       where ${where} and m.parent is null and m.opened_at >= $${next + 1}::timestamptz
       group by 1 having count(*) filter (where m.opened_at >= $${next}::timestamptz) > count(*) filter (where m.opened_at < $${next}::timestamptz)
       order by 2 desc, 1 limit 20`,
    [
      `${addDays(today as Parameters<typeof addDays>[0], -topicDays)}T00:00:00+08:00`,
      `${addDays(today as Parameters<typeof addDays>[0], -2 * topicDays)}T00:00:00+08:00`,
    ],
  );

const satisfaction = async (tx: Tx, scope: Scope): Promise<LeaderPage['satisfaction']> => {
  const [row] = await rowsIn<LeaderPage['satisfaction'] & Record<string, unknown>>(
    tx,
    scope,
    (where) =>
      `select count(*) filter (where m.claimed_at is not null)::int as claimed, count(m.confirmed_by)::int as confirmed,
         count(*) filter (where m.disputes > 0)::int as disputed, count(m.rating)::int as rated,
         count(*) filter (where m.rating >= 3)::int as satisfied
       from lx.matter m where ${where} and m.parent is null`,
  );
  return row ?? { claimed: 0, confirmed: 0, disputed: 0, rated: 0, satisfied: 0 };
};

/**
 * The leader's Monday on one page (T2): what is late and with whom, what is rising, satisfaction claimed against confirmed, and the follow-ups.
 * Offices and villages, never an order of persons.
 */
export const readLeaderPage = async (
  deps: MatterDeps,
  session: SessionActor,
  query: ReportQuery,
): Promise<Result<LeaderPage>> => {
  const scope = scopeFor(session, query);
  if (!scope.ok) return scope;
  const today = countyDate(deps.clock());
  return inContext(deps, session.context, async (tx): Promise<Result<LeaderPage>> => {
    const directory = await directoryFor(deps, tx.context.county);
    const titles = await titlesOf(deps, tx);
    const villages = await tally(tx, scope.value, 'm.village', today);
    const offices = await tally(tx, scope.value, 'm.holder_body', today);
    const procedures = await tally(tx, scope.value, 'm.procedure', today);
    const late = await rowsIn<{
      id: string;
      number: string;
      subject: string;
      place: string;
      holder_body: string | null;
      due: string;
    }>(
      tx,
      scope.value,
      (where, next) =>
        `select m.id, m.number, m.subject, m.place, m.holder_body, m.due from lx.matter m
         where ${where} and m.state = 'open' and m.due < $${next}::date and m.channel <> 'import' order by m.due, m.id limit ${mostLate}`,
      [today],
    );
    const followUps = await rowsIn<{
      id: string;
      matter: string;
      number: string;
      text: string;
      due: string;
      done: boolean;
    }>(
      tx,
      scope.value,
      (where) =>
        `select f.id, f.matter, m.number, f.text, f.due, f.answered_at is not null as done
         from lx.follow_up f join lx.matter m on m.county = f.county and m.id = f.matter
         where ${where} order by (f.answered_at is not null), f.due, f.id limit 100`,
    );
    const division = divisionOf(session, query);
    return ok({
      division,
      divisionName: directory.nameOf(division),
      date: today,
      open: villages.reduce((sum, row) => sum + row.open, 0),
      late: villages.reduce((sum, row) => sum + row.late, 0),
      lateByVillage: villages.map((row) => ({
        division: row.key ?? '',
        name: directory.nameOf(row.key ?? ''),
        open: row.open,
        late: row.late,
      })),
      lateByOffice: offices.map((row) => ({
        body: row.key,
        name: row.key === null ? '未定' : (directory.body(row.key)?.name ?? '未定'),
        open: row.open,
        late: row.late,
      })),
      lateByProcedure: procedures.map((row) => ({
        procedure: row.key ?? '',
        title: titles.procedure(row.key ?? ''),
        open: row.open,
        late: row.late,
      })),
      rising: (await rising(tx, scope.value, today)).map((row) => ({ ...row, title: titles.kind(row.topic) })),
      satisfaction: await satisfaction(tx, scope.value),
      lateMatters: late.map((row) => ({
        id: row.id,
        number: row.number,
        subject: row.subject,
        divisionName: directory.nameOf(row.place),
        holderName: row.holder_body === null ? null : (directory.body(row.holder_body)?.name ?? null),
        due: row.due,
        overdueDays: overdueDays(row.due, today),
      })),
      followUps,
    });
  });
};
