import { useLanguage } from '../../app/language.js';

/** A number of minutes as people say it: its two largest parts. */
const lengthOf = (minutes: number, [day, hour, minute]: readonly [string, string, string]): string =>
  (
    [
      [Math.floor(minutes / 1440), day],
      [Math.floor(minutes / 60) % 24, hour],
      [minutes % 60, minute],
    ] as const
  )
    .filter(([count]) => count > 0)
    .slice(0, 2)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');

/** How far the phone's clock was off, and whether it is the reader's own; one put right since was at least so far off. */
interface ClockOff {
  readonly minutes: number;
  readonly atLeast: boolean;
  readonly mine: boolean;
}

const zh = {
  carry: '没有信号也要用',
  carryLead:
    '设一个六位数口令，今天的联系户和联系卡就带在这部手机上。走访、代为反映都可以先记，有信号时自动发出，不会重复。',
  carrySealed: '手机上的内容是加密的，只到今天为止，退出就清除。十五分钟不用，会再要口令。',
  insecure: '这个网址不是 https，浏览器不让加密保存，所以没有信号时不能用。请管理员开通 https。',
  pin: '口令（六位数）',
  pinAgain: '再输一遍',
  pinDiffers: '两遍不一样。',
  pinShape: '口令是六位数字。',
  makePin: '设好口令',
  open: '打开',
  openTitle: '输入口令',
  openLead: '手机上的联系户和没有发送的内容，要用口令打开。',
  wrongPin: '口令不对。连错五次，手机上的联系户会清除；没有发送的内容还在。',
  forgotPin: '忘记口令',
  erase: (unsent: number) =>
    unsent === 0
      ? '清除手机上的联系户和没交的凭条，重新设口令？'
      : `口令找不回来。重新设口令，没有发送的 ${unsent} 条和没交的凭条也会一起清除。确定吗？`,
  noLine: '没有信号',
  noLineLead: '现在连不上服务器。输入口令，可以看今天的联系户、记走访、代为反映；别的页面要等有信号。',
  tooLong: '已经七天没有连上服务器，这部手机不能再离线打开。有信号时登录，没有发送的内容还在。',
  tryAgain: '再连一次',
  carried: (time: string) => `${time} 带上，只到今天为止`,
  notCarried: '今天的联系户还没有带上。有信号时打开这一页，会自动带上。',
  phoneFull: '手机存满了，这一次没有带上。删掉一些照片或应用再试；已经记的还在。',
  today: '今天的联系户',
  visitOf: (label: string) => `走访${label}`,
  toMatterToo: '需要单位去办，转为事项',
  cardTitle: '联系卡',
  otherTime: '不是现在去的',
  keep: '记下',
  keptHere: '已存在手机上，有信号就发。',
  requestOf: (label: string) => `替${label}反映一件事`,
  request: '代为反映',
  requestHint: '住户托您反映的事。发出以后有凭条，记得交给住户。',
  who: '谁托的',
  phone: '电话',
  notOffline: '有信号时再补附件。',
  outbox: '待发',
  outboxLead: '没有信号时记的，都在这里排队；收到服务器的回执才算送到。',
  outboxEmpty: '没有等待发送的内容。',
  counter: (unsent: number) => `待发 ${unsent}`,
  counterRefused: (refused: number) => `需处理 ${refused}`,
  counterTitle: '还没有发送的走访和诉求',
  lockedOutbox: (unsent: number) => `有 ${unsent} 条没有发送，输入口令后发出。`,
  kinds: { visit: '走访', need: '转为事项', request: '代为反映', card: '更正联系卡' },
  correctCard: '更正联系卡',
  cardWaits: '这张卡的更正还在待发里，发出以后才能再改。',
  states: { waiting: '等待发送', refused: '没有办成，需要处理', arrived: '已送到' },
  seeWhy: '看为什么、怎么办',
  behind: '等前一条办好再发',
  madeAt: (time: string) => `${time} 记`,
  sendNow: '现在发送',
  sending: '正在发送…',
  last: {
    done: '能发的都发了。',
    later: '还连不上服务器，有信号时自动再发。',
    'log-in': '登录已过期，登录以后再发。',
    full: '手机存满了。请删掉一些照片或应用，没有发送的还在。',
  },
  logIn: '登录',
  correct: '改一改再发',
  saveCorrection: '改好了，发送',
  leave: '不改了',
  again: '照原样再发',
  drop: '不发了',
  dropSure: (texts: readonly string[]) => `确定不发了吗？这里写的会删掉：\n${texts.join('\n')}`,
  receipt: '凭条号',
  receiptHint: (who: string) => `请交给${who}，凭它能查办到哪一步。这个号别处查不到。`,
  printSlip: '打开凭条',
  handed: '已经交了',
  handedSure: '确定已经交给住户了吗？手机上就不再留这张凭条。',
  closed: {
    'too-many': '已经有 500 条没有发送，不能再记了。请先到有信号的地方发出去；写的还在。',
    'too-old': '有内容已经三十天没有发送，不能再记了。请先到“待发”里发出去，需处理的办完或者不发；写的还在。',
  },
  unsent: '未发送',
  counterLost: (lost: number) => `丢了 ${lost} 条`,
  lost: (lost: number) => `浏览器清掉了这部手机上存的内容，其中有 ${lost} 条还没有发送，找不回来了。`,
  lostCure:
    '请凭记忆重新记一遍。以后不再丢：从浏览器菜单添加到主屏幕，七天之内打开一次，手机留一点空间。重新设口令就能再用。',
  lostRead: '知道了',
  notPromised:
    '浏览器没有答应一直保存：手机快满，或者很久不打开，它可能把没有发送的清掉。请添加到主屏幕，尽快到有信号的地方发出。',
  clockOff: ({ minutes, atLeast, mine }: ClockOff) =>
    `这里写的是手机上的时间，当时手机比服务器${atLeast ? '至少' : ''}${minutes > 0 ? '快' : '慢'} ${lengthOf(Math.abs(minutes), ['天', '小时', '分钟'])}。${mine && !atLeast ? '请把手机时间改成自动。' : ''}`,
};
type Words = typeof zh;

