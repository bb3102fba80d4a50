import { describe, expect, test } from 'vitest';
import { Procedure } from '../procedure/index.js';
import { joinProcedures } from './join-procedures.js';

const stage = (id: string, acts: object[] = [{ id: `${id}-done`, title: '完成', kind: 'outcome' }]): object => ({
  id,
  title: id,
  by: [{ body: 'tea-club' }],
  acts,
});

const vote = (notice: string, source: string): object => ({
  id: 'vote',
  title: '表决',
  by: [{ body: 'tea-club' }],
  vote: {
    roll: 'guests',
    approval: { moreThan: '1/2', of: 'present' },
    notice: { atLeast: notice, before: 'meeting' },
    source: [source],
  },
});

const rule = (id: string, stages: readonly object[], kinds = ['lease']): Procedure =>
  Procedure.parse({
    kind: 'procedure',
    id,
    title: id,
    inForce: { from: id === 'report' ? '2026-03-01' : '2026-01-01' },
    forMatters: { kinds, together: true },
    form: [{ id: 'subject', title: '事由', type: 'text' }],
    stages: [...stages, stage('work', [{ id: 'finish', title: '办完', kind: 'outcome', then: { end: 'done' } }])],
    closes: {
      results: [
        { id: 'done', title: '办完' },
        { id: 'rejected', title: '未通过' },
      ],
    },
  });

const deliberation = rule('deliberation', [vote('3 days', 'TEA-1'), stage('notice')]);
const report = rule('report', [stage('approval'), vote('7 days', 'TEA-2')], ['lease', 'purchase']);

describe('two procedures that govern one kind of matter together', () => {
  test('become one chain that keeps the order of both [FC-31]', () => {
    const joined = joinProcedures([deliberation, report], 'lease');
    expect(joined.ok && joined.procedure.stages.map((each) => each.id)).toEqual(['approval', 'vote', 'notice', 'work']);
    expect(joined.ok && joined.procedure.forMatters.kinds).toEqual(['lease']);
  });

  test('keep the stricter figure with the clauses of both, and answer only when both do', () => {
    const joined = joinProcedures([deliberation, report], 'lease');
    const merged = joined.ok ? joined.procedure.stages.find((each) => each.id === 'vote')?.vote : undefined;
    expect(merged?.notice?.atLeast).toEqual({ days: 7 });
    expect(merged?.source).toEqual(['TEA-1', 'TEA-2']);
    expect(joined.ok && joined.procedure.inForce).toEqual({ from: '2026-03-01' });
  });

  test('are the same in whatever order they were activated', () => {
    expect(joinProcedures([report, deliberation], 'lease')).toEqual(joinProcedures([deliberation, report], 'lease'));
  });

  test('are refused where one wants first what the other wants last', () => {
    const turned = rule('turned', [stage('notice'), vote('3 days', 'TEA-3')]);
    const joined = joinProcedures([deliberation, turned], 'lease');
    expect(joined.ok ? [] : joined.faults.map((each) => each.code)).toContain('overlay-changes');
  });

  test('are refused where a figure cannot be ordered', () => {
    const working = rule('working', [vote('5 working-days', 'TEA-4')]);
    const joined = joinProcedures([deliberation, rule('week', [vote('7 days', 'TEA-5')]), working], 'lease');
    expect(joined.ok ? [] : joined.faults.map((each) => each.code)).toContain('overlay-changes');
  });
});
