import { ok, type Result } from '@lianxin/domain';
import type {
  AdmissionReport,
  FinishedInVillageReport,
  LeaderPage,
  Ledger,
  OneTimeNoticeReport,
  OrdersReport,
  ProxyServicesReport,
  RatingsReport,
  RecurringReport,
  ReportName,
  ReportQuery,
  SettledReport,
  ShareView,
  Timeliness,
} from '@lianxin/contract';
import type { SessionActor } from '../access/index.js';
import type { MatterDeps } from '../matters/index.js';
import { sheetOf, type Column } from '../sheets/index.js';
import { readAdmission } from './admission.js';
import { readFinishedInVillage } from './finished-in-village.js';
import { readLeaderPage } from './leader-page.js';
import { readLedger } from './ledger.js';
import { readOneTimeNotice } from './one-time-notice.js';
import { readOrders } from './orders.js';
import { readProxyServices } from './proxy-services.js';
import { readRatings } from './ratings.js';
import { readRecurring } from './recurring.js';
import { readSettled } from './settled.js';
import { readTimeliness } from './timeliness.js';

const percent = (share: ShareView): string | null =>
  share.percent === null ? null : `${share.percent}%（${share.count}/${share.of}）`;

const leader: readonly Column<LeaderPage['lateMatters'][number]>[] = [
  { title: '编号', width: 18, value: (row) => row.number },
  { title: '村（社区）', value: (row) => row.divisionName },
  { title: '事由', width: 48, value: (row) => row.subject },
  { title: '承办', width: 24, value: (row) => row.holderName },
  { title: '期限', value: (row) => row.due },
  { title: '超期天数', value: (row) => row.overdueDays, red: () => true },
];

const timeliness: readonly Column<Timeliness>[] = [
  { title: '答复件数', value: (row) => row.count },
  { title: '中位天数', value: (row) => row.medianDays },
  { title: '九成在几天内', value: (row) => row.p90Days },
  { title: '15日内', value: (row) => row.within15Days },
  { title: '60日内', value: (row) => row.within60Days },
  { title: '15个工作日内', value: (row) => row.within15WorkingDays },
];

const orders: readonly Column<OrdersReport['rows'][number]>[] = [
  { title: '组织', width: 28, value: (row) => row.name },
  { title: '总数', value: (row) => row.total },
  { title: '已接', value: (row) => row.accepted },
  { title: '已办', value: (row) => row.done },
  { title: '已确认', value: (row) => row.confirmed },
  { title: '未接（退回）', value: (row) => row.refused },
  {
    title: '理由',
    width: 40,
    value: (row) => row.refusalReasons.map((one) => `${one.reason}×${one.count}`).join('；'),
  },
  { title: '接单中位小时', value: (row) => row.medianHoursToAccept },
  { title: '办成中位小时', value: (row) => row.medianHoursToDone },
  { title: '接单超期', value: (row) => row.lateToAccept, red: (row) => row.lateToAccept > 0 },
  { title: '办理超期', value: (row) => row.lateToDone, red: (row) => row.lateToDone > 0 },
  { title: '提醒', value: (row) => row.reminders },
  { title: '上交', value: (row) => row.escalated },
];

const settled: readonly Column<SettledReport['rows'][number]>[] = [
  { title: '层级', value: (row) => row.title },
  { title: '受理', value: (row) => row.started },
  { title: '就地解决', value: (row) => row.settledThere },
  { title: '上交', value: (row) => row.handedUp },
  { title: '就地解决占比', width: 20, value: (row) => percent(row.share) },
];

const ratings: readonly Column<RatingsReport['rows'][number]>[] = [
  { title: '村（社区）', value: (row) => row.name },
  { title: '服务', width: 24, value: (row) => row.service },
  { title: '办结', value: (row) => row.closed },
  { title: '评价数', value: (row) => row.rated },
  { title: '参评占比', width: 20, value: (row) => percent(row.answerShare) },
  { title: '满意占比', width: 20, value: (row) => (row.suppressed ? '不足5份，不显示' : percent(row.satisfied)) },
  { title: '平均', value: (row) => row.average },
  { title: '差评回访', value: (row) => row.followUps },
  { title: '已回访', value: (row) => row.followUpsDone },
];

const proxy: readonly Column<ProxyServicesReport['rows'][number]>[] = [
  { title: '村（社区）', value: (row) => row.name },
  { title: '服务', width: 24, value: (row) => row.title },
  { title: '时限', value: (row) => row.limit },
  { title: '总数', value: (row) => row.total },
  { title: '在办', value: (row) => row.open },
  { title: '超期', value: (row) => row.overdue, red: (row) => row.overdue > 0 },
  { title: '按期办结', value: (row) => row.onTime },
  { title: '评价数', value: (row) => row.rated },
  { title: '平均', value: (row) => row.average },
];

const inVillage: readonly Column<FinishedInVillageReport['rows'][number]>[] = [
  { title: '村（社区）', value: (row) => row.name },
  { title: '服务', width: 24, value: (row) => row.title },
  { title: '办结', value: (row) => row.ended },
  { title: '不出村办结占比', width: 20, value: (row) => percent(row.share) },
  {
    title: '其余的和理由',
    width: 48,
    value: (row) => row.others.map((one) => `${one.number} ${one.reason}`).join('；'),
  },
];

