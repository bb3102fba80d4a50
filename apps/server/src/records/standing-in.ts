import { scopeOf } from '@lianxin/domain';
import type { Tx } from '../storage/index.js';
import { listStored, type StoredRecord } from './records.store.js';

/** As many records as one division is read with; beyond that a ledger is no longer something a person checks. */
const most = 20_000;

/** What stands in a register in a division and below, by id, as far as this context may see: for features that derive from it. */
export const standingIn = (tx: Tx, register: string, division: string): Promise<StoredRecord[]> =>
  listStored(tx, { ...scopeOf(division), register, after: null, limit: most, ended: false });
