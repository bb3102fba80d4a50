import { countyDate, reachOf, titleOfPeriod, type DisclosureDuty } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { runCommand } from '../http/command.js';
import { listCounties } from '../matters/index.js';
import { listDivisionsBelow } from '../people/index.js';
import { inContext, systemContext, type Tx } from '../storage/index.js';
import { catalogueFor } from './catalogue.js';
import { dutiesIn } from './duties.js';

/** A late duty in words. */
const wordsOf = (duty: DisclosureDuty): string =>
  `未按期公开：${titleOfPeriod(duty.period)}${duty.title}，应在 ${duty.dueBy} 前公布`;

const bodiesOf = (tx: Tx, division: string, kinds: readonly string[]): Promise<{ id: string }[]> =>
  tx.rows<{ id: string }>(
    `select id from lx.body where county = $1 and division = $2 and kind = any ($3) and valid_from <= $4::date
       and (valid_to is null or valid_to > $4::date)`,
    [tx.context.county, division, kinds, countyDate(tx.makers.clock())],
  );

/** Puts a late duty into the inbox of a body, once while it is open. */
const tell = (tx: Tx, division: string, body: string, duty: DisclosureDuty): Promise<number> =>
  tx.run(
    `insert into lx.inbox_item (county, id, division, body, kind, what, due, duty, duty_from, duty_to, recorded_at)
     values ($1, $2, $3, $4, 'disclosure-late', $5, $6, $7, $8, $9, $10)
     on conflict (county, division, body, duty, duty_from, duty_to) where duty is not null and done_at is null do nothing`,
    [
      tx.context.county,
      tx.makers.newId(),
      division,
      body,
      wordsOf(duty),
      duty.dueBy,
      duty.item,
      duty.period.from,
      duty.period.to,
      tx.makers.clock(),
    ],
  );

/** Takes a duty out of every inbox: it was published, in the same transaction. */
export const takeOutLate = async (
  tx: Tx,
  division: string,
  duty: { readonly item: string; readonly from: string; readonly to: string },
): Promise<void> => {
  await tx.run(
    `update lx.inbox_item set done_at = $6 where county = $1 and division = $2 and duty = $3 and duty_from = $4 and duty_to = $5
       and done_at is null`,
    [tx.context.county, division, duty.item, duty.from, duty.to, tx.makers.clock()],
  );
};

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
    for (const { id } of [...there, ...above]) told += await tell(tx, village, id, duty);
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
