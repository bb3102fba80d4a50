import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, openSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Writes a file of its owner alone, whole and for good, unless the name is taken; what stands there already stays. Written under another
 * name and linked, so that of two at once exactly one gets the name, and nobody reads half a file.
 */
export const keepOnce = (file: string, content: string | Buffer): void => {
  const whole = `${file}.${randomBytes(6).toString('hex')}`;
  const descriptor = openSync(whole, 'wx', 0o600);
  try {
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  try {
    linkSync(whole, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(whole);
  }
};
