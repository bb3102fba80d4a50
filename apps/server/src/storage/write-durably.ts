import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Writes a file so that a reader, and a machine that loses power, sees the old content or the new, never a part. */
export const writeDurably = (file: string, content: string): void => {
  const folder = path.dirname(file);
  mkdirSync(folder, { recursive: true });
  const whole = `${file}.${process.pid}.new`;
  const descriptor = openSync(whole, 'w', 0o644);
  try {
    // Not writeSync, which on a disk that is nearly full writes a part and says so only by a number.
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(whole, file);
  const held = openSync(folder, 'r');
  try {
    fsyncSync(held);
  } finally {
    closeSync(held);
  }
};
