import { useLanguage } from '../../app/language.js';

const zh = {
  mail: '邮件提醒',
  mailLead:
    '每个工作日早上 7:30 把逾期和快到期的待办件数发到您的邮箱。信里只有件数和办件编号，没有内容。没有待办就不发。',
  unavailable: '本系统没有接通邮件服务器，请管理员看运维手册。',
  address: '邮箱',
  save: '发到这个邮箱',
  otherAddress: '换一个邮箱',
  unconfirmed: (address: string) =>
    `确认邮件发往 ${address}：请到邮箱里点“确认”，确认之前不会发别的。几分钟没收到，看看垃圾邮件，或者在下面再填一次。`,
  confirmed: (address: string) => `每个工作日发到 ${address}。`,
  stop: '不再发邮件',
  push: '手机和浏览器通知',
  pushLead: '有新的待办时，这个浏览器响一声。通知里只有件数，锁屏上看不到内容；晚上不响。',
  unsupported: '这个浏览器不支持通知。苹果手机要先把工作台添加到主屏幕，从主屏幕打开。',
  denied: '您在浏览器里禁止了通知，请先在浏览器设置里允许。',
  unreachable: '连不上这个浏览器厂家的通知服务，有些厂家的服务在国内用不了。请换一个浏览器开启，或者用邮件提醒。',
  turnOn: '在这个浏览器上开启',
  turnOff: '在这个浏览器上关闭',
  on: '这个浏览器已开启。',
  others: (count: number) => `另外还有 ${count} 个浏览器开着。`,
};
const en: typeof zh = {
  mail: 'Mail',
  mailLead:
    'At 7:30 on every working day the number of overdue and soon due tasks is sent to you. The mail holds figures and case numbers, nothing of the matters. With nothing due, none is sent.',
  unavailable: 'No mail server is connected: see the operations manual.',
  address: 'Mail address',
  save: 'Send it there',
  otherAddress: 'Another address',
  unconfirmed: (address) =>
    `A mail that asks is on its way to ${address}: press confirm there, nothing else is sent before. Not there in a few minutes? Look among the junk, or write the address below once more.`,
  confirmed: (address) => `Sent to ${address} on working days.`,
  stop: 'No more mail',
  push: 'Notifications',
  pushLead:
    'This browser rings when something new waits. The notification holds a number alone, so a locked screen tells nothing; it is silent at night.',
  unsupported:
    'This browser has no notifications. On an iPhone, add the console to the home screen and open it from there.',
  denied: 'Notifications are blocked in this browser: allow them in its settings first.',
  unreachable:
    'The notification service of this browser’s maker cannot be reached. Turn it on in another browser, or ask for mail.',
  turnOn: 'Turn on in this browser',
  turnOff: 'Turn off in this browser',
  on: 'On in this browser.',
  others: (count) => `${count} more browsers ring.`,
};

/** What the sections on mail and notifications say. */
export const useReminderWords = (): typeof zh => (useLanguage().language === 'en' ? en : zh);
