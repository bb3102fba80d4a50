import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';

/** The hash a file is kept under. */
export const contentHash = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

const placeOf = (folder: string, county: string, hash: Buffer): string => {
  const name = hash.toString('hex');
  return path.join(folder, county, name.slice(0, 2), name);
};

/**
 * Keeps bytes under their hash; the same bytes are kept once. Written under another name, synced and renamed: after a power cut a name
 * either holds the whole file or is not there.
 */
export const keepFile = async (folder: string, county: string, bytes: Uint8Array): Promise<Buffer> => {
  const hash = contentHash(bytes);
  const place = placeOf(folder, county, hash);
  const there = await access(place).then(
    () => true,
    () => false,
  );
  if (there) return hash;
  await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
  const fresh = `${place}.${randomBytes(6).toString('hex')}`;
  try {
    const handle = await open(fresh, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(fresh, place);
    const parent = await open(path.dirname(place), 'r');
    await parent.sync();
    await parent.close();
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
  return hash;
};

/** The bytes under a hash, or undefined when they are not there. */
export const openFile = async (
  folder: string,
  county: string,
  hash: Buffer,
): Promise<{ size: number; stream: Readable } | undefined> => {
  const place = placeOf(folder, county, hash);
  try {
    const { size } = await stat(place);
    return { size, stream: createReadStream(place) };
  } catch {
    return undefined;
  }
};
