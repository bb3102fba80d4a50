import { describeCondition, type Condition } from '../../condition/index.js';
import { describeDuration, Duration } from '../../date/index.js';
import { monthsOf } from '../../disclosure/index.js';
import type { Field } from '../../procedure/index.js';
import type { CoverageReport } from '../kinds/coverage.js';
import type { DisclosureCatalogue, DisclosureItem } from '../kinds/disclosure-catalogue.js';
import type { DutyList } from '../kinds/duty-list.js';
import type { Bound, Guard, Ledger, Register } from '../kinds/register.js';
import { chaptersOf, type Service, type ServiceCatalogue } from '../kinds/service-catalogue.js';
import type { Settings } from '../kinds/settings.js';
import type { SharingList } from '../kinds/sharing-list.js';
import type { PlaceLevel } from '../identifiers.js';

/** What ids are called in Chinese; an id without a name is shown as it is. */
export type Names = {
  body: (id: string) => string;
  register: (id: string) => string;
  procedure: (id: string) => string;
};

const levels: Readonly<Record<PlaceLevel, string>> = {
  province: '省级',
  city: '市级',
  county: '县级',
  township: '乡镇',
  village: '村（社区）',
  group: '组',
};

const cite = (source: string | readonly string[] | undefined): string =>
  source === undefined ? '' : `（依据 ${[source].flat().join('、')}）`;

/** A duration, or that the place sets it and between what. */
function sayLimit(value: unknown): string {
  const read = Duration.safeParse(value);
  if (read.success) return describeDuration(read.data, 'zh-CN');
  return saidBlank(value);
}

function saidBlank(value: unknown): string {
  const between = (value as { between?: readonly unknown[] } | undefined)?.between;
  if (between === undefined) return '由地方填写';
  return `由地方在 ${between.map(sayBound).join(' 至 ')} 之间填写`;
}

function sayBound(value: unknown): string {
  const read = Duration.safeParse(value);
  return read.success ? describeDuration(read.data, 'zh-CN') : String(value);
}

const ofWhat = {
  body: '组织',
  person: '人员',
  household: '户',
  place: '场所',
  asset: '资产',
  document: '文件',
  thing: '事物',
} as const;
const seenBy = { public: '公开', village: '本村', township: '本乡镇', county: '本县', keepers: '登记单位' } as const;

export function proseOfRegister(register: Register, names: Names): string[] {
  const title = (id: string): string => register.fields.find((field) => field.id === id)?.title ?? id;
  const quoted = (ids: readonly string[]): string => ids.map((id) => `“${title(id)}”`).join('、');
  const when = (condition: Condition): string => sayCondition(register, condition);
  return [
    `每条记录说的是一个${ofWhat[register.of]}，由${register.keepers.map(names.body).join('、')}登记；${quoted(register.key)}相同的是同一条。`,
    '',
    '登记的内容：',
    '',
    ...register.fields.map((field) => `- ${sayField(field, names)}`),
    ...(register.guards.length === 0 ? [] : ['', '保存前必须满足：', '']),
    ...register.guards.map((guard) => `- ${guard.title}：${sayGuard(guard, title, when)}${cite(guard.source)}`),
    ...(register.advice.length === 0 ? [] : ['', '提示（只提醒，不妨碍保存）：', '']),
    ...register.advice.map((advice) => `- ${advice.title}：${when(advice.if)}。${cite(advice.source)}`),
    ...(register.ledgers.length === 0 ? [] : ['', '台账：', '']),
    ...register.ledgers.map(
      (ledger) =>
        `- ${ledger.title}，${ledger.totalsOnly === true ? '只给合计，不列每一条，不足五条的不给合计' : `列出${quoted(ledger.columns)}`}${sayCounts(ledger, title, when)}，${seenBy[ledger.seenBy]}可见${cite(ledger.source)}`,
    ),
  ];
}

/** A condition of a register in its own words: fields and choices by their titles. */
const sayCondition = (register: Register, condition: Condition): string => {
  const field = (id: string) => register.fields.find((each) => each.id === id);
  return describeCondition(condition, 'zh-CN', {
    field: (id) => field(id)?.title ?? id,
    value: (of, plain) => field(of)?.choices?.find((choice) => choice.id === plain)?.title ?? String(plain),
  });
};

