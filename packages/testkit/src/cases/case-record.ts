import {
  OPEN,
  calendarOn,
  countyDate,
  explainFault,
  instantOf,
  epochMillisecondsOf,
  instant,
  nextActs,
  plainDate,
  ruleOnAct,
  startOfCountyDay,
  type Act,
  type Actor,
  type BodiesFile,
  type Calendar,
  type Holidays,
  type Instant,
  type MatterRecord,
  type Procedure,
  type RollFor,
  type Ruling,
} from '@lianxin/domain';
import type { CaseAct, CasePerson, CaseShortcuts, ProcedureCase } from './case-file.js';

/** What a case is judged with: the procedure, the bodies its people belong to, the holidays. */
export type CaseWorld = { procedure: Procedure; bodies: BodiesFile; holidays: Holidays; shortcuts: CaseShortcuts };

/** A made-up village, used where a case names none. */
export const caseVillage = '320102001005';

/** A case that cannot be played: a name nobody has, an act of the record that the rule refuses. */
export class CaseUnplayable extends Error {}

/** Plays the acts of a case on a procedure, one by one, each ruled as the real one would be. */
export class CaseRecord {
  readonly record: MatterRecord;
  readonly #world: CaseWorld;
  readonly #case: ProcedureCase;
  #last: Instant | undefined;

  constructor(world: CaseWorld, each: ProcedureCase) {
    this.#world = world;
    this.#case = each;
    const { procedure } = world;
    const level = each.level ?? procedure.level;
    this.record = {
      procedure: 'case',
      opened: this.momentOf(each.on, '08:00'),
      division: each.division ?? caseVillage,
      kind: each.kind ?? procedure.forMatters.kinds[0] ?? 'matter',
      ...(level === undefined ? {} : { level }),
      channel: each.channel,
      acts: [],
      children: each.children.map((child) => ({
        id: child.id,
        ...(child.openedBy === undefined ? {} : { openedBy: child.openedBy }),
        ...(child.wait === undefined ? {} : { wait: child.wait }),
        ended: child.ended === null ? null : this.momentOf(child.ended, '09:00'),
      })),
      ...(each.sampled === undefined ? {} : { sampled: [...each.sampled] }),
    };
  }

  /** Plays the acts that went before; throws `CaseUnplayable` on the first that the rule refuses. */
  playRecord(): void {
    for (const step of this.#case.record) {
      const written = typeof step === 'string' ? this.#world.shortcuts.acts[step] : step;
      if (written === undefined) throw new CaseUnplayable(`shortcuts.yaml 里没有名为 ${JSON.stringify(step)} 的动作`);
      const { act, ruling } = this.try(written);
      if (!ruling.passes) {
        const reasons = ruling.faults.map((fault) => `${fault.code}（${explainFault(fault, 'zh-CN').what}）`);
        throw new CaseUnplayable(`前面的动作 ${written.act} 被拒绝：${reasons.join('；')}`);
      }
      this.append(act);
    }
  }

  /** Rules on an act without keeping it. */
  try(written: CaseAct, at?: Instant): { act: Act; ruling: Ruling } {
    const { procedure } = this.#world;
    const occurredAt = at ?? this.#timeOf(written);
    const actor = this.actorOf(written.by);
    if (written.act === OPEN) {
      this.record.opened = occurredAt;
      if (this.record.filer === undefined) {
        const filer = written.for ?? actor.person;
        if (filer !== undefined) this.record.filer = filer;
      }
    }
    const calendar = this.calendarAt(occurredAt);
    const act: Act = {
      seq: this.record.acts.length,
      id: `act-${this.record.acts.length + 1}`,
      act: written.act,
      stage: written.stage ?? this.#stageOf(written.act, actor, calendar, occurredAt),
      by: {
        kind: actor.kind,
        ...(actor.person === undefined ? {} : { person: actor.person }),
        ...(actor.offices[0] === undefined
          ? {}
          : { office: { post: actor.offices[0].post, body: actor.offices[0].body } }),
      },
      ...(written.for === undefined ? {} : { onBehalfOf: written.for }),
      fields: written.fields,
      occurredAt,
      recordedAt: occurredAt,
    };
    const ruling = ruleOnAct(procedure, this.record, act, this.actorOf(written.by), this.roll, calendar);
    return { act, ruling };
  }

