import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A small disk 小磁盘 of a test's own, mounted over a folder, to be filled and freed. */
export interface SmallDisk {
  readonly folder: string;
  /** Leaves so many bytes free; none unless said. */
  readonly fill: (leave?: number) => void;
  readonly free: () => void;
  readonly remove: () => void;
}

const run = (program: string, args: readonly string[]): string | undefined => {
  const done = spawnSync(program, args, { encoding: 'utf8' });
  return done.status === 0 ? undefined : (done.error?.message ?? done.stderr.trim());
};

const mount = (folder: string, megabytes: number): string | undefined =>
  run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'tmpfs', folder]);

/** Why this machine lets a test mount no disk of its own; undefined where it does. */
export const noSmallDisk = (): string | undefined => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'lianxin-disk-'));
  try {
    return mount(folder, 1) ?? run('umount', [folder]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Mounts a disk of so many megabytes over a folder, which is made when it is not there. */
export const smallDisk = (folder: string, megabytes: number): SmallDisk => {
  mkdirSync(folder, { recursive: true });
  const refused = mount(folder, megabytes);
  if (refused !== undefined) throw new Error(`no disk at ${folder}: ${refused}`);
  const ballast = path.join(folder, 'ballast');
  const left = (): number => {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  };
  return {
    folder,
    fill: (leave = 0) => {
      const descriptor = openSync(ballast, 'a');
      try {
        while (left() > leave) writeFileSync(descriptor, Buffer.alloc(Math.min(left() - leave, 4_194_304)));
      } finally {
        closeSync(descriptor);
      }
    },
    free: () => rmSync(ballast, { force: true }),
    remove: () => {
      const kept = run('umount', ['--lazy', folder]);
      if (kept !== undefined) throw new Error(`the disk at ${folder} stays: ${kept}`);
    },
  };
};
