import type { Language } from '../components/language.js';

const zh = {
  title: '无记名测评',
  lead: '手机和纸票在一本名册上，谁投了什么没有人看得到。公布以后人人可以下载存档，自己重新计票。',
  none: '现在没有无记名测评。',
  more: '看无记名测评',
  states: { open: '尚未截止', closed: '已封箱，等待开票', published: '已公布', withheld: '收回太少，没有开票' },
  days: '投票日期',
  entitled: '名册人数',
  vote: '领票、投票，或者核对自己的票',
  poster: '墙上公告（打印）',
  file: '下载投票存档',
  check: '怎样核对：下载存档，在任何一台电脑上运行',
  checkKey: 'KEY 是墙上公布的公开册公钥。十二项核对逐项重做，不需要我们的服务器。',
  abstained: '弃权',
  withheld: '收回太少，不公布',
  votes: (count: number) => `${count}票`,
  invalid: (count: number) => `无效${count}票`,
};
type Words = typeof zh;

const en: Words = {
  title: 'Secret ballots',
  lead: 'Phones and paper on one roll, and nobody sees who voted what. Once published, anybody downloads the file and counts again.',
  none: 'There is no secret ballot now.',
  more: 'Secret ballots',
  states: {
    open: 'not closed yet',
    closed: 'box closed, to be counted',
    published: 'published',
    withheld: 'too few came back; not opened',
  },
  days: 'Days',
  entitled: 'On the roll',
  vote: 'Take tokens, vote, or check your own vote',
  poster: 'Poster for the wall (print)',
  file: 'Download the file',
  check: 'How to check: download the file and run on any computer',
  checkKey: 'KEY is the key of the public log as posted. All twelve checks are made again, without our server.',
  abstained: 'abstained',
  withheld: 'withheld, too few',
  votes: (count) => `${count}`,
  invalid: (count) => `${count} invalid`,
};

/** The words of the portal's page of secret ballots 测评页用语. */
export const ballotWords = (language: Language): Words => (language === 'en' ? en : zh);
