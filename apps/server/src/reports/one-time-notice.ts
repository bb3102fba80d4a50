import { ok, type Result } from '@lianxin/domain';
import type { OneTimeNoticeReport, ReportQuery } from '@lianxin/contract';
import type { SessionActor } from '../access/index.js';
import { directoryFor, type MatterDeps } from '../matters/index.js';
import { inContext } from '../storage/index.js';
import { eachCase } from './cases.js';
import { scopeFor } from './reports.store.js';

type Row = OneTimeNoticeReport['rows'][number];

/** One-time notice (一次性告知) [DY-69]: how many lists of missing papers were given, and the cases in which a second one asked for others, with the reasons. */
export const readOneTimeNotice = async (
  deps: MatterDeps,
  session: SessionActor,
  query: ReportQuery,
): Promise<Result<OneTimeNoticeReport>> => {
  const scope = scopeFor(session, query);
  if (!scope.ok) return scope;
  return inContext(deps, session.context, async (tx): Promise<Result<OneTimeNoticeReport>> => {
    const directory = await directoryFor(deps, tx.context.county);
    const rows = new Map<string, Row>();
    await eachCase(deps, tx, scope.value, ({ file, packed, progress }) => {
      const { matter } = file;
      const asks = file.acts.filter((act) => act.sense === 'ask');
      if (asks.length === 0) return;
      const division = matter.place.slice(0, 12);
      const row: Row = rows.get(division) ?? {
        division,
        name: directory.nameOf(division),
        notices: 0,
        breaches: 0,
        matters: [],
      };
      rows.set(division, row);
      row.notices += asks.length;
      row.breaches += progress.counts.breaches;
      if (progress.counts.breaches === 0) return;
      const rules = [...packed.procedure.stages.flatMap((stage) => stage.acts), ...packed.procedure.standing];
      const reasons = asks.flatMap((act) => {
        const field = rules.find((rule) => rule.id === act.act)?.ask?.oneTime?.reason;
        const reason = field === undefined ? undefined : act.body[field];
        return typeof reason === 'string' && reason !== '' ? [reason] : [];
      });
      row.matters.push({ id: matter.id, number: matter.number, reasons });
    });
    return ok({ rows: [...rows.values()].toSorted((a, b) => (a.division < b.division ? -1 : 1)) });
  });
};
