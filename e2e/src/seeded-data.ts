import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { bundleCommandLine } from '@lianxin/testkit/database';
import { seed, sharedVariable, type Shared } from './server.js';

/** One program and one seeded demonstration for all journeys of the run: to compile and to seed anew took longer than many a journey. */
const setUp = async (): Promise<() => Promise<void>> => {
  const root = await mkdtemp(path.join(os.tmpdir(), 'lianxin-seeded-'));
  const data = path.join(root, 'data');
  const program = await bundleCommandLine();
  const database = await seed(program.file, data);
  const shared: Shared = {
    program: program.file,
    seeded: { data, database: database.ownerConnection.database ?? '' },
  };
  process.env[sharedVariable] = JSON.stringify(shared);
  return async () => {
    delete process.env[sharedVariable];
    await database.drop();
    program.remove();
    await rm(root, { recursive: true, force: true });
  };
};

export default setUp;
