import type { Language } from '../components/language.js';

const zh = {
  title: '会议通知和结果',
  lead: '村民会议、村民代表会议什么时候开、议什么、表决结果怎样。只有数字，没有姓名。',
  none: '现在没有会议。',
  more: '看会议通知和结果',
  when: '时间',
  where: '地点',
  agenda: '议程',
  special: '缩短通知时间的理由',
  cancelled: '取消理由',
  states: { called: '已通知', open: '正在开', over: '已结束', cancelled: '已取消' },
  results: { passed: '通过', rejected: '未通过', 'no-quorum': '到会人数不足，另行召集', concluded: '已有结论' },
  tally: (t: {
    entitled: number;
    present: number;
    approve: number;
    against: number;
    abstain: number;
    spoiled: number;
  }) =>
    `应到${t.entitled}人，到会${t.present}人；赞成${t.approve}票，反对${t.against}票，弃权${t.abstain}票${t.spoiled > 0 ? `，废票${t.spoiled}票` : ''}`,
  attendTitle: '会议签到',
  attendLead:
    '输入签到条上的号码，就记下您到会了。只能签到，不能投票；表决在会场举手或者用纸票。不用手机的，在签到表上签名即可。',
  code: '签到码',
  codeHint: '签到条上的十位字母和数字',
  send: '我到了',
  here: (name: string, title: string) => `${name}，已经记下您到会：${title}`,
};
type Words = typeof zh;

const en: Words = {
  title: 'Meetings and results',
  lead: 'When the villagers and their representatives meet, about what, and what the votes came to. Figures only, no names.',
  none: 'There are no meetings now.',
  more: 'Meetings and results',
  when: 'When',
  where: 'Where',
  agenda: 'Agenda',
  special: 'Why the notice was shorter',
  cancelled: 'Cancelled because',
  states: { called: 'called', open: 'in session', over: 'over', cancelled: 'cancelled' },
  results: {
    passed: 'passed',
    rejected: 'not passed',
    'no-quorum': 'too few came; to be called again',
    concluded: 'concluded',
  },
  tally: (t) =>
    `${t.present} present of ${t.entitled}; ${t.approve} for, ${t.against} against, ${t.abstain} abstaining${t.spoiled > 0 ? `, ${t.spoiled} spoiled` : ''}`,
  attendTitle: 'Say that you have come',
  attendLead:
    'Enter the code of your paper slip. It only says that you are here; votes are taken in the room, by hands or on paper. Signing the paper sheet is as good.',
  code: 'Code',
  codeHint: 'Ten letters and digits on the slip',
  send: 'I am here',
  here: (name, title) => `${name}, you are entered as present: ${title}`,
};

/** The words of the portal's pages of meetings 会议页用语. */
export const meetingWords = (language: Language): Words => (language === 'en' ? en : zh);
