import type { Server } from 'node:http';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {
  checkpointBody,
  consistencyProof,
  formatAddCheckpoint,
  formatNote,
  formatNoteKey,
  hashesOfLeaves,
  leafHash,
  parseCheckpointBody,
  parseNote,
  parseNoteKey,
  rootOfLeaves,
  utf8Bytes,
  type Checkpoint,
} from '@lianxin/domain';
import {
  collectCosignatures,
  inContext,
  logFeature,
  logStanding,
  nameSilent,
  policyFile,
  publishCounty,
  sealCounty,
  systemContext,
  writeJournal,
} from '@lianxin/server';
import { overHttp, teaCounty, testServer, type OverHttp, type TestServer } from '@lianxin/testkit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256, verifyEd25519 } from './checks.js';
import { callCommand } from './test-pack/call-command.js';
import { run as verifyRun } from './verify.js';
import { run } from './witness.js';
import { pullFrom, siteAt } from './witness/pull.js';
import { serveWitness } from './witness/serve-witness.js';
import { openWitnessFolder, WitnessFolderFault, type WitnessFolder } from './witness/witness-folder.js';
import { knownLogs, witnessWith } from './witness/witness.js';

const { county, divisions } = teaCounty;
const year = 2026;
const origin = `log.lianxin.test/${county}/${year}`;

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

