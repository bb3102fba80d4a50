import type { PublicBallot, SecretBallotDetail, SecretBallotRow } from '@lianxin/contract';
import {
  countyDate,
  fault,
  isWithin,
  manifestId,
  ok,
  refuse,
  toHex,
  type BallotFile,
  type Result,
} from '@lianxin/domain';
import type { SessionActor } from '../access/index.js';
import { slipCode } from '../ballots/index.js';
import type { Deps } from '../deps.js';
import { proofFileOf, receiptState, sha256 } from '../log/index.js';
import { inContext, publicContext, scopeWithin, systemContext, type Tx } from '../storage/index.js';
import { fileOf, holdTokens, issuedOnPaper } from './ballot-file.js';
import { batchesOf } from './paper.js';
import { mayOpenBoards, returnedOf } from './publish-ballot.js';
import { faultOfRunning } from './secret-ballots.access.js';
import {
  boardsOf,
  listBallots,
  readBallot,
  rollOfBallot,
  sheetsOf,
  type StoredBallot,
} from './secret-ballots.store.js';
import { slipKey } from './take-tokens.js';

const nameOf = (ballot: StoredBallot): string => toHex(manifestId(sha256, ballot.manifest));

const rowOf = ({ id, division, state, manifest }: StoredBallot): SecretBallotRow => ({
  id,
  division,
  title: manifest.title,
  state,
  opens: manifest.opens,
  closes: manifest.closes,
  entitled: Object.values(manifest.entitled).reduce((sum, one) => sum + one, 0),
});

/** How far the manifest has come into the log; asked with a connection of its own, so never inside a transaction. */
export const loggedState = async (
  deps: Deps,
  county: string,
  { journal }: StoredBallot,
): Promise<PublicBallot['logged']> => (await receiptState(deps, county, journal))?.state ?? 'received';

/** Ballots of a place, as the office may see them. Refuses `not-found` outside its range. */
export const listSecretBallots = async (tx: Tx, division: string): Promise<Result<SecretBallotRow[]>> =>
  isWithin(division, tx.context)
    ? ok((await listBallots(tx, scopeWithin(tx.context, division))).map(rowOf))
    : refuse(fault('not-found'));

/** What came in, once the box is closed; while it is open nobody is told anything, the organiser neither. */
const closedFile = async (tx: Tx, ballot: StoredBallot): Promise<BallotFile | null> => {
  if (ballot.state === 'open') return null;
  const questions = ballot.manifest.questions.map(({ id }) => id);
  const { batches } = batchesOf(await sheetsOf(tx, ballot.id), questions);
  return fileOf({
    ballot,
    roll: await rollOfBallot(tx, ballot.id),
    boards: await boardsOf(tx, ballot.id),
    paper: batches,
  });
};

/** A ballot as its organiser sees it. Refuses `not-found`, `not-your-act`. */
export const readSecretBallot = async (
  tx: Tx,
  actor: SessionActor,
  id: string,
): Promise<Result<{ readonly ballot: StoredBallot; readonly detail: Omit<SecretBallotDetail, 'logged'> }>> => {
  const ballot = await readBallot(tx, id);
  if (ballot === undefined) return refuse(fault('not-found'));
  const strange = faultOfRunning(tx, actor, ballot.division, ballot.body.split(','));
  if (strange !== undefined) return refuse(strange);
  const roll = await rollOfBallot(tx, id);
  const sheets = await sheetsOf(tx, id);
  const questions = ballot.manifest.questions.map((one) => one.id);
  const file = await closedFile(tx, ballot);
  const detail = {
    ...rowOf(ballot),
    matter: ballot.matter,
    manifest: ballot.manifest,
    name: nameOf(ballot),
    boxUrl: ballot.boxUrl,
    issuerUrl: ballot.issuerUrl,
    given: { online: ballot.listsSigned ?? holdTokens(roll), paper: issuedOnPaper(roll) },
    roll: roll.map(({ person, number, name, group, channel }) => ({ person, number, name, group, channel })),
    sheets: [...new Set(sheets.map(({ place }) => place))].map((place) => {
      const typed = sheets.filter((one) => one.place === place);
      return { place, typed: typed.length, agree: batchesOf(typed, questions).faults.length === 0 };
    }),
    returned: file === null ? null : file.returnedOnline + file.paper.reduce((sum, batch) => sum + batch.inBox, 0),
    mayOpen: file === null ? null : mayOpenBoards(ballot.manifest, returnedOf(file)),
    results: ballot.results,
  };
  return ok({ ballot, detail });
};

/** The codes of the first issuer, to be printed and handed out. Refuses `not-found`, `not-your-act`. */
export const readSlips = async (
  deps: Deps,
  tx: Tx,
  actor: SessionActor,
  id: string,
): Promise<Result<{ slips: { number: number; name: string; code: string }[] }>> => {
  const ballot = await readBallot(tx, id);
  if (ballot === undefined) return refuse(fault('not-found'));
  const strange = faultOfRunning(tx, actor, ballot.division, ballot.body.split(','));
  if (strange !== undefined) return refuse(strange);
  const { county } = tx.context;
  const roll = await rollOfBallot(tx, id);
  return ok({
    slips: roll.map(({ number, name, person }) => ({
      number,
      name,
      code: slipCode(slipKey(deps), { county, meeting: id, person }),
    })),
  });
};

const anybody = (county: string) => publicContext(`${county}000000`);

/** A ballot as anybody reads it, phones included. Refuses `not-found`. */
export const readPublicBallot = async (deps: Deps, county: string, id: string): Promise<Result<PublicBallot>> => {
  const ballot = await inContext(deps, anybody(county), (tx) => readBallot(tx, id));
  if (ballot === undefined) return refuse(fault('not-found'));
  return ok({
    manifest: ballot.manifest,
    name: nameOf(ballot),
    state: ballot.state,
    logged: await loggedState(deps, county, ballot),
    proof: await proofFileOf(deps, county, ballot.journal),
    today: countyDate(deps.clock()),
    boxUrl: ballot.boxUrl,
    issuerUrl: ballot.issuerUrl,
    wait: deps.config.ballotWait,
    results: ballot.results,
  });
};

/** A ballot as the page of its village shows it. */
export type PublicTally = Pick<StoredBallot, 'id' | 'division' | 'state' | 'manifest' | 'results'>;

/** Ballots of a village as anybody reads them: what was asked and, once published, what it came to. */
export const listPublicBallots = (deps: Deps, village: string): Promise<PublicTally[]> =>
  inContext(deps, publicContext(village), (tx) => listBallots(tx, { lo: village, hi: `${village}:` }));

/** The file of a ballot whose count is published or withheld, with the log's proofs. Refuses `not-found` before. */
export const readBallotFile = async (deps: Deps, county: string, id: string): Promise<Result<BallotFile>> => {
  const read = await inContext(deps, systemContext(county), async (tx) => {
    const ballot = await readBallot(tx, id);
    return ballot === undefined ? undefined : { ballot, file: await closedFile(tx, ballot) };
  });
  if (read === undefined || read.file === null || read.ballot.state === 'closed') return refuse(fault('not-found'));
  const { ballot, file } = read;
  const manifest = await proofFileOf(deps, county, ballot.journal);
  if (manifest === null) return ok(file);
  const results: Record<string, string> = {};
  for (const [question, journal] of Object.entries(ballot.resultJournals ?? {})) {
    const proof = await proofFileOf(deps, county, journal);
    if (proof !== null) results[question] = proof;
  }
  return ok({ ...file, proofs: { manifest, results } });
};
