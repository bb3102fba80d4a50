import { describeDuration, ok, type Procedure, type Result } from '@lianxin/domain';
import type { ProxyServicesReport, ReportQuery } from '@lianxin/contract';
import type { SessionActor } from '../access/index.js';
import { directoryFor, type MatterDeps } from '../matters/index.js';
import { inContext } from '../storage/index.js';
import { eachCase } from './cases.js';
import { scopeFor } from './reports.store.js';

const least = 5;

/** The limit of the whole matter in words, where the procedure has one. */
const limitText = (procedure: Procedure): string | null => {
  const within = procedure.limits.find((limit) => (limit.of ?? 'opened') === 'opened')?.within;
  return within === undefined || 'setLocally' in within ? null : describeDuration(within, 'zh-CN');
};

type Row = ProxyServicesReport['rows'][number] & { sum: number };

/**
 * Proxy services per village with their limits and ratings (村级便民服务) [BZ-55]: what is open, what is overdue for the village, what was done in time.
 */
export const readProxyServices = async (
  deps: MatterDeps,
  session: SessionActor,
  query: ReportQuery,
): Promise<Result<ProxyServicesReport>> => {
  const scope = scopeFor(session, query);
  if (!scope.ok) return scope;
  return inContext(deps, session.context, async (tx): Promise<Result<ProxyServicesReport>> => {
    const directory = await directoryFor(deps, tx.context.county);
    const rows = new Map<string, Row>();
    await eachCase(deps, tx, scope.value, ({ file, packed, progress }) => {
      const { matter } = file;
      if (matter.parent !== null) return;
      const asked = progress.form['service'];
      const service = typeof asked === 'string' && asked !== '' ? asked : matter.procedure;
      const key = `${matter.place.slice(0, 12)} ${service}`;
      const row: Row = rows.get(key) ?? {
        division: matter.place.slice(0, 12),
        name: directory.nameOf(matter.place),
        service,
        title: service === matter.procedure ? packed.procedure.title : service,
        limit: limitText(packed.procedure),
        total: 0,
        open: 0,
        overdue: 0,
        onTime: 0,
        rated: 0,
        average: null,
        sum: 0,
      };
      rows.set(key, row);
      const late = progress.clocks.some((clock) => clock.late);
      row.total += 1;
      if (progress.state !== 'ended') row.open += 1;
      if (late && progress.state === 'open') row.overdue += 1;
      if (!late && progress.state === 'ended') row.onTime += 1;
      if (progress.rating !== undefined) {
        row.rated += 1;
        row.sum += progress.rating.level;
      }
    });
    return ok({
      rows: [...rows.values()]
        .toSorted((a, b) => (a.division + a.service < b.division + b.service ? -1 : 1))
        .map(({ sum, ...row }) => ({
          ...row,
          average: row.rated >= least ? Math.round((sum * 100) / row.rated) / 100 : null,
        })),
    });
  });
};