  append(act: Act): void {
    this.record.acts.push(act);
    this.#last = act.occurredAt;
  }

  #stageOf(act: string, actor: Actor, calendar: Calendar, at: Instant): string | null {
    if (this.record.acts.length === 0) return null;
    const offered = nextActs(this.#world.procedure, this.record, actor, this.roll, calendar, at);
    return offered.find((each) => each.act.id === act && each.here)?.stage ?? null;
  }

  /** An act without a time happens on the day of the case, a minute after the one before. */
  #timeOf(written: CaseAct): Instant {
    if (written.at !== undefined) return this.momentOf(written.at, '09:00');
    const start = this.momentOf(this.#case.on, '08:00');
    if (this.#last === undefined) return start;
    return instantOf(Math.max(epochMillisecondsOf(this.#last) + 60_000, epochMillisecondsOf(start)));
  }

  /** A moment as cases write it, in county time. */
  momentOf(text: string, time: string): Instant {
    const [day = text, clock = time] = text.split(' ');
    const [hours = 0, minutes = 0] = clock.split(':').map(Number);
    const start = epochMillisecondsOf(startOfCountyDay(plainDate(day)));
    return instant(instantOf(start + (hours * 60 + minutes) * 60_000));
  }

  calendarAt(at: Instant): Calendar {
    return calendarOn(this.#world.holidays, countyDate(at));
  }

  readonly roll: RollFor = (body) => {
    const written = this.#case.roll[body];
    if (written === undefined) return undefined;
    if (typeof written === 'number') return { entitled: written, 'all-members': written };
    const { allMembers = written.entitled, registeredVoters = written.entitled, ...counts } = written;
    return { ...counts, 'all-members': allMembers, 'registered-voters': registeredVoters };
  };

  /** The actor with this name: of the case, of the folder, or one of the names everyone knows. */
  actorOf(name: string): Actor {
    const person = this.#case.people[name] ?? this.#world.shortcuts.people[name] ?? wellKnown[name];
    if (person === undefined) throw new CaseUnplayable(`案例里没有名为 ${name} 的人，请写在 people 下`);
    const id = person.person ?? name;
    const division = this.record.division;
    const office =
      person.post === undefined || person.body === undefined
        ? []
        : [
            {
              post: person.post,
              body: person.body,
              bodyKind: this.#kindOf(person.body),
              division: person.division ?? divisionAt(division, person.level),
              level: person.level,
            },
          ];
    return {
      kind: person.kind,
      ...(person.kind === 'system' || name === 'nobody' ? {} : { person: id }),
      offices: office,
      isFiler: this.record.filer !== undefined && this.record.filer === id,
      ...(person.relations === undefined ? {} : { relations: person.relations }),
    };
  }

  #kindOf(body: string): string {
    const entry = [...this.#world.bodies.bodies, ...this.#world.bodies.offices].find((each) => each.id === body);
    return entry?.kind ?? entry?.is ?? body;
  }
}

/** Names every case may use: the resident whose matter it is, another resident, one who gives no name, the deadline. */
const wellKnown: Readonly<Record<string, CasePerson>> = {
  resident: { kind: 'resident', level: 'village' },
  neighbour: { kind: 'resident', level: 'village' },
  nobody: { kind: 'resident', level: 'village' },
  system: { kind: 'system', level: 'village' },
};

function divisionAt(village: string, level: CasePerson['level']): string {
  if (level === 'county') return `${village.slice(0, 6)}000000`;
  if (level === 'township') return `${village.slice(0, 9)}000`;
  return level === 'group' ? `${village.slice(0, 12)}001` : village.slice(0, 12);
}
