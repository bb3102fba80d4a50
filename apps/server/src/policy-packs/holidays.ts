import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { readHolidays } from '@lianxin/pack-reader';
import type { Holidays } from '@lianxin/domain';

const known = new Map<string, Holidays>();

/**
 * The public holidays of the packs folder (节假日): the pack that holds `statutory-days.yaml`, read once.
 * Throws when there is none or it has faults, because every deadline would rest on it.
 */
export const holidaysOf = (packs: string): Holidays => {
  const had = known.get(packs);
  if (had !== undefined) return had;
  const folder = readdirSync(packs, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(packs, entry.name))
    .find((entry) => existsSync(path.join(entry, 'statutory-days.yaml')));
  if (folder === undefined)
    throw new Error(`no calendar pack in ${packs}: a folder with statutory-days.yaml is needed`);
  const read = readHolidays(folder);
  if (!read.ok) throw new Error(`the calendar pack has faults: ${read.faults.map((one) => one.fault.code).join(', ')}`);
  known.set(packs, read.holidays);
  return read.holidays;
};
