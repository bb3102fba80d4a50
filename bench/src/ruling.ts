import {
  calendarOn,
  instant,
  listActs,
  nextActs,
  pathsThrough,
  plainDate,
  ruleOnAct,
  sampleValue,
  startOfCountyDay,
  type Act,
  type Actor,
  type FieldValue,
  type MatterRecord,
  type Procedure,
  type RollFor,
} from '@lianxin/domain';
import { readHolidays, readPacks } from '@lianxin/pack-reader';
import { fileURLToPath } from 'node:url';
import { addMilliseconds } from '@lianxin/domain';
import type { Figure } from './figures.js';

const packs = fileURLToPath(new URL('../../policy-packs', import.meta.url));
const everybody: RollFor = () => ({ entitled: 30, 'all-members': 30, households: 30, 'registered-voters': 30 });

/** The shipped procedure with the most acts. */
const longestProcedure = (): Procedure => {
  const all = [...readPacks(packs).packs.values()].flatMap((pack) =>
    pack.rules.flatMap(({ rule, blanks }) => (rule.kind === 'procedure' && blanks.length === 0 ? [rule] : [])),
  );
  const longest = all.toSorted((a, b) => listActs(b).length - listActs(a).length)[0];
  if (longest === undefined) throw new Error('no procedure ships');
  return longest;
};

interface Prepared {
  readonly procedure: Procedure;
  readonly record: MatterRecord;
  readonly act: Act;
  readonly actor: Actor;
  readonly calendar: ReturnType<typeof calendarOn>;
}

/** A matter with so many acts on the longest way through the longest procedure, and one more act that passes. */
const prepare = (size: number): Prepared => {
  const holidays = readHolidays(`${packs}/cn-public-calendar`);
  if (!holidays.ok) throw new Error('the calendar cannot be read');
  const calendar = calendarOn(holidays.holidays, plainDate('2026-11-27'));
  const procedure = longestProcedure();
  const opened = startOfCountyDay(plainDate('2026-03-02'));
  const paths = pathsThrough(procedure, { calendar, opened, division: '320102001005' });
  const path = paths.toSorted((a, b) => b.steps.length - a.steps.length)[0]?.steps ?? [];
  const acts: Act[] = [];
  const record: MatterRecord = {
    procedure: 'bench',
    opened,
    division: '320102001005',
    filer: 'sample-filer',
    channel: 'portal',
    acts,
    children: [],
    sampled: ['sample-drawn'],
  };
  const add = (
    act: string,
    stage: string | null,
    fields: Record<string, FieldValue>,
    actor: Actor,
    at: Act['occurredAt'],
  ): void => {
    acts.push({
      seq: acts.length,
      id: `act-${acts.length}`,
      act,
      stage,
      by: {
        kind: actor.kind,
        ...(actor.person === undefined ? {} : { person: actor.person }),
        ...(actor.offices[0] === undefined
          ? {}
          : { office: { post: actor.offices[0].post, body: actor.offices[0].body } }),
      },
      fields,
      occurredAt: at,
      recordedAt: at,
    });
  };
  for (const step of path.slice(0, size)) add(step.act, step.stage, { ...step.fields }, step.by, step.at);
  const actor = path.at(-1)?.by;
  if (actor === undefined) throw new Error('the longest procedure has no way through');
  for (;;) {
    const now = instant(addMilliseconds(acts.at(-1)?.occurredAt ?? opened, 60_000));
    const next = nextActs(procedure, record, null, everybody, calendar, now).find(
      (one) => one.allowed && one.act.kind === 'note' && one.act.then === undefined,
    );
    if (next === undefined) throw new Error('no note may be added where the longest way ends');
    const fields = Object.fromEntries(
      next.needs.filter((field) => field.optional !== true).map((field) => [field.id, sampleValue(field, now)]),
    );
    add(next.act.id, next.stage, fields, actor, now);
    if (acts.length <= size) continue;
    const act = acts.pop();
    if (act === undefined) throw new Error('an act that was just added is gone');
    return { procedure, record, act, actor, calendar };
  }
};

/** P11: one ruling on a matter with 50 acts, in microseconds; the reference is what the requirement allows. */
export const measureRuling = (rounds: number): Figure[] => {
  const { procedure, record, act, actor, calendar } = prepare(50);
  const rule = () => ruleOnAct(procedure, record, act, actor, everybody, calendar);
  const times = 4_000;
  for (let i = 0; i < times; i += 1) rule();
  const measured: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const from = performance.now();
    for (let i = 0; i < times; i += 1) rule();
    measured.push(((performance.now() - from) * 1_000) / times);
  }
  return [
    {
      id: 'P11',
      title: `one ruling on a matter with ${record.acts.length} acts, on ${procedure.id} (${listActs(procedure).length} acts)`,
      asked: 'at most 100 µs',
      ratio: null,
      ours: { unit: 'µs', rounds: measured },
      reference: { title: 'no reference', unit: 'µs', rounds: [] },
      missing: 'the figure stands by itself',
    },
  ];
};
