import { useLanguage } from '../../app/language.js';

const zh = {
  lockedTitle: '页面已锁定',
  locked: (name: string) => `${name}，请输入密码继续。页面上填写的内容都在。`,
  password: '密码',
  unlock: '解锁',
  somebodyElse: '不是我，换人登录',
  usePasskey: '用通行密钥（指纹、面容）',
  passkeyKnown: '这台设备已经登记过通行密钥，不必再登记。',
  passkeyBrokenOff: '设备没有完成验证，或者您取消了。可以再试一次，或者用密码。',
  oneMoreStep: '还差一步',
  next: '新密码',
  nextHint: '只有自己知道；可以把几个不相干的词连成一句。',
  passwordEnds: (days: number) => `密码还有 ${days} 天到期。`,
  passwordChange: '现在修改',
};
const en: typeof zh = {
  lockedTitle: 'The screen is locked',
  locked: (name) => `${name}, enter your password to go on. What you typed is kept.`,
  password: 'Password',
  unlock: 'Unlock',
  somebodyElse: 'Not me: somebody else logs in',
  usePasskey: 'Use a passkey (finger, face)',
  passkeyKnown: 'This device has a passkey here already.',
  passkeyBrokenOff: 'The device did not finish, or you broke it off. Try again, or use the password.',
  oneMoreStep: 'One more step',
  next: 'New password',
  nextHint: 'Known to you alone; several words that have nothing to do with each other make a good one.',
  passwordEnds: (days) => `Your password holds for ${days} more days.`,
  passwordChange: 'Change it now',
};

/** What the log-in, the lock and the warning of an ending password say. */
export const useSessionWords = (): typeof zh => (useLanguage().language === 'en' ? en : zh);
