import { reachOf, titleOfPeriod, type DisclosureDuty } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { runCommand } from '../http/command.js';
import { listCounties } from '../matters/index.js';
import { listDivisionsBelow } from '../people/index.js';
import { inContext, systemContext, type Tx } from '../storage/index.js';
import { catalogueFor } from './catalogue.js';
import { dutiesIn } from './duties.js';
import { bodiesOf, putDutyItem } from './inbox-of-duties.js';

/** A late duty in words. */
const wordsOf = (duty: DisclosureDuty): string =>
  `未按期公开：${titleOfPeriod(duty.period)}${duty.title}，应在 ${duty.dueBy} 前公布`;

const tellVillage = async (deps: Deps, tx: Tx, village: string): Promise<number> => {
  const catalogue = await catalogueFor(deps, tx, village);
  const { late } = catalogue;
  if (late === null) return 0;
  let told = 0;
  for (const duty of await dutiesIn(tx, catalogue, village)) {
    const reach = reachOf(duty, late);
    if (reach === 'nobody') continue;
    const there = await bodiesOf(tx, village, late.tells);
    const above = reach === 'above' ? await bodiesOf(tx, `${village.slice(0, 9)}000`, late.above.tells) : [];
    for (const { id } of [...there, ...above]) {
      const key = { division: village, item: duty.item, ...duty.period };
      told += await putDutyItem(tx, { body: id }, key, {
        kind: 'disclosure-late',
        what: wordsOf(duty),
        due: duty.dueBy,
      });
    }
  }
  return told;
};

/**
 * Tells of what was not published in time 未按期公开: the bodies of the village from the first day, those above once it has been late as long as
 * the catalogue says. Each inbox holds it once, until it is published. Gives how many inboxes were told anew; run twice it doubles nothing.
 */
export const tellLate = async (deps: Deps, county: string): Promise<number> => {
  const villages = await inContext(deps, systemContext(county), async (tx) => {
    const towns = await listDivisionsBelow(tx, `${county}000000`);
    return (await Promise.all(towns.map((town) => listDivisionsBelow(tx, town.code)))).flat();
  });
  let told = 0;
  for (const { code } of villages) {
    await runCommand(
      deps,
      {
        actor: { key: 'system:disclosures', context: systemContext(county) },
        commandId: `late-${code}-${deps.newId()}`,
        route: 'deadline',
        body: { code },
      },
      async (tx) => {
        told += await tellVillage(deps, tx, code);
        return { status: 200, body: null };
      },
    );
  }
  return told;
};

/** Looks at every county there is. */
export const tellLateEverywhere = async (deps: Deps): Promise<void> => {
  for (const county of await listCounties(deps)) await tellLate(deps, county);
};