/** What a ledger computes, each part after a comma; empty when it only lists. */
function sayCounts(ledger: Ledger, title: (id: string) => string, when: (condition: Condition) => string): string {
  const quoted = (ids: readonly string[]): string => ids.map((id) => `“${title(id)}”`).join('、');
  const { only, countBy, once, sums, parts, quota, composition, total, standards, overdue, remainder } = ledger;
  const bounds = [
    ...(quota?.atLeast === undefined ? [] : [`至少${quota.atLeast}条`]),
    ...(quota?.atMost === undefined ? [] : [`至多${quota.atMost}条`]),
  ].join('、');
  const said = [
    ...(only === undefined ? [] : [`只列${when(only)}的`]),
    ...(countBy === undefined ? [] : [`按${quoted([countBy])}计数`]),
    ...(once === undefined ? [] : [`${quoted([once])}相同的只计一次`]),
    ...(sums === undefined ? [] : [`合计${quoted(sums)}`]),
    ...(parts === undefined
      ? []
      : [Array.isArray(parts) ? `逐项核对${quoted(parts)}` : `对照${quoted([parts.of])}核对${quoted([parts.done])}`]),
    ...(quota === undefined ? [] : [`每个${quoted([quota.by])}${bounds}`]),
    ...(composition === undefined
      ? []
      : [
          `每个${quoted([composition.by])}看${composition.parts
            .map((part) => `${part.title}${sayBounds(part, title)}${cite(part.source)}`)
            .join('、')}`,
        ]),
    ...(total === undefined ? [] : [`每条合计${quoted(total)}`]),
    ...(standards ?? []).map(
      ({ field, atLeast, if: applies, source }) =>
        `${applies === undefined ? '' : `${when(applies)}时`}${quoted([field])}不低于${atLeast}${cite(source)}`,
    ),
    ...(overdue === undefined
      ? []
      : [
          'within' in overdue
            ? `${quoted([overdue.since])}起超过${describeDuration(overdue.within, 'zh-CN')}的标为超期`
            : `${quoted([overdue.since])}起超过${quoted([overdue.withinDays])}的标为超期`,
        ]),
    ...(remainder === undefined ? [] : [`列出${quoted([remainder.of])}减去${quoted([remainder.less])}的余数`]),
  ];
  return said.map((each) => `，${each}`).join('');
}

const sayBoundOf = (bound: Bound, title: (id: string) => string): string =>
  typeof bound === 'number' ? String(bound) : `“${title(bound.field)}”`;

/** 至少1、至多“核定职数”, in brackets; empty where nothing bounds the part. */
function sayBounds(
  { atLeast, atMost }: { atLeast?: Bound | undefined; atMost?: Bound | undefined },
  title: (id: string) => string,
): string {
  const said = [
    ...(atLeast === undefined ? [] : [`至少${sayBoundOf(atLeast, title)}`]),
    ...(atMost === undefined ? [] : [`至多${sayBoundOf(atMost, title)}`]),
  ];
  return said.length === 0 ? '' : `（${said.join('、')}）`;
}

function sayField(field: Field, names: Names): string {
  const known = field.knownFrom?.split('.', 1)[0];
  const notes = [
    ...(field.knownFrom === undefined ? [field.optional === true ? '选填' : '必填'] : []),
    ...(field.personal === true ? ['个人信息'] : []),
    ...(field.knownFrom === undefined
      ? []
      : [`已有的不再问，取自“${names.register(known ?? '')}”${field.sum === true ? '的合计' : ''}`]),
    ...(field.choices === undefined ? [] : [`选项：${field.choices.map((choice) => choice.title).join('、')}`]),
  ];
  return `${field.title}（${notes.join('，')}）${cite(field.source)}`;
}