const en: Words = {
  carry: 'Work without signal',
  carryLead:
    'Choose a six-digit PIN, and today’s households with their cards come along on this phone. Write visits and requests; they are sent once there is signal, each exactly once.',
  carrySealed:
    'What lies on the phone is sealed, for today alone, and goes when you log out. After 15 minutes the PIN is asked again.',
  insecure: 'This address is not https, so the browser offers nothing to seal with. Ask the administrator for https.',
  pin: 'PIN (six digits)',
  pinAgain: 'Once more',
  pinDiffers: 'The two differ.',
  pinShape: 'A PIN is six digits.',
  makePin: 'Set the PIN',
  open: 'Open',
  openTitle: 'Enter your PIN',
  openLead: 'Households on this phone and what is not sent yet open with your PIN.',
  wrongPin: 'That is not the PIN. After five wrong ones the households go from this phone; what is not sent stays.',
  forgotPin: 'Forgotten',
  erase: (unsent) =>
    unsent === 0
      ? 'Take the households, and receipts not handed over, off this phone and choose another PIN?'
      : `A PIN cannot be recovered. Another PIN takes the ${unsent} unsent, and receipts not handed over, away too. Are you sure?`,
  noLine: 'No signal',
  noLineLead:
    'The server cannot be reached. With your PIN you see today’s households, write visits and requests; other pages need signal.',
  tooLong:
    'Seven days without the server: this phone no longer opens offline. Log in when there is signal; what is not sent is still here.',
  tryAgain: 'Try again',
  carried: (time) => `taken along ${time}, for today alone`,
  notCarried: 'Today’s households are not on this phone yet. Open this page with signal and they will be.',
  phoneFull:
    'The phone is full, so nothing was kept this time. Remove some photos or apps; what you wrote is still here.',
  today: 'Today’s households',
  visitOf: (label) => `Visit ${label}`,
  toMatterToo: 'Somebody has to act: make it a matter',
  cardTitle: 'Contact card',
  otherTime: 'Not just now',
  keep: 'Log it',
  keptHere: 'Kept on this phone; it is sent when there is signal.',
  requestOf: (label) => `File a request for ${label}`,
  request: 'File for them',
  requestHint: 'What the household asks you to pass on. There will be a receipt: hand it over.',
  who: 'Who asks',
  phone: 'Phone',
  notOffline: 'Add attachments when there is signal.',
  outbox: 'Unsent',
  outboxLead: 'What was written without signal queues here; it counts as sent once the server has answered.',
  outboxEmpty: 'Nothing waits to be sent.',
  counter: (unsent) => `Unsent ${unsent}`,
  counterRefused: (refused) => `To settle ${refused}`,
  counterTitle: 'Visits and requests not sent yet',
  lockedOutbox: (unsent) => `${unsent} not sent; enter your PIN to send.`,
  kinds: { visit: 'Visit', need: 'As a matter', request: 'Request', card: 'Card corrected' },
  correctCard: 'Correct the card',
  cardWaits: 'A correction of this card is still unsent; it can be corrected again once that has arrived.',
  states: { waiting: 'waiting', refused: 'not done, needs you', arrived: 'arrived' },
  seeWhy: 'see why, and what cures it',
  behind: 'waits for the one before it',
  madeAt: (time) => `written ${time}`,
  sendNow: 'Send now',
  sending: 'Sending…',
  last: {
    done: 'All that could be sent is sent.',
    later: 'The server cannot be reached yet; it goes by itself when there is signal.',
    'log-in': 'The session has ended; it is sent after the log-in.',
    full: 'The phone is full. Remove some photos or apps; what is not sent is still here.',
  },
  logIn: 'Log in',
  correct: 'Correct it',
  saveCorrection: 'Corrected, send',
  leave: 'Leave it',
  again: 'Send as it is',
  drop: 'Do not send',
  dropSure: (texts) => `Really not send? This will be deleted:\n${texts.join('\n')}`,
  receipt: 'Receipt',
  receiptHint: (who) => `For ${who}: it opens how the request stands. It is shown nowhere else.`,
  printSlip: 'Open the slip',
  handed: 'Handed over',
  handedSure: 'Has the household got it? The phone keeps this receipt no longer.',
  closed: {
    'too-many': '500 are not sent yet, so no more is taken. Go where there is signal first; what you wrote is kept.',
    'too-old':
      'Something has waited for 30 days, so no more is taken. Send it, or settle what was refused, under Unsent first; what you wrote is kept.',
  },
  unsent: 'not sent',
  counterLost: (lost) => `${lost} lost`,
  lost: (lost) =>
    `The browser has cleared what lay on this phone, ${lost} of it not sent yet. It cannot be brought back.`,
  lostCure:
    'Please write it again from memory. So that it does not happen again: add the page to the home screen, open it once within seven days, leave some room on the phone. Choose a PIN to carry on.',
  lostRead: 'I have read this',
  notPromised:
    'The browser has not promised to keep this: when the phone is nearly full, or after a long time unopened, it may clear what is not sent. Add the page to the home screen and send soon.',
  clockOff: ({ minutes, atLeast, mine }) =>
    `This is the phone’s time; the phone was ${atLeast ? 'at least ' : ''}${lengthOf(Math.abs(minutes), ['d', 'h', 'min'])} ${minutes > 0 ? 'ahead of' : 'behind'} the server.${mine && !atLeast ? ' Set its clock to automatic.' : ''}`,
};

/** The words of field work without signal 离线走访用语, in the language chosen. */
export function usePocketWords(): Words {
  return useLanguage().language === 'en' ? en : zh;
}
