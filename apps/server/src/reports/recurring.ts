import { ok, type Result } from '@lianxin/domain';
import type { RecurringReport, ReportQuery } from '@lianxin/contract';
import type { SessionActor } from '../access/index.js';
import { directoryFor, type MatterDeps } from '../matters/index.js';
import { inContext } from '../storage/index.js';
import type { Context } from '../storage/index.js';

interface PlaceRow {
  readonly [column: string]: unknown;
  readonly matter: string;
  readonly number: string | null;
  readonly subject: string;
  readonly unit: string | null;
  readonly due: string | null;
  readonly state: 'open' | 'paused' | 'ended';
  readonly answer: string | null;
  readonly places: string[];
}

/**
 * Recurring demands (共性诉求) [BF-14]: one matter for several villages, with the unit, the date and the answer. A village reads the line of its own
 * place without the file; one without a decision stays open.
 */
export const readRecurring = async (
  deps: MatterDeps,
  session: Pick<SessionActor, 'context'> | { readonly context: Context },
  query: ReportQuery,
): Promise<Result<RecurringReport>> =>
  inContext(deps, session.context, async (tx): Promise<Result<RecurringReport>> => {
    const directory = await directoryFor(deps, tx.context.county);
    const office = tx.context.role === 'rt_office';
    const rows = await tx.rows<PlaceRow>(
      `select p.matter, ${office ? 'max(m.number)' : 'null'} as number, max(p.subject) as subject, max(p.unit) as unit, max(p.due)::text as due,
         max(p.state) as state, max(p.answer) as answer, array_agg(p.division order by p.division) as places
       from lx.matter_place p ${office ? 'left join lx.matter m on m.county = p.county and m.id = p.matter' : ''}
       where p.county = $1 and ($2::text is null or p.division = $2 or left(p.division, 9) = left($2, 9) and right($2, 3) = '000')
         and ($3::timestamptz is null or p.recorded_at >= $3::timestamptz)
       group by p.matter order by max(p.recorded_at) desc, p.matter limit 500`,
      [tx.context.county, query.division ?? null, query.from === undefined ? null : `${query.from}T00:00:00+08:00`],
    );
    return ok({
      rows: rows.map((row) => ({
        matter: row.matter,
        number: row.number ?? '',
        subject: row.subject,
        topic: null,
        unit: row.unit,
        due: row.due,
        state: row.state,
        answer: row.answer,
        places: row.places.map((division) => ({ division, name: directory.nameOf(division) })),
      })),
    });
  });
