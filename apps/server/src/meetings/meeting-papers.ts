import { countyDate, countyTime, instantOf, plainDate, type Instant, type PlainDate } from '@lianxin/domain';
import type { MeetingDetail } from '@lianxin/contract';
import { paperDate, type Paper, type PaperBlock } from '../papers/index.js';

/** The papers of a meeting 会议文书, as content: what each says, not how it looks. Pure. */

export const paperNames = ['notice', 'attendance', 'ballots', 'tally', 'minutes', 'resolution', 'slips'] as const;
export type PaperName = (typeof paperNames)[number];

const paragraph = (text: string): PaperBlock => ({ kind: 'paragraph', text });
const heading = (text: string): PaperBlock => ({ kind: 'heading', level: 1, text });

const momentOf = (text: string): Instant => instantOf(Date.parse(text));
const dayOf = (text: string): PlainDate => countyDate(momentOf(text));
const timeOf = (text: string): string => `${paperDate(dayOf(text))} ${countyTime(momentOf(text))}`;

const agendaOf = (meeting: MeetingDetail): PaperBlock[] =>
  meeting.items.map((item) =>
    paragraph(`${item.number}. ${item.title}${item.rule === null ? '' : `（${item.rule.title}）`}`),
  );

const ruleLines = (meeting: MeetingDetail): PaperBlock[] => {
  const seen = new Set<string>();
  return meeting.items.flatMap(({ rule }) => {
    if (rule === null) return [];
    const text = [
      rule.attendance === null ? null : `到会须达${rule.attendance}`,
      `赞成须达${rule.approval}`,
      rule.proxies === null ? '不得委托他人表决' : `每人最多接受${rule.proxies}份委托`,
    ]
      .filter((one) => one !== null)
      .join('，');
    if (seen.has(text)) return [];
    seen.add(text);
    return [paragraph(`${text}。`)];
  });
};

/** The notice for wall and hand: who is called to what, when, where, and what it takes. */
export const noticePaper = (meeting: MeetingDetail, origin: string): Paper => ({
  title: `关于召开${meeting.bodyName}的通知`,
  issuer: meeting.bodyName,
  addressee: meeting.openToPublic ? '各位村民、各位代表' : '各位成员',
  blocks: [
    paragraph(`定于${timeOf(meeting.meetsAt)}在${meeting.room}召开${meeting.title}。`),
    ...(meeting.demandedBy === null ? [] : [paragraph(`本次会议由${meeting.demandedBy}提议召开。`)]),
    heading('议程'),
    ...agendaOf(meeting),
    heading('到会和表决'),
    ...ruleLines(meeting),
    ...(meeting.specialReason === null ? [] : [paragraph(`因特殊情况缩短通知时间：${meeting.specialReason}`)]),
    ...(meeting.note === '' ? [] : [paragraph(meeting.note)]),
    paragraph('不能到会的，请提前告知。到会可以在纸质签到表上签名，不要求使用手机。'),
  ],
  date: dayOf(meeting.calledAt),
  code: { text: `${origin}/v/${meeting.division}/meetings`, caption: '扫码看本村会议通知和结果' },
});

/** The sheet on which everybody signs. */
export const attendancePaper = (meeting: MeetingDetail): Paper => ({
  title: `${meeting.title}签到表`,
  issuer: meeting.bodyName,
  blocks: [
    paragraph(`时间：${timeOf(meeting.meetsAt)}　地点：${meeting.room}　应到：${meeting.roll.length}人`),
    {
      kind: 'table',
      head: ['序号', '姓名', '身份', '本人签名', '受委托人'],
      rows: meeting.roll.map((line, at) => [
        String(at + 1),
        line.name,
        line.posts.join('、'),
        '',
        line.proxyTo?.name ?? '',
      ]),
      widths: [1, 2, 3, 3, 2],
    },
    { kind: 'signing', lines: ['登记人', '监督人'] },
  ],
  date: dayOf(meeting.meetsAt),
});

const ballotOf = (meeting: MeetingDetail, item: MeetingDetail['items'][number]): PaperBlock[] => [
  heading(item.title),
  paragraph(`${meeting.bodyName}　${paperDate(dayOf(meeting.meetsAt))}　一票一事，不写姓名`),
  { kind: 'table', head: ['赞成', '反对', '弃权'], rows: [['', '', '']] },
  paragraph('在一个格内画“√”。多画、不画、写了姓名的为废票。'),
];

/** One slip for each vote, without number or name: as many are copied as there are voters. */
export const ballotPaper = (meeting: MeetingDetail): Paper => ({
  title: '表决票',
  issuer: meeting.bodyName,
  blocks: meeting.items.filter((item) => item.matter !== null).flatMap((item) => ballotOf(meeting, item)),
  date: dayOf(meeting.meetsAt),
});

