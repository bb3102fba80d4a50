import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readDemonstrationFile } from './read-demonstration.js';

const Word = z.string().regex(/^[a-z][a-z0-9-]*$/);
const Moment = { ago: z.int().nonnegative(), at: z.string().regex(/^\d{2}:\d{2}$/) };
const Values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])).default({});

/**
 * Requests of the demonstration 演示诉求: made-up needs with what was done about them, each so many days before today, so that a
 * demonstration never grows old. Values may name people (`@log-in`), offices (`#code`) and days (`day:5`).
 */
export const DemonstrationRequests = z.strictObject({
  kind: z.literal('requests'),
  title: z.string(),
  note: z.string(),
  requests: z.array(
    z.strictObject({
      village: z.string().regex(/^[1-9]\d{11}$/),
      ...Moment,
      procedure: Word.optional(),
      kind: Word,
      filedBy: z.strictObject({ user: Word, name: z.string().optional(), channel: Word }).optional(),
      places: z.array(z.string()).optional(),
      fields: Values,
      acts: z.array(z.strictObject({ ...Moment, by: Word, act: Word, fields: Values })).default([]),
      followUp: z.strictObject({ ...Moment, by: Word, text: z.string(), within: z.int().positive() }).optional(),
    }),
  ),
});
export type DemonstrationRequests = z.infer<typeof DemonstrationRequests>;

/** Reads the demonstration's requests; none where the folder has no such file. Throws when it cannot be read, since it ships with us. */
export const readDemonstrationRequests = (folder: string): DemonstrationRequests['requests'] =>
  existsSync(join(folder, 'requests.yaml'))
    ? readDemonstrationFile(folder, 'requests.yaml', DemonstrationRequests).requests
    : [];
