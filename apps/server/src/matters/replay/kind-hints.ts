import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readFileTree } from '@lianxin/pack-reader';
import { z } from 'zod';

const Hints = z.object({
  kind: z.literal('request-hints'),
  hints: z.array(z.object({ kind: z.string(), words: z.array(z.string().min(1)) })),
  otherwise: z.string(),
});

/**
 * How old messages without a kind are classed (归类提示): by words listed beside the demonstration, first hit first. Without such a list they stay unclassed.
 * It classes what a message is about, never who wrote it.
 */
export const readKindHints = (packs: string): ((text: string) => string | undefined) => {
  const file = readdirSync(packs, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(packs, entry.name, 'request-hints.yaml'))
    .find((one) => existsSync(one));
  if (file === undefined) return () => undefined;
  const read = readFileTree(path.basename(file), readFileSync(file, 'utf8'));
  if (!read.ok) throw new Error(`${file} cannot be read: ${read.faults.map((one) => one.fault.code).join(', ')}`);
  const { hints, otherwise } = Hints.parse(read.tree.tree);
  return (text) => hints.find((hint) => hint.words.some((word) => text.includes(word)))?.kind ?? otherwise;
};
