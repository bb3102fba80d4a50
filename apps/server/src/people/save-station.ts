import { fault } from '@lianxin/domain';
import type { StationRow } from '@lianxin/contract';
import type { ContextDeps } from '../storage/in-context.js';
import type { Tx } from '../storage/transaction.js';
import { carryOut, found, refuseIf, type Change } from './carry-out.js';
import { addNew, decideAlone, supersedeRow } from './dated-row.store.js';
import { mayWrite } from './people.access.js';
import { journalRegister } from './register-change.js';
import { refuseUnlessVillage } from './save-place.js';

/** A former village office as entered, with its scores on the two criteria (0 to 100) where they are known. */
export interface StationInput {
  readonly division: string;
  readonly name: string;
  readonly formerVillage: string;
  readonly facilitiesScore?: number | undefined;
  readonly locationScore?: number | undefined;
  readonly validFrom: string;
}

/** Enters a former village office as a convenience station 便民服务站; it is a service point until it is marked main. */
export const saveStation = (deps: ContextDeps, change: Change<StationInput>) =>
  carryOut(deps, 'POST /api/convenience-stations', change, async (tx, input) => {
    refuseIf(mayWrite(tx.context, 'keep-places', input.division));
    await refuseUnlessVillage(tx, input.division);
    const id = await addNew(tx, 'convenience_station', {
      division: input.division,
      name: input.name,
      former_village: input.formerVillage,
      facilities_score: input.facilitiesScore,
      location_score: input.locationScore,
      valid_from: input.validFrom,
    });
    journalRegister(tx, change.commandId, input.division, { table: 'convenience_station', id, what: 'add' });
    return { id };
  });

/** Marking as entered. */
export interface MainInput {
  readonly id: string;
  readonly main: boolean;
}

/**
 * Marks or unmarks the main convenience station of a village 主要便民服务站: exactly one at a time [YS-36].
 *
 * Refuses `main-station-taken` naming the station to be unmarked first, and `station-scores-missing` before both criteria
 * (facilities, location) are scored, since the choice has to show them.
 */
export const markMainStation = (deps: ContextDeps, change: Change<MainInput>) =>
  carryOut(deps, 'POST /api/convenience-stations/{id}/main', change, async (tx, input) => {
    const station = found(
      await tx.first<{ division: string; name: string; scored: boolean; main: boolean }>(
        `select division, name, is_main as main, facilities_score is not null and location_score is not null as scored
         from lx.convenience_station where county = $1 and id = $2 and valid_to is null`,
        [tx.context.county, input.id],
      ),
    );
    refuseIf(mayWrite(tx.context, 'keep-places', station.division));
    await decideAlone(tx, `main station ${station.division}`);
    refuseIf(station.main === input.main ? fault('already-done') : undefined);
    if (input.main) {
      const taken = await tx.first<{ name: string }>(
        `select name from lx.convenience_station where county = $1 and division = $2 and is_main and valid_to is null`,
        [tx.context.county, station.division],
      );
      refuseIf(
        taken === undefined ? undefined : fault('main-station-taken', { station: taken.name }),
        station.scored ? undefined : fault('station-scores-missing', { station: station.name }),
      );
    }
    await tx.run(`update lx.convenience_station set is_main = $3 where county = $1 and id = $2`, [
      tx.context.county,
      input.id,
      input.main,
    ]);
    journalRegister(tx, change.commandId, station.division, {
      table: 'convenience_station',
      id: input.id,
      what: input.main ? 'mark-main' : 'unmark-main',
    });
    return { id: input.id };
  });

/** The stations of a village with the scores of the choice, the main one first; open to everyone. */
export const listStations = async (tx: Tx, division: string): Promise<StationRow[]> =>
  tx.rows<StationRow>(
    `select id, division, name, former_village as "formerVillage", facilities_score as "facilitiesScore",
       location_score as "locationScore", is_main as main
     from lx.convenience_station where county = $1 and division = $2 and valid_to is null order by is_main desc, name, id`,
    [tx.context.county, division],
  );

/** Two of the three conditions for a Party committee as entered. */
export interface StandingInput {
  readonly division: string;
  readonly largerEconomy: boolean;
  readonly placeUpToStandard: boolean;
  readonly basis: string;
  readonly validFrom: string;
}

/** Records economy and service place of a village 建立党委的两项条件 with what they rest on; the record before ends on that day. */
export const recordStanding = (deps: ContextDeps, change: Change<StandingInput>) =>
  carryOut(deps, 'POST /api/village-standings', change, async (tx, input) => {
    refuseIf(mayWrite(tx.context, 'keep-places', input.division));
    await refuseUnlessVillage(tx, input.division);
    await decideAlone(tx, `standing ${input.division}`);
    const id = await supersedeRow(tx, 'village_standing', ['division'], {
      division: input.division,
      larger_economy: input.largerEconomy,
      place_up_to_standard: input.placeUpToStandard,
      basis: input.basis,
      valid_from: input.validFrom,
    });
    journalRegister(
      tx,
      change.commandId,
      input.division,
      { table: 'village_standing', id, what: 'add' },
      { basis: input.basis },
    );
    return { id };
  });