describe('witness of another office', () => {
  let server: TestServer;
  let http: OverHttp;
  let folder = '';
  let url = '';
  let office: WitnessFolder;
  let villages: WitnessFolder;
  let logKey = '';
  const open: Server[] = [];
  const logged: string[] = [];
  const clock = { seconds: Math.floor(Date.parse('2026-03-02T02:00:00Z') / 1000) };

  const grant = async (count: number) => {
    await inContext(server.deps, systemContext(county), async (tx) => {
      for (let at = 0; at < count; at += 1)
        writeJournal(tx, { kind: 'role.grant', division: divisions.upper, pub: { post: `post-${at}` } });
    });
    await sealCounty(server.deps, county);
    await publishCounty(server.deps, county);
  };
  const standing = async () =>
    inContext(server.deps, systemContext(county), async (tx) => logStanding(tx, server.deps, county, year));
  const witnessOf = (own: WitnessFolder) => {
    const key = parseNoteKey(sha256, logKey);
    if (key === null) throw new Error('no key');
    const logs = knownLogs([key], `log.lianxin.test/${county}`);
    return { logs, witness: witnessWith(own, logs, () => clock.seconds) };
  };
  const call = async (command: typeof run, ...args: string[]) => {
    const out: string[] = [];
    const io = {
      out: (text: string) => void out.push(text),
      err: (text: string) => void out.push(text),
      cwd: folder,
      env: {},
    };
    return { code: await command(args, io), text: out.join('\n') };
  };

  beforeAll(async () => {
    server = await testServer({ features: [logFeature], now: '2026-03-02T01:00:00.000Z' });
    folder = mkdtempSync(path.join(os.tmpdir(), 'lianxin-witness-'));
    http = await overHttp(server);
    ({ url } = http);
    await grant(5);
    logKey = (await (await fetch(`${url}/log/${county}/${year}/key`)).text()).trim();
    office = openWitnessFolder(path.join(folder, 'office'), 'witness.example.cn/archives');
    villages = openWitnessFolder(path.join(folder, 'village'), 'witness.example.cn/village');
    const { witness } = witnessOf(office);
    const served = serveWitness(office, witness, (event) => void logged.push(event));
    open.push(served);
    const at = await listen(served);
    const file = policyFile(server.deps.config.data, county);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(
      file,
      [
        `witness archives ${formatNoteKey(office.key, 'witness')} ${at}`,
        `witness village ${formatNoteKey(villages.key, 'witness')}`,
        'group both all archives village',
        'quorum both',
        '',
      ].join('\n'),
    );
  });
  afterAll(async () => {
    for (const one of open) {
      one.closeAllConnections();
      one.close();
    }
    http.close();
    office.close();
    villages.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is handed the checkpoint, cosigns it, and the log says 入册 until a second witness has come by itself, then 见证', async () => {
    expect(await collectCosignatures(server.deps, county)).toBe(1);
    expect(await collectCosignatures(server.deps, county)).toBe(0);
    expect(await standing()).toMatchObject({
      origin,
      size: 6,
      witnessed: false,
      witnesses: [
        { name: 'archives', size: 6, reachable: true, silent: false },
        { name: 'village', size: null, reachable: false, silent: false },
      ],
    });
    const before = await call(verifyRun, `1.1.${'A'.repeat(22)}`, '--url', url);
    expect(before.code).toBe(1);
    const { logs, witness } = witnessOf(villages);
    expect(await pullFrom(siteAt(url), villages, logs, witness)).toMatchObject([
      { origin, done: { verdict: { status: 200 } } },
    ]);
    expect(await pullFrom(siteAt(url), villages, logs, witness)).toEqual([{ origin, done: 'nothing-new' }]);
    expect(await standing()).toMatchObject({ witnessed: true });
    const served = await (await fetch(`${url}/log/${county}/${year}/checkpoint`)).text();
    expect(parseNote(served)?.signatures.map((line) => line.name)).toEqual([
      origin,
      'witness.example.cn/archives',
      'witness.example.cn/village',
    ]);
    expect(readFileSync(path.join(server.deps.config.data, 'log', county, String(year), 'checkpoint'), 'utf8')).toBe(
      served,
    );
  });

  it('makes a receipt 真实且已见证, and a forged line of a witness makes the proof 与册上不符', async () => {
    const proof = await (await fetch(`${url}/log/${county}/${year}/proof/3`)).text();
    const policy = await (await fetch(`${url}/log/${county}/${year}/policy`)).text();
    writeFileSync(path.join(folder, 'act.tlog-proof'), proof);
    writeFileSync(path.join(folder, 'poster-policy'), policy);
    expect(await call(verifyRun, 'act.tlog-proof', '--key', logKey)).toMatchObject({
      code: 0,
      text: expect.stringContaining('真实，尚未见证') as string,
    });
    const seen = await call(verifyRun, 'act.tlog-proof', '--key', logKey, '--policy', 'poster-policy');
    expect(seen.text).toContain('真实且已见证');
    expect(seen.text).toContain('见证 witnessed by village: 2026-03-02T02:00:00.000Z');
    const [last = ''] = proof.trimEnd().split('\n').slice(-1);
    const forged = proof.replace(last, `${last.slice(0, -8)}AAAA${last.slice(-4)}`);
    writeFileSync(path.join(folder, 'forged.tlog-proof'), forged);
    expect(await call(verifyRun, 'forged.tlog-proof', '--key', logKey, '--policy', 'poster-policy')).toMatchObject({
      code: 1,
      text: expect.stringContaining('见证签名是伪造的') as string,
    });
  });

  it('proves under the newest witnessed checkpoint what is there, and the newest signed one what came since', async () => {
    await grant(3);
    const sizeUnder = async (index: number) => {
      const proof = await (await fetch(`${url}/log/${county}/${year}/proof/${index}`)).text();
      return parseCheckpointBody(parseNote(proof.slice(proof.indexOf('\n\n') + 2))?.text ?? '')?.size;
    };
    expect([await sizeUnder(2), await sizeUnder(8)]).toEqual([6, 9]);
    expect(await collectCosignatures(server.deps, county)).toBe(1);
    const { logs, witness } = witnessOf(villages);
    await pullFrom(siteAt(url), villages, logs, witness);
    expect(await sizeUnder(2)).toBe(9);
  });

  it('takes no cosignature of a stranger, of another log, or for a checkpoint that was never signed (three refusals)', async () => {
    const stranger = openWitnessFolder(path.join(folder, 'stranger'), 'witness.example.cn/stranger');
    const served = await (await fetch(`${url}/log/${county}/${year}/checkpoint`)).text();
    const text = parseNote(served)?.text ?? '';
    const bring = async (body: object, at = `${county}/${year}`) =>
      (
        await fetch(`${url}/log/${at}/cosignature`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })
      ).status;
    const count = async () => (await server.database.owner.query('select from lx.log_cosignature')).rowCount;
    const before = await count();
    const { witness } = witnessOf(stranger);
    const signed = await witness({ oldSize: 0, proof: [], checkpoint: served });
    if (!('line' in signed)) throw new Error('not signed');
    expect(await bring({ note: `${text}\n${signed.line}` })).toBe(403);
    const line = served.trimEnd().split('\n').at(-1) ?? '';
    expect(await bring({ note: `${text.replace('\n9\n', '\n8\n')}\n${line}\n` })).toBe(403);
    expect(await bring({ note: `${text}\n${line}\n` }, `${county}/2031`)).toBe(403);
    expect(await bring({ note: 7 })).toBe(404);
    expect(await count()).toBe(before);
    stranger.close();
  });

  it('is named to the operator after 48 hours of silence, and not a minute before', async () => {
    clock.seconds = Math.floor(Date.parse(server.clock.now()) / 1000);
    await grant(1);
    expect(await collectCosignatures(server.deps, county)).toBe(1);
    server.clock.set('2026-03-04T02:00:00.000Z');
    expect(await nameSilent(server.deps, county)).toEqual([]);
    server.clock.advance({ minutes: 1 });
    expect(await nameSilent(server.deps, county)).toEqual(['village']);
    expect(server.logged).toContainEqual(expect.objectContaining({ event: 'witness-silent' }));
    const { logs, witness } = witnessOf(villages);
    await pullFrom(siteAt(url), villages, logs, witness);
    expect(await nameSilent(server.deps, county)).toEqual([]);
  });

  it('answers 422 to a log that was rewritten as a whole and signed anew, and keeps the evidence (T15)', async () => {
    const { owner } = server.database;
    await owner.query(`update lx.journal_entry set pub = '{"post":"forged"}' where pub ->> 'post' = 'post-1'`);
    await owner.query('update lx.journal_entry set log_year = null, log_index = null, log_position = null');
    for (const table of ['log_cosignature', 'log_checkpoint', 'log_private_entry', 'log_tile', 'log_leaf', 'log_year'])
      await owner.query(`delete from lx.${table}`);
    rmSync(path.join(server.deps.config.data, 'log', county, String(year)), { recursive: true });
    await grant(4);
    expect(await collectCosignatures(server.deps, county)).toBe(0);
    expect(server.logged).toContainEqual(
      expect.objectContaining({
        event: 'not-cosigned',
        details: expect.objectContaining({ outcome: '422' }) as object,
      }),
    );
    const evidence = readdirSync(path.join(folder, 'office')).filter((name) => name.startsWith('evidence-'));
    expect(evidence).toHaveLength(1);
    expect(readFileSync(path.join(folder, 'office', evidence[0] ?? ''), 'utf8')).toContain(`— ${origin} `);
    expect(await call(verifyRun, 'act.tlog-proof', '--key', logKey, '--policy', 'poster-policy')).toMatchObject({
      code: 0,
    });
  });
});

