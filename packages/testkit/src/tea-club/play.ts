import {
  deriveProgress,
  instant,
  nextActs,
  OPEN,
  ruleOnAct,
  type Act,
  type Actor,
  type FieldValues,
  type Instant,
  type MatterRecord,
  type NextAct,
  type Procedure,
  type Progress,
  type Ruling,
} from '@lianxin/domain';
import { almanac, rolls, WILLOW_HOUSE } from './people.js';

/** What a step may say beside the act: its values, its moment, its stage, and for whom it is done. */
export interface Step {
  readonly fields?: FieldValues;
  readonly at?: string;
  readonly stage?: string;
  readonly onBehalfOf?: string;
  readonly recordedAt?: string;
}

/** A matter being played through: `does` demands that the act passes, `tries` gives the ruling and keeps nothing of a refusal. */
export interface Play {
  record: MatterRecord;
  readonly procedure: Procedure;
  tries(act: string, actor: Actor, step?: Step): Ruling;
  does(act: string, actor: Actor, step?: Step): Play;
  refuses(act: string, actor: Actor, step?: Step): string[];
  stands(at?: string): Progress;
  next(actor: Actor | null, at?: string): NextAct[];
}

const moment = (text: string): Instant =>
  instant(text.length === 10 ? `${text}T02:00:00Z` : text.includes('Z') ? text : `${text}:00Z`);

/** Begins a matter; a day without an hour means ten in the morning in the club. */
export function play(procedure: Procedure, over: Partial<MatterRecord> = {}): Play {
  let last = over.opened ?? moment('2024-06-03');
  const game: Play = {
    procedure,
    record: {
      procedure: 'v1',
      opened: last,
      division: WILLOW_HOUSE,
      filer: 'guest',
      channel: 'portal',
      acts: [],
      children: [],
      ...over,
    },
    tries(act, actor, step = {}) {
      const at = step.at === undefined ? last : moment(step.at);
      const stage = step.stage ?? (act === OPEN ? null : game.stands(at).stage);
      const seq = game.record.acts.length;
      const { person } = actor;
      const office = actor.offices[0];
      const made: Act = {
        seq,
        id: `act-${seq}`,
        act,
        stage,
        by: {
          kind: actor.kind,
          ...(person === undefined ? {} : { person }),
          ...(office === undefined ? {} : { office: { post: office.post, body: office.body } }),
        },
        ...(step.onBehalfOf === undefined ? {} : { onBehalfOf: step.onBehalfOf }),
        fields: { ...step.fields },
        occurredAt: at,
        recordedAt: step.recordedAt === undefined ? (at > last ? at : last) : moment(step.recordedAt),
      };
      const ruling = ruleOnAct(procedure, game.record, made, actor, rolls, almanac);
      if (ruling.passes) {
        game.record = { ...game.record, acts: [...game.record.acts, made] };
        if (at > last) last = at;
      }
      return ruling;
    },
    does(act, actor, step) {
      const ruling = game.tries(act, actor, step);
      if (!ruling.passes) throw new Error(`${act} was refused: ${JSON.stringify(ruling.faults)}`);
      return game;
    },
    refuses(act, actor, step) {
      const ruling = game.tries(act, actor, step);
      if (ruling.passes) throw new Error(`${act} passed`);
      return ruling.faults.map((fault) => fault.code);
    },
    stands(at) {
      return deriveProgress(procedure, game.record, almanac, at === undefined ? last : moment(at));
    },
    next(actor, at) {
      return nextActs(procedure, game.record, actor, rolls, almanac, at === undefined ? last : moment(at));
    },
  };
  return game;
}
