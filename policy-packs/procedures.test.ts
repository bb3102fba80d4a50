import {
  addDays,
  calendarOn,
  coverProcedure,
  endOfCountyDay,
  joinProcedures,
  plainDate,
  type Coverage,
  type PolicyPack,
  type Procedure,
} from '@lianxin/domain';
import { readHolidays, readPacks } from '@lianxin/pack-reader';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('.', import.meta.url));
const calendar = readHolidays(`${root}/cn-public-calendar`);
if (!calendar.ok) throw new Error('the calendar cannot be read; packages/pack-reader tests say why');
const { holidays } = calendar;

/** The first day of a version, or the third year of the calendar where the version reaches further back than notices were loaded. */
const playedOn = (from: string): string => (from < '2013-01-01' ? '2013-03-04' : from);

const walk = (procedure: Procedure, from: string): Pick<Coverage, 'unreached' | 'unrefused'> => {
  const day = plainDate(playedOn(from));
  const setting = {
    calendar: calendarOn(holidays, addDays(day, 180)),
    opened: endOfCountyDay(day),
    division: '320102001005',
  };
  const { unreached, unrefused } = coverProcedure(procedure, setting);
  return { unreached, unrefused };
};

/** Procedures of a pack that govern one kind of matter together, by kind. */
function governedTogether(pack: PolicyPack): Map<string, Procedure[]> {
  const together = pack.rules.flatMap(({ rule }) =>
    rule.kind === 'procedure' && rule.forMatters.together === true ? [rule] : [],
  );
  const kinds = new Set(together.flatMap((rule) => rule.forMatters.kinds));
  const shared = [...kinds].map(
    (kind) => [kind, together.filter((rule) => rule.forMatters.kinds.includes(kind))] as const,
  );
  return new Map(shared.filter(([, parts]) => parts.length > 1));
}

describe('procedures that govern one kind of matter together', () => {
  const shared = [...readPacks(root).packs.values()].flatMap((pack) => [...governedTogether(pack)]);
  test('there are some', () => {
    expect(shared.map(([kind]) => kind)).toContain('land-lease');
  });
  for (const [kind, parts] of shared) {
    const ids = parts.map((part) => part.id).join(' and ');
    test(`are one for ${kind}: ${ids} join without contradiction, and every stage and result is reached`, () => {
      const joined = joinProcedures(parts, kind);
      if (!joined.ok) throw new Error(JSON.stringify(joined.faults));
      // A body that may not decide this kind is a way that stays shut, with its acts and their refusals.
      const { unreached } = walk(joined.procedure, joined.procedure.inForce.from);
      expect(unreached.filter((one) => one.kind !== 'act')).toEqual([]);
    }, 60_000);
  }
});

describe('every procedure that ships, walked without a script', () => {
  for (const pack of readPacks(root).packs.values()) {
    for (const { rule, inForce, file, blanks } of pack.rules) {
      if (rule.kind !== 'procedure' || blanks.length > 0) continue;
      test(`reaches every stage, act and result of ${pack.manifest.id}/${file}, and meets every refusal`, () => {
        expect(walk(rule, inForce.from)).toEqual({ unreached: [], unrefused: [] });
      }, 60_000);
    }
  }
});
