import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Instant } from '@lianxin/domain';
import { addTeaAccounts, addTeaCounty, teaPeople, type TeaPerson } from '../database/tea-county.js';
import {
  signIn,
  testServer,
  type SignedInClient,
  type TestServer,
  type TestServerOptions,
} from '../database/test-server.js';
import { addTeaBallots, knowHosts, prepareOutside, type Outside } from './tea-ballot.js';

/** The tea village on the eve of a secret ballot: its server, who organises, and everything that stands outside. */
export interface BallotVillage {
  readonly server: TestServer;
  readonly outside: Outside;
  /** Who organises. */
  readonly clerk: SignedInClient;
  /** Where box and second issuer keep what they have. */
  readonly folder: string;
  /** Stops and removes all of it. */
  readonly close: () => Promise<void>;
}

/** Builds the village with so many guests who may vote, and with log-ins for the clerk and those named. */
export const ballotVillage = async (
  guests: number,
  others: readonly TeaPerson[] = [],
  options: TestServerOptions = { now: '2026-03-02T01:00:00.000Z' },
): Promise<BallotVillage> => {
  const server = await testServer(options);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'lianxin-ballot-'));
  await addTeaCounty(server.database.owner);
  await addTeaBallots(server.database.owner, guests);
  await addTeaAccounts(server.database.owner, [teaPeople.upperClerk, ...others]);
  const outside = await prepareOutside(folder, (): Instant => server.clock.now());
  knowHosts(server, outside);
  return {
    server,
    outside,
    clerk: await signIn(server, teaPeople.upperClerk.username),
    folder,
    close: async () => {
      await outside.stop();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
