import type { Language } from '../components/language.js';

const zh = {
  title: '用邮件告诉我进展',
  lead: '不留也完全可以：凭条号随时能查。留了邮箱，有进展时发一封邮件，里面只有办件编号，不写您的事。办结后邮箱就删掉。',
  address: '邮箱',
  hint: '先收到一封确认邮件，在里面点确认以后才会发',
  leave: '发给我',
  remove: '不要再发',
  asked: '确认邮件已经排队发出',
  askedText: '请打开邮箱，点里面的网址确认。几分钟还没收到，请看看垃圾邮件，或者过两分钟再填一次。',
  removed: '不会再发邮件，邮箱已删除',
  confirmTitle: '确认接收邮件',
  confirmLead: '点下面的按钮，就会收到您要的邮件。每封邮件里都可以停止。',
  confirm: '确认',
  confirmed: '已确认，以后会发到您的邮箱',
  stopTitle: '停止接收邮件',
  stopLead: '点下面的按钮，就不会再收到这类邮件，邮箱也会删除。',
  stop: '停止',
  stopped: '已停止，邮箱已删除',
  goneTitle: '这个网址已经没有用了',
  gone: '可能已经停止，或者后来换过邮箱。没有什么还要做的。',
};
type Words = typeof zh;

const en: Words = {
  title: 'Tell me by mail',
  lead: 'You need not: your receipt works at any time. With an address, news comes as a mail that holds the case number alone and nothing of what you told. The address is removed when the request has ended.',
  address: 'Mail address',
  hint: 'A first mail asks you to confirm; nothing else is sent before',
  leave: 'Send it to me',
  remove: 'No more mail',
  asked: 'The mail that asks is on its way',
  askedText:
    'Open your mail and follow the address in it. If nothing comes in a few minutes, look among unwanted mail, or enter the address again after two minutes.',
  removed: 'No more mail; the address is removed',
  confirmTitle: 'Confirm mail',
  confirmLead: 'Press the button to receive the mail you asked for. Every mail can stop it.',
  confirm: 'Confirm',
  confirmed: 'Confirmed: mail will come to you',
  stopTitle: 'Stop mail',
  stopLead: 'Press the button and this kind of mail stops; the address is removed.',
  stop: 'Stop',
  stopped: 'Stopped; the address is removed',
  goneTitle: 'This address leads nowhere any more',
  gone: 'It was stopped, or another mail address took its place. There is nothing left to do.',
};

/** What pages say about mail, in the reader's language. */
export const mailWords = (language: Language): Words => (language === 'en' ? en : zh);
