import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  cosign,
  formatNote,
  formatNoteKey,
  noteKey,
  parseNote,
  parseNoteKey,
  tilePath,
  tilesOf,
  toBase64,
} from '@lianxin/domain';
import { testServer, teaCounty, type TestServer } from '@lianxin/testkit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeJournal, type JournalInput } from '../journal/index.js';
import { inContext, systemContext } from '../storage/index.js';
import { logFeature, logReceiptOf, proofFileOf, publishCounty, sealCounty } from './index.js';
import { sha256 } from './sha256.js';
import { signingKeyOf } from './signing-key.js';

const { county, divisions } = teaCounty;
const size = 1000;

/** Go's own checksum-database packages, as Debian ships them: `apt-get install golang-1.19-go golang-golang-x-mod-dev`. */
const goProgram = `package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A witness of c2sp.org/tlog-cosignature as a verifier of Go's own note package.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.hash }
func (c cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 72 {
		return false
	}
	head := fmt.Sprintf("cosignature/v1\\ntime %d\\n", binary.BigEndian.Uint64(sig))
	return ed25519.Verify(c.key, append([]byte(head), msg...), sig[8:])
}

func newWitness(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	hash, err := strconv.ParseUint(parts[1], 16, 32)
	if err != nil {
		return nil, err
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 33 || key[0] != 4 {
		return nil, fmt.Errorf("not a witness key")
	}
	return cosigner{parts[0], uint32(hash), key[1:]}, nil
}

// Reads: key, checkpoint, leaves (one a line), then lines "index hash hash…" of inclusion proofs. Prints one verdict a proof.
func main() {
	read := func(name string) string {
		data, err := os.ReadFile(os.Args[1] + "/" + name)
		if err != nil {
			panic(err)
		}
		return string(data)
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(read("key")))
	if err != nil {
		panic(err)
	}
	witness, err := newWitness(strings.TrimSpace(read("witness")))
	if err != nil {
		panic(err)
	}
	opened, err := note.Open([]byte(read("checkpoint")), note.VerifierList(verifier, witness))
	if err != nil {
		fmt.Println("checkpoint refused")
		return
	}
	for _, signature := range opened.Sigs {
		if signature.Name == witness.Name() {
			fmt.Println("cosignature accepted")
		}
	}
	lines := strings.Split(opened.Text, "\\n")
	var size int64
	fmt.Sscan(lines[1], &size)
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		panic(err)
	}
	leaves := strings.Split(strings.TrimSuffix(read("leaves"), "\\n"), "\\n")
	for _, line := range strings.Split(strings.TrimSpace(read("proofs")), "\\n") {
		parts := strings.Fields(line)
		var index int64
		fmt.Sscan(parts[0], &index)
		var proof tlog.RecordProof
		for _, text := range parts[1:] {
			hash, err := tlog.ParseHash(text)
			if err != nil {
				panic(err)
			}
			proof = append(proof, hash)
		}
		if err := tlog.CheckRecord(proof, size, root, index, tlog.RecordHash([]byte(leaves[index]))); err != nil {
			fmt.Println(index, "refused")
		} else {
			fmt.Println(index, "accepted")
		}
	}
}
`;

const goBinary = ['/usr/lib/go-1.19/bin/go', '/usr/bin/go'].find((file) => existsSync(file));
const goPackages = '/usr/share/gocode/src/golang.org/x/mod/sumdb/note';
const goMissing = goBinary === undefined || !existsSync(goPackages);
const pythonMissing = spawnSync('python3', ['--version']).status !== 0;
const verifyScript = path.resolve(import.meta.dirname, '../../../../docs/verify.py');

