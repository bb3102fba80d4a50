/** A letter: subject and plain text, Chinese first, English below. Never a name, a request's words or a receipt: mail is read by many machines. */
export interface Letter {
  readonly subject: string;
  readonly text: string;
}

const both = (chinese: readonly string[], english: readonly string[]): string =>
  [...chinese, '', '— — —', '', ...english, ''].join('\n');

/** Asks the owner of an address whether it is to be used 确认邮件. */
export const confirmingLetter = (what: 'digest' | 'progress', link: string): Letter => ({
  subject: '请确认接收连心的邮件 Please confirm',
  text: both(
    [
      '您好！',
      what === 'digest'
        ? '有人在连心里填了这个邮箱，要每个工作日收到待办提醒。'
        : '有人在连心里填了这个邮箱，要收到一件诉求的办理进展。',
      '如果是您，请打开下面的网址，点“确认”：',
      link,
      '如果不是您，不用理会：不确认就不会再发。',
    ],
    [
      what === 'digest'
        ? 'Somebody asked Lianxin to send a daily digest of an inbox to this address.'
        : 'Somebody asked Lianxin to send the progress of a request to this address.',
      'If it was you, open the address above and press confirm. If not, do nothing: no further mail will come.',
    ],
  ),
});

/** Where a request stands, in words that say nothing of what it is about. */
const states = {
  open: ['正在办理', 'is being handled'],
  paused: ['在等您补充材料或者答复', 'is waiting for an answer of yours'],
  ended: ['已经办结', 'has ended'],
} as const;

/** Something happened on a request 进展邮件. */
export const progressLetter = (number: string, state: keyof typeof states, origin: string): Letter => ({
  subject: `您的诉求有新进展（${number}）News of your request`,
  text: both(
    [
      '您好！',
      `您提出的诉求（办件编号 ${number}）有新的进展：${states[state][0]}。`,
      `请用凭条号在 ${origin}/r 查看；没有凭条号，也可以带着办件编号到村里或者乡镇服务大厅问。`,
      ...(state === 'ended' ? ['这件事的邮件到此为止，系统不再保存您的邮箱。'] : []),
    ],
    [
      `There is news of your request ${number}: it ${states[state][1]}. Follow it with your receipt at ${origin}/r.`,
      ...(state === 'ended' ? ['This was the last mail about it; your address is kept no longer.'] : []),
    ],
  ),
});

/** What waits in an inbox. */
export interface Waiting {
  readonly overdue: number;
  readonly today: number;
  readonly soon: number;
  /** Case numbers of what is overdue or due today, at most ten. */
  readonly numbers: readonly string[];
  /** Webhooks of the county that were turned off, for an administrator. */
  readonly stopped: readonly { readonly title: string; readonly because: string }[];
}

/** The digest of an inbox 待办邮件. */
export const digestLetter = (waiting: Waiting, day: string, origin: string): Letter => {
  const { overdue, today, soon, numbers, stopped } = waiting;
  return {
    subject: `待办提醒 ${day}：逾期 ${overdue} 件，今天到期 ${today} 件`,
    text: both(
      [
        `${day} 您的待办：`,
        `逾期 ${overdue} 件；今天到期 ${today} 件；三天内到期 ${soon} 件。`,
        ...(numbers.length === 0 ? [] : [`逾期和今天到期的办件编号：${numbers.join('、')}`]),
        ...stopped.map(({ title, because }) => `推送“${title}”已停用：${because}`),
        `打开 ${origin}/console/inbox 办理。`,
      ],
      [
        `Your inbox on ${day}: ${overdue} overdue, ${today} due today, ${soon} due within three days.`,
        ...stopped.map(({ title }) => `The webhook “${title}” has been turned off.`),
        `Open ${origin}/console/inbox.`,
      ],
    ),
  };
};
