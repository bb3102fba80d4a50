import type { CardView, myHouseholdsRoute, requestFormRoute } from '@lianxin/contract';
import { RefusedError } from '@lianxin/contract/client';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../app/call.js';
import { homeOf, type Person } from '../../app/session.js';
import { readCard } from '../households/read-card.js';
import type { OpenEntry } from './pocket/outbox.js';
import { forgetDay, heldDay, keepDay, openOutbox, type HeldDay } from './pocket/pocket.js';
import { ShelfFull } from './pocket/shelf.js';

/** Today's households as the page shows them: as the server has them now, else as they were taken along. */
export interface CarriedDay extends HeldDay {
  readonly full: boolean;
}

/** Whether a correction from here, on this entry or a later one, has arrived: what is kept says less than the server then. */
export const isOutdated = (card: CardView | null, arrived: readonly OpenEntry[]): boolean =>
  card !== null &&
  arrived.some(
    ({ command }) =>
      command.kind === 'card' && command.params?.id === card.id && Number(command.json.base) >= card.entries.length,
  );

/** The cards of the day: each is asked for once, since every reading is written down at the household, and again when it was corrected. */
async function cardsOf(me: Person, households: HeldDay['households'], before: HeldDay | undefined) {
  const cards: Record<string, CardView | null> = {};
  if (!me.capabilities.includes('keep-cards')) return cards;
  const arrived = ((await openOutbox()?.read()) ?? []).filter((one) => one.state === 'arrived');
  for (const { household } of households) {
    const known = before?.cards[household];
    cards[household] = known === undefined || isOutdated(known, arrived) ? await readCard(household) : known;
  }
  return cards;
}

async function fetchDay(me: Person, before: HeldDay | undefined): Promise<HeldDay> {
  const { households } = await call<typeof myHouseholdsRoute>('get', '/api/households/mine', {});
  const village = homeOf(me).slice(0, 12);
  const form =
    before?.form ??
    (village === ''
      ? null
      : await call<typeof requestFormRoute>('get', '/api/villages/{code}/request-form', { params: { code: village } }));
  return { households, form, cards: await cardsOf(me, households, before), fetchedAt: new Date().toISOString() };
}

/**
 * Today's households out of the open pocket: fetched and kept when there is a line, read as kept when there is none. A phone whose
 * session the server does not know any more loses them.
 */
export function useCarriedDay(me: Person | null | undefined, open: boolean) {
  return useQuery({
    queryKey: ['carried', me?.person],
    enabled: open && me !== null && me !== undefined,
    gcTime: 0,
    retry: false,
    queryFn: async (): Promise<CarriedDay | null> => {
      if (me === null || me === undefined) return null;
      const before = await heldDay();
      try {
        const day = await fetchDay(me, before);
        try {
          await keepDay(me.person, day);
          return { ...day, full: false };
        } catch (error) {
          if (!(error instanceof ShelfFull)) throw error;
          return { ...day, full: true };
        }
      } catch (error) {
        if (error instanceof RefusedError && error.status === 401) await forgetDay(me.person);
        if (!(error instanceof RefusedError) || error.status !== 0) throw error;
        return before === undefined ? null : { ...before, full: false };
      }
    },
  });
}
