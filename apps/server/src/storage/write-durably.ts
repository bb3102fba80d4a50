import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes a file so that a reader, and a machine that loses power, sees the old content or the new, never a part. It is on disk when the promise
 * is kept. One writer of a file at a time: two would share the name of the new one.
 *
 * Waits for the disk beside the requests, not before them: a disk that takes a second to flush would hold up everybody for that second.
 */
export const writeDurably = async (file: string, content: string): Promise<void> => {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true });
  const whole = `${file}.${process.pid}.new`;
  const fresh = await open(whole, 'w', 0o644);
  try {
    // Not write, which on a disk that is nearly full writes a part and says so only by a number.
    await fresh.writeFile(content);
    await fresh.sync();
  } finally {
    await fresh.close();
  }
  await rename(whole, file);
  const held = await open(folder, 'r');
  try {
    await held.sync();
  } finally {
    await held.close();
  }
};
