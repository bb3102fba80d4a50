import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { keepOnce } from './keep-once.js';

/** Secret keys 密钥 of one installation. They live beside the database folder, never in it, so that a copy of one is not a copy of both. */
export interface Keys {
  /**
   * The 32-byte key of a purpose, made from the installation's root key; the same purpose gives the same key for ever.
   * One key a purpose, so that a leaked cookie key opens no column.
   */
  readonly keyFor: (purpose: string) => Buffer;
  /** A file of the keys folder, made by `make` on first use and readable by its owner alone. */
  readonly fileOf: (name: string, make: () => Buffer) => Buffer;
}

/** Opens the keys folder, making it (0700) and the root key (0600) when they are not there. */
export const openKeys = (folder: string): Keys => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fileOf = (name: string, make: () => Buffer): Buffer => {
    if (!/^[a-z0-9][a-z0-9.-]*$/.test(name)) throw new TypeError(`not the name of a key: ${name}`);
    const file = path.join(folder, name);
    if (!existsSync(file)) keepOnce(file, make());
    return readFileSync(file);
  };
  const root = fileOf('root', () => randomBytes(32));
  if (root.length !== 32) throw new Error(`the root key in ${folder} is damaged: restore it from its backup`);
  const made = new Map<string, Buffer>();
  const keyFor = (purpose: string): Buffer => {
    const known = made.get(purpose);
    if (known !== undefined) return known;
    const key = createHmac('sha256', root).update(`lianxin-key/v1\n${purpose}`).digest();
    made.set(purpose, key);
    return key;
  };
  return { fileOf, keyFor };
};
