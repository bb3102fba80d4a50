import { fault, ok, refuse, type Result } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { villageAt } from '../households/index.js';
import type { DivisionRow } from '../people/index.js';
import { inContext, publicContext } from '../storage/index.js';
import type { Jurisdiction } from './jurisdiction.js';

/** Where something is, as GeoReport v2 lets a client say it. */
export interface SaidPlace {
  readonly addressId?: string | undefined;
  readonly addressString?: string | undefined;
  readonly lat?: string | undefined;
  readonly long?: string | undefined;
}

const numberIn = (text: string | undefined, most: number): number | undefined => {
  const value = Number(text);
  return text === undefined || text.trim() === '' || !(Math.abs(value) <= most) ? undefined : value;
};

/** Villages that a text names: the longest name it holds; a short name inside a longer one does not count. */
const namedIn = (villages: readonly DivisionRow[], text: string): DivisionRow[] => {
  const found = villages.filter(({ name }) => text.includes(name));
  const longest = Math.max(0, ...found.map(({ name }) => name.length));
  return found.filter(({ name }) => name.length === longest);
};

/**
 * The village that a request is for: by `address_id`, its twelve digits; else by a village's name in `address_string`; else by the posted
 * boundary that holds `lat` and `long` (WGS-84, as the standard has it). Refuses `unknown-division` for a wrong id, `field-invalid` for a
 * text that names none or several and for a position in no posted boundary, `field-missing` where nothing is said.
 */
export const placeOf = async (
  deps: Deps,
  { county, villages }: Jurisdiction,
  said: SaidPlace,
): Promise<Result<string>> => {
  const id = said.addressId?.trim() ?? '';
  if (id !== '')
    return villages.some(({ code }) => code === id) ? ok(id) : refuse(fault('unknown-division', { code: id }));
  const text = said.addressString ?? '';
  const named = text === '' ? [] : namedIn(villages, text);
  if (named.length === 1 && named[0] !== undefined) return ok(named[0].code);
  if (named.length > 1)
    return refuse(
      fault('field-invalid', {
        field: 'address_string',
        reason: `有 ${named.length} 个村叫这个名字，请用 address_id：${named.map(({ code }) => code).join('、')}`,
      }),
    );
  const latitude = numberIn(said.lat, 90);
  const longitude = numberIn(said.long, 180);
  if (latitude !== undefined && longitude !== undefined) {
    const village = await inContext(deps, publicContext(`${county}000000`), (tx) =>
      villageAt(tx, [longitude, latitude]),
    );
    if (village !== undefined) return ok(village);
    const reason = '这个坐标（WGS-84）不在任何一个已公示的村界内，请用 address_string 写明村名';
    return refuse(fault('field-invalid', { field: 'lat, long', reason }));
  }
  if (text !== '')
    return refuse(fault('field-invalid', { field: 'address_string', reason: '没有写明是哪个村（社区）' }));
  return refuse(fault('field-missing', { field: 'address_id | address_string | lat, long' }));
};
