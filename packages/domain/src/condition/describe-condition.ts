import { describeThreshold } from '../share/index.js';
import type { Condition } from './condition.js';

/** How the ids in a condition are named for readers; an id without a name is shown as it is. */
export type ConditionNames = {
  readonly field?: (id: string) => string;
  readonly value?: (field: string, value: string | number | boolean) => string;
  readonly act?: (id: string) => string;
  readonly kind?: (id: string) => string;
};

type Words = {
  readonly quote: (name: string) => string;
  readonly bracket: (part: string) => string;
  readonly yes: string;
  readonly no: string;
  readonly or: string;
  readonly today: string;
  readonly equals: (a: string, b: string) => string;
  readonly in: (a: string, b: string) => string;
  readonly atLeast: (a: string, b: string) => string;
  readonly moreThan: (a: string, b: string) => string;
  readonly before: (a: string, b: string) => string;
  readonly after: (a: string, b: string) => string;
  readonly yearsAtLeast: (from: string, to: string, years: string) => string;
  readonly yearsMoreThan: (from: string, to: string, years: string) => string;
  readonly has: (a: string) => string;
  readonly isKind: (a: string) => string;
  readonly meets: (count: string, base: string, share: string) => string;
  readonly countAtLeast: (act: string, n: number) => string;
  readonly countMoreThan: (act: string, n: number) => string;
  readonly all: (parts: readonly string[]) => string;
  readonly any: (parts: readonly string[]) => string;
  readonly not: (part: string) => string;
};

const CHINESE: Words = {
  quote: (name) => `“${name}”`,
  bracket: (part) => `（${part}）`,
  yes: '是',
  no: '否',
  or: '、',
  today: '当日',
  equals: (a, b) => `${a}为${b}`,
  in: (a, b) => `${a}为${b}之一`,
  atLeast: (a, b) => `${a}在${b}以上（含）`,
  moreThan: (a, b) => `${a}超过${b}`,
  before: (a, b) => `${a}早于${b}`,
  after: (a, b) => `${a}晚于${b}`,
  yearsAtLeast: (from, to, years) => `从${from}到${to}满${years}周年`,
  yearsMoreThan: (from, to, years) => `从${from}到${to}超过${years}周年`,
  has: (a) => `已填写${a}`,
  isKind: (a) => `事项属于${a}`,
  meets: (count, base, share) => `${count}与${base}相比，达到${share}`,
  countAtLeast: (act, n) => `${act}已有${n}次以上`,
  countMoreThan: (act, n) => `${act}超过${n}次`,
  all: (parts) => parts.join('，并且'),
  any: (parts) => parts.join('，或者'),
  not: (part) => `并非（${part}）`,
};

const ENGLISH: Words = {
  quote: (name) => `“${name}”`,
  bracket: (part) => `(${part})`,
  yes: 'yes',
  no: 'no',
  or: ', ',
  today: 'today',
  equals: (a, b) => `${a} is ${b}`,
  in: (a, b) => `${a} is one of ${b}`,
  atLeast: (a, b) => `${a} is at least ${b}`,
  moreThan: (a, b) => `${a} is more than ${b}`,
  before: (a, b) => `${a} is before ${b}`,
  after: (a, b) => `${a} is after ${b}`,
  yearsAtLeast: (from, to, years) => `${years} full years from ${from} to ${to}`,
  yearsMoreThan: (from, to, years) => `more than ${years} full years from ${from} to ${to}`,
  has: (a) => `${a} is given`,
  isKind: (a) => `the matter is of kind ${a}`,
  meets: (count, base, share) => `${count} out of ${base} is ${share}`,
  countAtLeast: (act, n) => `${act} was done at least ${n} times`,
  countMoreThan: (act, n) => `${act} was done more than ${n} times`,
  all: (parts) => parts.join(' and '),
  any: (parts) => parts.join(' or '),
  not: (part) => `not (${part})`,
};

/**
 * Says a condition in words: the same reading for the prose of a rule, the drawing and a refusal.
 *
 * @example describeCondition({ field: '金额', atLeast: 5000 }, 'zh-CN') // => '“金额”在5000以上（含）'
 */
export function describeCondition(condition: Condition, locale: 'zh-CN' | 'en', names: ConditionNames = {}): string {
  const words = locale === 'zh-CN' ? CHINESE : ENGLISH;
  const field = (id: string): string => words.quote(names.field?.(id) ?? id);
  const act = (id: string): string => words.quote(names.act?.(id) ?? id);
  const value = (of: string, plain: string | number | boolean): string => {
    if (typeof plain === 'boolean') return plain ? words.yes : words.no;
    return typeof plain === 'number' ? String(plain) : words.quote(names.value?.(of, plain) ?? plain);
  };
  const side = (other: number | string | { readonly field: string }): string => {
    if (typeof other === 'object') return field(other.field);
    return other === 'today' ? words.today : String(other);
  };
  // A joined part inside another join is bracketed: 并且 and 或者 have no order of their own.
  const inner = (part: Condition): string => ('all' in part || 'any' in part ? words.bracket(say(part)) : say(part));
  const say = (part: Condition): string => {
    if ('all' in part) return part.all.length === 1 ? part.all.map(say).join('') : words.all(part.all.map(inner));
    if ('any' in part) return part.any.length === 1 ? part.any.map(say).join('') : words.any(part.any.map(inner));
    if ('not' in part) return words.not(say(part.not));
    if ('has' in part) return words.has(field(part.has));
    if ('yearsSince' in part) {
      const [from, to] = [field(part.yearsSince), side(part.on)];
      return 'atLeast' in part
        ? words.yearsAtLeast(from, to, side(part.atLeast))
        : words.yearsMoreThan(from, to, side(part.moreThan));
    }
    if ('isKind' in part) {
      const kinds = typeof part.isKind === 'string' ? [part.isKind] : part.isKind;
      return words.isKind(kinds.map((kind) => words.quote(names.kind?.(kind) ?? kind)).join(words.or));
    }
    if ('countOf' in part) {
      const counted = act(part.countOf);
      return 'atLeast' in part
        ? words.countAtLeast(counted, part.atLeast)
        : words.countMoreThan(counted, part.moreThan);
    }
    if ('meets' in part) return words.meets(field(part.count), field(part.base), describeThreshold(part.meets, locale));
    const name = field(part.field);
    if ('equals' in part) return words.equals(name, value(part.field, part.equals));
    if ('in' in part) return words.in(name, part.in.map((one) => value(part.field, one)).join(words.or));
    if ('atLeast' in part) return words.atLeast(name, side(part.atLeast));
    if ('moreThan' in part) return words.moreThan(name, side(part.moreThan));
    if ('before' in part) return words.before(name, side(part.before));
    return words.after(name, side(part.after));
  };
  return say(condition);
}
