import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { seededVariable } from './server.js';

/** A place for one seeded data folder that every journey of the run copies: seeding anew took longer than many a journey. */
const setUp = async (): Promise<() => Promise<void>> => {
  const root = await mkdtemp(path.join(os.tmpdir(), 'lianxin-seeded-'));
  process.env[seededVariable] = path.join(root, 'data');
  return async () => {
    delete process.env[seededVariable];
    await rm(root, { recursive: true, force: true });
  };
};

export default setUp;
