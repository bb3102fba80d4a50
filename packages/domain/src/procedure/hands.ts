import type { Assignment } from './act-rule.js';
import { textIn } from './field.js';
import type { Act } from './matter.js';
import type { OfficeOrPerson, Station } from './progress.js';
import type { Standing } from './standing-of.js';

/** The officer who acts, as a holder; undefined for residents and deadlines. */
export function partyOf(act: Act): OfficeOrPerson | undefined {
  if (act.by.kind !== 'officer') return undefined;
  return {
    ...(act.by.office === undefined ? {} : { office: act.by.office.body, post: act.by.office.post }),
    ...(act.by.person === undefined ? {} : { person: act.by.person }),
  };
}

/** The first officer who touches the request is its first contact 首问责任人, and answers for it until another has accepted [DY-68]. */
export function noteFirstContact(standing: Standing, act: Act): void {
  if (standing.firstContact !== null) return;
  const by = partyOf(act);
  if (by === undefined) return;
  standing.firstContact = { ...by, since: act.occurredAt };
  standing.responsible = by;
}

/** A person named by somebody else has accepted once they act. */
export function acceptByActing(standing: Standing, act: Act): void {
  const { holder } = standing;
  if (holder === null || holder.accepted || holder.person === undefined || holder.person !== act.by.person) return;
  standing.holder = { ...holder, accepted: true };
  standing.responsible = partyOf(act) ?? standing.responsible;
}

/** Gives the matter to a holder, ends the station before and begins a new one (P3). */
export function hold(standing: Standing, holder: Standing['holder'], how: Station['how'], act: Act): void {
  const last = standing.stations.at(-1);
  if (last !== undefined && last.to === undefined) last.to = act.occurredAt;
  standing.holder = holder;
  if (holder?.person !== undefined && !standing.handlers.includes(holder.person)) standing.handlers.push(holder.person);
  standing.stations.push({
    ...(holder?.office === undefined ? {} : { office: holder.office }),
    ...(holder?.post === undefined ? {} : { post: holder.post }),
    ...(holder?.person === undefined ? {} : { person: holder.person }),
    level: standing.level,
    stage: standing.stage,
    from: act.occurredAt,
    how,
    act: act.id,
  });
}

/** Carries out what an act says about whose the matter is. */
export function assign(standing: Standing, assignment: Assignment | undefined, act: Act): void {
  if (assignment === undefined) return;
  const by = partyOf(act) ?? {};
  const since = act.occurredAt;
  switch (assignment.how) {
    case 'take':
      hold(standing, { ...by, since, accepted: true }, 'taken', act);
      standing.responsible = by;
      return;
    case 'name': {
      const person = textIn(act.fields[assignment.person]);
      if (person === undefined) return;
      const accepted = person === act.by.person;
      const office = by.office ?? standing.holder?.office;
      hold(standing, { ...(office === undefined ? {} : { office }), person, since, accepted }, 'named', act);
      if (accepted) standing.responsible = by;
      return;
    }
    case 'offer': {
      const office = textIn(act.fields[assignment.office]);
      if (office !== undefined) standing.offer = { office, at: since, act: act.id };
      return;
    }
    case 'accept': {
      const named = assignment.person === undefined ? undefined : textIn(act.fields[assignment.person]);
      const person = named ?? act.by.person;
      const office = by.office ?? standing.offer?.office;
      const accepted = named === undefined || named === act.by.person;
      const holder = {
        ...(office === undefined ? {} : { office }),
        ...(person === undefined ? {} : { person }),
        since,
        accepted,
      };
      standing.offer = null;
      standing.responsible = by;
      hold(standing, holder, 'transferred', act);
      return;
    }
    case 'decline':
      standing.offer = null;
      return;
    case 'drop': {
      const office = standing.holder?.office;
      standing.responsible = standing.firstContact ?? standing.responsible;
      hold(standing, { ...(office === undefined ? {} : { office }), since, accepted: false }, 'dropped', act);
    }
  }
}
