import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fault } from '@lianxin/domain';
import { addTeaCounty, teaCounty, teaPeople, testServer, type TestServer } from '@lianxin/testkit/database';
import { asOfficer } from '../access/actor.js';
import type { Session, SessionActor } from '../access/session.js';
import { queueEffect } from '../effects/queue.js';
import { writeJournal } from '../journal/write.js';
import type { Tx } from '../storage/transaction.js';
import { fingerprintOf, runCommand, type Command } from './command.js';

const { upper } = teaCounty.divisions;

const actorFor = (person: typeof teaPeople.upperClerk): SessionActor => {
  const office = person.office;
  if (office === undefined) throw new Error('an office is needed');
  const session = {
    account: 'a',
    username: person.username,
    county: teaCounty.county,
    person: person.person,
    name: person.name,
    division: person.division,
    offices: [
      {
        ...office,
        postTitle: '',
        bodyName: '',
        bodyKind: '',
        divisionName: '',
        level: 'village',
        capabilities: [],
        before: [],
        standsFor: [],
      },
    ],
    capabilities: [],
    expiresAt: '2030-01-01T00:00:00Z',
  } satisfies Session;
  const actor = asOfficer(session);
  if (!actor.ok) throw new Error('refused');
  return actor.value;
};

describe('a command', () => {
  let server: TestServer;
  let clerk: SessionActor;
  let ran = 0;

  beforeAll(async () => {
    server = await testServer({ features: [] });
    await addTeaCounty(server.database.owner);
    clerk = actorFor(teaPeople.upperClerk);
  });
  afterAll(async () => server.close());

  const command = (commandId: string, body: unknown = { tea: 1 }): Command => ({
    actor: clerk,
    commandId,
    route: 'POST /api/tea',
    body,
  });
  const pour = async (tx: Tx) => {
    ran += 1;
    const { journalId } = writeJournal(tx, { kind: 'test', division: upper, pub: { cups: ran } });
    queueEffect(tx, { effect: 'tell', division: upper, payload: { cups: ran } });
    return { status: 201, body: { journalId, cups: ran } };
  };
  const count = async (table: string): Promise<number> =>
    (await server.database.owner.query<{ n: number }>(`select count(*) as n from lx.${table}`)).rows[0]?.n ?? -1;

  it('writes its answer, journal entry and effect in one transaction', async () => {
    const before = [await count('command'), await count('journal_entry'), await count('outbox')];
    const answer = await runCommand(server.deps, command('one-transaction'), pour);
    expect(answer).toMatchObject({ status: 201, repeated: false });
    const after = [await count('command'), await count('journal_entry'), await count('outbox')];
    expect(after).toEqual(before.map((n) => n + 1));
    const { rows } = await server.database.owner.query<{ same: number }>(
      `select count(distinct x) as same from (select xmin::text as x from lx.command where command_id = 'one-transaction'
       union all select xmin::text from lx.journal_entry where command_id is null and pub->>'cups' = $1
       union all select xmin::text from lx.outbox where payload->>'cups' = $1) t`,
      [String(ran)],
    );
    expect(rows[0]?.same).toBe(1);
  });

  it('gives a repeated id with the same body its first answer and runs nothing', async () => {
    const first = await runCommand(server.deps, command('repeated'), pour);
    const times = ran;
    const again = await runCommand(server.deps, command('repeated'), pour);
    expect(again).toEqual({ ...first, repeated: true });
    expect(ran).toBe(times);
  });

  it('takes the same words in another order for the same command', async () => {
    expect(fingerprintOf({ route: 'r', body: { a: 1, b: [2] } })).toBe(
      fingerprintOf({ route: 'r', body: { b: [2], a: 1 } }),
    );
    expect(fingerprintOf({ route: 'r', body: { a: 1 } })).not.toBe(fingerprintOf({ route: 's', body: { a: 1 } }));
  });

  it('refuses the same id with another body, and changes nothing', async () => {
    await runCommand(server.deps, command('reused'), pour);
    const before = await count('journal_entry');
    const answer = await runCommand(server.deps, command('reused', { tea: 2 }), pour);
    expect(answer).toMatchObject({ status: 422, faults: [{ code: 'idempotency-key-reused' }] });
    expect(await count('journal_entry')).toBe(before);
  });

  it('lets one of a hundred simultaneous twins through and tells the others its answer or that it is at work', async () => {
    const times = ran;
    const answers = await Promise.all(
      Array.from({ length: 100 }, async () => runCommand(server.deps, command('hundred'), pour)),
    );
    expect(ran).toBe(times + 1);
    const statuses = new Set(answers.map((answer) => answer.status));
    statuses.delete(201);
    statuses.delete(409);
    expect([...statuses]).toEqual([]);
    const late = await runCommand(server.deps, command('hundred'), pour);
    expect(late).toMatchObject({ status: 201, repeated: true });
    const bodies = answers
      .filter((answer) => answer.status === 201)
      .map((answer) => JSON.stringify('body' in answer && answer.body));
    expect(new Set(bodies).size).toBe(1);
  });

  it('keeps the ids of two people apart', async () => {
    await runCommand(server.deps, command('shared-id'), pour);
    const other = actorFor(teaPeople.lowerClerk);
    const answer = await runCommand(server.deps, { ...command('shared-id'), actor: other }, async (tx) => {
      writeJournal(tx, { kind: 'test', division: teaCounty.divisions.lower });
      return { status: 201, body: { mine: true } };
    });
    expect(answer).toMatchObject({ repeated: false, body: { mine: true } });
  });

  it('keeps a refusal, and leaves nothing else of what the refused work wrote', async () => {
    const before = [await count('journal_entry'), await count('outbox')];
    const refuse = async (tx: Tx) => {
      await pour(tx);
      return { faults: [fault('matter-closed')] };
    };
    const first = await runCommand(server.deps, command('refused'), refuse);
    expect(first).toMatchObject({ status: 422, repeated: false, faults: [{ code: 'matter-closed' }] });
    const times = ran;
    expect(await runCommand(server.deps, command('refused'), refuse)).toEqual({ ...first, repeated: true });
    expect(ran).toBe(times);
    expect([await count('journal_entry'), await count('outbox')]).toEqual(before);
  });

  it('does not keep a refusal that passes by itself, so that the next try runs', async () => {
    const busy = await runCommand(server.deps, command('passing'), async () => ({ faults: [fault('stale-version')] }));
    expect(busy.status).toBe(409);
    expect(await runCommand(server.deps, command('passing'), pour)).toMatchObject({ status: 201, repeated: false });
  });

  it('keeps nothing of an exception, so that the next try runs', async () => {
    const before = await count('journal_entry');
    const breaking = runCommand(server.deps, command('broken'), async (tx) => {
      await pour(tx);
      throw new Error('a bug');
    });
    await expect(breaking).rejects.toThrow('a bug');
    expect(await count('journal_entry')).toBe(before);
    expect(await runCommand(server.deps, command('broken'), pour)).toMatchObject({ status: 201, repeated: false });
  });

  it('tries again after a deadlock, which no user ever sees', async () => {
    let tries = 0;
    const answer = await runCommand(server.deps, command('deadlock'), async (tx) => {
      tries += 1;
      if (tries < 3) throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
      return pour(tx);
    });
    expect(answer.status).toBe(201);
    expect(tries).toBe(3);
  });

  it('cannot write a journal entry of a village outside the range of its context', async () => {
    const outside = runCommand(server.deps, command('outside'), async (tx) => {
      writeJournal(tx, { kind: 'test', division: teaCounty.divisions.lower });
      return { status: 201, body: null };
    });
    await expect(outside).rejects.toThrow(/row-level security/);
  });

  it('gives a connection back clean: the next user of it sees no row before it enters a context of its own', async () => {
    const seen = await server.database.pool.query(
      `select current_user as who, nullif(current_setting('lx.county', true), '') as county`,
    );
    expect(seen.rows).toEqual([{ who: 'lx_app', county: null }]);
    await expect(server.database.pool.query('select 1 from lx.command')).rejects.toThrow(/permission denied/);
  });
});
