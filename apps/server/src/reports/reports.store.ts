import type { ReportQuery } from '@lianxin/contract';
import { isWithin, levelOf, fault, ok, refuse, type Result } from '@lianxin/domain';
import type { SessionActor } from '../access/index.js';
import type { Tx } from '../storage/index.js';

/** Conditions of a report in SQL, with their values: place, days of opening, kind, procedure. */
export interface Scope {
  readonly where: string;
  readonly values: readonly unknown[];
}

/** The division a report is about: the one asked for, else the viewer's own. */
export const divisionOf = (session: SessionActor, query: ReportQuery): string => {
  if (query.division !== undefined) return query.division;
  const { lo } = session.context;
  return lo.length >= 12 ? lo : lo.padEnd(12, '0');
};

/** Refuses `not-found` for a division outside the viewer's range; row-level security would answer with nothing, which would be a lie. */
export const scopeFor = (session: SessionActor, query: ReportQuery): Result<Scope> => {
  const division = divisionOf(session, query);
  if (!isWithin(division, session.context) && division !== session.office?.division) return refuse(fault('not-found'));
  const values: unknown[] = [session.context.county];
  const parts = ['m.county = $1'];
  const put = (sql: (at: string) => string, value: unknown): void => {
    values.push(value);
    parts.push(sql(`$${values.length}`));
  };
  const level = levelOf(division);
  if (level === 'township') put((at) => `m.township = ${at}`, division.slice(0, 9));
  const before = query.division === undefined ? (session.context.before ?? []) : [];
  if (level === 'village' || level === 'group' || level === 'grid')
    put((at) => `m.village = any (${at}::text[])`, [division.slice(0, 12), ...before]);
  if (query.from !== undefined) put((at) => `m.opened_at >= ${at}::timestamptz`, `${query.from}T00:00:00+08:00`);
  if (query.to !== undefined)
    put((at) => `m.opened_at < ${at}::timestamptz + interval '1 day'`, `${query.to}T00:00:00+08:00`);
  if (query.kind !== undefined) put((at) => `m.kind = ${at}`, query.kind);
  if (query.procedure !== undefined) put((at) => `m.procedure = ${at}`, query.procedure);
  return ok({ where: parts.join(' and '), values });
};

/** Rows of a query over matters `m` in a scope; `more` are further values, numbered after the scope's. */
export const rowsIn = <R extends Record<string, unknown>>(
  tx: Tx,
  scope: Scope,
  text: (where: string, next: number) => string,
  more: readonly unknown[] = [],
): Promise<R[]> => tx.rows<R>(text(scope.where, scope.values.length + 1), [...scope.values, ...more]);
