import type { Language } from '../components/language.js';

const zh = {
  title: (name: string) => `${name}已经不再单独设立`,
  lead: (day: string) => `自 ${day} 起，这里的事到下面的村（社区）办。以前的凭条照旧有效，照原来的办法查。`,
  became: '现在是',
  goTo: (name: string) => `去${name}的页面`,
  ended: '（也已不再单独设立）',
  history: '沿革',
  before: '从前是',
  beforeNote: '以前的凭条、公开都在原来的村名下，照旧查得到。',
  causes: { merge: '合并', split: '分设', recode: '改代码' },
  source: '依据',
  receipt: '用凭条查事项',
};
type Words = typeof zh;

const en: Words = {
  title: (name: string) => `${name} is no longer a village of its own`,
  lead: (day: string) =>
    `Since ${day} its affairs are looked after by the village below. Receipts of before hold and are followed as ever.`,
  became: 'It is now',
  goTo: (name: string) => `Go to ${name}`,
  ended: '(has ended too)',
  history: 'What became of it',
  before: 'It was before',
  beforeNote: 'Receipts and disclosures of before stand under the former name and are found as ever.',
  causes: { merge: 'merged', split: 'split', recode: 'given another code' },
  source: 'by',
  receipt: 'Follow a receipt',
};

export const formerVillageWords = (language: Language): Words => (language === 'en' ? en : zh);
