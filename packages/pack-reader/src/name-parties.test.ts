import { Procedure } from '@lianxin/domain';
import { expect, test } from 'vitest';
import { nameParties } from './name-parties.js';

const order = Procedure.parse({
  kind: 'procedure',
  id: 'tea-order',
  title: '茶友点单',
  inForce: { from: '2026-01-01' },
  forMatters: { kinds: ['tea-order'] },
  stages: [
    {
      id: 'accept',
      title: '接单',
      by: { post: 'steward', of: 'tea-club' },
      acts: [{ id: 'accept', title: '接单', kind: 'outcome', then: { end: 'served' } }],
    },
  ],
  closes: { results: [{ id: 'served', title: '已送达' }] },
});
const club = (title: string) => ({
  bodies: [
    { id: 'tea-club', title, level: 'village' as const, posts: [{ id: 'steward', title: '管事' }] },
    { id: 'coffee-club', title: '咖啡会', level: 'village' as const, posts: [] },
  ],
  offices: [],
  relations: [],
});

test('a procedure gets the titles of the bodies and posts it names, and of no others', () => {
  expect(nameParties(order, [club('茶友会')]).names).toEqual([
    { id: 'tea-club', title: '茶友会' },
    { id: 'steward', title: '管事' },
  ]);
});

test("a document's own name for a body wins over the base's", () => {
  expect(nameParties(order, [club('品茗社'), club('茶友会')]).names[0]?.title).toBe('品茗社');
});

test('a name the rule states itself stays', () => {
  const named = { ...order, names: [{ id: 'tea-club', title: '本会' }] };
  expect(nameParties(named, [club('茶友会')]).names[0]?.title).toBe('本会');
});

test('a kind of body is named after the first body of that kind', () => {
  const byKind = { ...order, stages: [{ ...order.stages[0], by: [{ body: 'club' }] }] } as typeof order;
  const file = club('茶友会');
  const entries = file.bodies.map((entry) => ({ ...entry, kind: 'club' }));
  expect(nameParties(byKind, [{ ...file, bodies: entries }]).names).toContainEqual({ id: 'club', title: '茶友会' });
});
