import {
  deriveProgress,
  nextActs,
  OPEN,
  sampleValue,
  type Act,
  type Actor,
  type Field,
  type FieldValues,
  type Instant,
  type NextAct,
  type Procedure,
} from '@lianxin/domain';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  admission,
  almanac,
  charter,
  errand,
  everyone,
  host,
  guest,
  hallClerk,
  order,
  play,
  rolls,
  wish,
  type Play,
} from './index.js';

const procedures: readonly Procedure[] = [wish, errand, order, admission, charter];
const people = Object.values(everyone);

/** Something valid in every field that is asked; the counts of a vote carry it, or lose it, as its act says. */
function filledIn(needs: readonly Field[], act: string, at: Instant): FieldValues {
  const values: Record<string, FieldValues[string]> = {};
  for (const field of needs) if (field.optional !== true) values[field.id] = sampleValue(field, at);
  if (values['present'] === undefined) return values;
  const approve = act === 'pass' ? 100 : 0;
  const present = needs.some((field) => field.id === 'women') ? 30 : 100;
  return { ...values, present, approve: Math.min(approve, present), women: present };
}

const withoutUnasked = (values: FieldValues, needs: readonly Field[]): FieldValues =>
  Object.fromEntries(Object.entries(values).filter(([id]) => needs.some((field) => field.id === id)));

const valid = (next: Pick<NextAct, 'needs' | 'act'>, at: Instant): FieldValues =>
  withoutUnasked(filledIn(next.needs, next.act.id, at), next.needs);

/** One random try: which act of those listed, by whom, how many hours later. */
const tries = fc.array(
  fc.record({ act: fc.nat(60), person: fc.nat(people.length - 1), hours: fc.nat(90), handler: fc.boolean() }),
  { minLength: 1, maxLength: 25 },
);

const opener = (procedure: Procedure): Actor => {
  if (procedure === charter) return host;
  return procedure === admission ? hallClerk : guest;
};

function begin(procedure: Procedure): Play {
  const game = play(procedure);
  const at = game.record.opened;
  return game.does(OPEN, opener(procedure), { fields: filledIn(procedure.form, OPEN, at) });
}

/** The officer who holds the matter now, so that random play gets somewhere. */
function handlerOf(game: Play): Actor | undefined {
  const person = game.stands().holder?.person;
  if (person === undefined) return undefined;
  return (
    people.find((one) => one.person === person) ?? { kind: 'officer', person, offices: host.offices, isFiler: false }
  );
}

type Tries = readonly { act: number; person: number; hours: number; handler: boolean }[];

function playAtRandom(procedure: Procedure, moves: Tries, seen: (game: Play) => void): Play {
  const game = begin(procedure);
  let time = Date.parse(game.record.opened);
  for (const { act, person, hours, handler } of moves) {
    time += hours * 3_600_000;
    const at = new Date(time).toISOString();
    const here = game.next(null, at).filter((next) => next.here);
    const next = here[act % Math.max(1, here.length)];
    const actor = (handler ? handlerOf(game) : undefined) ?? people[person] ?? guest;
    if (next === undefined) continue;
    const stage = next.stage === null ? {} : { stage: next.stage };
    game.tries(next.act.id, actor, { at, ...stage, fields: valid(next, at as Instant) });
    seen(game);
  }
  return game;
}

const anyProcedure = fc.constantFrom(...procedures);
const runs = { numRuns: 60 };
/** Random play is many rulings; a busy machine needs more than the usual five seconds. */
const patience = { timeout: 60_000 };

