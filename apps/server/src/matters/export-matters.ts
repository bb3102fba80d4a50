import { countyDateAndTime, instantOf, ok, type Result } from '@lianxin/domain';
import type { MatterFilter, MatterRow } from '@lianxin/contract';
import type { SessionActor } from '../access/index.js';
import { sheetOf, type Column } from '../sheets/index.js';
import type { MatterDeps } from './act-context.js';
import { listMatters } from './list-matters.js';

/** Rows of one export; more is a job for `lianxin export`. */
const most = 50_000;
const page = 2_000;

const states = { open: '办理中', paused: '暂停', ended: '办结' } as const;

/** A moment as people write it in the county. */
const local = (moment: string | null): string | null =>
  moment === null ? null : countyDateAndTime(instantOf(Date.parse(moment)));

const columns: readonly Column<MatterRow>[] = [
  { title: '编号', width: 18, value: (row) => row.number },
  { title: '村（社区）', value: (row) => row.divisionName },
  { title: '程序', width: 22, value: (row) => row.procedureTitle },
  { title: '类别', value: (row) => row.kindTitle },
  { title: '事由', width: 48, value: (row) => row.subject },
  { title: '来源', value: (row) => row.channel },
  { title: '状态', value: (row) => states[row.state] },
  { title: '环节', value: (row) => row.stageTitle },
  { title: '承办', width: 24, value: (row) => row.holderName },
  { title: '受理时间', width: 18, value: (row) => local(row.openedAt) },
  { title: '期限', value: (row) => (row.due === null ? null : row.provisional ? `${row.due}（暂定）` : row.due) },
  { title: '超期天数', value: (row) => row.overdueDays, red: (row) => row.overdueDays > 0 },
  { title: '办结时间', width: 18, value: (row) => local(row.endedAt) },
  { title: '补录', value: (row) => (row.lateEntry ? '补录' : '') },
];

/** The list with its filters as a workbook, at most 50,000 rows. Refuses as the list does. */
export const exportMatters = async (
  deps: MatterDeps,
  session: SessionActor,
  filter: Omit<MatterFilter, 'after' | 'limit'>,
): Promise<Result<Uint8Array>> => {
  const all: MatterRow[] = [];
  let after: string | undefined;
  do {
    const read = await listMatters(deps, session, { ...filter, after }, page);
    if (!read.ok) return read;
    all.push(...read.value.items);
    after = read.value.next ?? undefined;
  } while (after !== undefined && all.length < most);
  return ok(await sheetOf('事项清单', columns, all));
};
