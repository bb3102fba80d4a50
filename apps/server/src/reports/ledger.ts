import { countyDate, fault, ok, refuse, type Result } from '@lianxin/domain';
import type { Ledger, ReportQuery } from '@lianxin/contract';
import type { SessionActor } from '../access/index.js';
import {
  directoryFor,
  matterFiles,
  momentOf,
  overdueDays,
  kindTitle,
  resultTitle,
  type MatterDeps,
} from '../matters/index.js';
import { deriveProgress } from '@lianxin/domain';
import { inContext } from '../storage/index.js';
import { rowsIn, scopeFor } from './reports.store.js';

type LedgerQuery = ReportQuery & { readonly after?: string | undefined; readonly limit?: number | undefined };

/** Days by which the latest clock of a case was or is missed; 0 when none was. */
const daysLate = (clocks: readonly { due: string; late: boolean; met?: string }[], today: string): number =>
  Math.max(
    0,
    ...clocks
      .filter((clock) => clock.late)
      .map((clock) =>
        overdueDays(
          clock.due,
          clock.met === undefined ? today : countyDate(clock.met as Parameters<typeof countyDate>[0]),
        ),
      ),
  );

/**
 * The ledger of requests (办事登记台账) [DY-70]: time, kind, handler, result of every enquiry and case, filling itself from the acts. What is or was overdue is
 * red, with the accountability checks opened about it; a check hears the handler first and no penalty follows by itself.
 */
export const readLedger = async (
  deps: MatterDeps,
  session: SessionActor,
  query: LedgerQuery,
): Promise<Result<Ledger>> => {
  const scope = scopeFor(session, query);
  if (!scope.ok) return scope;
  const limit = query.limit ?? 100;
  const after =
    query.after === undefined ? [null, null] : Buffer.from(query.after, 'base64url').toString('utf8').split(' ');
  if (query.after !== undefined && !/^[0-9a-f-]{36}$/u.test(after[1] ?? '')) {
    return refuse(fault('field-invalid', { field: 'after', reason: '不是本系统给出的翻页位置' }));
  }
  const today = countyDate(deps.clock());
  return inContext(deps, session.context, async (tx): Promise<Result<Ledger>> => {
    const page = await rowsIn<{ id: string; opened_at: string }>(
      tx,
      scope.value,
      (where, next) =>
        `select m.id, m.opened_at from lx.matter m where ${where} and m.parent is null
           and ($${next}::timestamptz is null or (m.opened_at, m.id) > ($${next}::timestamptz, $${next + 1}::uuid))
         order by m.opened_at, m.id limit $${next + 2}`,
      [after[0] ?? null, after[1] ?? null, limit + 1],
    );
    const ids = page.slice(0, limit).map((one) => one.id);
    const directory = await directoryFor(deps, tx.context.county);
    const checks = await tx.rows<{
      id: string;
      about: string;
      state: 'open' | 'paused' | 'ended';
      result: string | null;
    }>(
      'select id, about, state, result from lx.matter where county = $1 and about = any ($2::uuid[]) order by opened_at, id',
      [tx.context.county, ids],
    );
    const rows = (await matterFiles(deps, tx, ids)).map(({ file, packed, calendar }): Ledger['rows'][number] => {
      const { matter } = file;
      const progress = deriveProgress(packed.procedure, file.record, calendar, deps.clock());
      const late = daysLate(progress.clocks, today);
      const body = matter.holder_body ?? file.acts.findLast((act) => act.office_body !== null)?.office_body ?? null;
      return {
        matter: matter.id,
        number: matter.number,
        openedAt: momentOf(matter.opened_at),
        division: matter.place,
        divisionName: directory.nameOf(matter.place),
        channel: matter.channel as Ledger['rows'][number]['channel'],
        procedureTitle: packed.procedure.title,
        kindTitle: kindTitle(packed.procedure, matter.kind),
        subject: matter.subject,
        handler: body === null ? null : (directory.body(body)?.name ?? null),
        state: matter.state,
        resultTitle: resultTitle(packed.procedure, matter.result),
        endedAt: matter.ended_at === null ? null : momentOf(matter.ended_at),
        due: matter.due,
        overdueDays: late,
        red: late > 0,
        checks: checks.filter((one) => one.about === matter.id).map(({ id, state, result }) => ({ id, state, result })),
        lateEntry: matter.late_entry,
      };
    });
    const last = page[limit - 1];
    return ok({
      rows,
      next:
        page.length > limit && last !== undefined
          ? Buffer.from(`${last.opened_at} ${last.id}`).toString('base64url')
          : null,
    });
  });
};
