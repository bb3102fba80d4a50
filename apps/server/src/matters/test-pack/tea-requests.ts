import { ServiceCatalogue, type ProcedureText } from '@lianxin/domain';
import { activateTeaPack, proceduresOf } from '@lianxin/testkit/database';
import type { Sql } from '../../policy-packs/index.js';
import { inForce, village } from './tea-offices.js';
import { admission, check, complaint, order, shared, unadmitted } from './tea-other-procedures.js';

/** Procedures of the made-up tea county, for tests alone: a request, a proxy service, a part of one, a complaint, an order. */

const request: ProcedureText = {
  kind: 'procedure',
  id: 'tea-request',
  title: '茶客诉求',
  inForce,
  covers: [],
  forMatters: { kinds: ['need', 'affair', 'hardship', 'worry'] },
  onBehalf: ['officer'],
  form: [
    {
      id: 'kind',
      title: '类别',
      type: 'choice',
      choices: [
        { id: 'need', title: '民需' },
        { id: 'affair', title: '民事' },
        { id: 'hardship', title: '民困' },
        { id: 'worry', title: '民忧' },
      ],
    },
    { id: 'wanted', title: '需要什么', type: 'long-text', mostCharacters: 4000 },
    { id: 'phone', title: '电话', type: 'phone', optional: true, personal: true },
    { id: 'topic', title: '事由分类', type: 'text', optional: true },
  ],
  stages: [
    {
      id: 'accept',
      title: '受理',
      by: [...village],
      limit: {
        id: 'accept-limit',
        within: { workingDays: 2 },
        of: 'stage-entered',
        onLate: [{ remind: [{ body: 'villagers-committee' }] }],
      },
      acts: [
        { id: 'accept', title: '受理', kind: 'outcome', assign: { how: 'take' }, then: { stage: 'work' } },
        {
          id: 'return',
          title: '退回',
          kind: 'outcome',
          needs: [
            { id: 'duty', title: '职责依据', type: 'citation' },
            { id: 'reason', title: '理由', type: 'text' },
          ],
          then: { end: 'returned' },
        },
      ],
    },
    {
      id: 'work',
      title: '办理',
      by: [...village],
      limit: {
        id: 'work-limit',
        within: { workingDays: 5 },
        of: 'stage-entered',
        onLate: [{ remind: ['handler'] }, { escalateTo: 'next' }],
      },
      acts: [
        {
          id: 'feedback',
          title: '反馈',
          kind: 'note',
          by: ['handler'],
          needs: [{ id: 'told', title: '反馈内容', type: 'text' }],
          tells: ['filer'],
        },
        {
          id: 'ask',
          title: '一次性告知',
          kind: 'ask',
          by: ['handler'],
          needs: [
            { id: 'papers', title: '需补材料', type: 'list' },
            { id: 'why-again', title: '再次告知的理由', type: 'text', optional: true },
          ],
          ask: { cause: '等待提出人补充材料', longest: { days: 30 }, oneTime: { list: 'papers', reason: 'why-again' } },
          tells: ['filer'],
        },
        {
          id: 'answer',
          title: '补充材料',
          kind: 'answer',
          by: ['filer', 'handler'],
          needs: [{ id: 'brought', title: '已补', type: 'text' }],
        },
        {
          id: 'split',
          title: '联办',
          kind: 'split',
          by: ['handler'],
          needs: [{ id: 'departments', title: '联办单位', type: 'list' }],
          then: { open: 'tea-part', wait: 'all' },
        },
        {
          id: 'claim-done',
          title: '办结待确认',
          kind: 'outcome',
          by: ['handler'],
          needs: [{ id: 'outcome', title: '办理结果', type: 'long-text' }],
          after: [{ act: 'feedback' }],
          then: { stage: 'confirm' },
        },
      ],
    },
    {
      id: 'confirm',
      title: '确认',
      acts: [
        {
          id: 'confirm',
          title: '确认解决',
          kind: 'outcome',
          by: ['filer', { sampledFrom: 'office' }],
          then: { end: 'solved' },
        },
        {
          id: 'dispute',
          title: '没有解决',
          kind: 'outcome',
          by: ['filer', { sampledFrom: 'office' }],
          needs: [{ id: 'why', title: '哪里没有解决', type: 'text' }],
          then: { backTo: 'work' },
        },
      ],
    },
  ],
  standing: [
    {
      id: 'offer',
      title: '转办',
      kind: 'assign',
      by: ['handler'],
      stages: ['work'],
      needs: [{ id: 'to', title: '转给', type: 'office' }],
      assign: { how: 'offer', office: 'to' },
    },
    {
      id: 'take-over',
      title: '接收转办',
      kind: 'assign',
      by: ['offered'],
      stages: ['work'],
      assign: { how: 'accept' },
    },
    {
      id: 'decline-offer',
      title: '不接收转办',
      kind: 'assign',
      by: ['offered'],
      stages: ['work'],
      needs: [{ id: 'reason', title: '理由', type: 'text' }],
      assign: { how: 'decline' },
    },
    {
      id: 'reclass',
      title: '改类',
      kind: 'reclass',
      by: ['officer'],
      needs: [
        {
          id: 'kind',
          title: '类别',
          type: 'choice',
          choices: [
            { id: 'need', title: '民需' },
            { id: 'hardship', title: '民困' },
          ],
        },
      ],
      reclass: { field: 'kind' },
    },
    { id: 'higher', title: '向上反映', kind: 'hand-up', by: ['filer'], then: { escalateTo: 'next', stage: 'accept' } },
    {
      id: 'expire',
      title: '到期上交',
      kind: 'hand-up',
      by: ['system'],
      expired: 'work-limit',
      then: { escalateTo: 'next', stage: 'accept' },
      tells: ['filer'],
    },
    { id: 'withdraw', title: '撤回', kind: 'withdraw', by: ['filer'] },
  ],
  closes: {
    results: [
      { id: 'solved', title: '已解决', settled: true },
      { id: 'returned', title: '已退回' },
      { id: 'withdrawn', title: '已撤回' },
    ],
    afterwards: [
      {
        id: 'rate',
        title: '评价',
        kind: 'rate',
        by: ['filer'],
        most: 1,
        needs: [{ id: 'stars', title: '满意程度', type: 'number' }],
        rate: { field: 'stars', levels: 5 },
      },
    ],
  },
};

