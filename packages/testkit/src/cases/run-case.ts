import {
  countCoverage,
  countPlaces,
  countyDate,
  deriveProgress,
  endOfCountyDay,
  epochMillisecondsOf,
  explainFault,
  instantOf,
  nextActs,
  plainDate,
  startOfCountyDay,
  type CountedPlace,
  type CoverageReport,
  type Progress,
} from '@lianxin/domain';
import type { CoverageCase, ProcedureCase } from './case-file.js';
import { differencesOfFaults, differencesOfProgress } from './case-outcome.js';
import { CaseRecord, CaseUnplayable, type CaseWorld } from './case-record.js';

/** Plays a case on a procedure; gives every way in which it does not hold, none when it does. */
export function runProcedureCase(world: CaseWorld, each: ProcedureCase): string[] {
  const play = new CaseRecord(world, each);
  try {
    play.playRecord();
    return [...outcomeOfAct(world, play, each), ...nextAfter(world, play, each), ...clocksOf(world, play, each)];
  } catch (problem) {
    if (problem instanceof CaseUnplayable) return [problem.message];
    throw problem;
  }
}

function outcomeOfAct(world: CaseWorld, play: CaseRecord, each: ProcedureCase): string[] {
  const { act: written, then } = each;
  if (then === undefined) return written === undefined ? [] : ['写了 act，没有写 then'];
  if (written === undefined) {
    if (then.refused !== undefined || then.passes !== undefined) return ['没有 act，不能写 passes 或 refused'];
    return then.progress === undefined ? [] : differencesOfProgress(then.progress, progressOn(world, play, each));
  }
  const at = written.at ?? each.on;
  const { act, ruling } = play.try(written, play.momentOf(at, '09:00'));
  if (then.refused !== undefined) {
    if (ruling.passes) return ['应当被拒绝，实际通过'];
    return differencesOfFaults(then.refused, ruling.faults);
  }
  if (!ruling.passes) {
    return ruling.faults.map((fault) => `应当通过，实际因 ${fault.code} 被拒绝：${explainFault(fault, 'zh-CN').what}`);
  }
  play.append(act);
  const kinds = new Set<string>(ruling.effects.map((effect) => effect.kind));
  return [
    ...(then.effects ?? []).filter((kind) => !kinds.has(kind)).map((kind) => `应当产生后果 ${kind}，实际没有`),
    ...(then.progress === undefined ? [] : differencesOfProgress(then.progress, ruling.progress)),
  ];
}

function progressOn(world: CaseWorld, play: CaseRecord, each: ProcedureCase): Progress {
  const now = play.momentOf(each.on, '09:00');
  return deriveProgress(world.procedure, play.record, play.calendarAt(now), now);
}

function nextAfter(world: CaseWorld, play: CaseRecord, each: ProcedureCase): string[] {
  return (each.next ?? []).flatMap((expected) => {
    const now = play.momentOf(expected.at ?? each.on, '09:30');
    const offered = nextActs(
      world.procedure,
      play.record,
      play.actorOf(expected.by),
      play.roll,
      play.calendarAt(now),
      now,
    );
    const find = (id: string) =>
      offered.find((next) => next.act.id === id && next.here) ?? offered.find((next) => next.act.id === id);
    const may = expected.may.flatMap((id) => {
      const next = find(id);
      if (next === undefined) return [`规则里没有动作 ${id}`];
      if (next.allowed) return [];
      return [`${expected.by} 应当可以 ${id}，实际不可以：${next.faults.map((fault) => fault.code).join('、')}`];
    });
    const mayNot = Object.entries(expected.mayNot).flatMap(([id, codes]) => {
      const next = find(id);
      if (next === undefined) return [`规则里没有动作 ${id}`];
      if (next.allowed) return [`${expected.by} 应当不可以 ${id}，实际可以`];
      return codes
        .filter((code) => !next.faults.some((fault) => fault.code === code))
        .map((code) => `${id} 应当因 ${code} 不可办，实际因 ${next.faults.map((fault) => fault.code).join('、')}`);
    });
    return [...may, ...mayNot];
  });
}