describe('verifiers that this project did not write', () => {
  let server: TestServer;
  let folder = '';
  let proof = '';
  let receipt = '';
  let key = '';
  let witnessKey = '';
  let cosigned = '';
  let forged = '';
  let witnessed = '';
  const text = async (target: string) => (await server.request(target)).text();

  beforeAll(async () => {
    server = await testServer({ features: [logFeature], now: '2026-03-02T01:00:00.000Z' });
    folder = mkdtempSync(path.join(os.tmpdir(), 'lianxin-verifiers-'));
    const write = async (inputs: readonly JournalInput[]) =>
      inContext(server.deps, systemContext(county), async (tx) => inputs.map((input) => writeJournal(tx, input)));
    // 998 public acts, the opening and one shuffled day make 1,000 leaves.
    await write(
      Array.from({ length: size - 2 }, (_, at): JournalInput => ({
        kind: 'role.grant',
        division: divisions.upper,
        pub: { post: `post-${at}` },
      })),
    );
    const requests = await write(
      Array.from({ length: 7 }, (_, at): JournalInput => ({
        kind: 'matter.open',
        division: divisions.upper,
        commitFields: { text: `路不平 ${at}` },
      })),
    );
    const recordedAt = server.clock.now();
    server.clock.set('2026-03-03T01:00:00.000Z');
    await sealCounty(server.deps, county);
    await publishCounty(server.deps, county);
    const third = requests[3];
    if (third === undefined) throw new Error('nothing written');
    receipt = logReceiptOf(county, { seed: third.seed, recordedAt });
    proof = (await proofFileOf(server.deps, county, third.journalId)) ?? '';
    key = (await text(`/log/${county}/2026/key`)).trim();
    const witness = signingKeyOf(new Uint8Array(32).fill(2));
    const own = noteKey(sha256, 'witness.example.cn/dangan', witness.publicKey, 'witness');
    witnessKey = formatNoteKey(own, 'witness');
    const note = parseNote(await text(`/log/${county}/2026/checkpoint`));
    if (note === null) throw new Error('no checkpoint');
    const line = cosign(note.text, own, 1_772_500_000, witness.sign);
    cosigned = formatNote({ ...note, signatures: [...note.signatures, line] });
    const other = { ...line, signature: line.signature.with(20, (line.signature[20] ?? 0) ^ 1) };
    forged = formatNote({ ...note, signatures: [...note.signatures, other] });
    witnessed = proof.slice(0, proof.indexOf('\n\n') + 2) + cosigned;
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it(
    'Go of Debian accepts every one of 1,000 leaves of ours and refuses each that was changed (J2)',
    { timeout: 120_000 },
    async (context) => {
      if (goBinary === undefined || goMissing)
        return context.skip('golang-1.19-go and golang-golang-x-mod-dev are not installed');
      const { rows } = await server.database.owner.query<{ leaf: string }>(
        'select leaf from lx.log_leaf order by log_index',
      );
      const leaves = rows.map((row) => row.leaf);
      expect(leaves).toHaveLength(size);
      const proofs: string[] = [];
      for (const index of leaves.keys()) {
        const answer = await server.request(`/log/${county}/2026/proof/${index}`);
        expect(answer.status).toBe(200);
        const lines = (await answer.text()).split('\n');
        proofs.push([index, ...lines.slice(3, lines.indexOf(''))].join(' '));
      }
      const changed = leaves.map((leaf) => leaf.replace('"v":1', '"v":2'));
      writeFileSync(path.join(folder, 'main.go'), goProgram);
      const env = {
        ...process.env,
        GO111MODULE: 'off',
        GOPATH: '/usr/share/gocode',
        GOCACHE: path.join(folder, 'cache'),
        GOFLAGS: '',
      };
      const binary = path.join(folder, 'verify-log');
      execFileSync(goBinary, ['build', '-o', binary, path.join(folder, 'main.go')], { env });
      const ask = (name: string, content: Record<string, string>): string[] => {
        const asked = mkdtempSync(path.join(folder, name));
        for (const [file, body] of Object.entries(content)) writeFileSync(path.join(asked, file), body);
        return execFileSync(binary, [asked], { encoding: 'utf8' }).trim().split('\n');
      };
      const checkpoint = await text(`/log/${county}/2026/checkpoint`);
      const log = { key, checkpoint, proofs: proofs.join('\n'), witness: witnessKey };
      expect(ask('witnessed', { ...log, leaves: leaves.join('\n'), checkpoint: cosigned })[0]).toBe(
        'cosignature accepted',
      );
      expect(ask('forged', { ...log, leaves: leaves.join('\n'), checkpoint: forged })).toEqual(['checkpoint refused']);
      const count = (lines: readonly string[], verdict: string) =>
        lines.filter((line) => line.endsWith(verdict)).length;
      expect(ask('true', { ...log, leaves: leaves.join('\n') }).filter((line) => !line.endsWith(' accepted'))).toEqual(
        [],
      );
      expect(count(ask('leaf', { ...log, leaves: changed.join('\n') }), 'refused')).toBe(size);
      const shifted = proofs
        .map((line) => line.replace(/^\d+/, (index) => String((Number(index) + 1) % size)))
        .join('\n');
      expect(count(ask('index', { ...log, leaves: leaves.join('\n'), proofs: shifted }), 'refused')).toBe(size);
      expect(
        ask('size', { ...log, leaves: leaves.join('\n'), checkpoint: checkpoint.replace('\n1000\n', '\n1001\n') }),
      ).toEqual(['checkpoint refused']);
      return undefined;
    },
  );

  it(
    'a Python script of the standard library alone accepts the proof of a request and refuses every change of it',
    { timeout: 120_000 },
    (context) => {
      if (pythonMissing) return context.skip('python3 is not installed');
      const file = path.join(folder, 'request.tlog-proof');
      const ask = (content: string, ...more: string[]) => {
        writeFileSync(file, content);
        return spawnSync('python3', [verifyScript, file, key, ...more], { encoding: 'utf8' });
      };
      expect(ask(proof, receipt).stdout).toContain('真实 true');
      expect(ask(proof, `${receipt.slice(0, -22)}${'A'.repeat(22)}`)).toMatchObject({ status: 1 });
      writeFileSync(path.join(folder, 'policy'), `witness dangan ${witnessKey}\nquorum dangan\n`);
      const policy = ['--policy', path.join(folder, 'policy')];
      expect(ask(witnessed, receipt, ...policy).stdout).toContain('真实且已见证');
      expect(ask(proof, receipt, ...policy).stdout).toBe('真实 true\n');
      const changed = witnessed.slice(0, witnessed.indexOf('\n\n') + 2) + forged;
      expect(ask(changed, receipt, ...policy)).toMatchObject({ status: 1 });
      const lines = proof.split('\n');
      for (const [at, line] of lines.entries()) {
        if (line === '') continue;
        const middle = Math.floor(line.length / 2);
        const other = line[middle] === 'A' ? 'B' : 'A';
        const changed = lines.with(at, line.slice(0, middle) + other + line.slice(middle + 1)).join('\n');
        expect(ask(changed, receipt).status, `line ${at}`).toBe(1);
      }
      return undefined;
    },
  );

  it('OpenSSL verifies the signature of the checkpoint', async (context) => {
    if (spawnSync('openssl', ['version']).status !== 0) return context.skip('openssl is not installed');
    const [body = '', signature = ''] = (await text(`/log/${county}/2026/checkpoint`)).split(/\n\n— \S+ /u);
    const raw = parseNoteKey(sha256, key)?.publicKey ?? new Uint8Array(0);
    const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]);
    writeFileSync(
      path.join(folder, 'key.pem'),
      `-----BEGIN PUBLIC KEY-----\n${toBase64(der)}\n-----END PUBLIC KEY-----\n`,
    );
    writeFileSync(path.join(folder, 'signature'), Buffer.from(signature.trim(), 'base64').subarray(4));
    const ask = (message: string) => {
      writeFileSync(path.join(folder, 'message'), message);
      return spawnSync(
        'openssl',
        ['pkeyutl', '-verify', '-rawin', '-pubin', '-inkey', 'key.pem', '-in', 'message', '-sigfile', 'signature'],
        { cwd: folder },
      ).status;
    };
    expect(ask(`${body}\n`)).toBe(0);
    expect(ask(`${body}\n`.replace('1000', '1001'))).toBe(1);
    return undefined;
  });

  it('a folder with the tiles as they are served is all that a copy of the log needs', async () => {
    for (const tile of tilesOf(size)) {
      const answer = await server.request(`/log/${county}/2026/${tilePath(tile.level, tile.index, tile.width)}`);
      writeFileSync(path.join(folder, `${tile.level}-${tile.index}.tile`), Buffer.from(await answer.arrayBuffer()));
    }
    expect(readdirSync(folder).filter((name) => name.endsWith('.tile'))).toHaveLength(5);
  });
});
