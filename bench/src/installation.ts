import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { checkout } from '@lianxin/server';
import { directusVersion, installDirectus, installDirectusInto } from './directus.js';
import type { Figure } from './figures.js';
import { runToEnd } from './run-to-end.js';

/** What a folder takes on the disk, in MiB. */
const sizeOf = (folder: string): number =>
  Number(execFileSync('du', ['-sk', folder], { encoding: 'utf8' }).split('\t')[0]) / 1024;

/** Every workspace's package file and built code, as a release holds them; what was built needs no compiler. */
const copyRelease = (to: string): void => {
  cpSync(path.join(checkout, 'package-lock.json'), path.join(to, 'package-lock.json'));
  cpSync(path.join(checkout, 'package.json'), path.join(to, 'package.json'));
  for (const group of ['packages', 'apps', '.'])
    for (const name of group === '.' ? ['e2e', 'bench'] : readdirSync(path.join(checkout, group))) {
      const folder = path.join(group, name);
      if (!existsSync(path.join(checkout, folder, 'package.json'))) continue;
      mkdirSync(path.join(to, folder), { recursive: true });
      for (const part of ['package.json', 'dist', 'migrations', 'bin'])
        if (existsSync(path.join(checkout, folder, part)) && !['e2e', 'bench'].includes(name))
          cpSync(path.join(checkout, folder, part), path.join(to, folder, part), { recursive: true });
      if (['e2e', 'bench'].includes(name))
        cpSync(path.join(checkout, folder, 'package.json'), path.join(to, folder, 'package.json'));
    }
  cpSync(path.join(checkout, 'policy-packs'), path.join(to, 'policy-packs'), { recursive: true });
};

/**
 * P10: a production installation, its embedded PostgreSQL with it, beside that of Directus, which has no database of its own. Directus compiles for
 * minutes, so it is installed anew for its time only on wish; its size is that of the installation the bench keeps.
 */
export const measureInstallation = async (anew: boolean): Promise<Figure[]> => {
  const scratch = path.join(checkout, '.tmp');
  mkdirSync(scratch, { recursive: true });
  const ours = mkdtempSync(path.join(scratch, 'install-'));
  const fresh = path.join(ours, 'directus');
  try {
    copyRelease(ours);
    const began = performance.now();
    const failed = await runToEnd(
      'installing Lianxin for production',
      'npm',
      [
        'ci',
        '--omit=dev',
        '--omit=peer',
        '--no-audit',
        '--no-fund',
        '--workspace',
        'apps/cli',
        '--workspace',
        'apps/server',
      ],
      { cwd: ours },
    );
    if (failed !== undefined) throw new Error(`Lianxin could not be installed: ${failed}`);
    const seconds = (performance.now() - began) / 1000;
    const size = sizeOf(ours);
    const kept = await installDirectus();
    const again = anew && 'folder' in kept ? await installDirectusInto(fresh) : undefined;
    const their = {
      seconds: again !== undefined && 'seconds' in again ? [again.seconds] : [],
      size: 'folder' in kept ? [sizeOf(kept.folder)] : [],
    };
    const missing = 'missing' in kept ? kept.missing : 'Directus is installed anew, for its time, with --full alone';
    const figure = (
      id: string,
      what: string,
      asked: string,
      unit: string,
      own: number,
      theirs: readonly number[],
    ): Figure => ({
      id,
      title: `production installation with the embedded PostgreSQL: ${what}`,
      asked,
      ratio: theirs[0] === undefined ? null : own / theirs[0],
      ours: { unit, rounds: [own] },
      reference: { title: `Directus ${directusVersion}, without any database`, unit, rounds: theirs },
      ...(theirs.length === 0 ? { missing } : {}),
    });
    return [
      figure('P10/install-time', 'time, npm cache warm', '≤ 0.2', 's', seconds, their.seconds),
      figure('P10/install-size', 'size on disk', '≤ 0.3', 'MiB', size, their.size),
    ];
  } finally {
    rmSync(ours, { recursive: true, force: true });
  }
};
