import { changeChannel, countyDate, fault, type ChannelChange, type Fault, type PaperBatch } from '@lianxin/domain';
import type { Given } from '../access/index.js';
import type { Answer } from '../http/command.js';
import type { MatterDeps } from '../matters/index.js';
import { done, onBallot } from './command.js';
import { addSheet, lockChannel, rollOfBallot, setChannel, type StoredSheet } from './secret-ballots.store.js';

/** Who changes the way of taking part, and how. */
export interface ChannelChanged {
  readonly id: string;
  readonly person: string;
  readonly change: Exclude<ChannelChange, 'take-tokens'>;
}

/**
 * Hands out paper 领纸票 to somebody on the one roll: instead of a phone, for tokens surrendered unused, or in an envelope for a lost phone. Nobody has two.
 * Refuses `not-on-roll`, `channel-taken`, `ballot-not-yet`.
 */
export const changeChannelOf = (deps: MatterDeps, given: Given<ChannelChanged>): Promise<Answer> =>
  onBallot(deps, given, 'POST /api/secret-ballots/{id}/channel', 'open', async ({ tx, ballot, keep }) => {
    const { person, change } = given.input;
    const today = countyDate(deps.clock());
    if (today < ballot.manifest.tokensFrom)
      return { faults: [fault('ballot-not-yet', { from: ballot.manifest.tokensFrom })] };
    const channel = await lockChannel(tx, ballot.id, person);
    if (channel === undefined) return { faults: [fault('not-on-roll', { person: '此人' })] };
    const next = changeChannel(channel, change);
    if (next === null) {
      const name = (await rollOfBallot(tx, ballot.id)).find((line) => line.person === person)?.name ?? '';
      return { faults: [fault('channel-taken', { person: name, channel })] };
    }
    await setChannel(tx, ballot.id, person, next, today);
    keep(change, { person });
    return done(ballot.id);
  });

/** A tally sheet as it is typed. */
export type TypedSheet = { readonly id: string; readonly place: string } & StoredSheet['sheet'];

/**
 * Keeps the tally sheet of a place as one person typed it 录入计票单; somebody else types it again, and the two are compared when the box is closed.
 * Refuses `field-unknown` for a question or choice the ballot does not have, and counts that cannot be (`votes-do-not-add-up`).
 */
export const enterSheet = (deps: MatterDeps, given: Given<TypedSheet>): Promise<Answer> =>
  onBallot(deps, given, 'POST /api/secret-ballots/{id}/sheets', 'open', async ({ tx, ballot, keep }) => {
    const { id: _id, place, ...sheet } = given.input;
    const questions = new Map(ballot.manifest.questions.map(({ id, choices }) => [id, ['', ...choices]]));
    for (const [question, counts] of Object.entries(sheet.counts)) {
      const strange = Object.keys(counts).find((choice) => questions.get(question)?.includes(choice) !== true);
      if (strange !== undefined) return { faults: [fault('field-unknown', { field: `${question} ${strange}` })] };
      const counted = Object.values(counts).reduce((sum, one) => sum + one, 0);
      if (counted > sheet.inBox) return { faults: [fault('votes-do-not-add-up', { issued: sheet.inBox, counted })] };
    }
    if (sheet.inBox + sheet.spoiled > sheet.issued)
      return { faults: [fault('votes-do-not-add-up', { issued: sheet.issued, counted: sheet.inBox + sheet.spoiled })] };
    await addSheet(tx, ballot, place, sheet);
    keep('sheet', { place });
    return done(ballot.id);
  });

/** The sheets as one batch a place, or why two people have not typed the same one. Pure. */
export const batchesOf = (
  sheets: readonly StoredSheet[],
  questions: readonly string[],
): { readonly batches: PaperBatch[]; readonly faults: Fault[] } => {
  const places = new Map<string, StoredSheet[]>();
  for (const sheet of sheets) places.set(sheet.place, [...(places.get(sheet.place) ?? []), sheet]);
  const faults: Fault[] = [];
  const batches = [...places].flatMap(([place, typed]): PaperBatch[] => {
    const [one, other] = typed.slice(-2);
    if (one === undefined || other === undefined) {
      faults.push(fault('second-count-missing'));
      return [];
    }
    const { issued, spoiled, inBox } = one.sheet;
    for (const [what, first, second] of [
      ['发出', issued, other.sheet.issued],
      ['作废', spoiled, other.sheet.spoiled],
      ['箱内', inBox, other.sheet.inBox],
    ] as const)
      if (first !== second) faults.push(fault('counts-differ', { what: `${place} ${what}`, first, second }));
    const counts: PaperBatch['counts'] = {};
    for (const question of questions) {
      const [a, b] = [one.sheet.counts[question] ?? {}, other.sheet.counts[question] ?? {}];
      for (const choice of new Set([...Object.keys(a), ...Object.keys(b)])) {
        const [first, second] = [a[choice] ?? 0, b[choice] ?? 0];
        if (first !== second)
          faults.push(fault('counts-differ', { what: `${place} ${question} ${choice}`, first, second }));
      }
      counts[question] = [a, b];
    }
    return [{ place, issued, spoiled, inBox, counts }];
  });
  return { batches, faults };
};
