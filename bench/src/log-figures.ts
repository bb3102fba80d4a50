import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { checkLogExport, checkProofFile, parseNoteKey } from '@lianxin/domain';
import {
  checkLog,
  checkout,
  exportLog,
  inContext,
  openDeps,
  proofFileOf,
  publishCounty,
  readConfig,
  realMakers,
  sealCounty,
  systemContext,
  writeJournal,
  type Deps,
} from '@lianxin/server';
import { median, type Figure } from './figures.js';

const county = '999901';
const writers = 8;

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const head = Buffer.from('302a300506032b6570032100', 'hex');
const verifyEd25519 = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean =>
  verify(
    null,
    message,
    createPublicKey({ key: Buffer.concat([head, publicKey]), format: 'der', type: 'spki' }),
    signature,
  );

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
};

/** Writes entries, so many in one transaction, by eight writers at once; gives the ids. */
const write = async (
  deps: Deps,
  kind: 'role.grant' | 'matter.open',
  count: number,
  each: number,
): Promise<string[]> => {
  const ids: string[] = [];
  let next = 0;
  const writer = async (): Promise<void> => {
    while (next < count) {
      const from = next;
      next += each;
      const made = await inContext(deps, systemContext(county), async (tx) =>
        Array.from({ length: Math.min(each, count - from) }, (_, at) => {
          const division = `${county}001${String((from + at) % 500).padStart(3, '0')}`;
          const what =
            kind === 'role.grant'
              ? { pub: { post: `post-${from + at}` }, commitFields: { person: `茶客 ${from + at}` } }
              : { commitFields: { text: `水泵坏了 ${from + at}`, channel: 'portal' } };
          return writeJournal(tx, { kind, division, ...what }).journalId;
        }),
      );
      ids.push(...made);
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  return ids;
};

/**
 * How the public log keeps up: entries sealed a second against entries committed a second by eight writers, one a transaction, on the same database;
 * the time of one proof; the check of the whole, by the server from its journal and by anybody from an export.
 */
export const measureLog = async (rounds: number, entries: number): Promise<Figure[]> => {
  const scratch = path.join(checkout, '.tmp');
  mkdirSync(scratch, { recursive: true });
  const data = mkdtempSync(path.join(scratch, 'bench-log-'));
  const opened = await openDeps(readConfig({ LIANXIN_DATA: data }), 'tool', () => undefined, {
    ...realMakers,
    random: (count) => randomBytes(count),
  });
  const { deps } = opened;
  // The same server a day ago: acts are sealed on their day, private entries when it is over.
  const yesterday = new Date(Date.now() - 86_400_000).toISOString();
  const past: Deps = { ...deps, clock: () => yesterday as ReturnType<Deps['clock']> };
  const none = { title: 'no reference', unit: '', rounds: [], missing: 'a time, not a ratio' };
  try {
    const committed: number[] = [];
    const sealed: number[] = [];
    const perRound = 2_000;
    for (let round = 0; round < rounds; round += 1) {
      committed.push(perRound / (await timed(async () => write(past, 'role.grant', perRound, 1))));
      sealed.push(perRound / (await timed(async () => sealCounty(past, county))));
    }
    const requests = await write(past, 'matter.open', 5_000, 100);
    await write(past, 'role.grant', Math.max(0, entries - perRound * rounds), 100);
    await sealCounty(past, county);
    await sealCounty(deps, county);
    await publishCounty(deps, county);
    const proofs: number[] = [];
    for (const id of requests.filter((_, at) => at % 50 === 0))
      proofs.push((await timed(async () => proofFileOf(deps, county, id))) * 1000);
    let checked = 0;
    const checking = await timed(async () => {
      const { findings, leaves } = await checkLog(deps, county);
      checked = leaves;
      if (findings.length > 0) throw new Error(`${findings.length} findings in a fresh log`);
    });
    const pieces: string[] = [];
    const year = new Date(Date.parse(yesterday) + 8 * 3_600_000).getUTCFullYear();
    await exportLog(deps, county, year, (piece) => pieces.push(piece));
    const text = pieces.join('');
    const key = parseNoteKey(sha256, /^key (\S+)$/m.exec(text)?.[1] ?? '');
    if (key === null) throw new Error('the export has no key');
    const offline = await timed(async () => {
      const outcome = await checkLogExport(text, { sha256, verify: verifyEd25519, key });
      if (!outcome.holds) throw new Error(outcome.difference);
    });
    const proof = (await proofFileOf(deps, county, requests[0] ?? '')) ?? '';
    const one = await timed(async () => {
      for (let round = 0; round < 100; round += 1) await checkProofFile(proof, { sha256, verify: verifyEd25519, key });
    });
    return [
      {
        id: 'log-sealing',
        title: 'public acts sealed a second against acts committed a second by 8 writers, one a transaction',
        asked: 'at least 1: the sequencer keeps up with intake',
        ratio: median(sealed) / median(committed),
        ours: { unit: 'sealed/s', rounds: sealed },
        reference: { title: 'committed', unit: 'entries/s', rounds: committed },
      },
      {
        id: 'log-proof',
        title: `proof file of one receipt in a log of ${checked} leaves (server; median of 100)`,
        asked: 'at most 5 ms',
        ratio: null,
        ours: { unit: 'ms', rounds: [median(proofs)] },
        reference: none,
      },
      {
        id: 'log-verify',
        title: 'one proof file checked offline',
        asked: 'below 1 s on a phone',
        ratio: null,
        ours: { unit: 'ms', rounds: [one * 10] },
        reference: none,
      },
      {
        id: 'log-check',
        title: `lianxin log check: journal → leaves → tiles → checkpoints, ${checked} leaves and 5,000 private entries`,
        asked: '1,000,000 in 10 min',
        ratio: null,
        ours: { unit: 's', rounds: [checking] },
        reference: none,
      },
      {
        id: 'log-export',
        title: `lianxin verify of the exported log, ${checked} leaves, offline`,
        asked: 'none',
        ratio: null,
        ours: { unit: 's', rounds: [offline] },
        reference: none,
      },
    ];
  } finally {
    await opened.close();
    rmSync(data, { recursive: true, force: true });
  }
};
