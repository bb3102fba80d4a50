import {
  checkProofFile,
  findBySeed,
  parseNoteKey,
  parseProofFile,
  parseReceipt,
  type DatedReceipt,
} from '@lianxin/domain';
import { addTeaCounty, teaCounty, teaPeople, testServer, type TestServer } from '@lianxin/testkit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeJournal } from '../journal/index.js';
import { checkLog, logReceiptOf, proofFileOf, publishCounty, sealCounty, sha256, verifyEd25519 } from '../log/index.js';
import { inContext, systemContext } from '../storage/index.js';
import { erasedMark, erasePerson } from './erase-person.js';

const { county, divisions } = teaCounty;
const people = 120;
const perPerson = 3;
const idOf = (number: number): string => `00000005-0000-7000-8000-${String(number).padStart(12, '0')}`;
const canary = (number: number): string => `金丝雀${String(number).padStart(4, '0')}`;

describe('erasure of persons (J11)', () => {
  let server: TestServer;
  const receipts = new Map<number, { readonly journal: string; readonly receipt: string }[]>();
  const sql = async (text: string, values: unknown[] = []) => server.database.owner.query(text, values);

  beforeAll(async () => {
    server = await testServer({ now: '2026-03-02T01:00:00.000Z' });
    await addTeaCounty(server.database.owner);
    for (let number = 1; number <= people; number += 1)
      await sql(
        `insert into lx.person (county, id, division, name, sex, birth_year, valid_from, recorded_at) values ($1, $2, $3, $4, 'female', 1960, '2020-01-01', now())`,
        [county, idOf(number), divisions.upper, canary(number)],
      );
    for (let round = 0; round < perPerson; round += 1) {
      for (let number = 1; number <= people; number += 1) {
        const context = { ...systemContext(county), uid: idOf(number) };
        const written = await inContext(server.deps, context, async (tx) =>
          writeJournal(tx, {
            kind: 'matter.open',
            division: divisions.upper,
            commitFields: { text: `${canary(number)} 的水泵坏了`, phone: '13800138000' },
          }),
        );
        const receipt = logReceiptOf(county, { seed: written.seed, recordedAt: server.clock.now() });
        receipts.set(number, [...(receipts.get(number) ?? []), { journal: written.journalId, receipt }]);
      }
      server.clock.advance({ days: 1 });
    }
    await sealCounty(server.deps, county);
    await publishCounty(server.deps, county);
  });
  afterAll(async () => server.close());

  it(
    'erases a hundred of them, and every receipt of the others still verifies, under the old checkpoint and the new',
    { timeout: 60_000 },
    async () => {
      const key = parseNoteKey(sha256, String((await sql('select key from lx.log_year')).rows[0]?.key));
      if (key === null) throw new Error('no key');
      const kept = new Map<string, string>();
      for (let number = 101; number <= people; number += 1)
        for (const { journal } of receipts.get(number) ?? [])
          kept.set(journal, (await proofFileOf(server.deps, county, journal)) ?? '');
      const client = await server.database.owner.connect();
      for (let number = 1; number <= 100; number += 1)
        expect(await erasePerson(client, server.deps, county, idOf(number))).toMatchObject({
          erased: true,
          entries: perPerson,
        });
      client.release();
      server.clock.advance({ days: 1 });
      await sealCounty(server.deps, county);
      await publishCounty(server.deps, county);

      expect(await checkLog(server.deps, county)).toMatchObject({ erased: 100 * perPerson, findings: [] });
      let verified = 0;
      for (let number = 101; number <= people; number += 1)
        for (const { journal, receipt } of receipts.get(number) ?? []) {
          const check = { sha256, verify: verifyEd25519, key, receipt: parseReceipt(receipt) ?? undefined };
          for (const proof of [kept.get(journal) ?? '', (await proofFileOf(server.deps, county, journal)) ?? ''])
            if ((await checkProofFile(proof, check)).holds) verified += 1;
        }
      expect(verified).toBe(2 * 20 * perPerson);
    },
  );

  it('leaves nothing of an erased person in the journal, the log or the register of persons: 0 of 100 canaries', async () => {
    const texts = await sql(
      `select private::text || pub::text || coalesce(encode(seed, 'hex'), '') as text from lx.journal_entry
       union all select leaf from lx.log_leaf union all select entry from lx.log_private_entry
       union all select name from lx.person`,
    );
    const all = texts.rows.map((row) => String(row.text)).join('\n');
    const found = Array.from({ length: people }, (_, at) => at + 1).filter((number) => all.includes(canary(number)));
    expect(found).toEqual(Array.from({ length: 20 }, (_, at) => at + 101));
    const gone = await sql('select count(*) from lx.person where name = $1 and birth_year is null', [erasedMark]);
    expect(Number(gone.rows[0]?.count)).toBe(100);
    const entries = await sql(`select count(*) from lx.journal_entry where private ->> 'what' = 'erase'`);
    expect(Number(entries.rows[0]?.count)).toBe(100);
  });

  it('keeps the holder of an erased receipt able to check with what he has kept, while the server no longer links it to anybody', async () => {
    const [first] = receipts.get(1) ?? [];
    const proof = parseProofFile((await proofFileOf(server.deps, county, first?.journal ?? '')) ?? '');
    const receipt = parseReceipt(first?.receipt ?? '') as DatedReceipt;
    expect(proof?.subtree === undefined ? -1 : findBySeed(sha256, [proof.subtree.entry], receipt.seed)).toBe(0);
    const row = await sql('select person, seed, erased_at from lx.journal_entry where id = $1', [first?.journal]);
    expect(row.rows[0]).toMatchObject({ person: null, seed: null });
  });

  it('refuses somebody who is not there, who holds an office, or whose matter is open, and then nothing has changed', async () => {
    const client = await server.database.owner.connect();
    const before = await sql('select count(*) from lx.journal_entry');
    expect(await erasePerson(client, server.deps, county, idOf(999))).toEqual({ erased: false, reason: 'not-found' });
    expect(await erasePerson(client, server.deps, county, teaPeople.upperClerk.person)).toEqual({
      erased: false,
      reason: 'holds-office',
    });
    expect(await erasePerson(client, server.deps, '999902', idOf(110))).toEqual({ erased: false, reason: 'not-found' });
    client.release();
    expect((await sql('select count(*) from lx.journal_entry')).rows).toEqual(before.rows);
    expect((await sql('select name from lx.person where id = $1', [idOf(110)])).rows).toEqual([{ name: canary(110) }]);
  });
});
