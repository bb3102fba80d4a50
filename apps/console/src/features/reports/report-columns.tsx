import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { moment } from '../../app/moment.js';
import type { Column } from '../../app/records.js';
import type { Words } from '../../app/words/zh.js';
import type { ReportId } from './reports.js';

export type Row = Readonly<Record<string, unknown>>;

const plain = (value: unknown): ReactNode => {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number') return Number.isInteger(value) ? value : value.toFixed(1);
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((one: unknown) => nameOf(one)).join('、') || '–';
  if (typeof value === 'object' && 'count' in value && 'of' in value) {
    const { count, of, percent } = value as { count: number; of: number; percent: number | null };
    return percent === null ? `${count}/${of}` : `${count}/${of}（${percent}%）`;
  }
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([key, one]) => `${key} ${String(one)}`)
      .join('、');
  return JSON.stringify(value);
};

/** A list's entry by what it calls itself: a place by its name, a reason by its words and how often. */
function nameOf(one: unknown): string {
  if (typeof one !== 'object' || one === null) return String(one);
  const { name, reason, count, number, title } = one as Record<string, string | number | undefined>;
  if (number !== undefined && reason !== undefined) return `${number} ${reason}`;
  return [name ?? reason ?? number ?? title, count].filter((part) => part !== undefined).join(' × ');
}

/** Columns of each report: the field, its Chinese title, its English title. */
const columns: Readonly<Record<ReportId, readonly (readonly [string, string, string])[]>> = {
  timeliness: [
    ['count', '件数', 'Matters'],
    ['medianDays', '中位天数', 'Median days'],
    ['p90Days', '九成在此天数内', '90 % within days'],
    ['within15Days', '15 天内', 'Within 15 days'],
    ['within60Days', '60 天内', 'Within 60 days'],
    ['within15WorkingDays', '15 个工作日内', 'Within 15 working days'],
    ['byKind', '按类别', 'By kind'],
  ],
  orders: [
    ['name', '支部', 'Branch'],
    ['total', '下单', 'Orders'],
    ['accepted', '接单', 'Accepted'],
    ['done', '办成', 'Run'],
    ['confirmed', '确认', 'Confirmed'],
    ['refused', '未接', 'Refused'],
    ['refusalReasons', '未接理由', 'Reasons'],
    ['medianHoursToAccept', '接单中位小时', 'Median hours to accept'],
    ['medianHoursToDone', '办成中位小时', 'Median hours to done'],
    ['lateToAccept', '接单超时', 'Late to accept'],
    ['lateToDone', '办理超时', 'Late to done'],
    ['reminders', '提醒', 'Reminders'],
    ['escalated', '上报社区', 'Escalated'],
  ],
  settled: [
    ['title', '层级', 'Level'],
    ['started', '受理', 'Started'],
    ['settledThere', '就地办结', 'Settled there'],
    ['handedUp', '上交', 'Handed up'],
    ['share', '就地办结率', 'Share'],
  ],
  ratings: [
    ['name', '地方', 'Place'],
    ['service', '事项', 'Service'],
    ['closed', '办结', 'Closed'],
    ['rated', '评价', 'Rated'],
    ['answerShare', '参评率', 'Answered'],
    ['satisfied', '满意', 'Satisfied'],
    ['average', '平均分', 'Average'],
    ['low', '差评', 'Low'],
    ['followUps', '回访任务', 'Follow-ups'],
    ['followUpsDone', '已回访', 'Done'],
  ],
  'proxy-services': [
    ['name', '村（社区）', 'Village'],
    ['title', '服务', 'Service'],
    ['limit', '时限', 'Limit'],
    ['total', '件数', 'Cases'],
    ['open', '在办', 'Open'],
    ['overdue', '超期', 'Overdue'],
    ['onTime', '按时', 'On time'],
    ['rated', '评价', 'Rated'],
    ['average', '平均分', 'Average'],
  ],
  'finished-in-village': [
    ['name', '村（社区）', 'Village'],
    ['title', '服务', 'Service'],
    ['ended', '办结', 'Ended'],
    ['share', '不出村办结', 'In the village'],
    ['others', '其余的和理由', 'The others, and why'],
  ],
  ledger: [
    ['number', '编号', 'Number'],
    ['openedAt', '登记时间', 'Filed'],
    ['divisionName', '地方', 'Place'],
    ['kindTitle', '类别', 'Kind'],
    ['subject', '内容', 'Subject'],
    ['handler', '承办', 'Handler'],
    ['resultTitle', '结果', 'Result'],
    ['due', '时限', 'Due'],
    ['overdueDays', '超期天数', 'Days overdue'],
    ['checks', '责任核查', 'Accountability check'],
  ],
  recurring: [
    ['number', '编号', 'Number'],
    ['subject', '诉求', 'Demand'],
    ['places', '涉及村', 'Places'],
    ['unit', '责任单位', 'Unit'],
    ['due', '时限', 'Due'],
    ['answer', '答复', 'Answer'],
  ],
  admission: [
    ['group', '状态', 'State'],
    ['number', '编号', 'Number'],
    ['subject', '事项', 'Item'],
    ['basis', '依据', 'Basis'],
    ['funds', '经费', 'Funds'],
    ['from', '起', 'From'],
    ['until', '止', 'Until'],
    ['divisionName', '反映的村', 'Reported by'],
  ],
  'one-time-notice': [
    ['name', '地方', 'Place'],
    ['notices', '告知', 'Notices'],
    ['breaches', '二次告知', 'Second lists'],
    ['matters', '事项', 'Matters'],
  ],
};

