import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SharedItem } from '../policy-pack/index.js';
import { sharedOf } from './share-records.js';
import { teaBookings } from './tea-tables.js';

const item = (fields: string[]): SharedItem =>
  SharedItem.parse({
    id: 'bookings',
    title: '订桌情况',
    to: '茶会总台',
    purpose: '安排茶叶',
    register: 'tea-bookings',
    fields,
    source: 'TC-ART-3',
  });

test('an export has the listed fields and no other, whatever a record holds', () => {
  const ids = teaBookings.fields.map((field) => field.id);
  fc.assert(
    fc.property(
      fc.subarray(ids, { minLength: 1 }),
      fc.array(fc.dictionary(fc.constantFrom(...ids, 'secret'), fc.string())),
      (listed, rows) => {
        const shared = sharedOf(
          teaBookings,
          item(listed),
          rows.map((fields) => ({ fields })),
        );
        expect(shared.fields.map((field) => field.id)).toEqual(listed);
        for (const [at, record] of shared.records.entries()) {
          const had = Object.keys(rows[at] ?? {}).filter((id) => listed.includes(id));
          expect(Object.keys(record).toSorted()).toEqual(had.toSorted());
        }
      },
    ),
  );
});

test('nothing goes to a security system without an article that allows it', () => {
  const asked = { ...item(['table']), security: true };
  expect(SharedItem.safeParse(asked).success).toBe(false);
  expect(SharedItem.safeParse({ ...asked, legalBasis: 'LAW-GD-19' }).success).toBe(true);
});
