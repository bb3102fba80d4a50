import { useLanguage } from '../../app/language.js';

const zh = {
  title: '群众怎样用这件事',
  lead: '公开页上有四个渠道，每用一次记一次。谁看过、谁说过都不记名，也不对外公开次数之外的东西。',
  page: '打开公开页',
  uses: { file: '看全过程', meeting: '报名旁听', comment: '提意见', query: '问监督委员会' },
  none: '还没有人提意见或者询问。',
  comment: '意见',
  query: '监督询问',
  waiting: (day: string) => `监督委员会应在 ${day} 前答复`,
  answer: '答复',
  answered: (text: string) => `答复：${text}`,
  answerHint: '大家都看得到。不要写姓名、电话和身份证号。',
  send: '答复并公开',
  sealed: '留了姓名（密存）',
  purpose: '为什么要查看',
  open: '打开姓名',
  openHint: '只有审计人员能打开，每次打开都记入查阅记录。',
};
type Words = typeof zh;

const en: Words = {
  title: 'How residents use it',
  lead: 'The public page has four channels; each use counts once. Nobody who read or spoke is recorded by name.',
  page: 'Open the public page',
  uses: { file: 'read the file', meeting: 'sit in', comment: 'comment', query: 'ask supervision' },
  none: 'Nobody has commented or asked yet.',
  comment: 'Comment',
  query: 'Query',
  waiting: (day: string) => `to be answered by the supervision committee by ${day}`,
  answer: 'Answer',
  answered: (text) => `Answer: ${text}`,
  answerHint: 'Everybody can read it. No names, phone or identity numbers.',
  send: 'Answer in public',
  sealed: 'a name was left, sealed',
  purpose: 'What for',
  open: 'Open the name',
  openHint: 'An auditor alone may open it; each opening is written to the access log.',
};

/** The words of this feature in the language of the console. */
export const useDecisionWords = (): Words => (useLanguage().language === 'en' ? en : zh);