/** The sheet on which the slips are counted aloud; two people type from it. */
export const tallyPaper = (meeting: MeetingDetail): Paper => ({
  title: `${meeting.title}计票单`,
  issuer: meeting.bodyName,
  blocks: [
    paragraph('当众唱票、计票。由两人分别照此单录入系统，不一致的须重新清点。'),
    ...meeting.items
      .filter((item) => item.matter !== null)
      .flatMap((item): PaperBlock[] => [
        heading(item.title),
        {
          kind: 'table',
          head: ['发出', '收回', '赞成', '反对', '弃权', '废票'],
          rows: [
            item.tally === null || item.tally.form === 'hands'
              ? ['', '', '', '', '', '']
              : [
                  item.tally.issued,
                  item.tally.returned,
                  item.tally.approve,
                  item.tally.against,
                  item.tally.abstain,
                  item.tally.spoiled,
                ].map((count) => String(count ?? '')),
          ],
        },
        { kind: 'signing', lines: ['唱票人', '计票人', '监票人'] },
      ]),
  ],
  date: dayOf(meeting.meetsAt),
});

const results = {
  passed: '通过',
  rejected: '未通过',
  'no-quorum': '到会人数不足，未表决，另行召集',
  concluded: '形成意见',
} as const;

const countText = (item: MeetingDetail['items'][number]): string => {
  if (item.tally === null) return item.conclusion ?? '';
  const { present, entitled, approve, against, abstain, spoiled } = item.tally;
  return `应到${entitled}人，到会${present}人；赞成${approve}票，反对${against}票，弃权${abstain}票${spoiled > 0 ? `，废票${spoiled}票` : ''}。`;
};

/** What a conclusion was handed over as, with whom it lies and until when. */
const handedText = ({
  subject,
  number,
  holder,
  due,
}: NonNullable<MeetingDetail['items'][number]['handedTo']>): string =>
  [
    `交办：${subject}`,
    holder === null ? null : `由${holder}承办`,
    due === null ? null : `${paperDate(plainDate(due))}前`,
  ]
    .filter((part) => part !== null)
    .join('，')
    .concat(`（${number}）。`);

/** The minutes: the figures come from the roll and the counts, the words from whoever wrote them. */
export const minutesPaper = (meeting: MeetingDetail): Paper => ({
  title: `${meeting.title}会议记录`,
  issuer: meeting.bodyName,
  blocks: [
    paragraph(`时间：${timeOf(meeting.begunAt ?? meeting.meetsAt)}`),
    paragraph(`地点：${meeting.room}`),
    paragraph(`主持：${meeting.chair ?? ''}`),
    paragraph(
      `应到${meeting.presence.entitled}人，实到${meeting.presence.present}人（本人${meeting.presence.inPerson}人，受委托${meeting.presence.byProxy}人）。`,
    ),
    paragraph(
      `到会：${meeting.roll
        .filter((line) => line.came !== null)
        .map((line) => line.name)
        .join('、')}`,
    ),
    ...(meeting.minutes === null
      ? []
      : [heading('会议情况'), ...meeting.minutes.text.split('\n').filter(Boolean).map(paragraph)]),
    ...meeting.items.flatMap((item): PaperBlock[] => [
      heading(item.title),
      ...(item.recused.length === 0
        ? []
        : [paragraph(`回避：${item.recused.map(({ name, relation }) => `${name}（${relation}）`).join('、')}`)]),
      ...(item.minutes === null ? [] : item.minutes.text.split('\n').filter(Boolean).map(paragraph)),
      paragraph(`${item.result === null ? '' : `结果：${results[item.result]}。`}${countText(item)}`),
      ...(item.handedTo === null ? [] : [paragraph(handedText(item.handedTo))]),
    ]),
    { kind: 'signing', lines: ['主持人', '记录人', '监督人'] },
  ],
  date: dayOf(meeting.meetsAt),
});

/** The resolution: one for each vote that was carried, with the figures and what each had to reach. */
export const resolutionPaper = (meeting: MeetingDetail, origin: string): Paper => ({
  title: `${meeting.bodyName}决议`,
  issuer: meeting.bodyName,
  blocks: [
    paragraph(
      `${paperDate(dayOf(meeting.meetsAt))}，${meeting.bodyName}在${meeting.room}召开会议，对下列事项逐项表决。`,
    ),
    ...meeting.items
      .filter((item) => item.tally !== null)
      .flatMap((item): PaperBlock[] => [
        heading(item.title),
        paragraph(`${countText(item)}表决${item.result === 'passed' ? '通过' : '未通过'}。`),
        paragraph(`${item.why.map((way) => `${way.words}：须${way.need}，得${way.have}`).join('；')}。`),
      ]),
    paragraph('对决议有异议的，可以在公示期内向村民委员会提出，由其答复。'),
  ],
  date: dayOf(meeting.overAt ?? meeting.meetsAt),
  code: { text: `${origin}/v/${meeting.division}/meetings`, caption: '扫码看本村会议通知和结果' },
});

/** The slips for those who want to say by phone that they are here, without a log-in. */
export const slipsPaper = (meeting: MeetingDetail, codeOf: (person: string) => string, address: string): Paper => ({
  title: `${meeting.title}签到条`,
  issuer: meeting.bodyName,
  blocks: [
    paragraph(`愿意用手机签到的，打开 ${address} 输入自己的签到码。不用手机的，在签到表上签名即可。`),
    {
      kind: 'table',
      head: ['姓名', '签到码（裁开发给本人）'],
      rows: meeting.roll.map((line) => [line.name, codeOf(line.person).replace(/^(.{5})/, '$1 ')]),
    },
  ],
  date: dayOf(meeting.meetsAt),
});
