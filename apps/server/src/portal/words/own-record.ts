import type { Language } from '../components/language.js';

const zh = {
  title: '看本人的登记',
  lead: '输入登记条上的十位号码，就能看到登记的是什么、谁什么时候改过，也可以说对不对。不用账号。',
  code: '登记条号码',
  codeHint: '十位字母和数字',
  open: '打开',
  problem: '没有办成',
  fields: '登记的内容',
  empty: '没有填',
  history: '什么时候登记和改过',
  kinds: { enter: '登记', change: '变更', end: '注销' },
  corrected: '已更正',
  words: '本人说过的',
  confirmedOn: (day: string) => `${day} 确认`,
  objected: (day: string) => `${day} 提出意见`,
  before: '（之后登记又有变更）',
  confirm: '都对，我确认',
  confirmHint: '登记有变更以后，要再确认一次。不确认没有任何影响。',
  objection: '哪里不对',
  objectionHint: '写明哪一项、应该是什么。登记单位看得到，改了什么都留在上面的记录里。',
  send: '说不对',
  saidConfirmed: '已记下您的确认。',
  saidObjection: '已记下您的意见，登记单位的待办里有了；答复写在本页，用同一张登记条看。',
  answered: (day: string) => `登记单位 ${day} 答复`,
  unanswered: '登记单位还没有答复。',
  ended: '这项登记已经注销。',
};
type Words = typeof zh;

const en: Words = {
  title: 'My own record',
  lead: 'Type the ten characters on the slip to see what is on record, who changed it and when, and to say whether it is right. No account.',
  code: 'Code on the slip',
  codeHint: 'ten letters and digits',
  open: 'Open',
  problem: 'It was not done',
  fields: 'What is on record',
  empty: 'not filled in',
  history: 'When it was entered and changed',
  kinds: { enter: 'entered', change: 'changed', end: 'ended' },
  corrected: 'corrected',
  words: 'What you said',
  confirmedOn: (day: string) => `confirmed ${day}`,
  objected: (day: string) => `objected ${day}`,
  before: '(changed since)',
  confirm: 'All right, I confirm',
  confirmHint: 'After a change it is asked again. Not confirming has no consequence.',
  objection: 'What is wrong',
  objectionHint:
    'Say which entry and what it should be. The office sees it; what is changed stays in the history above.',
  send: 'Say it is wrong',
  saidConfirmed: 'Your confirmation is on record.',
  saidObjection:
    'Your objection is on record and waits at the office; its answer will stand on this page, behind the same slip.',
  answered: (day: string) => `answer of the office, ${day}`,
  unanswered: 'The office has not answered yet.',
  ended: 'This record has ended.',
};

export const ownRecordWords = (language: Language): Words => (language === 'en' ? en : zh);
