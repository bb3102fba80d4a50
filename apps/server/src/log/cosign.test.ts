import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cosign, formatNoteKey, formatSignature, noteKey, parseNote } from '@lianxin/domain';
import { teaCounty, testServer, type TestServer } from '@lianxin/testkit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeJournal } from '../journal/index.js';
import { inContext, systemContext } from '../storage/index.js';
import { logFeature, logStanding, policyFile, publishCounty, sealCounty, sha256, takeCosignature } from './index.js';
import { logFolder } from './publish.js';
import { signingKeyOf } from './signing-key.js';

const { county, divisions } = teaCounty;
const year = 2026;
const witnesses = ['archives', 'court', 'village'].map((name, at) => {
  const { publicKey, sign } = signingKeyOf(new Uint8Array(32).fill(at + 1));
  return { name, key: noteKey(sha256, `witness.tea.example/${name}`, publicKey, 'witness'), sign };
});

describe('cosignatures that come at once', () => {
  let server: TestServer;
  const checkpoint = (): string =>
    readFileSync(path.join(logFolder(server.deps.config.data, county, year), 'checkpoint'), 'utf8');
  const grow = async (post: string): Promise<void> => {
    await inContext(server.deps, systemContext(county), async (tx) => {
      writeJournal(tx, { kind: 'role.grant', division: divisions.upper, pub: { post } });
    });
    await sealCounty(server.deps, county);
    await publishCounty(server.deps, county);
  };

  beforeAll(async () => {
    server = await testServer({ features: [logFeature], now: '2026-03-02T01:00:00.000Z' });
    const file = policyFile(server.deps.config.data, county);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(
      file,
      [
        ...witnesses.map(({ name, key }) => `witness ${name} ${formatNoteKey(key, 'witness')}`),
        'group all all archives court village',
        'quorum all',
        '',
      ].join('\n'),
    );
  });
  afterAll(async () => server.close());

  it('all count: of three that are each the last one missing, one makes the checkpoint 见证, and its file bears every line', async () => {
    for (let round = 1; round <= 5; round += 1) {
      await grow(`post-${round}`);
      const { text = '' } = parseNote(checkpoint()) ?? {};
      const taken = witnesses.map(({ key, sign }) =>
        takeCosignature(
          server.deps,
          county,
          year,
          `${text}\n${formatSignature(cosign(text, key, 1_772_500_000, sign))}`,
        ),
      );
      expect(await Promise.all(taken)).toEqual(['archives', 'court', 'village']);
      const standing = inContext(server.deps, systemContext(county), async (tx) =>
        logStanding(tx, server.deps, county, year),
      );
      expect(await standing).toMatchObject({ size: round + 1, witnessed: true });
      expect(parseNote(checkpoint())?.signatures.map((line) => line.name)).toEqual([
        `log.lianxin.test/${county}/${year}`,
        ...witnesses.map(({ key }) => key.name),
      ]);
    }
  });
});
