import type { ProcedureText } from '@lianxin/domain';
import { inForce, village } from './tea-offices.js';

/** Further procedures of the made-up county: a complaint, an order, a check, a shared demand, the access list. */

export const complaint: ProcedureText = {
  kind: 'procedure',
  id: 'tea-complaint',
  title: '意见与投诉',
  inForce,
  covers: [],
  forMatters: { kinds: ['complaint'] },
  level: 'township',
  form: [
    { id: 'wanted', title: '反映的问题', type: 'long-text' },
    { id: 'complained-about', title: '反映的对象', type: 'person', optional: true },
  ],
  recuse: [{ relation: 'complained-about', title: '被反映人' }],
  stages: [
    {
      id: 'look',
      title: '核查',
      by: [{ body: 'office' }],
      acts: [
        {
          id: 'finish',
          title: '答复',
          kind: 'outcome',
          assign: { how: 'take' },
          needs: [{ id: 'answer', title: '答复', type: 'long-text' }],
          then: { end: 'answered' },
        },
      ],
    },
  ],
  closes: { results: [{ id: 'answered', title: '已答复', settled: true }] },
};

export const order: ProcedureText = {
  kind: 'procedure',
  id: 'tea-order',
  title: '点单服务',
  inForce,
  covers: [],
  forMatters: { kinds: ['order'] },
  form: [
    { id: 'wanted', title: '要什么', type: 'text' },
    { id: 'phone', title: '电话', type: 'phone', personal: true },
  ],
  stages: [
    {
      id: 'take-order',
      title: '接单',
      by: [...village],
      limit: {
        id: 'take-limit',
        within: { workingDays: 1 },
        onLate: [{ remind: [{ body: 'villagers-committee' }] }, { remind: [{ body: 'office' }] }],
      },
      acts: [
        {
          id: 'take',
          title: '接单',
          kind: 'outcome',
          needs: [{ id: 'runner', title: '跑单人', type: 'person' }],
          assign: { how: 'name', person: 'runner' },
          then: { stage: 'run' },
        },
        {
          id: 'decline',
          title: '不接',
          kind: 'outcome',
          needs: [{ id: 'reason', title: '理由', type: 'text' }],
          then: { end: 'declined' },
        },
      ],
    },
    {
      id: 'run',
      title: '跑单',
      limit: { id: 'run-limit', within: { workingDays: 3 } },
      acts: [{ id: 'ran', title: '跑完', kind: 'outcome', by: ['handler'], then: { stage: 'confirm' } }],
    },
    {
      id: 'confirm',
      title: '评单',
      acts: [{ id: 'confirm', title: '确认', kind: 'outcome', by: ['filer'], then: { end: 'served' } }],
    },
  ],
  closes: {
    results: [
      { id: 'served', title: '已服务', settled: true },
      { id: 'declined', title: '未接单' },
    ],
  },
};

export const check: ProcedureText = {
  kind: 'procedure',
  id: 'tea-check',
  title: '责任核查',
  inForce,
  covers: [],
  forMatters: { kinds: ['accountability'] },
  opensBy: ['officer'],
  form: [{ id: 'cause', title: '起因', type: 'text' }],
  stages: [
    {
      id: 'hear',
      title: '听取说明',
      by: ['officer'],
      acts: [
        {
          id: 'statement',
          title: '承办人说明',
          kind: 'outcome',
          needs: [{ id: 'said', title: '说明', type: 'long-text' }],
          then: { stage: 'find' },
        },
      ],
    },
    {
      id: 'find',
      title: '结论',
      by: ['officer'],
      acts: [
        {
          id: 'conclude',
          title: '结论',
          kind: 'outcome',
          needs: [{ id: 'finding', title: '结论', type: 'long-text' }],
          then: { end: 'concluded' },
        },
      ],
    },
  ],
  closes: { results: [{ id: 'concluded', title: '已有结论', settled: true }] },
};

export const shared: ProcedureText = {
  kind: 'procedure',
  id: 'tea-demand',
  title: '共性诉求',
  inForce,
  covers: [],
  forMatters: { kinds: ['demand'] },
  level: 'township',
  opensBy: ['officer'],
  form: [
    { id: 'wanted', title: '共性诉求', type: 'text' },
    { id: 'unit', title: '承办单位', type: 'body', optional: true },
    { id: 'by-day', title: '答复日期', type: 'date', optional: true },
  ],
  limits: [{ id: 'answer-by', title: '答复期限', within: { workingDays: 10 }, of: 'opened' }],
  stages: [
    {
      id: 'decide',
      title: '答复',
      by: [{ body: 'office' }],
      acts: [
        {
          id: 'decide',
          title: '答复',
          kind: 'outcome',
          assign: { how: 'take' },
          needs: [{ id: 'answer', title: '答复', type: 'long-text' }],
          then: { end: 'answered' },
        },
      ],
    },
  ],
  closes: { results: [{ id: 'answered', title: '已答复', settled: true }] },
};

export const admission: ProcedureText = {
  kind: 'procedure',
  id: 'tea-admission',
  title: '准入申请',
  inForce,
  covers: [],
  forMatters: { kinds: ['admission'] },
  level: 'county',
  opensBy: ['officer'],
  form: [
    { id: 'item', title: '事项', type: 'text' },
    { id: 'basis', title: '依据', type: 'citation' },
    { id: 'funds', title: '经费', type: 'text' },
    { id: 'from', title: '起', type: 'date' },
    { id: 'until', title: '止', type: 'date' },
  ],
  stages: [
    {
      id: 'decide',
      title: '审核',
      by: [{ body: 'office' }],
      at: 'county',
      acts: [
        { id: 'admit', title: '准入', kind: 'outcome', assign: { how: 'take' }, then: { end: 'admitted' } },
        {
          id: 'refuse',
          title: '不准入',
          kind: 'outcome',
          assign: { how: 'take' },
          needs: [{ id: 'reason', title: '理由', type: 'text' }],
          then: { end: 'not-admitted' },
        },
      ],
    },
  ],
  closes: {
    results: [
      { id: 'admitted', title: '已准入', settled: true },
      { id: 'not-admitted', title: '不予准入' },
    ],
  },
};

export const unadmitted: ProcedureText = {
  kind: 'procedure',
  id: 'tea-unadmitted',
  title: '未准入事项报告',
  inForce,
  covers: [],
  forMatters: { kinds: ['not-admitted-item'] },
  opensBy: ['officer'],
  level: 'county',
  form: [{ id: 'item', title: '事项', type: 'text' }],
  stages: [
    {
      id: 'decide',
      title: '处理',
      by: [{ body: 'office' }],
      at: 'county',
      acts: [
        {
          id: 'rule-on-it',
          title: '决定',
          kind: 'outcome',
          assign: { how: 'take' },
          needs: [{ id: 'answer', title: '决定', type: 'text' }],
          then: { end: 'decided' },
        },
      ],
    },
  ],
  standing: [{ id: 'set-aside', title: '暂不办理', kind: 'note', by: [{ body: 'villagers-committee' }] }],
  closes: { results: [{ id: 'decided', title: '已决定', settled: true }] },
};
