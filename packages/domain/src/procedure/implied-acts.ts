import type { ActRule } from './act-rule.js';
import type { Field } from './field.js';
import type { Branch, Stage } from './procedure.js';
import type { Vote } from './vote.js';
import type { Who } from './who.js';

/** What an implied act does for the vote or the notice of its stage; the ids are reserved inside such a stage. */
export const ROLES = ['convene', 'pass', 'reject', 'post', 'object', 'answer-objection', 'finish-posting'] as const;
export type Role = (typeof ROLES)[number];

const count = (id: string, title: string, optional = false): Field => ({
  id,
  title,
  type: 'number',
  atLeast: 0,
  unit: '人',
  ...(optional ? { optional } : {}),
});

const BALLOTS = { hands: '举手', paper: '票决', secret: '无记名投票' } as const;
const BALLOT_CHOICES = [
  { id: 'hands', title: BALLOTS.hands },
  { id: 'paper', title: BALLOTS.paper },
  { id: 'secret', title: BALLOTS.secret },
];

/** The Chinese name of a ballot form. */
export const describeBallot = (ballot: keyof typeof BALLOTS): string => BALLOTS[ballot];

function countsHouseholds(vote: Vote): boolean {
  const threshold = vote.attendance;
  if (threshold === undefined || 'setLocally' in threshold) return false;
  const shares = 'anyOf' in threshold ? threshold.anyOf : [threshold];
  return shares.some((share) => share.of === 'households');
}

/** The fields in which a vote is reported. */
function voteFields(stage: Branch): Field[] {
  const vote = stage.vote;
  if (vote === undefined) return [];
  return [
    count('present', '实到人数'),
    count('approve', '赞成'),
    count('against', '反对', true),
    count('abstain', '弃权', true),
    ...(vote.ballot === undefined
      ? []
      : [{ id: 'ballot', title: '表决方式', type: 'choice' as const, choices: BALLOT_CHOICES }]),
    ...(vote.composition ?? []).map((group) => count(group.id, `${group.title}实到`)),
    ...(countsHouseholds(vote) ? [{ ...count('households-present', '到会户数', true), unit: '户' }] : []),
    { id: 'attended', title: '到会名单', type: 'list', optional: true },
    ...(vote.proxies === undefined
      ? []
      : [{ id: 'proxies', title: '委托（受托人/委托人）', type: 'list' as const, optional: true }]),
    { id: 'minutes', title: '会议记录', type: 'files', optional: true },
  ];
}

function actsOfVote(stage: Branch, by: Who[]): ActRule[] {
  const vote = stage.vote;
  if (vote === undefined) return [];
  const source = vote.source === undefined ? {} : { source: vote.source };
  const convene: ActRule = {
    id: 'convene',
    title: '通知开会',
    kind: 'note',
    by: vote.convenedBy ?? by,
    needs: [
      { id: 'meeting-on', title: '会议日期', type: 'date' },
      { id: 'agenda', title: '议题', type: 'long-text', optional: true },
    ],
    ...source,
  };
  return [
    ...(vote.notice === undefined && vote.convenedBy === undefined ? [] : [convene]),
    { id: 'pass', title: '表决通过', kind: 'outcome', by, needs: voteFields(stage), ...source },
    {
      id: 'reject',
      title: '表决未通过',
      kind: 'outcome',
      by,
      needs: voteFields(stage),
      then: vote.otherwise ?? { end: 'rejected' },
      ...source,
    },
  ];
}

function actsOfNotice(stage: Branch, by: Who[]): ActRule[] {
  const publish = stage.publish;
  if (publish === undefined) return [];
  const source = publish.source === undefined ? {} : { source: publish.source };
  const channels = publish.channels.map((id) => ({ id, title: CHANNELS[id] ?? id }));
  const objections: ActRule[] =
    publish.objections === undefined
      ? []
      : [
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
            by: publish.objections.answeredBy,
            needs: [{ id: 'answer', title: '答复', type: 'long-text' }],
            ...source,
          },
        ];
  return [
    {
      id: 'post',
      title: `公示${publish.what}`,
      kind: 'note',
      by,
      needs: [
        { id: 'channels', title: '公示渠道', type: 'choices', choices: channels },
        { id: 'proof', title: '张贴照片或者发布记录', type: 'files', optional: true },
      ],
      ...source,
    },
    ...objections,
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

/** Names of the usual notice channels. */
export const CHANNELS: Readonly<Record<string, string>> = {
  wall: '公示栏',
  portal: '网站',
  broadcast: '广播',
  meeting: '会议',
  group: '微信群',
};

/**
 * The acts a stage has: its own, and those its vote or notice implies; an act of the stage with a reserved id replaces the
 * implied one. `by` is the stage's own or, in a branch without one, its stage's. A stage that says nothing has the one outcome `done`.
 */
export function actsOfStage(stage: Stage | Branch, by: Who[]): ActRule[] {
  const implied = [...actsOfVote(stage, by), ...actsOfNotice(stage, by)];
  const own = new Set(stage.acts.map((rule) => rule.id));
  const acts = [...stage.acts, ...implied.filter((rule) => !own.has(rule.id))];
  const inBranches = 'oneOf' in stage || 'allOf' in stage;
  if (acts.length > 0 || inBranches) return acts;
  return [{ id: 'done', title: `完成${stage.title}`, kind: 'outcome', by, needs: [] }];
}
