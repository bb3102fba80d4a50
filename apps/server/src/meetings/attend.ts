import type { Given } from '../access/index.js';
import { fault, listPresent, presenceOf, type Arrival } from '@lianxin/domain';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import { votesOfMatter, type MatterDeps } from '../matters/index.js';
import { systemContext } from '../storage/index.js';
import { done, onMeeting } from './command.js';
import { loadMeeting, namesOf } from './meetings.store.js';
import { addArrivals, addProxy, decideAlone } from './write-meeting.store.js';
import { slipFits } from '../ballots/index.js';
import { named, namesOn, proxyRuleOf, rollOfItem } from './standing.js';

/** Who came, as the desk enters it. */
export interface EnteredAttendance {
  readonly id: string;
  readonly people: readonly (Arrival & { readonly reason: string })[];
}

/**
 * Enters who came from the paper sheet, or as called out in the room (签到); a mistaken line is struck with a reason. Somebody already there by any channel
 * is not counted again.
 *
 * Refuses `not-on-roll` with the names, `field-missing` for striking without a reason, `meeting-not-open`, `meeting-over`.
 */
export const enterAttendance = (deps: MatterDeps, given: Given<EnteredAttendance>): Promise<Answer> =>
  onMeeting(deps, given, 'POST /api/meetings/{id}/attendance', '登记到会', ['open'], async ({ tx, file, keep }) => {
    const { people } = given.input;
    const roll = rollOfItem(file, null);
    if (roll === undefined) return { faults: [fault('meeting-not-open')] };
    if (people.some(({ kind, reason }) => kind === 'struck' && reason === '')) {
      return { faults: [fault('field-missing', { field: '划去的理由' })] };
    }
    const counted = presenceOf(
      roll,
      people.map((one) => ({ ...one, kind: 'came' as const })),
    );
    if (!counted.ok) {
      const names = new Map([
        ...namesOn(file.roll?.members ?? []),
        ...(await namesOf(
          tx,
          people.map(({ person }) => person),
        )),
      ]);
      return { faults: named(counted.faults, names) };
    }
    await addArrivals(tx, file.meeting, people, given.actor.session.person);
    keep('attendance', { lines: people.length });
    return done(file.meeting.id);
  });

/** A member says by the own log-in that he is here (本人签到); nobody has to, the paper sheet is as good. */
export const arriveByLogin = (deps: MatterDeps, given: Given<{ readonly id: string }>): Promise<Answer> => {
  const { actor, commandId, input } = given;
  const { person } = actor.session;
  return runCommand(deps, { actor, commandId, route: 'POST /api/meetings/{id}/here', body: input }, async (tx) => {
    const file = await loadMeeting(tx, input.id);
    if (file === undefined) return { faults: [fault('not-found')] };
    if (file.meeting.state === 'called') return { faults: [fault('meeting-not-open')] };
    if (file.meeting.state !== 'open') return { faults: [fault('meeting-over')] };
    if (!(file.roll?.members ?? []).some((member) => member.person === person)) {
      return { faults: [fault('not-on-roll', { person: actor.session.name })] };
    }
    const here = listPresent(file.arrivals).some((one) => one.person === person);
    if (!here) {
      await addArrivals(tx, file.meeting, [{ person, kind: 'came', channel: 'phone', reason: '' }], person);
      writeJournal(tx, {
        kind: 'meeting.change',
        division: file.meeting.division,
        commandId,
        commitFields: { meeting: input.id, what: 'here' },
      });
    }
    return done(input.id);
  });
};

/**
 * A member without a log-in says so by the code of the own paper slip (签到条). The code stands for one person of one meeting and can do nothing but this.
 * Refuses `attendance-code-wrong`, `meeting-not-open`, `meeting-over`.
 */
export const arriveBySlip = (
  deps: MatterDeps,
  given: { readonly county: string; readonly meeting: string; readonly code: string },
): Promise<Answer> => {
  const { county, meeting, code } = given;
  const actor = { key: `system:slip:${meeting}:${code}`.slice(0, 200), context: systemContext(county) };
  // The code is its own command id: whoever presses twice has come once.
  const commandId = `slip-${code}`;
  return runCommand(deps, { actor, commandId, route: 'slip', body: given }, async (tx) => {
    const file = await loadMeeting(tx, meeting);
    if (file === undefined) return { faults: [fault('attendance-code-wrong')] };
    if (file.meeting.state === 'over' || file.meeting.state === 'cancelled') return { faults: [fault('meeting-over')] };
    const key = deps.keys.keyFor('attendance-slip');
    const member = (file.roll?.members ?? []).find((one) =>
      slipFits(key, { county, meeting, person: one.person }, code),
    );
    if (file.roll === undefined) return { faults: [{ ...fault('meeting-not-open'), cure: 'try-again-later' }] };
    if (member === undefined) return { faults: [fault('attendance-code-wrong')] };
    await decideAlone(tx, meeting);
    await addArrivals(tx, file.meeting, [{ person: member.person, kind: 'came', channel: 'phone', reason: '' }], null);
    writeJournal(tx, {
      kind: 'meeting.change',
      division: file.meeting.division,
      commandId,
      commitFields: { meeting, what: 'here-by-slip' },
    });
    return { status: 200, body: { title: file.meeting.title, name: member.name } };
  });
};

/** A vote carried for somebody absent. */
export interface EnteredProxy {
  readonly id: string;
  readonly giver: string;
  readonly holder: string;
  readonly kind: 'given' | 'withdrawn';
}

/**
 * Records that somebody present carries the vote of somebody absent (委托), or that it was taken back. Held to the strictest rule among the votes of the meeting:
 * where one of them allows no proxies, none is taken.
 *
 * Refuses what the roll refuses: `not-on-roll`, `counted-twice`, `proxy-chain`, `proxy-not-allowed`, `too-many-proxies`.
 */
export const enterProxy = (deps: MatterDeps, given: Given<EnteredProxy>): Promise<Answer> =>
  onMeeting(deps, given, 'POST /api/meetings/{id}/proxies', '登记委托', ['open'], async ({ tx, file, keep }) => {
    const { giver, holder, kind } = given.input;
    if (giver === holder) return { faults: [fault('proxy-chain', { person: given.actor.session.name })] };
    if (kind === 'given') {
      const proxies = [...file.proxies.filter((one) => one.giver !== giver), { giver, holder }];
      const roll = rollOfItem(file, null);
      if (roll === undefined) return { faults: [fault('meeting-not-open')] };
      for (const item of file.items.filter((one) => one.state !== 'done' && one.matter !== null)) {
        const found = await votesOfMatter(deps, tx, given.actor, item.matter ?? '');
        const rule = proxyRuleOf(found?.votes.find((one) => one.stage === item.stage)?.vote);
        const counted = presenceOf(roll, file.arrivals, proxies, rule);
        if (!counted.ok) return { faults: named(counted.faults, namesOn(file.roll?.members ?? [])) };
      }
    }
    await addProxy(tx, file.meeting, { giver, holder, kind });
    keep('proxy', { kind });
    return done(file.meeting.id);
  });