function clocksOf(world: CaseWorld, play: CaseRecord, each: ProcedureCase): string[] {
  const clockAt = (id: string, day: string, end: boolean) => {
    const on = plainDate(day);
    const now = end ? instantOf(epochMillisecondsOf(endOfCountyDay(on)) - 1000) : startOfCountyDay(on);
    const progress = deriveProgress(world.procedure, play.record, play.calendarAt(now), now);
    return progress.clocks.findLast((clock) => clock.id === id);
  };
  const due = Object.entries(each.due ?? {}).flatMap(([id, day]) => {
    const clock = clockAt(id, day, true);
    if (clock === undefined) return [`没有名为 ${id} 的时限`];
    return clock.due === day ? [] : [`${id} 应当在 ${day} 到期，实际在 ${clock.due} 到期`];
  });
  const overdue = Object.entries(each.overdueOn ?? {}).flatMap(([id, day]) => {
    const first = clockAt(id, day, false);
    if (first === undefined) return [`没有名为 ${id} 的时限`];
    const eve = countyDate(instantOf(epochMillisecondsOf(startOfCountyDay(plainDate(day))) - 1000));
    const before = clockAt(id, eve, true);
    if (!first.late) return [`${id} 应当自 ${day} 起超期，实际 ${first.due} 到期、未超期`];
    return before?.late === true ? [`${id} 在 ${day} 之前已经超期（${first.due} 到期）`] : [];
  });
  return [...due, ...overdue];
}

const numbered = <Value>(value: Value, n: number): Value =>
  typeof value === 'string' ? (value.replaceAll('#', String(n)) as Value) : value;

/** The places of a case with what they have: as the case says, or as counted from its bodies and records. */
function placesOf(coverage: CoverageReport, each: CoverageCase): CountedPlace[] {
  const places = each.places.flatMap(({ times, ...place }) =>
    Array.from({ length: times ?? 1 }, (_, at) => ({ ...place, code: numbered(place.code, at + 1) })),
  );
  const records = each.records.flatMap(({ times, register, fields }) =>
    Array.from({ length: times ?? 1 }, (_, at) => ({
      register,
      fields: Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, numbered(value, at + 1)])),
    })),
  );
  const counted = countPlaces(
    coverage,
    places.map(({ code, group, bodies, fields }) => ({ code, title: code, group, bodies: bodies ?? [], fields })),
    records,
    plainDate(each.on.slice(0, 10)),
  );
  return counted.map((place, at) => ({ ...place, counts: { ...place.counts, ...places[at]?.counts } }));
}

/** Plays a case on a coverage report. */
export function runCoverageCase(coverage: CoverageReport, each: CoverageCase): string[] {
  const places = placesOf(coverage, each);
  const count = countCoverage(coverage, places);
  const inPlace = (each.then.places ?? []).flatMap(({ code, counts }) =>
    Object.entries(counts).flatMap(([part, want]) => {
      const have = places.find((place) => place.code === code)?.counts[part];
      return have === want ? [] : [`${code} 的 ${part} 应为 ${want}，实际 ${have ?? '没有'}`];
    }),
  );
  const complete =
    each.then.complete === undefined || each.then.complete === count.complete
      ? []
      : [`齐全的应为 ${each.then.complete} 处，实际 ${count.complete} 处`];
  const parts = Object.entries(each.then.counted).flatMap(([id, want]) => {
    const have = count.parts.find((part) => part.part === id);
    if (have === undefined) return [`没有名为 ${id} 的覆盖项`];
    const missing = want.missing?.filter((code) => !have.missing.includes(code)) ?? [];
    return [
      ...(have.with === want.with && have.of === want.of
        ? []
        : [`${id} 应为 ${want.with}/${want.of}，实际 ${have.with}/${have.of}`]),
      ...(want.percent === undefined || want.percent === have.percent
        ? []
        : [`${id} 应为 ${want.percent}%，实际 ${have.percent}%`]),
      ...missing.map((code) => `${id} 应当列出缺口 ${code}`),
    ];
  });
  return [...complete, ...parts, ...inPlace];
}
