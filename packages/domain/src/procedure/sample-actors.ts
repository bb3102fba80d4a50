import type { Actor, OfficeHeld } from './matter.js';
import type { Standing } from './standing-of.js';
import type { Who } from './who.js';

/** The filer, and the person drawn for checks, while a procedure is being covered. */
export const SAMPLE_FILER = 'sample-filer';
export const SAMPLE_DRAWN = 'sample-drawn';

/** Someone who is nobody here: a resident who did not file, with no office. */
export const SAMPLE_STRANGER: Actor = { kind: 'resident', person: 'sample-stranger', offices: [], isFiler: false };

const filer: Actor = { kind: 'resident', person: SAMPLE_FILER, offices: [], isFiler: true };

/** Someone who is that party where the matter stands; undefined when there is nobody (no handler yet, no transfer offered). */
export function sampleActor(standing: Standing, who: Who, stageAt: string | undefined): Actor | undefined {
  const { division } = standing.record;
  const at = 'at' in who ? who.at : stageAt;
  const level = at === undefined || at === 'current' ? standing.level : at;
  const seat = (body: string, post = 'member'): OfficeHeld => ({ post, body, bodyKind: body, division, level });
  const officer = (person: string, office: OfficeHeld): Actor => ({
    kind: 'officer',
    person,
    offices: [office],
    isFiler: false,
  });
  if ('body' in who) return officer(`sample-of-${who.body}`, seat(who.body));
  if ('office' in who) return officer(`sample-of-${who.office}`, seat(who.office));
  if ('post' in who) return officer(`sample-${who.post}`, seat(who.of ?? 'sample-body', who.post));
  if ('resident' in who || 'filer' in who || 'anyone' in who) return filer;
  if ('system' in who) return { kind: 'system', offices: [], isFiler: false };
  if ('handler' in who) {
    const { holder } = standing;
    if (holder === null) return undefined;
    const body = holder.office ?? 'sample-body';
    return officer(holder.person ?? `sample-of-${body}`, seat(body));
  }
  if ('firstContact' in who) {
    const first = standing.firstContact;
    return first?.person === undefined ? undefined : officer(first.person, seat(first.office ?? 'sample-body'));
  }
  if ('offered' in who) {
    return standing.offer === null ? undefined : officer('sample-offered', seat(standing.offer.office));
  }
  if ('someoneNot' in who) return officer('sample-someone-else', seat(who.of ?? 'sample-body'));
  if ('sampledFrom' in who) return officer(SAMPLE_DRAWN, seat(who.sampledFrom));
  return officer('sample-officer', seat('sample-body'));
}
