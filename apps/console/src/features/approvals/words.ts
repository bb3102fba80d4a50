import { useLanguage } from '../../app/language.js';

const zh = {
  title: '双人办理',
  lead: '这些事一个人办不了：一人提出，另一人决定。自己提的，自己不能批。',
  minors: '查阅未成年人信息',
  minorsLead: '看不满十八岁的人的登记，先写明用途，由有审批职责的另一人批准，最长七天；每看一次都留记录。',
  ask: '申请查阅',
  purpose: '用途',
  send: '提交申请',
  asked: '已提交，等另一人审批。',
  none: '没有申请。',
  whose: '查阅谁',
  askedBy: '提出',
  state: '情况',
  decision: '办理',
  waiting: '等另一人决定',
  days: '几天',
  approve: '批准',
  refuse: '不批准',
  read: '查阅（留记录）',
  approvedUntil: (day: string, by: string) => `${by} 批准，到 ${day}`,
  refusedBy: (by: string) => `${by} 没有批准`,
  proposals: '管理岗位的任职提名',
  proposalsLead: '能管理系统的岗位，在组织页提名，由另一位管任职的同志在这里复核；被提名的人自己不能复核。',
  who: '提名谁',
  post: '岗位',
  from: '起',
  confirm: '复核，准予任职',
  confirmedBy: (by: string) => `${by} 已复核，任职生效`,
};
type Words = typeof zh;

const en: Words = {
  title: 'Two persons',
  lead: 'Nobody does these alone: one asks, another decides, never one’s own.',
  minors: 'Reading a minor’s record',
  minorsLead:
    'To read the record of somebody under eighteen, say what for; another person with the duty approves for seven days at most, and every reading is written down.',
  ask: 'Ask to read',
  purpose: 'Purpose',
  send: 'Ask',
  asked: 'Asked; another person decides.',
  none: 'Nothing was asked.',
  whose: 'Whose record',
  askedBy: 'Asked by',
  state: 'State',
  decision: 'To do',
  waiting: 'waits for another person',
  days: 'Days',
  approve: 'Approve',
  refuse: 'Refuse',
  read: 'Read it (written down)',
  approvedUntil: (day, by) => `approved by ${by} until ${day}`,
  refusedBy: (by) => `refused by ${by}`,
  proposals: 'Proposals for posts that administer',
  proposalsLead:
    'A post that administers the system is proposed on the page of its body and confirmed here by another person who appoints; the person proposed cannot.',
  who: 'Who',
  post: 'Post',
  from: 'From',
  confirm: 'Confirm the appointment',
  confirmedBy: (by) => `confirmed by ${by}`,
};

/** The words of the page for what takes two persons 双人办理页面用语. */
export const useApprovalWords = (): Words => (useLanguage().language === 'en' ? en : zh);
