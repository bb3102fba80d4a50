import type { DisclosureContent } from '@lianxin/contract';
import { maskCell, type DisclosureItem, type DisclosurePeriod, type FieldValues, type Register } from '@lianxin/domain';
import type { PaperTable } from '../papers/index.js';

/** A record as far as a draft is cut from it. */
export interface Entry {
  readonly fields: FieldValues;
}

const asText = (register: Register, field: string, value: unknown): string => {
  if (value === undefined || value === null) return '';
  const known = register.fields.find((one) => one.id === field);
  if (known?.type === 'money' && typeof value === 'number') return value.toFixed(2);
  const choice = known?.choices?.find((one) => one.id === value);
  return choice?.title ?? (typeof value === 'string' ? value : JSON.stringify(value));
};

/** Numbers missing between the first and the last of the period, where vouchers are numbered `2026-001`, `2026-002` (trust: a receipt left out). */
export const voucherGaps = (vouchers: readonly string[]): readonly string[] => {
  const series = new Map<string, { width: number; numbers: Set<number> }>();
  for (const voucher of vouchers) {
    const [, head = '', digits = ''] = /^(.*?)(\d+)$/u.exec(voucher) ?? [];
    if (digits === '') continue;
    const found = series.get(head) ?? { width: digits.length, numbers: new Set<number>() };
    found.numbers.add(Number(digits));
    series.set(head, found);
  }
  return [...series].flatMap(([head, { width, numbers }]) => {
    const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
    return Array.from({ length: last - first + 1 }, (_, at) => first + at)
      .filter((number) => !numbers.has(number))
      .map((number) => `${head}${String(number).padStart(width, '0')}`);
  });
};

const yuan = (cents: number): string => (cents / 100).toFixed(2);

/**
 * What a ledger says of a period, ready for a board: its public columns with the masked ones covered, sums, bars by category, and
 * the voucher numbers that are missing. Nothing is typed, so nothing can differ from the ledger.
 */
export const cutContent = (
  item: DisclosureItem,
  register: Register,
  entries: readonly Entry[],
  period: DisclosurePeriod,
): DisclosureContent => {
  const { from } = item;
  const ledger = register.ledgers.find((one) => one.id === from?.ledger);
  if (from === undefined || ledger === undefined) return { paragraphs: [], table: null, bars: [], gaps: [] };
  const order = ledger.sortBy ?? [from.by];
  const key = (entry: Entry): string => order.map((field) => String(entry.fields[field] ?? '')).join('\u001f');
  const inPeriod = entries
    .filter(({ fields }) => {
      const on = String(fields[from.by] ?? '');
      return on >= period.from && on <= period.to;
    })
    .toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  const cell = (entry: Entry, field: string): string => {
    const text = asText(register, field, entry.fields[field]);
    return item.mask.includes(field) && text !== '' ? maskCell(text) : text;
  };
  const title = (field: string): string => register.fields.find((one) => one.id === field)?.title ?? field;
  const money = new Set(register.fields.filter((one) => one.type === 'money').map((one) => one.id));
  const table: PaperTable = {
    kind: 'table',
    head: ledger.columns.map(title),
    rows: inPeriod.map((entry) => ledger.columns.map((field) => cell(entry, field))),
    right: ledger.columns.flatMap((field, at) => (money.has(field) ? [at] : [])),
  };
  return {
    paragraphs: sumsOf(from.accounts, inPeriod),
    table: table as DisclosureContent['table'],
    bars: barsOf(from.accounts, register, inPeriod),
    gaps: [...voucherGaps(inPeriod.map((entry) => String(entry.fields[register.key[0] ?? ''] ?? '')))],
  };
};

type Accounts = NonNullable<NonNullable<DisclosureItem['from']>['accounts']>;

/** Amounts of the entries that go one way, in cents; all sorts unless one is named. */
const totalOf = (accounts: Accounts, entries: readonly Entry[], way: string, sort?: string): number =>
  entries
    .filter(({ fields }) => fields[accounts.way] === way && (sort === undefined || fields[accounts.sort] === sort))
    .reduce((sum, { fields }) => sum + Math.round(Number(fields[accounts.amount] ?? 0) * 100), 0);

const sumsOf = (accounts: Accounts | undefined, entries: readonly Entry[]): string[] => {
  if (accounts === undefined) return [`本期共 ${entries.length} 条。`];
  const income = totalOf(accounts, entries, accounts.income);
  const expense = totalOf(accounts, entries, accounts.expense);
  return [
    `本期共 ${entries.length} 笔，收入合计 ${yuan(income)} 元，支出合计 ${yuan(expense)} 元，收支相抵 ${yuan(income - expense)} 元。`,
  ];
};

const barsOf = (
  accounts: Accounts | undefined,
  register: Register,
  entries: readonly Entry[],
): DisclosureContent['bars'] => {
  if (accounts === undefined) return [];
  const choices = register.fields.find((one) => one.id === accounts.sort)?.choices ?? [];
  return choices
    .map(({ id, title }) => ({
      title,
      income: totalOf(accounts, entries, accounts.income, id) / 100,
      expense: totalOf(accounts, entries, accounts.expense, id) / 100,
    }))
    .filter((bar) => bar.income > 0 || bar.expense > 0);
};

/** Every text of a draft under the name its author knows it by, for the search for personal data. */
export const textsOf = (title: string, content: DisclosureContent): Record<string, string> => ({
  标题: title,
  ...Object.fromEntries(content.paragraphs.map((text, at) => [`正文第${at + 1}段`, text])),
  ...Object.fromEntries(
    (content.table?.rows ?? []).map((row, at) => [`表格第${at + 1}行（改台账后重新拟稿）`, row.join('　')]),
  ),
});
