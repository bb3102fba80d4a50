import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { seed, seededVariable } from './server.js';

/** One seeded data folder that every journey of the run copies: seeding anew took longer than many a journey. */
const setUp = async (): Promise<() => Promise<void>> => {
  const root = await mkdtemp(path.join(os.tmpdir(), 'lianxin-seeded-'));
  const folder = path.join(root, 'data');
  await seed(folder);
  process.env[seededVariable] = folder;
  return async () => {
    delete process.env[seededVariable];
    await rm(root, { recursive: true, force: true });
  };
};

export default setUp;
