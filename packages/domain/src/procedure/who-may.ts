import { isWithin, scopeOf } from '../division/index.js';
import { fault, type Fault } from '../fault/index.js';
import type { Actor, OfficeHeld } from './matter.js';
import { describeParties, titleOf } from './describe-who.js';
import type { PlannedAct } from './plan.js';
import type { Standing } from './standing-of.js';
import type { Who } from './who.js';

type Match = 'yes' | 'no' | 'elsewhere';

/**
 * Whether an office reaches the matter's place: at it or above it. A grid or group office also reaches a matter of its own
 * village as a whole, because its leader brings such matters in.
 */
function reaches(office: OfficeHeld, division: string): boolean {
  if (isWithin(division, scopeOf(office.division))) return true;
  return office.division.length > 12 && office.division.slice(0, 12) === division;
}

function matchOffice(
  standing: Standing,
  actor: Actor,
  at: string | undefined,
  fits: (office: OfficeHeld) => boolean,
): Match {
  let match: Match = 'no';
  for (const office of actor.offices) {
    if (!fits(office)) continue;
    const level = at === 'current' ? standing.level : at;
    if (level !== undefined && office.level !== level) continue;
    if (reaches(office, standing.record.division)) return 'yes';
    match = 'elsewhere';
  }
  return match;
}

const isOf = (office: OfficeHeld, id: string): boolean => office.body === id || office.bodyKind === id;

const isFiler = (standing: Standing, actor: Actor): boolean =>
  actor.isFiler || (actor.person !== undefined && actor.person === standing.record.filer);

function isHandler(standing: Standing, actor: Actor): boolean {
  const { holder } = standing;
  if (holder === null) return false;
  if (holder.person !== undefined) return holder.person === actor.person;
  return holder.office !== undefined && actor.offices.some((office) => office.body === holder.office);
}

const onceHandled = (standing: Standing, actor: Actor): boolean =>
  actor.person !== undefined && standing.handlers.includes(actor.person);

function match(standing: Standing, actor: Actor, who: Who, stageAt: string | undefined): Match {
  const yes = (holds: boolean): Match => (holds ? 'yes' : 'no');
  if ('anyone' in who) return yes(actor.kind !== 'system');
  if ('system' in who) return yes(actor.kind === 'system');
  if ('filer' in who) return yes(isFiler(standing, actor));
  if ('resident' in who) return yes(actor.kind === 'resident');
  if (actor.kind !== 'officer') return 'no';
  if ('handler' in who) return yes(isHandler(standing, actor));
  if ('firstContact' in who) {
    const first = standing.firstContact?.person;
    return yes(first !== undefined && first === actor.person);
  }
  if ('offered' in who) {
    const { offer } = standing;
    return yes(offer !== null && actor.offices.some((office) => isOf(office, offer.office)));
  }
  if ('sampledFrom' in who) {
    const drawn = actor.person !== undefined && (standing.record.sampled ?? []).includes(actor.person);
    if (!drawn || onceHandled(standing, actor)) return 'no';
    return yes(actor.offices.some((office) => isOf(office, who.sampledFrom)));
  }
  const at = who.at ?? stageAt;
  if ('body' in who) return matchOffice(standing, actor, at, (office) => isOf(office, who.body));
  if ('office' in who) return matchOffice(standing, actor, at, (office) => isOf(office, who.office));
  if ('post' in who) {
    const of = who.of;
    return matchOffice(
      standing,
      actor,
      at,
      (office) => office.post === who.post && (of === undefined || isOf(office, of)),
    );
  }
  if ('officer' in who) return matchOffice(standing, actor, at, () => true);
  if (actor.person === undefined || onceHandled(standing, actor)) return 'no';
  const of = who.of;
  return matchOffice(standing, actor, at, (office) => of === undefined || isOf(office, of));
}

