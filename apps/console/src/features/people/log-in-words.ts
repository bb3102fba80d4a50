import { useLanguage } from '../../app/language.js';

const zh = {
  standing: '状态',
  closed: '已停用',
  open: '正常',
  lockedUntil: (at: string) => `密码多次输错，锁定到 ${at}`,
  never: '还没有登录过',
  last: (at: string) => `上次登录 ${at}`,
  sessions: (count: number) => (count === 0 ? '现在没有登录' : `现在登录着 ${count} 处`),
  second: '已开二次验证',
  passkeys: (count: number) => `通行密钥 ${count} 个`,
  signOn: '已绑定统一身份认证',
  more: '更多办理',
  what: '办什么',
  changes: {
    closing: '停用：马上不能登录，登录着的都退出',
    reopening: '恢复：又可以登录，岗位以现有任职为准',
    unlocking: '解锁：不必等到时间',
    'second-factor': '重置二次验证和通行密钥：手机丢失时',
    'sign-on': '绑定统一身份认证：由管理员代办',
  },
  reason: '原因（记入日志，本人和审计员可查）',
  subject: '统一身份认证里的用户标识（sub）',
  submit: '确定办理',
  done: '已办理。',
};
const en: typeof zh = {
  standing: 'State',
  closed: 'closed',
  open: 'open',
  lockedUntil: (at) => `locked until ${at} after wrong passwords`,
  never: 'never logged in',
  last: (at) => `last log-in ${at}`,
  sessions: (count) => (count === 0 ? 'not logged in now' : `logged in at ${count} places now`),
  second: 'second factor on',
  passkeys: (count) => `${count} passkeys`,
  signOn: 'bound to the county’s sign-on',
  more: 'More',
  what: 'What to do',
  changes: {
    closing: 'Close: nobody gets in by it, its sessions end',
    reopening: 'Open again: offices are those of today’s appointments',
    unlocking: 'Unlock before the time is over',
    'second-factor': 'Take second factor and passkeys away, after a lost phone',
    'sign-on': 'Bind to the county’s sign-on',
  },
  reason: 'Reason (kept in the journal)',
  subject: 'Who it is at the sign-on (sub)',
  submit: 'Do it',
  done: 'Done.',
};

/** What the page of log-ins says about how one stands, and what an administrator may do about it. */
export const useLogInWords = (): typeof zh => (useLanguage().language === 'en' ? en : zh);
