import type { CardView } from '@lianxin/contract';
import { describe, expect, it } from 'vitest';
import { isOutdated } from './carried-day.js';
import { visitOf } from './pocket/outbox-model.js';
import type { Command, OpenEntry } from './pocket/outbox.js';

/** A card as it was taken along, with so many entries on it. */
const cardWith = (entries: number): CardView => ({
  id: 'card-1',
  household: 'h1',
  division: '999901001001',
  divisionName: '一村',
  label: '一号院',
  gridName: null,
  issuedOn: '2026-03-01',
  withdrawnOn: null,
  content: null,
  entries: Array.from({ length: entries }, (_, at) => ({
    number: at + 1,
    enteredBy: 'office',
    recordedAt: '2026-03-02T01:00:00.000Z',
  })),
});
const arrivedOn = (base: number, card = 'card-1'): OpenEntry => ({
  id: `correction-on-${base}`,
  lane: card,
  place: 1,
  state: 'arrived',
  madeAt: '2026-03-02T01:00:00.000Z',
  answer: card,
  command: {
    ...visitOf('轮椅借用'),
    kind: 'card',
    path: '/api/household-cards/{id}/corrections',
    params: { id: card },
    json: { base },
  } satisfies Command,
});

describe('a card taken along', () => {
  it('is read anew once a correction from here has arrived on the entry it shows, or on a later one after a choice', () => {
    expect(isOutdated(cardWith(2), [arrivedOn(2)])).toBe(true);
    // Two wrote the same field: the choice was made on what the other wrote meanwhile, the third entry.
    expect(isOutdated(cardWith(2), [arrivedOn(3)])).toBe(true);
  });

  it('is left as it is, and not written down as read once more, when it shows all that arrived from here', () => {
    expect(isOutdated(cardWith(3), [arrivedOn(2)])).toBe(false);
    expect(isOutdated(cardWith(4), [arrivedOn(2), arrivedOn(3)])).toBe(false);
    expect(isOutdated(cardWith(2), [])).toBe(false);
  });

  it('cares for its own corrections alone', () => {
    expect(isOutdated(cardWith(2), [arrivedOn(2, 'card-2')])).toBe(false);
    expect(
      isOutdated(cardWith(2), [{ ...arrivedOn(2), command: { ...visitOf('水泵坏了'), params: { id: 'card-1' } } }]),
    ).toBe(false);
    expect(isOutdated(null, [arrivedOn(2)])).toBe(false);
  });
});
