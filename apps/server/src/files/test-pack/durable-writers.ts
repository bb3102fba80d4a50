import crypto from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { writeDurably } from '../../storage/write-durably.js';
import { CountyFileWriter, linesOf } from '../../tenants/county-file.js';
import { contentHash, keepFile } from '../file-folder.js';

/** What a writer has to write: short enough to be one write, long enough that a part of it shows. */
export const content = `${'一页'.repeat(400)}\n`;
export const before = `${'旧的一页'.repeat(100)}\n`;
const bytes = Buffer.from(content);

/** Whatever in the product writes files that must be whole: what it writes, the names it uses, and whether what stands there is whole. */
export interface DurableWriter {
  readonly write: (folder: string) => Promise<void>;
  /** Every path it touches; `pid` is the process's own, `chance` what the product takes for chance. */
  readonly paths: (folder: string, pid: string) => readonly string[];
  /** Throws, or says what is wrong; a file that is not there is whole. */
  readonly wrong: (folder: string) => Promise<string | undefined>;
}

const chance = '00'.repeat(6);
const hash = contentHash(bytes).toString('hex');

const textAt = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

export const durableWriters: Readonly<Record<'publisher' | 'export' | 'import', DurableWriter>> = {
  publisher: {
    write: async (folder) => writeDurably(path.join(folder, 'checkpoint'), content),
    paths: (folder, pid) => [`${folder}/checkpoint.${pid}.new`, `${folder}/checkpoint`, folder],
    wrong: async (folder) => {
      const text = textAt(path.join(folder, 'checkpoint'));
      return text === content || text === before ? undefined : 'the checkpoint is neither the old nor the new';
    },
  },
  export: {
    write: async (folder) => {
      const out = new CountyFileWriter(path.join(folder, 'county'));
      try {
        for (let at = 0; at < 3; at += 1) await out.line(JSON.stringify(content));
        await out.finish();
        await out.publish();
      } catch (error) {
        await out.discard();
        throw error;
      }
    },
    paths: (folder, pid) => [`${folder}/county.${pid}.part`, `${folder}/county`],
    wrong: async (folder) => {
      if (textAt(path.join(folder, 'county')) === undefined) return undefined;
      let lines = 0;
      for await (const line of linesOf(path.join(folder, 'county'))) lines += JSON.parse(line) === content ? 1 : 9;
      return lines === 3 ? undefined : `the county's file holds ${lines} lines`;
    },
  },
  import: {
    write: async (folder) => {
      await keepFile(folder, '990101', bytes);
    },
    paths: (folder) => {
      const parent = `${folder}/990101/${hash.slice(0, 2)}`;
      return [`${parent}/${hash}.${chance}`, `${parent}/${hash}`, parent];
    },
    wrong: async (folder) => {
      const text = textAt(`${folder}/990101/${hash.slice(0, 2)}/${hash}`);
      return text === undefined || text === content ? undefined : 'an attachment is under its name and not whole';
    },
  },
};

/** Names begin alike in every run, so that a fault can be aimed at them. */
export const withoutChance = (): void => {
  Object.assign(crypto, { randomBytes: (size: number) => Buffer.alloc(size) });
  syncBuiltinESMExports();
};

/** What is left under a passing name after a writer ended by itself. */
export const leftovers = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(new|part|0{12})$/.test(name));
