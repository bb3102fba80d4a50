import type { ActRule } from './act-rule.js';
import { CHANNELS, describeBallot } from './channels.js';
import type { Field } from './field.js';
import type { Branch, Stage } from './procedure.js';
import type { Vote } from './vote.js';
import type { Who } from './who.js';

/** What an implied act does for the vote or the notice of its stage; the ids are reserved inside such a stage. */
export const ROLES = [
  'demand',
  'authorise',
  'convene',
  'pass',
  'reject',
  'post',
  'object',
  'answer-objection',
  'uphold-objection',
  'finish-posting',
] as const;
export type Role = (typeof ROLES)[number] | 'take-down';

const count = (id: string, title: string, optional = false, unit = '人'): Field => ({
  id,
  title,
  type: 'number',
  atLeast: 0,
  unit,
  ...(optional ? { optional } : {}),
});

/** Slips 纸票 as counted: handed out, put into the box, unreadable; together with the votes they must come out even. */
const slipFields = (): Field[] => [
  count('issued', '发出票数', true, '张'),
  count('returned', '收回票数', true, '张'),
  count('spoiled', '废票', true, '张'),
];

const BALLOT_CHOICES = (['hands', 'paper', 'secret'] as const).map((id) => ({ id, title: describeBallot(id) }));

function countsHouseholds(vote: Vote): boolean {
  const threshold = vote.attendance;
  if (threshold === undefined || 'setLocally' in threshold) return false;
  const shares = 'anyOf' in threshold ? threshold.anyOf : [threshold];
  return shares.some((share) => share.of === 'households');
}

/** The fields in which a vote is reported. */
function voteFields(vote: Vote): Field[] {
  return [
    ...(vote.singly === true ? [{ id: 'items', title: '本次表决的事项', type: 'list' as const }] : []),
    count('present', '实到人数'),
    count('approve', '赞成'),
    count('against', '反对', true),
    count('abstain', '弃权', true),
    ...(vote.ballot === 'hands' ? [] : slipFields()),
    ...(vote.ballot === undefined
      ? []
      : [{ id: 'ballot', title: '表决方式', type: 'choice' as const, choices: BALLOT_CHOICES }]),
    ...(vote.composition ?? []).map((group) => count(group.id, `${group.title}实到`)),
    ...(countsHouseholds(vote) ? [{ ...count('households-present', '到会户数', true), unit: '户' }] : []),
    ...(vote.online === true ? [count('present-online', '其中通过即时通讯工具参加', true)] : []),
    { id: 'stood-aside', title: '回避人员和关系', type: 'list', optional: true },
    { id: 'attended', title: '到会名单', type: 'list', optional: true },
    ...(vote.proxies === undefined
      ? []
      : [{ id: 'proxies', title: '委托（受托人/委托人）', type: 'list' as const, optional: true }]),
    { id: 'minutes', title: '会议记录', type: 'files', optional: true },
  ];
}

function actsOfVote(vote: Vote | undefined, by: Who[]): ActRule[] {
  if (vote === undefined) return [];
  const source = vote.source === undefined ? {} : { source: vote.source };
  return [
    ...(vote.demandedBy === undefined ? [] : [demandOf(vote.demandedBy, source)]),
    ...(vote.authorisedBy === undefined ? [] : [authorisationOf(vote.convenedBy ?? by, source)]),
    ...(vote.notice === undefined && vote.convenedBy === undefined ? [] : [conveningOf(vote, by, source)]),
    { id: 'pass', title: '表决通过', kind: 'outcome', by, needs: voteFields(vote), ...source },
    {
      id: 'reject',
      title: '表决未通过',
      kind: 'outcome',
      by,
      needs: voteFields(vote),
      then: vote.otherwise ?? { end: 'rejected' },
      ...source,
    },
  ];
}

type Sourced = { source?: string[] };

function demandOf(demandedBy: NonNullable<Vote['demandedBy']>, source: Sourced): ActRule {
  const choices = demandedBy.map(({ id, title }) => ({ id, title }));
  return {
    id: 'demand',
    title: '提议召开会议',
    kind: 'note',
    by: [{ anyone: true }],
    needs: [
      { id: 'demanded-as', title: '提议人身份', type: 'choice', choices },
      count('demanders', '提议人数'),
      { id: 'demand-list', title: '提议人签名', type: 'files', optional: true },
    ],
    ...source,
  };
}

