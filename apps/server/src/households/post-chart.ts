import { fault, ok, refuse, type Result } from '@lianxin/domain';
import type { Chart, PostingChannel } from '@lianxin/contract';
import { writeJournal } from '../journal/index.js';
import { carryOut, found, mayRead, mayWrite, refuseIf, type Change } from '../people/index.js';
import { scopeWithin, type ContextDeps, type Tx } from '../storage/index.js';
import { mapById, mapOf } from './grid-map.store.js';

/** Where each of the two charts has to be posted. */
export const everyPosting: readonly { readonly chart: Chart; readonly channel: PostingChannel }[] = [
  { chart: 'grid-map', channel: 'board' },
  { chart: 'grid-map', channel: 'portal' },
  { chart: 'service-flow', channel: 'board' },
  { chart: 'service-flow', channel: 'portal' },
];

const chartTitles: Readonly<Record<Chart, string>> = { 'grid-map': '网格示意图', 'service-flow': '网格服务流程图' };

/** A posting as entered. */
export interface PostingInput {
  readonly id: string;
  readonly chart: Chart;
  readonly channel: PostingChannel;
  readonly on: string;
}

/**
 * Posts a chart on the portal, or says that it hangs on the board 上墙公示 [DY-60]. Only the newest version can be posted
 * (`stale-version`), once in each place (`already-done`), and not before it holds (`must-wait`).
 */
export const postChart = (deps: ContextDeps, change: Change<PostingInput>) =>
  carryOut(deps, 'POST /api/grid-maps/{id}/postings', change, async (tx, input) => {
    const map = found(await mapById(tx, input.id));
    refuseIf(mayWrite(tx.context, 'keep-places', map.division));
    const newest = found(await mapOf(tx, map.division));
    refuseIf(
      newest.id === map.id ? undefined : fault('stale-version'),
      input.on < map.validFrom ? fault('period-reversed', { from: map.validFrom, to: input.on }) : undefined,
    );
    const posted = await tx.run(
      `insert into lx.chart_posting (county, map, chart, channel, division, posted_on, person, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
      [
        tx.context.county,
        map.id,
        input.chart,
        input.channel,
        map.division,
        input.on,
        tx.context.uid,
        tx.makers.clock(),
      ],
    );
    refuseIf(posted === 1 ? undefined : fault('already-done'));
    writeJournal(tx, {
      kind: input.channel === 'portal' ? 'board.publish' : 'record.change',
      division: map.division,
      commandId: change.commandId,
      ...(input.channel === 'portal' ? { pub: { board: chartTitles[input.chart], version: map.number } } : {}),
      commitFields: { table: 'chart_posting', map: map.id, chart: input.chart, channel: input.channel, on: input.on },
    });
    return { id: map.id };
  });

/** Villages whose newest charts are not posted everywhere yet: the open tasks, of a division and below. */
export const listChartTasks = async (tx: Tx, division: string) => {
  const strange = mayRead(tx.context, division);
  if (strange !== undefined) return refuse(strange);
  const scope = scopeWithin(tx.context, division);
  const rows = await tx.rows<{
    division: string;
    divisionName: string;
    map: string;
    number: number;
    validFrom: string;
    done: string[];
  }>(
    `select m.division, d.name as "divisionName", m.id as map, m.number, m.valid_from::text as "validFrom",
       coalesce(array_agg(p.chart || ' ' || p.channel) filter (where p.map is not null), '{}') as done
     from lx.grid_map m join lx.division d on d.code = m.division and d.valid_to is null
     left join lx.chart_posting p on p.county = m.county and p.map = m.id
     where m.county = $1 and m.division >= $2 and m.division < $3
       and m.number = (select max(n.number) from lx.grid_map n where n.county = m.county and n.division = m.division)
     group by m.county, m.id, d.name having count(p.map) < 4 order by m.division`,
    [tx.context.county, scope.lo, scope.hi],
  );
  return ok(
    rows.map(({ done, ...row }) => ({
      ...row,
      toPost: everyPosting.filter((one) => !done.includes(`${one.chart} ${one.channel}`)),
    })),
  ) satisfies Result<unknown>;
};
