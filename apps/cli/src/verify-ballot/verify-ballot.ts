import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  BallotFile,
  KeptAck,
  verifyBallot,
  type BallotCheck,
  type BallotFinding,
  type NoteKey,
  type WitnessPolicy,
} from '@lianxin/domain';
import type { CommandIo } from '../command.js';
import { ballotTools } from '@lianxin/server/ballot-tools';

/** Exit codes of checking a ballot: 3 is proof that the box dropped or changed a vote. */
const ballotExitCodes = { holds: 0, differs: 1, dropped: 3, 'not-checked': 4 } as const;

/** What each check is about, for people. */
const checkWords: Readonly<Record<BallotCheck, string>> = {
  V1: '票据公告须在发出第一张票之前入册 · the manifest stood in the log before the first token',
  V2: '每张票须有两家签发 · every vote is signed by both issuers, once',
  V3: '票箱须按票根排序 · the board is sorted',
  V4: '收回不得多于发出 · no more came back than was given out',
  V5: '发出数与参与名单一致 · numbers agree with the list that was posted',
  V6: '须由公告的监票人开票 · opened by the trustees of the manifest',
  V7: '重新计票的结果一致 · counted again, the result is the same',
  V8: '纸票须账实相符 · paper adds up',
  V9: '人数过少不开票、不公布 · nothing opened or shown for too few',
  V10: '参与名单即公告的名册 · the list is the roll of the manifest',
  V11: '有回执的票须在票箱中 · acknowledged votes are on the board',
  V12: '公布的结果须已入册 · the result stands in the log',
};

/** What a checker brings along to a ballot. */
export interface BallotCall {
  readonly file: string;
  /** Acknowledgement that a voter kept. */
  readonly ack: string | undefined;
  readonly key: NoteKey | undefined;
  readonly policy: WitnessPolicy | undefined;
  readonly json: boolean;
}

/** `lianxin verify ballot FILE`: makes every check of a closed ballot again, from its public file and the log's key alone. */
export const checkBallot = async (call: BallotCall, io: CommandIo): Promise<number> => {
  const read = <T>(name: string, parse: (value: unknown) => T): T | null => {
    try {
      return parse(JSON.parse(readFileSync(path.resolve(io.cwd, name), 'utf8')));
    } catch {
      io.err(`无法辨认 · cannot be read: ${name}`);
      return null;
    }
  };
  const file = read(call.file, (value) => BallotFile.parse(value));
  const ack = call.ack === undefined ? undefined : read(call.ack, (value) => KeptAck.parse(value));
  if (file === null || ack === null) return ballotExitCodes['not-checked'];
  const { key, policy } = call;
  const found = await verifyBallot(
    { ...file, acks: [...file.acks, ...(ack === undefined ? [] : [ack])] },
    { ...ballotTools, log: key === undefined ? undefined : { key, policy } },
  );
  if (call.json) io.out(JSON.stringify(found, null, 2));
  else tell(io, file, found);
  return exitCodeOf(found, key !== undefined);
};

const exitCodeOf = (found: readonly BallotFinding[], logged: boolean): number => {
  if (found.some(({ check }) => check === 'V11')) return ballotExitCodes.dropped;
  if (found.some(({ check }) => logged || check !== 'V1')) return ballotExitCodes.differs;
  return logged ? ballotExitCodes.holds : ballotExitCodes['not-checked'];
};

const tell = (io: CommandIo, file: BallotFile, found: readonly BallotFinding[]): void => {
  io.out(file.manifest.title);
  for (const check of Object.keys(checkWords) as BallotCheck[]) {
    const here = found.filter((one) => one.check === check);
    io.out(`${here.length === 0 ? '✓' : '✗'} ${check} ${checkWords[check]}`);
    for (const { what, question, entry } of here) io.out(`    ${[what, question, entry].filter(Boolean).join(' ')}`);
  }
  if (found.length > 0) return;
  for (const [question, result] of Object.entries(file.results))
    io.out(`${question}: ${'counts' in result ? JSON.stringify(result.counts) : '人数过少，不公布 · withheld'}`);
};