/** Whether the actor is one of the parties. */
export function isOneOf(standing: Standing, actor: Actor, parties: readonly Who[], stageAt?: string): boolean {
  return parties.some((who) => match(standing, actor, who, stageAt) === 'yes');
}

/** Who may do an act in a resident's name, or for themselves; the handler may never speak for the resident about their own work. */
export interface Capacity {
  readonly self: boolean;
  readonly forResident: boolean;
}

/** In which capacity the actor may do the act. */
export function capacityOf(standing: Standing, planned: PlannedAct, actor: Actor): Capacity {
  const stageAt = planned.place?.part.at ?? planned.place?.stage.at;
  const self = isOneOf(standing, actor, planned.by, stageAt);
  const forResident =
    actor.kind === 'officer' &&
    planned.rule.onBehalf !== undefined &&
    !(speaksOnTheResult(planned) && onceHandled(standing, actor)) &&
    isOneOf(standing, actor, planned.rule.onBehalf, stageAt);
  return { self, forResident };
}

const speaksOnTheResult = (planned: PlannedAct): boolean =>
  planned.rule.kind === 'rate' || planned.rule.kind === 'outcome';

/** The refusal of an officer whose body does not have the power that the act takes; who only lacks the post is told so elsewhere. */
function faultOfPowers(standing: Standing, { rule }: PlannedAct, actor: Actor): Fault | undefined {
  if (rule.power === undefined || actor.kind !== 'officer') return undefined;
  const { procedure } = standing.plan;
  const power = procedure.powers.find((each) => each.id === rule.power);
  const may = power?.bodies ?? [];
  if (actor.offices.some((office) => may.some((body) => isOf(office, body)))) return undefined;
  const held = may.map((body) => titleOf(procedure, body)).join('、');
  const params = { act: rule.title, power: power?.title ?? rule.power, bodies: held };
  return fault('outside-powers', params, rule.source === undefined ? {} : { source: rule.source });
}

/** Why the actor may not do the act; empty when they may. */
export function faultsOfActor(standing: Standing, planned: PlannedAct, actor: Actor, forResident: boolean): Fault[] {
  const { rule, by } = planned;
  const { procedure } = standing.plan;
  const source = rule.source === undefined ? {} : { source: rule.source };
  const faults: Fault[] = [];
  const barred = procedure.recuse?.find((row) => actor.relations?.includes(row.relation) === true);
  if (barred !== undefined && actor.kind === 'officer') {
    const params = { person: actor.person ?? '您', relation: barred.title };
    faults.push(fault('recused', params, { source: barred.source ?? [], cure: 'hand-to-deputy' }));
  }
  const beyond = faultOfPowers(standing, planned, actor);
  if (beyond !== undefined) return [...faults, beyond];
  const capacity = capacityOf(standing, planned, actor);
  if (forResident ? capacity.forResident : capacity.self) return faults;
  const parties = forResident ? rule.onBehalf : by;
  if (parties === undefined) return [...faults, fault('may-not-act-for-resident', { act: rule.title }, source)];
  const excludes = parties.some((who) => 'someoneNot' in who || 'sampledFrom' in who);
  if (onceHandled(standing, actor) && (excludes || (forResident && speaksOnTheResult(planned)))) {
    return [...faults, fault('handler-cannot-confirm', {}, source)];
  }
  const stageAt = planned.place?.part.at ?? planned.place?.stage.at;
  if (parties.some((who) => match(standing, actor, who, stageAt) === 'elsewhere')) {
    return [...faults, fault('not-your-division', {}, source)];
  }
  if (parties.every((who) => 'filer' in who)) return [...faults, fault('not-the-filer', {}, source)];
  if (parties.every((who) => 'handler' in who)) return [...faults, fault('not-the-handler', {}, source)];
  const who = describeParties(procedure, parties);
  if (planned.role === 'convene') return [...faults, fault('wrong-convener', { convener: who }, source)];
  return [...faults, fault('not-your-act', { act: rule.title, who }, source)];
}
