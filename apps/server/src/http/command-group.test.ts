import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fault } from '@lianxin/domain';
import { addTeaCounty, teaCounty, testServer, type TestServer } from '@lianxin/testkit/database';
import { writeJournal } from '../journal/write.js';
import { publicContext } from '../storage/context.js';
import { callAtEnd, type Tx } from '../storage/transaction.js';
import type { Command, Outcome } from './command.js';
import { runTogether } from './command-group.js';

const { upper, lower } = teaCounty.divisions;

describe('commands that wait together', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await testServer({ features: [] });
    await addTeaCounty(server.database.owner);
  });
  afterAll(async () => server.close());

  const commandOf = (id: string, division: string = upper): Command => ({
    actor: { key: `form:${id}`, context: publicContext(division) },
    commandId: id,
    route: 'POST /api/tea',
    body: { tea: id },
  });
  const pour =
    (id: string, division: string = upper) =>
    async (tx: Tx): Promise<Outcome> => {
      writeJournal(tx, { kind: 'test', division, pub: { cup: id } });
      return { status: 201, body: { cup: id } };
    };
  const send = (ids: readonly string[], work: (id: string) => (tx: Tx) => Promise<Outcome> = (id) => pour(id)) =>
    Promise.allSettled(ids.map((id) => runTogether(server.deps, commandOf(id), work(id))));
  const rows = async (sql: string, values: readonly unknown[]) =>
    (await server.database.owner.query<{ cup: string; tx: string }>(sql, [...values])).rows;
  /** Which transaction wrote the entry of each cup. */
  const cups = (ids: readonly string[]) =>
    rows(`select pub->>'cup' as cup, xmin::text as tx from lx.journal_entry where pub->>'cup' = any ($1) order by 1`, [
      ids,
    ]);
  const ids = (name: string, count: number) => Array.from({ length: count }, (_, at) => `${name}-${at + 10}`);

  it('each get their own answer, and share few commits', async () => {
    const many = ids('together', 40);
    const answers = await send(many);
    expect(answers.map((one) => (one.status === 'fulfilled' && 'body' in one.value ? one.value.body : one))).toEqual(
      many.map((cup) => ({ cup })),
    );
    const kept = await cups(many);
    expect(kept.map((one) => one.cup)).toEqual(many);
    expect(new Set(kept.map((one) => one.tx)).size).toBeLessThanOrEqual(4);
    const again = await runTogether(server.deps, commandOf('together-10'), pour('never'));
    expect(again).toMatchObject({ repeated: true, body: { cup: 'together-10' } });
  });

  it('do not pay for the exception of one, of which nothing is kept', async () => {
    const many = ids('broken', 12);
    const answers = await send(many, (id) => async (tx) => {
      const done = await pour(id)(tx);
      if (id === 'broken-15') throw new Error('a bug');
      return done;
    });
    expect(answers.map((one) => one.status)).toEqual(many.map((id) => (id === 'broken-15' ? 'rejected' : 'fulfilled')));
    expect((await cups(many)).map((one) => one.cup)).toEqual(many.filter((id) => id !== 'broken-15'));
  });

  it('do not pay for what the database refuses of one at the very end', async () => {
    const many = ids('outside', 12);
    const answers = await send(many, (id) => pour(id, id === 'outside-15' ? lower : upper));
    expect(answers[5]).toMatchObject({
      status: 'rejected',
      reason: { message: expect.stringMatching(/row-level security/) },
    });
    expect((await cups(many)).map((one) => one.cup)).toEqual(many.filter((id) => id !== 'outside-15'));
  });

  it('keep the refusal of one, and nothing it wrote before', async () => {
    const many = ids('refused', 12);
    const refuse = (id: string) => async (tx: Tx) => {
      const done = await pour(id)(tx);
      if (id === 'refused-15') return { faults: [fault('matter-closed')] };
      if (id !== 'refused-17') return done;
      // Written at once, not at the end: only undoing the whole transaction takes it back.
      await tx.run(
        `insert into lx.command (county, actor, command_id, route, fingerprint, status, answer, recorded_at)
         values ($1, 'form:smuggled', 'smuggled', 'x', sha256(''), 201, '{}', now())`,
        [tx.context.county],
      );
      return { faults: [fault('matter-closed')] };
    };
    const answers = await send(many, refuse);
    const refused = { status: 422, repeated: false, faults: [{ code: 'matter-closed' }] };
    expect(answers[5]).toMatchObject({ value: refused });
    expect(answers[7]).toMatchObject({ value: refused });
    expect((await cups(many)).map((one) => one.cup)).toEqual(
      many.filter((id) => !['refused-15', 'refused-17'].includes(id)),
    );
    expect(await rows(`select command_id as cup from lx.command where actor = 'form:smuggled'`, [])).toEqual([]);
    for (const id of ['refused-15', 'refused-17'])
      expect(await runTogether(server.deps, commandOf(id), pour(id))).toMatchObject({ ...refused, repeated: true });
  });

  it('run one of two twins', async () => {
    const answers = await send(['twin-x', 'twin-x', 'twin-y', 'twin-x']);
    expect(answers.map((one) => one.status === 'fulfilled' && one.value.status)).toSatisfy((all: number[]) =>
      all.every((status) => status === 201 || status === 409),
    );
    expect((await cups(['twin-x', 'twin-y'])).map((one) => one.cup)).toEqual(['twin-x', 'twin-y']);
  });

  it('never share a transaction with those of another context', async () => {
    const mixed = ids('mixed', 20);
    await Promise.all(
      mixed.map((id, at) => {
        const place = at % 2 === 0 ? upper : lower;
        return runTogether(server.deps, commandOf(id, place), pour(id, place));
      }),
    );
    const kept = await cups(mixed);
    const even = new Set(kept.filter((_, at) => at % 2 === 0).map((one) => one.tx));
    const odd = new Set(kept.filter((_, at) => at % 2 === 1).map((one) => one.tx));
    expect(kept.length).toBe(20);
    expect([...even].filter((tx) => odd.has(tx))).toEqual([]);
  });

  it('make one call of what they keep back for the same function', async () => {
    await server.database.owner.query(
      `create function lx.tea_rows(p jsonb) returns void language sql security definer as
       $$ insert into lx.command select p ->> 'county', 'system:tea', c, 'x', sha256(''), 200, jsonb_array_length(p -> 'cups')::text, now()
          from jsonb_array_elements_text(p -> 'cups') as c $$;
       grant execute on function lx.tea_rows(jsonb) to rt_public`,
    );
    const many = ids('called', 6);
    await send(many, (id) => async (tx) => {
      callAtEnd(tx, 'select lx.tea_rows($1)', { cups: [id] });
      return { status: 201, body: null };
    });
    const kept = await rows(
      `select command_id as cup, answer as tx from lx.command where actor = 'system:tea' order by 1`,
      [],
    );
    expect(kept.map((one) => one.cup)).toEqual(many);
    expect(kept.some((one) => Number(one.tx) > 1)).toBe(true);
  });
});
