import { Procedure } from '@lianxin/domain';
import { names } from './people.js';

/** Admission of a task 任务准入: a hall that wants the houses to keep a new ledger says by what right, with what money and for how long. */
export const admission = Procedure.parse({
  kind: 'procedure',
  id: 'tea-admission',
  title: '任务准入',
  inForce: { from: '2023-01-01' },
  forMatters: { kinds: ['task-admission'] },
  level: 'county',
  opensBy: [{ body: 'hall' }, { body: 'kettle-office' }],
  names,
  form: [
    { id: 'task', title: '任务', type: 'text' },
    { id: 'legal-basis', title: '依据', type: 'citation' },
    { id: 'funds', title: '经费', type: 'money', atLeast: 0, unit: '元' },
    { id: 'from', title: '开始', type: 'date' },
    { id: 'until', title: '结束', type: 'date' },
  ],
  stages: [
    {
      id: 'decide',
      title: '审定',
      by: [{ body: 'guild' }],
      acts: [
        { id: 'admit', title: '准入', kind: 'outcome', if: { field: 'funds', moreThan: 0 }, then: { end: 'admitted' } },
        {
          id: 'refuse',
          title: '不予准入',
          kind: 'outcome',
          needs: [{ id: 'why', title: '理由', type: 'text' }],
          then: { end: 'not-admitted' },
        },
      ],
    },
  ],
  closes: {
    results: [
      { id: 'admitted', title: '准入' },
      { id: 'not-admitted', title: '不予准入' },
    ],
  },
});