describe('race of a witness (J12)', () => {
  const leaves = Array.from({ length: 200 }, (_, at) => leafHash(sha256, utf8Bytes(`leaf ${at}`)));
  const hashes = hashesOfLeaves(sha256, leaves);

  it('never goes back when 200 requests for sizes N and N + K come at once, over HTTP and in any order', async () => {
    const parent = mkdtempSync(path.join(os.tmpdir(), 'lianxin-race-'));
    const log = openWitnessFolder(path.join(parent, 'log'), 'unused');
    const { noteKey, signNote } = await import('@lianxin/domain');
    const key = noteKey(sha256, 'log.race.example/1/2026', log.key.publicKey);
    const checkpointAt = (size: number): Checkpoint => ({
      origin: key.name,
      size,
      root: rootOfLeaves(sha256, leaves.slice(0, size)),
    });
    const own = openWitnessFolder(path.join(parent, 'witness'), 'witness.race.example/w');
    const stored: number[] = [];
    const watched: WitnessFolder = {
      ...own,
      keep: (origin, note) => {
        stored.push(parseCheckpointBody(parseNote(note)?.text ?? '')?.size ?? -1);
        own.keep(origin, note);
      },
    };
    const witness = witnessWith(watched, knownLogs([key], undefined), () => 1_772_330_705);
    const served = serveWitness(watched, witness, () => undefined);
    const url = await listen(served);
    const add = async (oldSize: number, size: number): Promise<Response> =>
      fetch(`${url}/add-checkpoint`, {
        method: 'POST',
        body: formatAddCheckpoint({
          oldSize,
          proof: consistencyProof(sha256, oldSize, size, hashes),
          checkpoint: formatNote(signNote(checkpointBody(checkpointAt(size)), key, log.sign)),
        }),
      });
    try {
      expect((await add(0, 10)).status).toBe(200);
      // Each sender climbs from whatever the witness says it knows; many of them at once.
      const types = new Set<string | null>();
      const climb = async (sizes: readonly number[]): Promise<void> => {
        let known = 10;
        for (const size of sizes) {
          const answer = await add(Math.min(known, size), size);
          if (answer.status === 200) known = size;
          else if (answer.status === 409) {
            types.add(answer.headers.get('content-type'));
            known = Number(await answer.text());
          } else throw new Error(`HTTP ${answer.status}`);
        }
      };
      await Promise.all(
        Array.from({ length: 10 }, async (_, sender) =>
          climb(Array.from({ length: 20 }, (__, step) => 11 + step * 9 + ((sender * 7) % 9))),
        ),
      );
      expect([...types]).toEqual(['text/x.tlog.size']);
      expect(stored.length).toBeGreaterThan(20);
      expect(stored).toEqual(stored.toSorted((a, b) => a - b));
      expect(own.last(key.name)?.size).toBe(Math.max(...stored));
      expect((await fetch(`${url}/add-checkpoint`, { method: 'POST', body: 'x'.repeat(70_000) })).status).toBe(400);
      expect((await fetch(`${url}/${'0'.repeat(64)}/checkpoint`)).status).toBe(404);
      // The folder belongs to one process at a time.
      expect(() => openWitnessFolder(path.join(parent, 'witness'), 'witness.race.example/w')).toThrow(
        WitnessFolderFault,
      );
      expect(verifyEd25519(own.key.publicKey, utf8Bytes('x'), own.sign(utf8Bytes('x')))).toBe(true);
    } finally {
      served.closeAllConnections();
      served.close();
      own.close();
      log.close();
      rmSync(parent, { recursive: true, force: true });
    }
  });

  it('shows its key for the policy file, the same each time, and says how it is called when it is called otherwise', async () => {
    const parent = mkdtempSync(path.join(os.tmpdir(), 'lianxin-witness-key-'));
    const call = async (...args: string[]) => callCommand(run, args, { cwd: parent });
    const first = await call('key', '--name', 'witness.example.cn/archives');
    expect(first.code).toBe(0);
    expect(parseNoteKey(sha256, first.text.split('\n')[0] ?? '', 'witness')?.name).toBe('witness.example.cn/archives');
    expect(first.text).toContain('witness archives witness.example.cn/archives+');
    expect((await call('key', '--name', 'witness.example.cn/archives')).text).toBe(first.text);
    expect(await call('start', '--name', 'witness.example.cn/archives')).toMatchObject({ code: 2 });
    expect(await call('watch', '--name', 'witness.example.cn/archives', '--key', 'nonsense')).toMatchObject({
      code: 2,
    });
    expect(await call()).toMatchObject({ code: 2 });
    rmSync(parent, { recursive: true, force: true });
  });
});