const groups: Readonly<Record<string, readonly [string, string]>> = {
  admitted: ['已准入', 'admitted'],
  undecided: ['待定', 'undecided'],
  reported: ['村反映未准入', 'reported by a village'],
};

const figures =
  /^(count|total|open|closed|ended|rated|overdue|low|started|settledThere|handedUp|notices|breaches|.*Days.*|.*Hours.*)$/;

const isDay = /^\d{4}-\d{2}-\d{2}$/;
const isText = (value: unknown): value is string => typeof value === 'string';

interface Check {
  readonly id: string;
  readonly state: 'open' | 'paused' | 'ended';
  readonly result: string | null;
}

/** The accountability checks of a red line, and the way to open one: a person decides, nothing follows by itself. */
function Checks({ row, words }: { readonly row: Row; readonly words: Words }): ReactNode {
  const checks = row['checks'] as readonly Check[];
  const { matter, division } = row;
  return (
    <span className="row left">
      {checks.map((check) => (
        <Link key={check.id} to="/matters/$id" params={{ id: check.id }}>
          {check.result ?? words.checks[check.state]}
        </Link>
      ))}
      {row['red'] === true && checks.length === 0 && isText(matter) && isText(division) ? (
        <Link to="/start" search={{ kind: 'accountability-check', about: matter, division }} className="button">
          {words.matters.openCheck}
        </Link>
      ) : null}
      {row['red'] !== true && checks.length === 0 ? '–' : null}
    </span>
  );
}

/** The columns of a report in the person's language; a number that names a matter leads to it. */
export function columnsOf(
  report: ReportId,
  words: Words,
  language: string,
  term: (text: string) => string,
): Column<Row>[] {
  const english = language === 'en';
  return columns[report].map(([key, chinese, inEnglish], index) => ({
    title: english ? inEnglish : chinese,
    main: index === 0,
    figure: figures.test(key),
    render: (row) => {
      const value = row[key];
      const matter = row['matter'];
      if (key === 'number' && isText(matter) && isText(value) && value !== '') {
        return (
          <Link to="/matters/$id" params={{ id: matter }} className="number">
            {value}
          </Link>
        );
      }
      if (key === 'checks') return <Checks row={row} words={words} />;
      if (key === 'openedAt' && isText(value)) return moment(value, language);
      if (key === 'group' && isText(value)) return groups[value]?.[english ? 1 : 0] ?? value;
      if (isText(value) && isDay.test(value)) return <span className="number">{value}</span>;
      if (isText(value)) return term(value);
      return plain(value ?? (key === 'handler' ? words.none : value));
    },
  }));
}
