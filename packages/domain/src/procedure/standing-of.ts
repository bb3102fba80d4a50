import type { Calendar, Deadline } from '../calendar/index.js';
import type { Instant } from '../date/index.js';
import type { Duration } from '../date/index.js';
import type { Result } from '../fault/index.js';
import type { FieldValue } from './field.js';
import { OPEN, type Act, type MatterRecord } from './matter.js';
import type { Plan, PlannedAct, PlannedLimit } from './plan.js';
import type {
  BranchState,
  Holder,
  OfficeOrPerson,
  Reclassification,
  SignatureGiven,
  StageVisit,
  Station,
} from './progress.js';
import type { MatterLevel } from './words.js';
import { levelOf } from '../division/index.js';
import { compareMoments } from './acts-in-order.js';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A pause as folded: `to` by an answer, `lapses` at the end of the longest pause. */
export interface FoldedPause {
  readonly from: Instant;
  readonly cause: string;
  readonly act: string;
  readonly until: string;
  readonly lapses: Instant;
  to?: Instant;
}

/** One run of a limit: from its anchor until it was met; extensions in order. */
export interface Run {
  readonly planned: PlannedLimit;
  readonly from: Instant;
  met?: Instant;
  readonly extensions: Duration[];
  /** The deadline last computed, and what it was computed from; saves counting the days twice in one ruling. */
  computed?: { readonly key: string; readonly due: Result<Deadline> };
}

/**
 * Standing 办理状况: everything the acts so far have built up. Mutable and private to the kernel: it is carried from act to act and
 * read out as `Progress`.
 */
export interface Standing {
  readonly plan: Plan;
  readonly record: MatterRecord;
  readonly calendar: Calendar;
  stage: string | null;
  enteredAt: number;
  branches: Record<string, BranchState>;
  result: string | undefined;
  ended: Instant | undefined;
  level: MatterLevel;
  holder: Holder | null;
  offer: { office: string; at: Instant; act: string } | null;
  firstContact: (OfficeOrPerson & { readonly since: Instant }) | null;
  responsible: OfficeOrPerson | null;
  readonly handlers: string[];
  readonly form: Record<string, FieldValue>;
  readonly fields: Record<string, FieldValue>;
  readonly pauses: FoldedPause[];
  readonly runs: Run[];
  readonly stations: Writable<Station>[];
  readonly visits: Writable<StageVisit>[];
  readonly reclassified: Reclassification[];
  readonly signatures: SignatureGiven[];
  readonly oneTimeNotice: string[];
  noticesGiven: number;
  breaches: number;
  reopened: number;
  rating: { readonly level: number; readonly at: Instant; readonly act: string } | undefined;
  readonly done: Act[];
  readonly acts: Record<string, number>;
  readonly kinds: Record<string, number>;
  readonly lastDone: Map<string, { readonly index: number; readonly at: Instant }>;
  inStage: Map<string, Act[]>;
  /** What was done in each stage that has a notice, on the visit on which it was last put up; kept after the stage is left, because it must stay up. */
  readonly notices: Map<string, readonly Act[]>;
}

/** The level a matter of that division begins at: its own, and the village for a grid. */
export function levelOfDivision(division: string): MatterLevel {
  const level = levelOf(division);
  if (level === 'group' || level === 'township') return level;
  return level === 'village' || level === 'grid' ? 'village' : 'county';
}

/** A matter before its first act. */
export function emptyStanding(plan: Plan, record: MatterRecord, calendar: Calendar): Standing {
  return {
    plan,
    record,
    calendar,
    stage: null,
    enteredAt: -1,
    branches: {},
    result: undefined,
    ended: undefined,
    level: record.level ?? plan.procedure.level ?? levelOfDivision(record.division),
    holder: null,
    offer: null,
    firstContact: null,
    responsible: null,
    handlers: [],
    form: {},
    fields: {},
    pauses: [],
    runs: [],
    stations: [],
    visits: [],
    reclassified: [],
    signatures: [],
    oneTimeNotice: [],
    noticesGiven: 0,
    breaches: 0,
    reopened: 0,
    rating: undefined,
    done: [],
    acts: {},
    kinds: {},
    lastDone: new Map(),
    inStage: new Map(),
    notices: new Map(),
  };
}

/** The acts of an id done in the stage of a planned act since that stage was entered. */
export const actsHere = (standing: Standing, planned: PlannedAct, id: string): Act[] =>
  (standing.inStage.get(planned.place?.path ?? '') ?? []).filter((act) => act.act === id);

/** Whether the matter was opened at all. */
export const isOpened = (standing: Standing): boolean => standing.acts[OPEN] !== undefined;

/** The pause that holds at a moment, unless it was answered or has lasted its longest. */
export function pauseAt(standing: Standing, at: Instant): FoldedPause | undefined {
  return standing.pauses.find((pause) => pause.to === undefined && compareMoments(pause.lapses, at) > 0);
}
