import { fault, ok, refuse, type Result } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { listCounties, listDivisionsWithin, type DivisionRow } from '../people/index.js';
import { inContext, publicContext, type Context } from '../storage/index.js';

/** Before a county is chosen there is no tenant; counties are public everywhere. */
const anywhere: Context = { role: 'rt_public', county: '', uid: null, lo: '', hi: '', caps: [] };

/** The counties this server works for. */
export const jurisdictions = (deps: Deps): Promise<DivisionRow[]> => inContext(deps, anywhere, listCounties);

/** A county with the villages in which something may be told. */
export interface Jurisdiction {
  readonly county: string;
  readonly villages: readonly DivisionRow[];
}

/**
 * The county that `jurisdiction_id` names: its six digits, or the twelve of its code. It may be left out where there is one county alone.
 * Refuses `field-missing` when there are several, `unknown-division` when it names none.
 */
export const readJurisdiction = async (deps: Deps, asked: string | undefined): Promise<Result<Jurisdiction>> => {
  const counties = await jurisdictions(deps);
  const given = asked?.trim() ?? '';
  if (given === '' && counties.length !== 1) return refuse(fault('field-missing', { field: 'jurisdiction_id' }));
  const found = given === '' ? counties[0] : counties.find(({ code }) => code === given || code.slice(0, 6) === given);
  if (found === undefined) return refuse(fault('unknown-division', { code: given }));
  const villages = await inContext(deps, publicContext(found.code), (tx) =>
    listDivisionsWithin(tx, found.code, 'village'),
  );
  return ok({ county: found.code.slice(0, 6), villages });
};
