import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { checkout } from '@lianxin/server';
import { directus } from './directus.js';
import type { Figure } from './figures.js';
import { install, installInto } from './reference-system.js';
import { runToEnd } from './run-to-end.js';

/** What a folder takes on the disk, in MiB. */
const sizeOf = (folder: string): number =>
  Number(execFileSync('du', ['-sk', folder], { encoding: 'utf8' }).split('\t')[0]) / 1024;

/** Makes a release and installs it; gives how long npm took and what all of it takes on the disk. */
const installRelease = async (folder: string, extra: readonly string[]): Promise<{ seconds: number; size: number }> => {
  const made = await runToEnd('making a release', process.execPath, [
    path.join(checkout, 'scripts/release.mjs'),
    folder,
    ...extra,
  ]);
  if (made !== undefined) throw new Error(`no release could be made: ${made}`);
  const began = performance.now();
  const failed = await runToEnd('installing it', 'npm', ['ci', '--omit=dev', '--no-audit', '--no-fund'], {
    cwd: folder,
  });
  if (failed !== undefined) throw new Error(`Lianxin could not be installed: ${failed}`);
  return { seconds: (performance.now() - began) / 1000, size: sizeOf(folder) };
};

/**
 * P10: a production installation beside that of Directus, which brings no database: so ours is measured on a PostgreSQL of the operator's, and once
 * more with the embedded one. Directus compiles for minutes, so it is installed anew for its time only on wish; its size is that of the installation
 * the bench keeps.
 */
export const measureInstallation = async (anew: boolean): Promise<Figure[]> => {
  const scratch = path.join(checkout, '.tmp');
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(path.join(scratch, 'install-'));
  try {
    const bare = await installRelease(path.join(folder, 'bare'), ['--without-database']);
    const whole = await installRelease(path.join(folder, 'whole'), []);
    const kept = await install(directus);
    const again = anew && 'folder' in kept ? await installInto(directus, path.join(folder, 'directus')) : undefined;
    const their = {
      seconds: again !== undefined && 'seconds' in again ? [again.seconds] : [],
      size: 'folder' in kept ? [sizeOf(kept.folder)] : [],
    };
    const missing = 'missing' in kept ? kept.missing : 'Directus is installed anew, for its time, with --full alone';
    const figures = (
      what: { readonly id: string; readonly title: string; readonly asked: string; readonly unit: string },
      read: (one: { seconds: number; size: number }) => number,
      theirs: readonly number[],
    ): Figure[] =>
      [
        { ...what, title: `production installation on an external PostgreSQL, ${what.title}`, own: read(bare) },
        {
          ...what,
          id: `${what.id}-embedded`,
          title: `production installation with the embedded PostgreSQL, ${what.title}`,
          own: read(whole),
        },
      ].map(({ id, title, asked, unit, own }) => ({
        id,
        title,
        asked,
        ratio: theirs[0] === undefined ? null : own / theirs[0],
        ours: { unit, rounds: [own] },
        reference: { title: `Directus ${directus.version}, without any database`, unit, rounds: theirs },
        ...(theirs.length === 0 ? { missing } : {}),
      }));
    return [
      ...figures(
        { id: 'P10/install-time', title: 'time, npm cache warm', asked: '≤ 0.2', unit: 's' },
        (one) => one.seconds,
        their.seconds,
      ),
      ...figures(
        { id: 'P10/install-size', title: 'size on disk', asked: '≤ 0.3', unit: 'MiB' },
        (one) => one.size,
        their.size,
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
