import {
  explainFault,
  ledgerOf,
  plainDate,
  registersRead,
  ruleOnRecord,
  termsRegister,
  type Elsewhere,
  type FieldValue,
  type GuardedRecord,
  type LedgerRow,
  type Register,
} from '@lianxin/domain';
import type { ExpectedLedger, RegisterCase } from './case-file.js';
import { differencesOfFaults } from './case-outcome.js';

/** The register of an id as it applies on the day of the case, or undefined. */
export type FindRegister = (id: string) => Register | undefined;

/** Plays a case on a register: saves one record, or looks at a ledger of those that stand. */
export function runRegisterCase(
  register: Register,
  each: RegisterCase,
  find: FindRegister = () => undefined,
): string[] {
  const stranger = Object.keys(each.elsewhere).find((id) => !registersRead(register).includes(id));
  if (stranger !== undefined) return [`本登记簿不从 ${stranger} 取任何栏目`];
  const records = each.records.flatMap(repeated);
  const today = plainDate(each.on.slice(0, 10));
  const { save } = each;
  const elsewhere = elsewhereOf(each, find);
  if (save === undefined) return outcomeOfLedger(register, each, records, elsewhere);
  const before = records.find((record) => record.id === save.id);
  const faults = ruleOnRecord(register, save, {
    others: records,
    ...(before === undefined ? {} : { before }),
    runningProcedures: each.running,
    today,
    elsewhere,
  });
  if (each.then.refused !== undefined) {
    return faults.length === 0 ? ['应当被拒绝，实际可以保存'] : differencesOfFaults(each.then.refused, faults);
  }
  return faults.map((fault) => `应当可以保存，实际因 ${fault.code} 被拒绝：${explainFault(fault, 'zh-CN').what}`);
}

function elsewhereOf(each: RegisterCase, find: FindRegister): Elsewhere {
  return Object.fromEntries(
    Object.entries(each.elsewhere).map(([id, records]) => [
      id,
      { key: keyOf(id, find), records: records.flatMap(repeated) },
    ]),
  );
}

const keyOf = (id: string, find: FindRegister): readonly string[] =>
  id === termsRegister.id ? termsRegister.key : (find(id)?.key ?? []);

/** One record, or as many alike as `times` says, numbered from 1. */
function repeated({ id, fields, times, confirmed }: RegisterCase['records'][number]): GuardedRecord[] {
  if (times === undefined) return [{ id, fields, ...(confirmed === undefined ? {} : { confirmed }) }];
  const numbered = (value: FieldValue, n: number): FieldValue =>
    typeof value === 'string' ? value.replaceAll('#', String(n)) : value;
  return Array.from({ length: times }, (_, at) => ({
    id: `${id}-${at + 1}`,
    fields: Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, numbered(value, at + 1)])),
  }));
}

function outcomeOfLedger(
  register: Register,
  each: RegisterCase,
  records: GuardedRecord[],
  elsewhere: Elsewhere,
): string[] {
  const ledger = register.ledgers.find((one) => one.id === each.ledger);
  const want = each.then.ledger;
  if (ledger === undefined || want === undefined) return [`没有名为 ${String(each.ledger)} 的台账`];
  const view = ledgerOf(register, ledger, records, plainDate(each.on.slice(0, 10)), elsewhere);
  const ids = view.rows.map((row) => row.id);
  const counted = new Map(view.groups.map((group) => [group.value, group]));
  return [
    ...(want.rows === undefined ? [] : same('行', want.rows, typeof want.rows === 'number' ? ids.length : ids)),
    ...Object.entries(want.counted ?? {}).flatMap(([value, rows]) => same(value, rows, counted.get(value)?.rows)),
    ...(want.answered === undefined ? [] : same('已填', want.answered, view.answered)),
    ...(want.atMost === undefined
      ? []
      : same(
          '名额',
          [want.atMost],
          [...new Set(view.groups.filter((group) => group.rows > 0).map((group) => group.atMost))],
        )),
    ...(want.once === undefined ? [] : same('不重复计数', want.once, view.once)),
    ...(want.sums ?? []).flatMap(({ field, total }) =>
      same(`${field} 合计`, total, view.sums.find((sum) => sum.field === field)?.total),
    ),
    ...(want.standing ?? []).flatMap(({ value, is }) => same(value, is, counted.get(value)?.standing)),
    ...(want.composition ?? []).flatMap(({ value, part, is, ...bounds }) => {
      const found = view.composition.find((group) => group.value === value)?.parts.find((one) => one.id === part);
      const { rows, atLeast, atMost, standing } = found ?? {};
      return same(
        `${value} ${part}`,
        { ...bounds, is },
        { ...shownOf({ rows, atLeast, atMost }, bounds), is: standing },
      );
    }),
    ...(want.records ?? []).flatMap((wanted) =>
      differencesOfRow(
        wanted,
        view.rows.find((row) => row.id === wanted.id),
      ),
    ),
  ];
}

/** Of what is there, what the case speaks of. */
const shownOf = (have: Readonly<Record<string, unknown>>, wanted: object): object =>
  Object.fromEntries(Object.keys(wanted).map((key) => [key, have[key] ?? null]));

type WantedRow = NonNullable<ExpectedLedger['records']>[number];

function differencesOfRow(want: WantedRow, row: LedgerRow | undefined): string[] {
  if (row === undefined) return [`台账里没有 ${want.id}`];
  const overdue = row.overdueSince === undefined ? 'in-time' : (row.overdueSince ?? 'never');
  return [
    ...(want.parts === undefined ? [] : same(`${want.id} 各项`, want.parts, row.parts)),
    ...(want.confirmed === undefined ? [] : same(`${want.id} 本人确认`, want.confirmed, row.confirmed)),
    ...(want.shortBy === undefined ? [] : same(`${want.id} 差额`, want.shortBy, row.shortOf[0]?.by ?? null)),
    ...(want.overdueSince === undefined ? [] : same(`${want.id} 超期`, want.overdueSince, overdue)),
    ...(want.remainder === undefined ? [] : same(`${want.id} 余数`, want.remainder, row.remainder)),
    ...(want.total === undefined ? [] : same(`${want.id} 合计`, want.total, row.total)),
    ...(want.advice === undefined ? [] : same(`${want.id} 提示`, want.advice, row.advice)),
    ...(want.cells === undefined ? [] : same(`${want.id} 各栏`, want.cells, row.cells)),
  ];
}

const same = (what: string, want: unknown, have: unknown): string[] =>
  JSON.stringify(want) === JSON.stringify(have)
    ? []
    : [`${what} 应为 ${JSON.stringify(want)}，实际 ${JSON.stringify(have ?? null)}`];