describe('invariants of every procedure, under random play', patience, () => {
  it('a matter is in one stage, and in several branches only inside an all-of stage (P10)', () => {
    fc.assert(
      fc.property(anyProcedure, tries, (procedure, moves) => {
        playAtRandom(procedure, moves, (game) => {
          const progress = game.stands();
          const open = progress.visits.filter((visit) => visit.to === undefined);
          expect(open.map((visit) => visit.stage)).toEqual(progress.stage === null ? [] : [progress.stage]);
          const stage = procedure.stages.find((one) => one.id === progress.stage);
          const states = Object.values(progress.branches);
          const begun = states.includes('not-chosen') || states.includes('done');
          const among = stage?.allOf?.length ?? (begun || stage?.oneOf === undefined ? 1 : stage.oneOf.length);
          expect(states.filter((state) => state === 'open').length).toBeLessThanOrEqual(among);
          expect(states.length).toBe((stage?.oneOf ?? stage?.allOf ?? []).length);
        });
      }),
      runs,
    );
  });

  it('a closed matter accepts nothing but what its closing allows (P6)', () => {
    fc.assert(
      fc.property(anyProcedure, tries, (procedure, moves) => {
        const game = playAtRandom(procedure, moves, () => {});
        fc.pre(game.stands().state === 'ended');
        const allowed = new Set(procedure.closes.afterwards.map((rule) => rule.id));
        const possible = people.flatMap((actor) => game.next(actor).filter((next) => next.allowed));
        expect(possible.filter((next) => !allowed.has(next.act.id))).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('progress depends on the acts alone: not on their order in the list, nor on when they were recorded (P1, P2)', () => {
    fc.assert(
      fc.property(anyProcedure, tries, fc.integer(), (procedure, moves, seed) => {
        const { record } = playAtRandom(procedure, moves, () => {});
        const now = (record.acts.at(-1) as Act).occurredAt;
        const before = JSON.stringify(record);
        const progress = deriveProgress(procedure, record, almanac, now);
        const shuffled = record.acts.toSorted((a, b) => ((a.seq * 31 + seed) % 7) - ((b.seq * 31 + seed) % 7));
        const later = shuffled.map((act) => ({ ...act, recordedAt: '2026-06-30T00:00:00Z' as Instant }));
        expect(deriveProgress(procedure, { ...record, acts: later }, almanac, now)).toEqual(progress);
        expect(deriveProgress(procedure, record, almanac, now)).toEqual(progress);
        expect(JSON.stringify(record)).toBe(before);
      }),
      runs,
    );
  });

  it('the chain of hands has no gap and no overlap, and ends with whoever holds the matter (P3)', () => {
    fc.assert(
      fc.property(anyProcedure, tries, (procedure, moves) => {
        const { stations, holder } = playAtRandom(procedure, moves, () => {}).stands();
        const joints = stations.slice(1).map((station, index) => [stations[index]?.to, station.from]);
        expect(joints.filter(([to, from]) => to !== from)).toEqual([]);
        expect(stations.at(-1)?.person).toBe(holder?.person);
      }),
      runs,
    );
  });

  it('whoever first took a matter answers for it until another has taken, accepted or begun it (P12)', () => {
    fc.assert(
      fc.property(anyProcedure, tries, (procedure, moves) => {
        const game = playAtRandom(procedure, moves, () => {});
        const { firstContact, responsible, stations } = game.stands();
        const others = game.record.acts.filter(
          (done) => done.by.kind === 'officer' && done.by.person !== firstContact?.person,
        );
        const taken = stations.some((station) => station.how === 'taken' || station.how === 'transferred');
        fc.pre(firstContact !== null && others.length === 0 && !taken);
        expect(responsible?.person).toBe(firstContact?.person);
      }),
      { numRuns: 30 },
    );
  });

  it('where a matter stood at a moment does not change by what was done afterwards (P2)', () => {
    fc.assert(
      fc.property(anyProcedure, tries, fc.nat(24), (procedure, moves, cut) => {
        const { record } = playAtRandom(procedure, moves, () => {});
        const now = (record.acts[cut % record.acts.length] as Act).occurredAt;
        const then = record.acts.filter((act) => Date.parse(act.occurredAt) <= Date.parse(now));
        expect(deriveProgress(procedure, record, almanac, now)).toEqual(
          deriveProgress(procedure, { ...record, acts: then }, almanac, now),
        );
      }),
      runs,
    );
  });

  it('what is offered passes, and what is not offered is refused for the same reasons (P9)', () => {
    fc.assert(
      fc.property(anyProcedure, tries, fc.nat(people.length - 1), (procedure, moves, index) => {
        const game = playAtRandom(procedure, moves, () => {});
        const actor = handlerOf(game) ?? people[index] ?? guest;
        const now = (
          game.record.acts.toSorted((a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt)).at(-1) as Act
        ).occurredAt;
        for (const who of [actor, people[index] ?? guest]) {
          for (const next of nextActs(procedure, game.record, who, rolls, almanac, now)) {
            const trial = play(procedure, { ...game.record });
            const ruling = trial.tries(next.act.id, who, {
              at: now,
              fields: valid(next, now),
              ...(next.stage === null ? {} : { stage: next.stage }),
              ...(next.forResident ? { onBehalfOf: 'guest' } : {}),
            });
            const codes = ruling.passes ? [] : ruling.faults.map((fault) => fault.code);
            expect([next.act.id, ...codes.toSorted()]).toEqual([
              next.act.id,
              ...next.faults.map((fault) => fault.code).toSorted(),
            ]);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
