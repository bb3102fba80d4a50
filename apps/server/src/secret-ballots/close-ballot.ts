import {
  BallotEntry,
  boardRoot,
  countyDate,
  fault,
  hashOfToken,
  questionIds,
  sortBoard,
  toBase64Url,
  toHex,
  type BallotFinding,
  type Fault,
} from '@lianxin/domain';
import * as z from 'zod';
import type { Given } from '../access/index.js';
import { checkBallotFile } from '../ballot-box/check-ballot-file.js';
import type { Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import { sha256 } from '../log/index.js';
import type { MatterDeps } from '../matters/index.js';
import { fileOf, issuedOnPaper } from './ballot-file.js';
import { done, onBallot } from './command.js';
import { batchesOf } from './paper.js';
import { inContext, systemContext } from '../storage/index.js';
import { addBoard, countIssues, rollOfBallot, setBallot, sheetsOf } from './secret-ballots.store.js';

/** How long a box may take to put sixty thousand votes in order and send them. */
const patience = 120_000;

const Closed = z.strictObject({
  board: z.array(BallotEntry),
  surrendered: z.record(z.string(), z.int().min(0)),
});

/** What the closed box gives out; null when it does not answer or is still open. */
const fetchBoard = async (boxUrl: string): Promise<z.infer<typeof Closed> | null> => {
  try {
    const answer = await fetch(`${boxUrl}/board`, { signal: AbortSignal.timeout(patience), redirect: 'error' });
    return answer.ok ? Closed.parse(await answer.json()) : null;
  } catch {
    return null;
  }
};

/** Checks that only the log or the trustees can answer are not asked before both have spoken. */
const laterChecks = new Set(['V1', 'V12']);

/** A finding as a refusal. */
export const faultOfFinding = ({ check, what, question }: BallotFinding): Fault =>
  fault('ballot-does-not-hold', { check, what: question === undefined ? what : `${what} ${question}` });

/** What does not hold, apart from what is asked later. */
export const findingsIn = async (file: Parameters<typeof checkBallotFile>[0]): Promise<BallotFinding[]> =>
  (await checkBallotFile(file)).filter(({ check }) => !laterChecks.has(check));

/**
 * Closes a ballot 封箱: fetches the closed box, checks every signature, the order, and that phones and paper agree with the one roll, and publishes the board
 * with its root. Nothing is opened yet.
 *
 * Refuses `ballot-still-open`, `box-not-reached`, `second-count-missing`, `counts-differ`, `ballot-does-not-hold` with the check that fails.
 */
export const closeBallot = async (
  deps: MatterDeps,
  given: Given<{ readonly id: string; readonly provisionalCounted: number }>,
): Promise<Answer> => {
  const today = countyDate(deps.clock());
  // The office reads no list. Counted before, on a connection of its own: after the last day no list is signed any more.
  const listsSigned = await inContext(deps, systemContext(given.actor.context.county), (tx) =>
    countIssues(tx, given.input.id),
  );
  return onBallot(deps, given, 'POST /api/secret-ballots/{id}/close', 'open', async ({ tx, ballot, keep, act }) => {
    const { manifest, division } = ballot;
    if (today <= manifest.closes) return { faults: [fault('ballot-still-open', { closes: manifest.closes })] };
    const roll = await rollOfBallot(tx, ballot.id);
    const { batches, faults } = batchesOf(
      await sheetsOf(tx, ballot.id),
      manifest.questions.map(({ id }) => id),
    );
    if (faults.length > 0) return { faults };
    const closed = await fetchBoard(ballot.boxUrl);
    if (closed === null) return { faults: [fault('box-not-reached')] };
    const boards = Object.fromEntries(
      questionIds(manifest).map((question) => [
        question,
        sortBoard(
          sha256,
          closed.board.filter((entry) => entry.question === question),
        ),
      ]),
    );
    const { surrendered } = closed;
    const { provisionalCounted } = given.input;
    const file = fileOf({
      ballot: { ...ballot, listsSigned, surrendered, provisionalCounted },
      roll,
      boards,
      paper: batches,
    });
    const found = await findingsIn(file);
    const strange = closed.board.find((entry) => boards[entry.question] === undefined);
    if (strange !== undefined) found.push({ check: 'V2', what: 'unknown-question', question: strange.question });
    if (found.length > 0) return { faults: found.slice(0, 5).map(faultOfFinding) };
    await addBoard(
      tx,
      ballot,
      Object.values(boards)
        .flat()
        .map((entry) => ({ ...entry, hash: toHex(hashOfToken(sha256, entry)) })),
    );
    for (const [question, entries] of Object.entries(boards)) {
      const root = toBase64Url(boardRoot(sha256, entries));
      const pub = {
        ballot: ballot.id,
        question,
        issued: listsSigned,
        returned: entries.length,
        root,
        size: entries.length,
      };
      writeJournal(tx, { kind: 'ballot.board', division, commandId: given.commandId, pub });
    }
    await setBallot(tx, ballot.id, { state: 'closed', listsSigned, surrendered, provisionalCounted });
    const onPaper = batches.reduce((sum, batch) => sum + batch.inBox, 0);
    const refused = await act('close-ballot', {
      given: listsSigned + issuedOnPaper(roll),
      returned: file.returnedOnline + onPaper,
    });
    if (refused.length > 0) return { faults: refused };
    keep('close');
    return done(ballot.id);
  });
};
