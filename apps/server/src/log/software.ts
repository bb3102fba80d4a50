import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Deps } from '../deps.js';
import { writeJournal, type JournalInput } from '../journal/index.js';
import { checkout, ownCode } from '../installation.js';
import { inContext, systemContext } from '../storage/index.js';
import { readMigrations } from '../storage/migrate.js';
import { logContext } from './log.store.js';

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(
      (entry) => entry.isFile() && /\.(?:ts|tsx|js|sql)$/.test(entry.name) && !/\.(?:test|d)\.tsx?$/.test(entry.name),
    )
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();

let known: { version: string; build: string } | undefined;

/** Which software runs 版本: the version, and a hash over the server's own code and the list of its packages. */
const softwareNow = (): { readonly version: string; readonly build: string } => {
  if (known !== undefined) return known;
  const hash = createHash('sha256');
  for (const file of [...filesBelow(ownCode), path.join(checkout, 'package-lock.json')]) {
    hash.update(`${path.relative(checkout, file)}\n`);
    hash.update(createHash('sha256').update(readFileSync(file)).digest());
  }
  const { version } = JSON.parse(readFileSync(path.join(checkout, 'package.json'), 'utf8')) as { version: string };
  known = { version, build: hash.digest('hex') };
  return known;
};

/** Which schema 结构 this software brings: the last migration, and a hash over all of them. */
const schemaNow = (): { readonly number: string; readonly schema: string } => {
  const migrations = readMigrations();
  const hash = createHash('sha256');
  for (const { number, sha256 } of migrations) hash.update(`${number} ${sha256}\n`);
  return { number: migrations.at(-1)?.number ?? '', schema: hash.digest('hex') };
};

/**
 * Writes into a county's journal which software and which schema it runs on, when either has changed since it was last written there: whoever
 * changes the code under a running county leaves a leaf. Gives what was written.
 */
export const recordSoftware = async (deps: Deps, county: string): Promise<readonly string[]> => {
  const now = { migration: schemaNow(), release: softwareNow() };
  const before = await inContext(deps, logContext(county), async (tx) => {
    const last = await tx.rows<{ kind: string; pub: unknown }>(
      `select distinct on (kind) kind, pub from lx.journal_entry
       where county = $1 and kind in ('migration', 'release') order by kind, recorded_at desc, id desc`,
      [county],
    );
    return new Map(last.map((row) => [row.kind, JSON.stringify(row.pub)]));
  });
  const changed: JournalInput[] = (['migration', 'release'] as const)
    .filter((kind) => !sameAs(before.get(kind), now[kind]))
    .map((kind) => ({ kind, division: `${county}000000`, pub: { ...now[kind] } }));
  if (changed.length > 0)
    await inContext(deps, systemContext(county), async (tx) => changed.map((input) => writeJournal(tx, input)));
  return changed.map((input) => input.kind);
};

const sameAs = (before: string | undefined, now: object): boolean =>
  before !== undefined && isDeepStrictEqual(JSON.parse(before), JSON.parse(JSON.stringify(now)));
