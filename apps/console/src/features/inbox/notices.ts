import { useLanguage } from '../../app/language.js';

type Say = (found: readonly string[], term: (text: string) => string) => string;

/** What the server puts into an inbox besides the terms of a rule, in the shape it is written, and the same in English. */
const notices: readonly (readonly [RegExp, Say])[] = [
  [/^已超过办理期限（(.+)），请尽快办理并说明原因$/, ([day]) => `Overdue since ${day}: handle it soon and say why`],
  [
    /^已超过办理期限（(.+)），可以提请核查原因，先听承办人说明$/,
    ([day]) => `Overdue since ${day}: the reason may be checked, after the handler’s word`,
  ],
  [
    /^转来事项，请接收或者说明理由：(.+)$/,
    ([stage = ''], term) => `Passed to you, accept it or say why not: ${term(stage)}`,
  ],
  [/^群众提出异议 (\d+) 件，请答复$/, ([count]) => `Objections of residents to answer: ${count}`],
  [
    /^(.+)的公示天数已满(?:，现在可以办“|：)(.+?)”?$/,
    ([what = '', next = ''], term) => `The days of posting of ${term(what)} are over; now do “${term(next)}”`,
  ],
  [
    /^请核实办理结果：由您抽查确认，承办人不能确认自己的结果$/,
    () => 'You were drawn to check the result; whoever handled it may not',
  ],
  [
    /^本人对“(.+)”的登记有意见，请答复$/,
    ([register = ''], term) => `Somebody objects to his record in “${term(register)}”: answer`,
  ],
  [/^子事项已办结：(.+)$/, ([subject]) => `A part of it is done: ${subject}`],
  [/^会议通知：(.+)$/, ([meeting]) => `Meeting: ${meeting}`],
  [/^请审核：(.+)$/, ([title]) => `To be checked: ${title}`],
  [/^审核同意，可以公布：(.+)$/, ([title]) => `Agreed to, may be published: ${title}`],
  [/^退回修改：(.+)$/, ([title]) => `Sent back to be changed: ${title}`],
  [/^未按期公开：(.+)，应在 (.+) 前公布$/, ([title, day]) => `Not published by ${day}: ${title}`],
  [
    /^(\S+) 收到不满意评价，请核查原因、整改并回复$/,
    ([number]) => `${number} was rated unsatisfactory: find the reason, mend it and reply`,
  ],
];

/** A notice in English; what matches none of the shapes is a term of a rule. */
export const noticeInEnglish = (text: string, term: (text: string) => string): string => {
  for (const [shape, say] of notices) {
    const found = shape.exec(text);
    if (found !== null) return say(found.slice(1), term);
  }
  return term(text);
};

/** Says what waits (待办说明) in the language chosen, as one line. */
export function useNotices(): (texts: readonly string[]) => string {
  const { language, term } = useLanguage();
  return (texts) =>
    language === 'en' ? texts.map((text) => noticeInEnglish(text, term)).join('; ') : texts.join('；');
}
