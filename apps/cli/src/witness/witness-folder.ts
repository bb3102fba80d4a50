import { createHash, createPrivateKey, createPublicKey, randomBytes, sign } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {
  noteKey,
  parseCheckpointBody,
  parseNote,
  type Checkpoint,
  type NoteKey,
  type SignEd25519,
} from '@lianxin/domain';
import { sha256 } from '../checks.js';

/** Thrown when the folder is in use or damaged; the sentence says what to do. */
export class WitnessFolderFault extends Error {}

/** What a witness keeps 见证箱: its key, and for each log the last checkpoint that it cosigned. Files only, no database. */
export interface WitnessFolder {
  readonly key: NoteKey;
  readonly sign: SignEd25519;
  /** The last checkpoint cosigned for an origin; null before the first. */
  readonly last: (origin: string) => Checkpoint | null;
  /** The same with its signatures, as a monitor asks for it. */
  readonly lastNote: (originHash: string) => string | null;
  /** Stores a cosigned checkpoint; on disk when it returns. */
  readonly keep: (origin: string, note: string) => void;
  /** Keeps what proves that a log was forked; gives the file. */
  readonly keepEvidence: (text: string) => string;
  readonly close: () => void;
}

const privateHead = Buffer.from('302e020100300506032b657004220420', 'hex');

const hashOf = (origin: string): string => createHash('sha256').update(origin).digest('hex');

/** Writes a file so that whoever reads it, also after a power cut, sees the old content or the new. It shares no code with the log's server on purpose: a fault of one must not be a fault of both. */
const writeWhole = (file: string, content: string, mode: number): void => {
  const fresh = `${file}.${process.pid}.new`;
  const descriptor = openSync(fresh, 'w', mode);
  try {
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(fresh, file);
  const folder = openSync(path.dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** One process a folder: two could each compare before the other stored, and sign two pasts of one log. */
const lock = (folder: string): string => {
  const file = path.join(folder, 'lock');
  for (let round = 0; round < 2; round += 1) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return file;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = Number(readFileSync(file, 'utf8'));
      if (holder > 0 && isAlive(holder)) break;
      rmSync(file, { force: true });
    }
  }
  throw new WitnessFolderFault(`${folder} 正被另一个见证进程使用 · is in use by another witness process`);
};

const openKey = (folder: string): Buffer => {
  const file = path.join(folder, 'key');
  if (!existsSync(file)) writeWhole(file, `${randomBytes(32).toString('base64')}\n`, 0o600);
  const seed = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (seed.length !== 32) throw new WitnessFolderFault(`${file} 已损坏 · is damaged: restore it from its backup`);
  return seed;
};

/** The witness's key under its name, made on first use and readable by its owner alone. */
export const witnessKeyIn = (folder: string, name: string): { readonly key: NoteKey; readonly sign: SignEd25519 } => {
  if (!/^[^\s+]{1,200}$/.test(name)) throw new WitnessFolderFault(`名称不能用 · not a name for a witness: ${name}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const secret = createPrivateKey({
    key: Buffer.concat([privateHead, openKey(folder)]),
    format: 'der',
    type: 'pkcs8',
  });
  const raw = new Uint8Array(createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(12));
  return {
    key: noteKey(sha256, name, raw, 'witness'),
    sign: (message) => new Uint8Array(sign(null, message, secret)),
  };
};

/** Opens the folder of a witness for one process. Throws `WitnessFolderFault` when another one has it. */
export const openWitnessFolder = (folder: string, name: string): WitnessFolder => {
  const own = witnessKeyIn(folder, name);
  const held = lock(folder);
  const fileOf = (hash: string): string => path.join(folder, `${hash}.checkpoint`);
  const lastNote = (hash: string): string | null =>
    /^[0-9a-f]{64}$/.test(hash) && existsSync(fileOf(hash)) ? readFileSync(fileOf(hash), 'utf8') : null;
  return {
    ...own,
    lastNote,
    last: (origin) => {
      const text = lastNote(hashOf(origin));
      if (text === null) return null;
      const checkpoint = parseCheckpointBody(parseNote(text)?.text ?? '');
      if (checkpoint?.origin !== origin)
        throw new WitnessFolderFault(`${fileOf(hashOf(origin))} 已损坏 · is damaged: restore it from its backup`);
      return checkpoint;
    },
    keep: (origin, note) => writeWhole(fileOf(hashOf(origin)), note, 0o644),
    keepEvidence: (text) => {
      const file = path.join(folder, `evidence-${createHash('sha256').update(text).digest('hex').slice(0, 16)}.txt`);
      writeWhole(file, text, 0o644);
      return file;
    },
    close: () => rmSync(held, { force: true }),
  };
};
