import { addDays, calendarOn, coverProcedure, endOfCountyDay, plainDate } from '@lianxin/domain';
import { readHolidays, readPacks } from '@lianxin/pack-reader';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('.', import.meta.url));
const calendar = readHolidays(`${root}/cn-public-calendar`);
if (!calendar.ok) throw new Error('the calendar cannot be read; packages/pack-reader tests say why');
const { holidays } = calendar;

/** The first day of a version, or the third year of the calendar where the version reaches further back than notices were loaded. */
const playedOn = (from: string): string => (from < '2013-01-01' ? '2013-03-04' : from);

describe('every procedure that ships, walked without a script', () => {
  for (const pack of readPacks(root).packs.values()) {
    for (const { rule, inForce, file, blanks } of pack.rules) {
      if (rule.kind !== 'procedure' || blanks.length > 0) continue;
      test(`reaches every stage, act and result of ${pack.manifest.id}/${file}, and meets every refusal`, () => {
        const day = plainDate(playedOn(inForce.from));
        const setting = {
          calendar: calendarOn(holidays, addDays(day, 180)),
          opened: endOfCountyDay(day),
          division: '320102001005',
        };
        const { unreached, unrefused } = coverProcedure(rule, setting);
        expect({ unreached, unrefused }).toEqual({ unreached: [], unrefused: [] });
      }, 60_000);
    }
  }
});
