import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A socket's address holds 108 bytes with its closing zero; the name PostgreSQL adds takes the rest. */
const mostBytes = 107 - '/.s.PGSQL.5432'.length;

/**
 * Where the socket of a database folder lies: in the folder itself, or, when that path is too long, in a folder named by its hash,
 * so that the next process finds the same one and adopts what runs there.
 */
export const socketFolderOf = (database: string, temporary: string = os.tmpdir()): string => {
  if (Buffer.byteLength(database) <= mostBytes) return database;
  const name = `lianxin-${createHash('sha256').update(database).digest('hex').slice(0, 24)}`;
  const inTemporary = path.join(temporary, name);
  return Buffer.byteLength(inTemporary) <= mostBytes ? inTemporary : path.join('/tmp', name);
};

/**
 * Makes the socket folder, for us alone. Throws when somebody else made it first: in a folder open to all, a stranger could listen
 * in our name.
 */
export const makeSocketFolder = (folder: string, allowed: readonly number[]): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  if (!found.isDirectory() || !allowed.includes(found.uid) || (found.mode & 0o077) !== 0) {
    throw new Error(`the socket folder ${folder} belongs to somebody else: remove it`);
  }
};
