import { changeChannel, countyDate, fault, ok, questionIds, refuse, toBase64Url, type Result } from '@lianxin/domain';
import { slipFits } from '../ballots/index.js';
import { signList } from '../ballot-issuer/index.js';
import type { Deps } from '../deps.js';
import { receiptState } from '../log/index.js';
import { inContext, systemContext } from '../storage/index.js';
import { issuerKeyFor } from './issuer-key.js';
import { addIssue, lockChannel, readBallot, readIssue, rollOfBallot, setChannel } from './secret-ballots.store.js';

/** What a phone asks: by whose code, for which ballot, and its blinded list. */
export interface Asked {
  readonly county: string;
  readonly id: string;
  readonly code: string;
  readonly blinded: readonly string[];
}

/** The signatures, and the voter's own line on the posted list. */
export interface Taken {
  readonly signed: readonly string[];
  readonly number: number;
  readonly salt: string;
}

/** Key of the codes on paper slips 领票码; each stands for one person of one ballot. */
export const slipKey = (deps: Pick<Deps, 'keys'>): Buffer => deps.keys.keyFor('ballot-slip');

/**
 * Signs a voter's blinded list once 领票, in one transaction: roll line locked, signatures and channel kept, then answered. Asked again with the same list,
 * also after the answer was lost, it gives the same bytes; with another list, nothing. No command id and no journal entry: both would keep the hour at which
 * somebody took tokens, and the list itself does their work.
 *
 * Refuses `ballot-code-wrong`, `ballot-not-yet`, `ballot-over`, `tokens-given`, `channel-taken`, `blinded-list-wrong`.
 */
export const takeTokens = async (deps: Deps, { county, id, code, blinded }: Asked): Promise<Result<Taken>> => {
  const system = systemContext(county);
  const found = await inContext(deps, system, async (tx) => {
    const ballot = await readBallot(tx, id);
    const roll = ballot === undefined ? [] : await rollOfBallot(tx, id);
    const line = roll.find(({ person }) => slipFits(slipKey(deps), { county, meeting: id, person }, code));
    return ballot === undefined || line === undefined ? undefined : { ballot, line };
  });
  if (found === undefined) return refuse(fault('ballot-code-wrong'));
  const { ballot, line } = found;
  const { manifest } = ballot;
  const today = countyDate(deps.clock());
  // Asked before the line is locked: one connection at a time, however many come at once.
  const standing = await receiptState(deps, county, ballot.journal);
  const logged = standing !== undefined && standing.state !== 'received';
  return inContext(deps, system, async (tx) => {
    const channel = (await lockChannel(tx, id, line.person)) ?? line.channel;
    const answer = (signed: readonly string[]): Result<Taken> =>
      ok({ signed, number: line.number, salt: toBase64Url(new Uint8Array(line.salt)) });
    const before = await readIssue(tx, id, line.person);
    if (before !== undefined) {
      return before.blinded === JSON.stringify(blinded)
        ? answer(JSON.parse(before.signed) as string[])
        : refuse(fault('tokens-given'));
    }
    if (ballot.state !== 'open' || today > manifest.closes) return refuse(fault('ballot-over'));
    if (today < manifest.tokensFrom || !logged) return refuse(fault('ballot-not-yet', { from: manifest.tokensFrom }));
    const next = changeChannel(channel, 'take-tokens');
    if (next === null) return refuse(fault('channel-taken', { person: line.name, channel }));
    const signed =
      blinded.length === questionIds(manifest).length ? await signList(issuerKeyFor(deps.keys, id), blinded) : null;
    if (signed === null) return refuse(fault('blinded-list-wrong'));
    await addIssue(tx, ballot, line.person, { blinded: JSON.stringify(blinded), signed: JSON.stringify(signed) });
    await setChannel(tx, id, line.person, next, today);
    return answer(signed);
  });
};
