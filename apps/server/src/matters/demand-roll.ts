import { countyDate, listRolls, type Procedure, type RollFor } from '@lianxin/domain';
import { membersOn, rollOf } from '../ballots/index.js';
import type { Tx } from '../storage/index.js';
import type { ActContext } from './act-context.js';

/**
 * The rolls a demand for a meeting (提议召开) is counted against: who is entitled today in the bodies that the procedure's votes name.
 * A demand comes before any meeting, so there is no frozen roll yet; a body without members has none and the demand says so.
 */
export const rollsOfToday = async (
  tx: Tx,
  procedure: Procedure,
  division: string,
  now: ActContext['now'],
): Promise<RollFor> => {
  const on = countyDate(now);
  const rolls = new Map<string, ReturnType<typeof rollOf>>();
  for (const body of listRolls(procedure)) {
    const members = await membersOn(tx, body, division, on);
    if (members.length > 0) rolls.set(body, rollOf(members, body, on));
  }
  return (body) => rolls.get(body);
};
