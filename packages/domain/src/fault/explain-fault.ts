import { CURES } from './cures.js';
import type { Fault, Locale } from './fault.js';
import { FAULTS } from './faults.js';

/** A fault in sentences: what is wrong, what it rests on where that is known, and what would put it right. */
export type FaultExplanation = { readonly what: string; readonly why?: string; readonly cure: string };

/** Two codes of one row: zh what, zh cure, en what, en cure. */
const COLUMNS = { 'zh-CN': [0, 1], en: [2, 3] } as const;

const fill = (sentence: string, params: Fault['params']): string =>
  sentence.replaceAll(/\{([A-Za-z]+)\}/g, (whole, name: string) => String(params[name] ?? whole));

/**
 * Says a fault in Chinese or English; the same table for portal, console, paper and test, so that one refusal has one wording.
 *
 * `nameSource` turns a source id into the words of its article; without it the id itself is shown. An article is named once, however many
 * of its paragraphs a rule rests on.
 *
 * @example explainFault(fault('attendance-too-low', { need: 20, have: 19 }), 'en').what // => 'Attendance is too low: 20 needed, 19 present.'
 */
export function explainFault(
  fault: Fault,
  locale: Locale,
  nameSource: (id: string) => string = (id) => id,
): FaultExplanation {
  const [what, cure] = COLUMNS[locale];
  const cureRow = fault.cure === undefined ? undefined : CURES[fault.cure];
  const cureSentence = cureRow === undefined ? FAULTS[fault.code][cure] : cureRow[locale];
  const named = [...new Set((fault.source ?? []).map(nameSource))];
  const why =
    named.length === 0
      ? {}
      : { why: locale === 'zh-CN' ? `依据：${named.join('、')}。` : `Based on: ${named.join('; ')}.` };
  return { what: fill(FAULTS[fault.code][what], fault.params), ...why, cure: fill(cureSentence, fault.params) };
}