function sayGuard(guard: Guard, title: (id: string) => string, say: (condition: Condition) => string): string {
  const when = guard.if === undefined ? '' : `${say(guard.if)}时，`;
  const quoted = (ids: readonly string[]): string => ids.map((id) => `“${title(id)}”`).join('、');
  if (guard.requires !== undefined) return `${when}必须填写${quoted(guard.requires)}。`;
  if (guard.atMost !== undefined) {
    const { count, per, unless } = guard.atMost;
    const except = unless === undefined ? '' : `；${say(unless)}的除外`;
    return `${when}同一${quoted(per)}最多 ${typeof count === 'number' ? `${count} 条` : `“${title(count.field)}”那么多条`}${except}。`;
  }
  if (guard.must !== undefined) return `${when}必须${say(guard.must)}。`;
  if (guard.balances !== undefined)
    return `${when}“${title(guard.balances.of)}”必须等于${guard.balances.with.map((id) => `“${title(id)}”`).join('加')}。`;
  if (guard.acyclic !== undefined) return `${when}沿“${title(guard.acyclic)}”向上不能回到自己。`;
  if (guard.unchanged !== undefined) return `${when}${quoted(guard.unchanged)}登记后不再改动。`;
  return `${when}${guard.lockedWhile ?? ''} 办理期间锁定。`;
}

export function proseOfDutyList(list: DutyList, names: Names): string[] {
  return list.offices.flatMap((office) => [
    `${names.body(office.office)}（${levels[office.level]}）：`,
    '',
    ...office.answersFor.map((duty) => `- ${duty.title}${cite(duty.source)}`),
    '',
  ]);
}

const fieldsOfService = { administrative: '行政服务', production: '生产经营服务', enquiry: '咨询' } as const;

export function proseOfCatalogue(catalogue: ServiceCatalogue, names: Names): string[] {
  const published = catalogue.services.filter((service) => service.leftOut === undefined);
  const leftOut = catalogue.services.filter((service) => service.leftOut !== undefined);
  return [
    ...(catalogue.priorityDepartments.length === 0
      ? []
      : [`优先纳入：${catalogue.priorityDepartments.map(names.body).join('、')}。`, '']),
    '| 事项 | 主管 | 类别 | 哪里能办 | 材料 | 时限 | 收费 |',
    '|---|---|---|---|---|---|---|',
    ...published.map((service) => rowOf(service, names)),
    ...leftOut.map(
      (service) =>
        `\n“${service.title}”未纳入：${service.leftOut?.reason ?? ''}，由${names.body(service.leftOut?.approvedBy ?? '')}批准。`,
    ),
    ...(catalogue.booklet === undefined
      ? []
      : ['', `编成《${catalogue.booklet.title}》${cite(catalogue.booklet.source)}：`, '']),
    ...chaptersOf(catalogue).map(
      ({ goal, area, services }) =>
        `- ${goal}·${area}：${services.map((service) => service.title).join('、') || '还没有事项'}`,
    ),
  ];
}

