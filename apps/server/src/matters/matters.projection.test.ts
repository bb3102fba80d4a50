import { officeOver, teaCounty, teaPeople } from '@lianxin/testkit/database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { features } from '../features.js';
import type { Answer } from '../http/command.js';
import { endBody, saveBody } from '../people/save-body.js';
import { connectOwner } from '../storage/database.js';
import { rebuild } from '../storage/rebuild.js';
import { teaServer, type TeaServer } from './test-pack/tea-server.js';

const { divisions } = teaCounty;
const body = teaPeople.upperClerk.office?.body ?? '';
const keeper = officeOver(divisions.county, ['keep-bodies']);
let tea: TeaServer;
let commands = 0;
const next = <Input>(input: Input) => ({ actor: keeper, commandId: `projection-${(commands += 1)}`, input });
const madeBy = async (answer: Promise<Answer>): Promise<string> => {
  const made = await answer;
  if ('faults' in made) throw new Error(JSON.stringify(made.faults));
  return (made.body as { id: string }).id;
};
const holderOf = async (id: string): Promise<string | undefined> =>
  (
    await tea.server.database.owner.query<{ body: string }>('select holder_body as body from lx.matter where id = $1', [
      id,
    ])
  ).rows[0]?.body;

beforeAll(async () => {
  tea = await teaServer([]);
});
afterAll(async () => tea.server.close());

it('a matter stays with the body it was given to, though bodies were entered and ended since with earlier dates', async () => {
  const before = await tea.tell('need', { wanted: '修路灯' });
  tea.server.clock.advance({ minutes: 1 });
  const second = await madeBy(
    saveBody(
      tea.server.deps,
      next({ division: divisions.upper, kind: 'villagers-committee', name: '上茶村新委会', validFrom: '2026-01-01' }),
    ),
  );
  await madeBy(endBody(tea.server.deps, next({ id: body, on: '2026-03-01' })));
  tea.server.clock.advance({ minutes: 1 });
  // No waiting: whoever tells something next is heard by the body that there is now.
  const after = await tea.tell('need', { wanted: '修水渠' });
  expect([await holderOf(before.id), await holderOf(after.id)]).toEqual([body, second]);
  const owner = await connectOwner({ owner: tea.server.database.ownerConnection });
  const projections = await rebuild(owner, features, tea.server.clock.now());
  await owner.end();
  expect(projections.filter((one) => one.differing > 0)).toEqual([]);
});