const part: ProcedureText = {
  kind: 'procedure',
  id: 'tea-part',
  title: '联办子事项',
  inForce,
  covers: [],
  forMatters: { kinds: ['part'] },
  opensBy: ['officer', 'system'],
  form: [
    { id: 'office', title: '联办单位', type: 'body', optional: true },
    { id: 'wanted', title: '需要什么', type: 'long-text', optional: true },
  ],
  stages: [
    {
      id: 'do',
      title: '办理',
      by: [...village],
      acts: [
        {
          id: 'finish',
          title: '办结',
          kind: 'outcome',
          assign: { how: 'take' },
          needs: [{ id: 'result', title: '结果', type: 'text' }],
          then: { end: 'done' },
        },
      ],
    },
  ],
  closes: { results: [{ id: 'done', title: '已办', settled: true }] },
};

const signed = (id: string, title: string, who: 'filer' | 'handler', witness = false) => ({
  id,
  title,
  kind: 'sign' as const,
  by: [who === 'filer' ? ('filer' as const) : ('handler' as const)],
  ...(who === 'filer' ? { onBehalf: ['officer' as const] } : {}),
  sign: { party: who, title, ...(witness ? { witness: true } : {}) },
});

const errand: ProcedureText = {
  kind: 'procedure',
  id: 'tea-errand',
  title: '代办',
  inForce,
  covers: [],
  forMatters: { kinds: ['errand'] },
  onBehalf: ['officer'],
  form: [
    { id: 'wanted', title: '代办事项', type: 'text' },
    { id: 'service', title: '服务', type: 'text', optional: true },
  ],
  limits: [{ id: 'whole', title: '办理时限', within: { workingDays: 3 }, of: 'opened' }],
  stages: [
    {
      id: 'receive',
      title: '收件',
      by: [...village],
      acts: [
        { id: 'receive', title: '收件', kind: 'outcome', assign: { how: 'take' }, then: { stage: 'window' } },
        {
          id: 'send-away',
          title: '村里办不了',
          kind: 'outcome',
          needs: [{ id: 'reason', title: '理由', type: 'text' }],
          then: { end: 'not-served' },
        },
      ],
    },
    {
      id: 'window',
      title: '送窗口',
      by: [...village],
      acts: [
        signed('sign-window', '窗口签收', 'handler'),
        {
          id: 'delivered',
          title: '已送达窗口',
          kind: 'outcome',
          by: ['handler'],
          after: [{ act: 'sign-window', since: 'stage-entered' }],
          then: { stage: 'hand-out' },
        },
      ],
    },
    {
      id: 'hand-out',
      title: '送还',
      by: [...village],
      acts: [
        { ...signed('sign-resident', '群众签收', 'filer', true), by: ['filer', 'handler'] },
        {
          id: 'done',
          title: '办结',
          kind: 'outcome',
          by: ['handler'],
          after: [{ act: 'sign-resident', since: 'stage-entered' }],
          then: { end: 'done' },
        },
      ],
    },
  ],
  closes: {
    results: [
      { id: 'done', title: '已办结', settled: true },
      { id: 'not-served', title: '没有代办' },
    ],
    afterwards: [
      {
        id: 'rate',
        title: '评价',
        kind: 'rate',
        by: ['filer'],
        most: 1,
        needs: [{ id: 'stars', title: '满意程度', type: 'number' }],
        rate: { field: 'stars', levels: 5 },
      },
    ],
  },
};

/** What the village does for residents; one of the two without their leaving it. */
const services = ServiceCatalogue.parse({
  kind: 'service-catalogue',
  id: 'tea-services',
  title: '茶县服务目录',
  inForce,
  services: [
    { id: 'tea-refund', title: '茶费报销', finishedInVillage: true },
    { id: 'tea-shopping', title: '代买茶' },
  ].map((service) => ({
    ...service,
    department: 'tea-office',
    levels: ['village'],
    steps: ['收件'],
    materials: [],
    limit: { workingDays: 3 },
    fee: { fen: 0 },
  })),
});

/** Keeps the pack and activates it in a whole county. */
export const addTeaPack = async (owner: Sql, county: string): Promise<string> => {
  return activateTeaPack(owner, `${county}000000`, '00000009-0000-7000-8000-000000000001', {
    id: 'tea-requests',
    title: '茶县诉求办理',
    mechanism: 'requests',
    rules: [...proceduresOf(request, part, errand, complaint, order, check, shared, admission, unadmitted), services],
    from: '2011-01-01',
  });
};
