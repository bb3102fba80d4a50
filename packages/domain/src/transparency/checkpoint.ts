import { fromBase64, toBase64 } from './bytes.js';

/** Checkpoint 册首: what the log says of itself at one moment: its name, its size and its root. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** Name of a county's log of one year; also the name of its key. */
export function originOf(host: string, county: string, year: number): string {
  return `log.${host}/${county}/${year}`;
}

/** Writes the three lines that are signed (c2sp.org/tlog-checkpoint); no extension lines. */
export function checkpointBody(checkpoint: Checkpoint): string {
  return `${checkpoint.origin}\n${checkpoint.size}\n${toBase64(checkpoint.root)}\n`;
}

/** Reads the three lines; null where there are more, fewer, or others. */
export function parseCheckpointBody(text: string): Checkpoint | null {
  const [origin, size, rootText, end, ...more] = text.split('\n');
  const root = fromBase64(rootText ?? '');
  if (origin === undefined || origin === '' || end !== '' || more.length > 0) return null;
  if (!/^(?:0|[1-9]\d{0,15})$/.test(size ?? '') || root === null || root.length !== 32) return null;
  return Number.isSafeInteger(Number(size)) ? { origin, size: Number(size), root } : null;
}
