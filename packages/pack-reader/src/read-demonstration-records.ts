import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readDemonstrationFile } from './read-demonstration.js';

const Word = z.string().regex(/^[a-z][a-z0-9-]*$/);

/** Records of registers in the demonstration 演示登记: who enters what in which place, in the order in which they are entered. */
export const DemonstrationRecords = z.strictObject({
  kind: z.literal('records'),
  title: z.string(),
  note: z.string(),
  records: z.array(
    z.strictObject({
      by: Word,
      division: z.string().regex(/^[1-9]\d{11}$/),
      register: Word,
      /** As the register's own fields say; the server judges them as it judges everybody's. */
      fields: z.record(Word, z.union([z.string(), z.number(), z.boolean()])),
    }),
  ),
});
export type DemonstrationRecords = z.infer<typeof DemonstrationRecords>;

/** Reads the demonstration's records; undefined where the folder has none. Throws when they cannot be read, since they ship with us. */
export const readDemonstrationRecords = (folder: string): DemonstrationRecords | undefined =>
  existsSync(join(folder, 'records.yaml'))
    ? readDemonstrationFile(folder, 'records.yaml', DemonstrationRecords)
    : undefined;