const ledger: readonly Column<Ledger['rows'][number]>[] = [
  { title: '编号', width: 18, value: (row) => row.number, red: (row) => row.red },
  { title: '时间', width: 22, value: (row) => row.openedAt },
  { title: '村（社区）', value: (row) => row.divisionName },
  { title: '类别', value: (row) => row.kindTitle },
  { title: '程序', width: 22, value: (row) => row.procedureTitle },
  { title: '事由', width: 48, value: (row) => row.subject },
  { title: '经办', width: 24, value: (row) => row.handler },
  { title: '结果', value: (row) => row.resultTitle },
  { title: '办结时间', width: 22, value: (row) => row.endedAt },
  { title: '超期天数', value: (row) => row.overdueDays, red: (row) => row.red },
  { title: '责任核查', value: (row) => row.checks.length },
  { title: '补录', value: (row) => (row.lateEntry ? '补录' : '') },
];

const recurring: readonly Column<RecurringReport['rows'][number]>[] = [
  { title: '事由', width: 40, value: (row) => row.subject },
  { title: '村（社区）', width: 40, value: (row) => row.places.map((place) => place.name).join('、') },
  { title: '承办', width: 24, value: (row) => row.unit },
  { title: '期限', value: (row) => row.due },
  { title: '答复', width: 48, value: (row) => row.answer },
];

const admission: readonly Column<AdmissionReport['admitted'][number]>[] = [
  { title: '编号', width: 18, value: (row) => row.number },
  { title: '事项', width: 40, value: (row) => row.subject },
  { title: '依据', width: 30, value: (row) => row.basis },
  { title: '经费', value: (row) => row.funds },
  { title: '起', value: (row) => row.from },
  { title: '止', value: (row) => row.until },
];

const notices: readonly Column<OneTimeNoticeReport['rows'][number]>[] = [
  { title: '村（社区）', value: (row) => row.name },
  { title: '告知次数', value: (row) => row.notices },
  { title: '再次告知', value: (row) => row.breaches, red: (row) => row.breaches > 0 },
  { title: '理由', width: 48, value: (row) => row.matters.flatMap((one) => one.reasons).join('；') },
];

const sheet = async <Report, Row>(
  title: string,
  columns: readonly Column<Row>[],
  read: Promise<Result<Report>>,
  rows: (report: Report) => readonly Row[],
): Promise<Result<Uint8Array>> => {
  const report = await read;
  return report.ok ? ok(await sheetOf(title, columns, rows(report.value))) : report;
};

type Sheet = (deps: MatterDeps, session: SessionActor, query: ReportQuery) => Promise<Result<Uint8Array>>;

/** One sheet for each report there is; it does not compile until a new one has its row. */
const sheets: Readonly<Record<ReportName, Sheet>> = {
  leader: (...asked) => sheet('超期事项', leader, readLeaderPage(...asked), (one) => one.lateMatters),
  timeliness: (...asked) => sheet('办理时效', timeliness, readTimeliness(...asked), (one) => [one]),
  orders: (...asked) => sheet('服务单', orders, readOrders(...asked), (one) => one.rows),
  settled: (...asked) => sheet('就地解决', settled, readSettled(...asked), (one) => one.rows),
  ratings: (...asked) => sheet('满意度', ratings, readRatings(...asked), (one) => one.rows),
  'proxy-services': (...asked) => sheet('代办服务', proxy, readProxyServices(...asked), (one) => one.rows),
  'finished-in-village': (...asked) =>
    sheet('不出村办结', inVillage, readFinishedInVillage(...asked), (one) => one.rows),
  ledger: (...asked) => sheet('办事登记台账', ledger, wholeLedger(...asked), (one) => one),
  recurring: (...asked) => sheet('共性诉求', recurring, readRecurring(...asked), (one) => one.rows),
  admission: (...asked) => sheet('准入清单', admission, readAdmission(...asked), (one) => one.admitted),
  'one-time-notice': (...asked) => sheet('一次性告知', notices, readOneTimeNotice(...asked), (one) => one.rows),
};

/** A report as a workbook (报表导出); the same figures as on the page, under the same rights. */
export const exportReport = (
  deps: MatterDeps,
  session: SessionActor,
  name: ReportName,
  query: ReportQuery,
): Promise<Result<Uint8Array>> => sheets[name](deps, session, query);

/** Every page of the ledger, at most 20,000 rows. */
const wholeLedger = async (
  deps: MatterDeps,
  session: SessionActor,
  query: ReportQuery,
): Promise<Result<Ledger['rows']>> => {
  const rows: Ledger['rows'] = [];
  let after: string | undefined;
  do {
    const page = await readLedger(deps, session, { ...query, limit: 500, after });
    if (!page.ok) return page;
    rows.push(...page.value.rows);
    after = page.value.next ?? undefined;
  } while (after !== undefined && rows.length < 20_000);
  return ok(rows);
};
