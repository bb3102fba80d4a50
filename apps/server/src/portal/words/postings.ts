import type { Language } from '../components/language.js';

const zh = {
  hanging: '正在公示',
  since: (what: string, day: string, where: string) => `${what}，${day} 起公示（${where}）`,
  until: (day: string, left: number) => `公示到 ${day}，${left > 0 ? `还有 ${left} 天` : '今天是最后一天'}`,
  over: (day: string) => `公示期到 ${day} 已满`,
  stays: (day: string) => `至少挂到 ${day}`,
  mayObject: (day: string | null) => (day === null ? '公示期间可以提异议' : `${day} 以前（含当天）可以提异议`),
  mayNot: '现在不收异议',
  toObject: '看内容、提异议',
  posting: '公示和异议',
  lead: '认为决议不对、程序不对，都可以提异议。村里必须答复，没有答复完，事情不能往下办。不用写姓名，也可以写在纸上交给村民委员会或者监督委员会，一样算数。',
  objections: '异议和答复',
  none: '还没有人提异议。',
  objection: '异议',
  answer: '答复',
  waiting: '等待答复；答复写在这里。没有答复以前，公示不能结束。',
  withheld: '（内容含有个人信息，不在网上公开）',
  object: '提异议',
  what: '对什么有异议，为什么',
  send: '提出异议',
  said: '异议已提出，写在本页，转给了村里答复的人。',
};
type Words = typeof zh;

const en: Words = {
  hanging: 'Posted now',
  since: (what, day, where) => `${what}, posted since ${day} (${where})`,
  until: (day, left) => `until ${day}, ${left > 0 ? `${left} days left` : 'today is the last day'}`,
  over: (day) => `its days ended on ${day}`,
  stays: (day) => `hangs at least until ${day}`,
  mayObject: (day) =>
    day === null ? 'you may object while it is posted' : `you may object up to and including ${day}`,
  mayNot: 'no objection is taken now',
  toObject: 'Read it and object',
  posting: 'The posting and objections',
  lead: 'You may object to what was decided or to how. The village must answer, and nothing goes on before it has. No name is needed; on paper, given to the villagers’ committee or the supervision committee, it counts the same.',
  objections: 'Objections and answers',
  none: 'Nobody has objected yet.',
  objection: 'Objection',
  answer: 'Answer',
  waiting: 'Waits for an answer, which will stand here. The posting cannot end before.',
  withheld: '(holds personal data and is not shown online)',
  object: 'Object',
  what: 'What you object to, and why',
  send: 'Send the objection',
  said: 'Your objection stands on this page and was passed to those who answer it.',
};

export const postingWords = (language: Language): Words => (language === 'en' ? en : zh);
