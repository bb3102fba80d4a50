import { countyDate } from '@lianxin/domain';
import { readDemonstration, readDemonstrationRecords } from '@lianxin/pack-reader';
import { demonstrationOfficer } from '../../access/index.js';
import { demonstrationFolder } from '../../demonstration-folder.js';
import type { Deps } from '../../deps.js';
import { enterRecord } from '../enter-record.js';

/** Enters the demonstration's records 演示登记 by the real command, today. Throws on a refusal: what is shipped must pass. */
export const seedRecords = async (deps: Deps): Promise<void> => {
  const folder = demonstrationFolder(deps.config.packs, 'records.yaml');
  const data = folder === undefined ? undefined : readDemonstrationRecords(folder);
  if (folder === undefined || data === undefined) return;
  const { password } = readDemonstration(folder).people;
  const on = countyDate(deps.clock());
  for (const { by, ...record } of data.records) {
    const actor = await demonstrationOfficer(deps, by, password);
    const answer = await enterRecord(deps, { actor, commandId: deps.newId(), input: { ...record, on } });
    if ('faults' in answer) throw new Error(`demonstration of records: ${JSON.stringify(answer.faults)}`);
  }
};