function rowOf(service: Service, names: Names): string {
  const where = [
    ...(service.levels ?? []).map((level) => levels[level]),
    ...(service.finishedInVillage ? ['不出村办结'] : []),
  ];
  const materials = (service.materials ?? []).map((material) => material.title).join('、') || '不需要';
  const fee = service.fee === undefined || service.fee.fen === 0 ? '免费' : `${(service.fee.fen / 100).toFixed(2)} 元`;
  const cells = [
    service.title,
    names.body(service.department),
    fieldsOfService[service.field],
    where.join('、'),
    materials,
    sayLimit(service.limit),
    `${fee}${cite(service.fee?.source)}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

export function proseOfSettings(settings: Settings): string[] {
  return settings.settings.map((setting) => {
    const value =
      setting.choice ??
      (typeof setting.number === 'number'
        ? `${setting.number}${setting.unit ?? ''}`
        : setting.number === undefined
          ? sayLimit(setting.duration)
          : saidBlank(setting.number));
    return `- ${setting.title}：${value}${cite(setting.source)}`;
  });
}

const sayOnly = (only: Condition | undefined): string =>
  only === undefined ? '' : `，只算${describeCondition(only, 'zh-CN')}的`;

export function proseOfSharing(list: SharingList, names: Names): string[] {
  return [
    `清单以外的栏目不导出；每次导出记在“${names.register(list.log)}”里，写明用途和条数。`,
    '',
    ...list.items.map(
      (item) =>
        `- ${item.title}：给${item.to}${item.security ? '（综治、公安系统）' : ''}，用于${item.purpose}，从“${names.register(item.register)}”取 ${item.fields.join('、')}${cite(item.legalBasis)}${cite(item.source)}`,
    ),
  ];
}

export function proseOfCoverage(coverage: CoverageReport, names: Names): string[] {
  const places =
    'level' in coverage.places
      ? `每个${levels[coverage.places.level]}`
      : `“${names.register(coverage.places.register)}”里的每一处`;
  return [
    `${places}看是否齐备，列出缺的：`,
    '',
    ...coverage.parts.map((part) => {
      const what =
        'body' in part.has
          ? names.body(part.has.body)
          : 'register' in part.has
            ? `“${names.register(part.has.register)}”里的登记${sayOnly(part.has.only)}`
            : '登记簿里的这一栏';
      return `- ${part.title}：至少 ${part.atLeast} 个，看${what}${cite(part.source)}`;
    }),
  ];
}

const boards = { party: '党务', village: '村务', finance: '财务' } as const;
const channelNames = { wall: '公开栏', portal: '网上', meeting: '会议', letter: '入户送达' } as const;

export function proseOfDisclosure(catalogue: DisclosureCatalogue, names: Names): string[] {
  return [
    '| 公开事项 | 类别 | 周期 | 最迟 | 谁公布、谁负责 | 谁审核 | 怎么公布 | 公布多久 |',
    '|---|---|---|---|---|---|---|---|',
    ...catalogue.items.map((item) => `| ${cellsOfItem(item, names).join(' | ')} |`),
    ...(catalogue.late === undefined
      ? []
      : [
          '',
          `到期没有公布的，告诉${catalogue.late.tells.map(names.body).join('、')}；迟 ${sayLimit(catalogue.late.above.within)} 还没有公布的，告诉上一级的${catalogue.late.above.tells.map(names.body).join('、')}${cite(catalogue.late.source)}。`,
        ]),
    ...(catalogue.answers === undefined
      ? []
      : ['', `提问和异议在 ${sayLimit(catalogue.answers.within)} 内答复${cite(catalogue.answers.source)}。`]),
    ...(catalogue.powers.length === 0 ? [] : ['', '公开办理流程的小微权力：', '']),
    ...catalogue.powers.map(
      (power) =>
        `- ${names.procedure(power.procedure)}，由${names.body(power.holder.of)}${names.body(power.holder.post)}行使${power.limits === undefined ? '' : `，${power.limits}`}${cite(power.source)}`,
    ),
  ];
}

function cellsOfItem(item: DisclosureItem, names: Names): string[] {
  const often =
    item.often === undefined
      ? ''
      : `；往来多的每${sayPeriod(item.often.every)}（满 ${typeof item.often.entries === 'number' ? item.often.entries : saidBlank(item.often.entries)} 笔）${cite(item.often.source)}`;
  const latest =
    item.every === undefined
      ? '随时'
      : item.byDay === undefined || item.byDay === 0
        ? '周期最后一日'
        : `周期结束后${typeof item.byDay === 'number' ? ` ${item.byDay} 日内` : `，${saidBlank(item.byDay)}`}`;
  const from = item.from === undefined ? '' : `，取自“${names.register(item.from.register)}”`;
  const mask = item.mask.length === 0 ? '' : `，${item.mask.length} 栏脱敏`;
  return [
    `${item.title}${item.scope === 'members' ? '（只向党员）' : ''}${from}${mask}`,
    boards[item.board],
    `${item.every === undefined ? '随时' : `每${sayPeriod(item.every)}`}${often}`,
    latest,
    `${item.body.map(names.body).join('或')}，${names.body(item.responsible.post)}负责`,
    names.body(item.checkedBy),
    item.channels.map((channel) => channelNames[channel]).join('、'),
    `${describeDuration(item.noticePeriod, 'zh-CN')}${cite(item.source)}`,
  ];
}

function sayPeriod(every: Duration): string {
  const months = monthsOf(every);
  return months === 1 ? '月' : months === 3 ? '季度' : months === 6 ? '半年' : '年';
}