function authorisationOf(by: Who[], source: Sourced): ActRule {
  return {
    id: 'authorise',
    title: '记载书面授权',
    kind: 'note',
    by,
    needs: [
      { id: 'authorised-on', title: '授权日期', type: 'date' },
      { id: 'authorisation', title: '书面授权的名称和范围', type: 'text' },
      { id: 'authorisation-file', title: '书面授权', type: 'files', optional: true },
    ],
    ...source,
  };
}

function conveningOf(vote: Vote, by: Who[], source: Sourced): ActRule {
  const special: Field = {
    id: 'special-reason',
    title: '特殊情况的理由',
    type: 'long-text',
    optional: true,
    help: '只有特殊情况才能缩短通知时间，理由会公开。',
  };
  return {
    id: 'convene',
    title: '通知开会',
    kind: 'note',
    by: vote.convenedBy ?? by,
    needs: [
      { id: 'meeting-on', title: '会议日期', type: 'date' },
      { id: 'agenda', title: '议题', type: 'long-text', optional: true },
      ...(vote.notice?.mayBeShortened === true ? [special] : []),
    ],
    ...source,
  };
}

function actsOfNotice(stage: Branch, by: Who[]): ActRule[] {
  const publish = stage.publish;
  if (publish === undefined) return [];
  const source = publish.source === undefined ? {} : { source: publish.source };
  const channels = publish.channels.map((id) => ({ id, title: CHANNELS[id] ?? id }));
  const chosen = 'chosen' in publish.noticePeriod ? publish.noticePeriod.chosen : undefined;
  return [
    {
      id: 'post',
      title: `公示${publish.what}`,
      kind: 'note',
      by,
      needs: [
        { id: 'channels', title: '公示渠道', type: 'choices', choices: channels },
        ...(chosen === undefined
          ? []
          : [{ id: 'notice-days', title: '公示天数', type: 'number' as const, ...chosen, unit: '日' }]),
        { id: 'proof', title: '张贴照片或者发布记录', type: 'files', optional: true },
      ],
      ...source,
    },
    ...actsOfObjections(publish, source),
    {
      id: 'finish-posting',
      title: '公示期满',
      kind: 'outcome',
      by: [...by, { system: true }],
      needs: [],
      ...source,
    },
  ];
}

function actsOfObjections({ objections }: NonNullable<Branch['publish']>, source: Sourced): ActRule[] {
  if (objections === undefined) return [];
  const { answeredBy: by, upheld } = objections;
  const uphold: ActRule = {
    id: 'uphold-objection',
    title: '采纳异议，退回重新讨论',
    kind: 'outcome',
    by,
    needs: [{ id: 'answer', title: '答复', type: 'long-text' }],
    ...(upheld === undefined ? {} : { then: upheld }),
    ...source,
  };
  return [
    {
      id: 'object',
      title: '提出异议',
      kind: 'note',
      by: [{ anyone: true }],
      needs: [{ id: 'objection', title: '异议内容', type: 'long-text' }],
      ...source,
    },
    {
      id: 'answer-objection',
      title: '答复异议',
      kind: 'note',
      by,
      needs: [{ id: 'answer', title: '答复', type: 'long-text' }],
      ...source,
    },
    ...(upheld === undefined ? [] : [uphold]),
  ];
}

/**
 * Taking a posting down 撤下公示, possible in whatever stage the matter has come to meanwhile; undefined where the notice period is all.
 */
export function takingDownOf(part: Stage | Branch, by: Who[]): ActRule | undefined {
  const stays = part.publish?.stays;
  if (part.publish === undefined || stays === undefined) return undefined;
  const source = stays.source ?? part.publish.source;
  return {
    id: `take-down-${part.id}`,
    title: `撤下公示的${part.publish.what}`,
    kind: 'note',
    by,
    needs: [],
    ...(source === undefined ? {} : { source }),
  };
}

/**
 * The acts a stage has: its own, and those its vote or notice implies; an act of the stage with a reserved id replaces the
 * implied one. `by` is the stage's own or, in a branch without one, its stage's. A stage that says nothing has the one outcome `done`.
 */
export function actsOfStage(stage: Stage | Branch, by: Who[]): ActRule[] {
  const implied = [...actsOfVote(stage.vote, by), ...actsOfNotice(stage, by)];
  const own = new Set(stage.acts.map((rule) => rule.id));
  const acts = [...stage.acts, ...implied.filter((rule) => !own.has(rule.id))];
  const inBranches = 'oneOf' in stage || 'allOf' in stage;
  if (acts.length > 0 || inBranches) return acts;
  return [{ id: 'done', title: `完成${stage.title}`, kind: 'outcome', by, needs: [] }];
}
