import path from 'node:path';
import { checkProofFile, parseNoteKey } from '@lianxin/domain';
import { faultRounds, keepFaultFigure, teaCounty, testServer } from '@lianxin/testkit/database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { features } from '../features.js';
import { checkLog, proofFileOf, publishCounty, sealCounty, sha256, verifyEd25519 } from '../log/index.js';
import { teaServer, type TeaServer } from '../matters/test-pack/tea-server.js';
import { connectOwner } from '../storage/database.js';
import { rebuild } from '../storage/rebuild.js';
import { exportCounty, importCounty } from './index.js';

/** Requests that the lost machine held. */
const requests = faultRounds('F17', 6);
const { county } = teaCounty;
const passphrase = 'tea-and-biscuits-for-all';

let lost: TeaServer;
const receipts: string[] = [];
beforeAll(
  async () => {
    lost = await teaServer(['upperClerk'], '2026-03-02T01:00:00.000Z');
    for (let at = 0; at < requests; at += 1) {
      const opened = await lost.tell('need', { wanted: `第${at + 1}件事` });
      receipts.push(opened.receipt.code);
      if (at % 2 === 0) await lost.act('upperClerk', opened.id, 'accept');
    }
    // A day's entries become a leaf when the day is over.
    lost.server.clock.set('2026-03-03T01:00:00.000Z');
    await sealCounty(lost.server.deps, county);
    await publishCounty(lost.server.deps, county);
  },
  120_000 + requests * 1_000,
);
afterAll(async () => lost.server.close());

it(
  'the newest file of a county restores it on an empty machine: every receipt and every proof holds, projections are equal (F17)',
  { timeout: 120_000 + requests * 1_000 },
  async () => {
    const { deps, database } = lost.server;
    const file = path.join(deps.config.data, 'newest.lianxin-county');
    const from = await connectOwner({ owner: database.ownerConnection });
    const { rows: entries } = await from.query<{ id: string }>('select id from lx.journal_entry where county = $1', [
      county,
    ]);
    await exportCounty(deps, from, { county, file, by: 'night', passphrase });
    await from.end();

    const began = performance.now();
    const empty = await testServer({ now: '2026-03-03T02:00:00.000Z', seed: 'another machine' });
    try {
      const owner = await connectOwner({ owner: empty.database.ownerConnection });
      const { rows } = await importCounty(empty.deps, owner, { file, passphrase });
      expect((await rebuild(owner, features, empty.deps.clock())).filter((one) => one.differing > 0)).toEqual([]);
      await owner.end();
      expect((await checkLog(empty.deps, county, [])).findings).toEqual([]);
      expect((await empty.request(`/api/receipts/${receipts[0]}`)).status).toBe(200);
      const seconds = Math.ceil((performance.now() - began) / 100) / 10;

      for (const code of receipts) {
        const [here, there] = await Promise.all([
          empty.request(`/api/receipts/${code}`),
          lost.server.request(`/api/receipts/${code}`),
        ]);
        expect(here.status).toBe(200);
        expect(await here.json()).toEqual(await there.json());
      }
      const key = parseNoteKey(sha256, (await (await empty.request(`/log/${county}/2026/key`)).text()).trim());
      if (key === null) throw new Error('no key of the log');
      for (const { id } of entries) {
        const proof = (await proofFileOf(empty.deps, county, id)) ?? '';
        expect(await checkProofFile(proof, { sha256, verify: verifyEd25519, key })).toMatchObject({ holds: true });
      }
      keepFaultFigure('F17', { requests, entries: entries.length, rows, seconds });
    } finally {
      await empty.close();
    }
  },
);
