import { expect, test } from 'vitest';
import { conditionNamesOf } from './condition-names.js';
import { planOf } from './plan.js';
import { Procedure } from './procedure.js';

const order = Procedure.parse({
  kind: 'procedure',
  id: 'tea-order',
  title: '茶友点单',
  inForce: { from: '2026-01-01' },
  forMatters: { kinds: ['tea-order'] },
  form: [{ id: 'tea', title: '茶类', type: 'choice', choices: [{ id: 'green', title: '绿茶' }] }],
  stages: [
    {
      id: 'accept',
      title: '接单',
      by: ['officer'],
      acts: [
        {
          id: 'accept',
          title: '接单',
          kind: 'outcome',
          needs: [{ id: 'cup', title: '杯子', type: 'choice', choices: [{ id: 'small', title: '小杯' }] }],
          then: { end: 'served' },
        },
      ],
    },
  ],
  closes: { results: [{ id: 'served', title: '已送达' }] },
});

test('a condition is said with the titles of fields, choices and levels, wherever they are asked', () => {
  const { field, value, act } = conditionNamesOf(planOf(order));
  expect([field?.('tea'), value?.('tea', 'green')]).toEqual(['茶类', '绿茶']);
  expect([field?.('cup'), value?.('cup', 'small')]).toEqual(['杯子', '小杯']);
  expect([field?.('matter-level'), value?.('matter-level', 'township')]).toEqual(['办理层级', '镇']);
  expect(act?.('accept')).toBe('接单');
});

test('what has no title is said as it stands', () => {
  const { field, value } = conditionNamesOf(planOf(order));
  expect([field?.('milk'), value?.('tea', 'black')]).toEqual(['milk', 'black']);
});
