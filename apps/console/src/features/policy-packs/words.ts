import { useLanguage } from '../../app/language.js';

const zh = {
  coming: '将要施行的修改',
  comingLead: '到施行日起，新立项的按新的办；在办的事项仍按立项那天的制度办到底。',
  changed: '与上一版对照',
  same: '规则的说法没有变。',
  gone: (title: string) => `《${title}》不再有`,
  from: (title: string, day: string) => `《${title}》，${day} 起`,
  before: '原来',
  after: '改为',
  nothing: '（没有）',
};
export type PackWords = typeof zh;

const en: PackWords = {
  coming: 'Changes to come',
  comingLead:
    'From that day new matters go by the new text; matters that run keep the rule of the day they were opened.',
  changed: 'Compared with the version before',
  same: 'The rules read the same.',
  gone: (title: string) => `“${title}” is gone`,
  from: (title: string, day: string) => `“${title}”, from ${day}`,
  before: 'before',
  after: 'now',
  nothing: '(nothing)',
};

/** The words of the pages of rules, in the language chosen. */
export const usePackWords = (): PackWords => (useLanguage().language === 'en' ? en : zh);
