import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { sign } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { ackMessage, formatNoteKey, manifestId, type BallotFile } from '@lianxin/domain';
import { makeBallot, type MadeBallot } from '@lianxin/testkit/ballots';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../verify.js';
import { ballotTools } from '@lianxin/server/ballot-tools';

describe('lianxin verify ballot', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'lianxin-ballot-'));
  let made: MadeBallot;

  const check = async (file: BallotFile, more: readonly string[] = []): Promise<{ code: number; said: string }> => {
    const name = path.join(folder, 'ballot.json');
    writeFileSync(name, JSON.stringify(file));
    const said: string[] = [];
    const io = { out: (text: string) => said.push(text), err: (text: string) => said.push(text), cwd: folder, env: {} };
    const code = await run(['ballot', name, ...more], io);
    return { code, said: said.join('\n') };
  };
  const withKey = (): string[] => ['--key', formatNoteKey(made.logKey)];

  beforeAll(async () => {
    made = await makeBallot(ballotTools, 12, 2);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('makes all twelve checks again and tells the count', async () => {
    const { code, said } = await check(made.file, withKey());
    expect(said).not.toContain('✗');
    expect(said.match(/✓ V\d+/g)).toHaveLength(12);
    expect(said).toContain('q1: {"":0,"good":4,"fair":4,"poor":4}');
    expect(code).toBe(0);
  });

  it('says that it cannot tell when the manifest was published, without the key of the log', async () => {
    const { code, said } = await check(made.file);
    expect(said).toContain('✗ V1');
    expect(code).toBe(4);
  });

  it('refuses tokens given out on the day of the manifest or before', async () => {
    const { code, said } = await check({ ...made.file, firstIssued: '2027-03-01' }, withKey());
    expect(said).toContain('logged-after-the-first-token');
    expect(code).toBe(1);
  });

  it('refuses another manifest and another result than those in the log', async () => {
    const manifest = { ...made.file.manifest, title: '另一次评议' };
    expect((await check({ ...made.file, manifest }, withKey())).said).toContain('other-manifest');
    const results = {
      ...made.file.results,
      q1: { counts: { '': 0, good: 5, fair: 4, poor: 3 }, valid: 12, invalid: 0 },
    };
    expect((await check({ ...made.file, results }, withKey())).said).toContain('other-result');
  });

  it('ends with 3 and the evidence when an acknowledged vote is missing', async () => {
    const [entry] = made.file.boards['q1'] ?? [];
    if (entry === undefined) throw new Error('no entry');
    const ballot = manifestId(ballotTools.sha256, made.file.manifest);
    const signature = sign(null, ackMessage(ballotTools.sha256, ballot, entry), made.boxKey).toString('base64url');
    const ack = path.join(folder, 'ack.json');
    writeFileSync(ack, JSON.stringify({ entry, signature }));
    expect((await check(made.file, [...withKey(), '--ack', ack])).code).toBe(0);
    const boards = { ...made.file.boards, q1: (made.file.boards['q1'] ?? []).slice(1) };
    const { code, said } = await check({ ...made.file, boards }, [...withKey(), '--ack', ack]);
    expect(said).toContain('dropped q1');
    expect(code).toBe(3);
  });
});
