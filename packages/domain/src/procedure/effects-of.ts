import { compareMoments } from './acts-in-order.js';
import type { Act } from './matter.js';
import type { PlannedAct } from './plan.js';
import type { Progress } from './progress.js';
import type { Procedure } from './procedure.js';
import type { Effect } from './ruling.js';

/**
 * What follows from an act, read from the progress before and after it and from what its rule says; nothing is done here.
 * The order is that in which the server performs them.
 */
export function effectsOf(
  procedure: Procedure,
  planned: PlannedAct | null,
  act: Act,
  before: Progress,
  after: Progress,
): Effect[] {
  const effects: Effect[] = [];
  if (before.state === 'ended' && after.state !== 'ended' && after.stage !== null) {
    effects.push({ kind: 'reopen', stage: after.stage });
  } else if (after.stage !== null && after.visits.length > before.visits.length) {
    effects.push({ kind: 'enter-stage', stage: after.stage });
  }
  if (after.level !== before.level) effects.push({ kind: 'hand-up', from: before.level, to: after.level });
  if (after.holder !== before.holder && after.holder !== null) {
    const { office, post, person } = after.holder;
    const holder = {
      ...(office === undefined ? {} : { office }),
      ...(post === undefined ? {} : { post }),
      ...(person === undefined ? {} : { person }),
    };
    effects.push({ kind: 'hold', holder });
  }
  if (after.offer !== null && after.offer.act === act.id) effects.push({ kind: 'offer', to: after.offer.office ?? '' });
  if (after.counts.breaches > before.counts.breaches) effects.push({ kind: 'record-breach', what: 'one-time-notice' });
  effects.push(...effectsOnClocks(act, before, after));
  if (planned !== null) effects.push(...effectsOfRule(planned, act));
  if (after.state === 'ended' && before.state !== 'ended') {
    effects.push({ kind: 'end', result: after.result ?? '' });
    if (planned?.rule.kind === 'withdraw') effects.push({ kind: 'withdraw-children' });
    const fields = procedure.privacy?.deleteAtEnd ?? [];
    if (fields.length > 0) effects.push({ kind: 'delete-fields', fields });
  }
  return effects;
}

function effectsOnClocks(act: Act, before: Progress, after: Progress): Effect[] {
  const effects: Effect[] = [];
  if (after.paused !== null && after.paused.act === act.id) {
    const { cause, until, from } = after.paused;
    if (until !== undefined && compareMoments(from, act.occurredAt) === 0)
      effects.push({ kind: 'pause', cause, until });
  }
  if (before.paused !== null && after.paused === null) effects.push({ kind: 'resume' });
  for (const clock of after.clocks) {
    const earlier = before.clocks.find((one) => one.id === clock.id && one.from === clock.from);
    const { id, due, provisional } = clock;
    if (earlier === undefined) {
      if (clock.state !== 'met') effects.push({ kind: 'start-clock', clock: id, due, provisional });
    } else if (clock.extended > earlier.extended) effects.push({ kind: 'extend', limit: id, due, provisional });
  }
  return effects;
}

function effectsOfRule({ rule, place, role }: PlannedAct, act: Act): Effect[] {
  const effects: Effect[] = [];
  if (rule.then !== undefined && 'open' in rule.then) {
    effects.push({ kind: 'open-child', procedure: rule.then.open, wait: rule.then.wait, fields: act.fields });
  }
  const publish = place?.part.publish;
  if (publish !== undefined && role === 'post') {
    const channels = act.fields['channels'];
    const chosen = Array.isArray(channels) ? channels : publish.channels;
    effects.push({ kind: 'publish', what: publish.what, channels: chosen, mask: publish.mask ?? [] });
  }
  for (const to of rule.tells ?? []) {
    effects.push({
      kind: 'tell',
      to,
      about: act.act,
      ...(rule.wording === undefined ? {} : { wording: rule.wording }),
    });
  }
  return effects;
}
