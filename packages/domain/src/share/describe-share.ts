import { termsOf, type Denominator, type Share, type Threshold } from './share.js';

const PEOPLE: Readonly<Record<Denominator, { 'zh-CN': string; en: string }>> = {
  entitled: { 'zh-CN': '应到人员', en: 'those entitled' },
  present: { 'zh-CN': '到会人员', en: 'those present' },
  voting: { 'zh-CN': '参加投票人员', en: 'those voting' },
  'all-members': { 'zh-CN': '全体成员', en: 'all members' },
  households: { 'zh-CN': '户数', en: 'households' },
  'registered-voters': { 'zh-CN': '登记参加选举的村民', en: 'registered voters' },
};

const DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
const numeral = (n: number): string => DIGITS[n] ?? String(n);

function sayShare(share: Share, locale: 'zh-CN' | 'en'): string {
  const strict = 'moreThan' in share;
  const fraction = strict ? share.moreThan : share.atLeast;
  const { upper, lower } = termsOf(fraction);
  const people = PEOPLE[share.of][locale];
  if (locale === 'en') return `${strict ? 'more than' : 'at least'} ${fraction} of ${people}`;
  if (upper === lower) return `${people}的全部`;
  if (upper * 2 === lower) return `${people}的${strict ? '过半数' : '半数以上'}`;
  const part = `${numeral(lower)}分之${numeral(upper)}`;
  return `${people}的${strict ? `超过${part}` : `${part}以上`}`;
}

/**
 * Says a threshold in words, for notices and for the prose of a rule.
 *
 * @example describeThreshold({ atLeast: '2/3', of: 'entitled' }, 'zh-CN') // => '应到人员的三分之二以上'
 */
export function describeThreshold(threshold: Threshold, locale: 'zh-CN' | 'en'): string {
  const shares = 'anyOf' in threshold ? threshold.anyOf : [threshold];
  return shares.map((share) => sayShare(share, locale)).join(locale === 'zh-CN' ? '，或者' : ', or ');
}
