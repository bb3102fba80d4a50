import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRule } from './rule.js';
import { ruleInForce } from './rule-in-force.js';
import type { PolicyPack, RuleVersion } from './policy-pack.js';
import type { TreeMap } from './tree.js';

const treeOf = (from: string, to?: string): TreeMap => ({
  kind: 'settings',
  id: 'figures',
  title: '设定值',
  inForce: to === undefined ? { from } : { from, to },
  settings: [{ id: 'answer', title: '回复', duration: '7 days', source: 'LAW-GS-3' }],
});

function versionOf(from: string, to?: string): RuleVersion {
  const tree = treeOf(from, to);
  const read = readRule(tree);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const { rule } = read;
  return {
    kind: rule.kind,
    id: rule.id,
    mechanism: 'figures',
    file: `figures/from-${from}.yaml`,
    inForce: rule.inForce,
    covers: [],
    changes: [],
    blanks: [],
    written: tree,
    tree,
    rule,
  };
}

const pack: PolicyPack = {
  manifest: {
    id: 'tea-club',
    title: '茶友会章程',
    version: '1.0.0',
    maintainer: '茶友会',
    template: false,
    extends: [],
  },
  hash: '',
  sources: [],
  bodies: { bodies: [], offices: [], relations: [] },
  clauses: [],
  rules: [versionOf('2011-01-01', '2025-12-31'), versionOf('2026-01-01', '2026-06-30'), versionOf('2026-09-01')],
  mechanisms: ['figures'],
};

describe('the version of a rule in force on a day', () => {
  test('is the one whose days include it, both ends (K1)', () => {
    const from = (date: string): string | undefined => {
      const found = ruleInForce(pack, 'figures', date);
      return found.ok ? found.value.inForce.from : undefined;
    };
    expect(['2011-01-01', '2025-12-31', '2026-01-01', '2026-06-30', '2026-09-01', '2030-01-01'].map(from)).toEqual([
      '2011-01-01',
      '2011-01-01',
      '2026-01-01',
      '2026-01-01',
      '2026-09-01',
      '2026-09-01',
    ]);
  });

  test('is a refusal on a day before, between or of another rule, never the nearest version (K1)', () => {
    for (const date of ['2010-12-31', '2026-07-01', '2026-08-31']) {
      expect(ruleInForce(pack, 'figures', date)).toMatchObject({ ok: false, faults: [{ code: 'no-rule-in-force' }] });
    }
    expect(ruleInForce(pack, 'other', '2026-01-01').ok).toBe(false);
  });

  test('includes the day it is found for, whatever the day (K1)', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('2009-01-01'), max: new Date('2031-01-01'), noInvalidDate: true }), (day) => {
        const date = day.toISOString().slice(0, 10);
        const found = ruleInForce(pack, 'figures', date);
        const holds = !found.ok || (found.value.inForce.from <= date && date <= (found.value.inForce.to ?? '9999'));
        expect(holds).toBe(true);
      }),
    );
  });
});
