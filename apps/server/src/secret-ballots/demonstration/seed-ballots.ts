import { OpenSecretBallot } from '@lianxin/contract';
import { addDays, countyDate, toBase64Url, type Instant } from '@lianxin/domain';
import { readDemonstration, readDemonstrationBallots, type DemonstrationBallots } from '@lianxin/pack-reader';
import { generateKeyPairSync } from 'node:crypto';
import { demonstrationOfficer } from '../../access/index.js';
import { ballotTools } from '../../ballot-box/ballot-tools.js';
import { demonstrationFolder } from '../../demonstration-folder.js';
import type { DemonstrationLogin } from '../../demonstration.js';
import type { Deps } from '../../deps.js';
import { asReaderOfMembers } from '../../meetings/index.js';
import { connectOwner, type Database } from '../../storage/database.js';
import { openBallot } from '../open-ballot.js';

/** Public halves of the keys of those outside; nobody keeps the private ones, since nobody opens a demonstration. */
const outsideKeys = async (): Promise<Pick<OpenSecretBallot, 'boxKey' | 'issuerKey' | 'trustees'>> => {
  const seal = async (): Promise<string> => toBase64Url(await ballotTools.publicOf(ballotTools.random(32)));
  return {
    boxKey: generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x ?? '',
    issuerKey: generateKeyPairSync('rsa', { modulusLength: 3072 }).publicKey.export({ format: 'jwk' }).n ?? '',
    trustees: [await seal(), await seal(), await seal()],
  };
};

const open = async (given: Deps, ballot: DemonstrationBallots['ballots'][number], password: string): Promise<void> => {
  const { ago, by, village, tokensAfter, opensAfter, closesAfter, box, issuer, ...asked } = ballot;
  const day = addDays(countyDate(given.clock()), -ago);
  const deps: Deps = {
    ...given,
    clock: () => new Date(`${day}T10:00:00+08:00`).toISOString() as Instant,
    config: { ...given.config, ballotHosts: [box, issuer] },
  };
  const input = OpenSecretBallot.parse({
    ...asked,
    ...(await outsideKeys()),
    division: village,
    boxUrl: box,
    issuerUrl: issuer,
    tokensFrom: addDays(day, tokensAfter),
    opens: addDays(day, opensAfter),
    closes: addDays(day, closesAfter),
  });
  const actor = asReaderOfMembers(await demonstrationOfficer(deps, by, password));
  const answer = await openBallot(deps, { actor, commandId: deps.newId(), input });
  if ('faults' in answer) throw new Error(`demonstration of a secret ballot: ${JSON.stringify(answer.faults)}`);
};

/** Opens the demonstration's secret ballots 演示测评 by the real command; their boxes are run by nobody. Throws on a refusal: what is shipped must pass. */
export const seedBallots = async (
  deps: Deps,
  database: Pick<Database, 'owner'>,
): Promise<readonly DemonstrationLogin[]> => {
  const folder = demonstrationFolder(deps.config.packs, 'ballots.yaml');
  const data = folder === undefined ? undefined : readDemonstrationBallots(folder);
  if (folder === undefined || data === undefined) return [];
  const { password } = readDemonstration(folder).people;
  for (const ballot of data.ballots) await open(deps, ballot, password);
  // Made up like the rest: an installation does not count it among its own matters.
  const owner = await connectOwner(database);
  try {
    await owner.query(`update lx.matter set made_up = true where kind = 'secret-ballot'`);
  } finally {
    await owner.end();
  }
  return [];
};
