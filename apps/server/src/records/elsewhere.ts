import { countyDate, registersRead, termsRegister, type Elsewhere, type Register } from '@lianxin/domain';
import type { Tx } from '../storage/index.js';
import { findRegister, type RegisterDeps } from './find-register.js';
import { standingRecords } from './records.store.js';
import { termsAsRecords } from './terms-as-records.js';

/**
 * What other registers, and terms of office, know about the records of this one: those it names, as they stand in the range of the office. A register that
 * does not apply in the division is left out, and what it would have said stays empty.
 */
export const elsewhereOf = async (
  deps: RegisterDeps,
  tx: Tx,
  division: string,
  register: Register,
): Promise<Elsewhere> => {
  const others: [string, Elsewhere[string]][] = [];
  for (const id of registersRead(register)) {
    if (id === termsRegister.id) {
      others.push([id, { key: termsRegister.key, records: await termsAsRecords(tx, countyDate(deps.clock())) }]);
      continue;
    }
    const found = await findRegister(deps, tx, division, id);
    if (found.ok) others.push([id, { key: found.value.register.key, records: await standingRecords(tx, id) }]);
  }
  return Object.fromEntries(others);
};
