import { Procedure, scopeOf, type FieldValues } from '@lianxin/domain';
import { actWithin, inContext, issueCertificate, type Sql } from '@lianxin/server';
import { teaCounty, teaPeople, type TeaPerson } from './tea-county.js';
import { activateTeaPack } from './tea-pack.js';
import { signIn, type TestServer } from './test-server.js';

/** How a village of the made-up county decides its tea rules: two reviews, one of thirty representatives, fifteen days on the wall. */
const deciding = Procedure.parse({
  kind: 'procedure',
  id: 'tea-decision',
  title: '上茶村议事规则',
  inForce: { from: '2020-01-01' },
  forMatters: { kinds: ['tea-decision'] },
  opensBy: [{ body: 'villagers-committee' }],
  names: [
    { id: 'villagers-committee', title: '村民委员会' },
    { id: 'representatives', title: '村民代表会议' },
  ],
  form: [{ id: 'subject', title: '事项名称', type: 'text' }],
  stages: [
    { id: 'propose', title: '提议', by: [{ body: 'villagers-committee' }] },
    {
      id: 'resolve',
      title: '决议',
      by: [{ body: 'villagers-committee' }],
      vote: {
        roll: 'representatives',
        attendance: { atLeast: '2/3', of: 'entitled' },
        approval: { moreThan: '1/2', of: 'present' },
        source: ['TEA-30'],
      },
    },
    {
      id: 'publish',
      title: '决议公开',
      by: [{ body: 'villagers-committee' }],
      publish: { what: '决议', channels: ['wall'], noticePeriod: '15 days', source: ['TEA-32'] },
    },
    {
      id: 'disclose',
      title: '结果公开',
      by: [{ body: 'villagers-committee' }],
      publish: { what: '实施结果', channels: ['wall'], noticePeriod: '15 days', source: ['TEA-32'] },
      then: { end: 'carried-out' },
    },
  ],
  closes: {
    results: [
      { id: 'carried-out', title: '已实施并公开', settled: true },
      { id: 'rejected', title: '未通过' },
    ],
  },
});

/** Activates the decision procedure in the made-up county. */
export const addTeaDecisions = async (owner: Sql): Promise<void> => {
  await activateTeaPack(owner, teaCounty.divisions.county, '00000009-0000-7000-8000-00000000dec1', {
    id: 'tea-decisions',
    title: '茶县议事',
    mechanism: 'decisions',
    rules: [deciding],
    sourceNames: { 'TEA-30': '《上茶村议事规则》第三十条', 'TEA-32': '《上茶村议事规则》第三十二条' },
  });
};

/** A decision that ended, with its certificate. */
export interface TeaDecision {
  readonly matter: string;
  /** Null where none was given. */
  readonly certificate: string | null;
}

/**
 * Plays a decision of the upper village from the proposal to the end, each act by the village's clerk: 30 entitled, so many present, so many
 * for and against. The clock moves about six weeks on. The county, its accounts and `addTeaDecisions` come first.
 */
export const decideInTea = async (
  server: TestServer,
  subject: string,
  vote: { readonly present: number; readonly approve: number; readonly against: number } = {
    present: 21,
    approve: 12,
    against: 9,
  },
): Promise<TeaDecision> => {
  const upperClerk: TeaPerson = teaPeople.upperClerk;
  const seat = upperClerk.office;
  if (seat === undefined) throw new Error('the clerk has no office');
  const { county, divisions } = teaCounty;
  const client = await signIn(server, upperClerk.username);
  const command = `decide-${server.deps.newId()}`;
  const opened = await client.send(
    'POST',
    '/api/matters',
    { division: divisions.upper, procedure: deciding.id, kind: 'tea-decision', fields: { subject } },
    { 'idempotency-key': `${command}-open` },
  );
  if (opened.status !== 201) throw new Error(`not opened: ${opened.status} ${await opened.text()}`);
  const { id: matter } = (await opened.json()) as { id: string };
  const office = {
    ...seat,
    postTitle: '',
    bodyName: '',
    bodyKind: 'villagers-committee',
    divisionName: '',
    level: 'village',
    capabilities: [],
    before: [],
    standsFor: [],
  };
  const { person } = upperClerk;
  const context = { role: 'rt_office' as const, county, uid: person, ...scopeOf(divisions.upper), caps: [] };
  const session = {
    key: `person:${person}`,
    context,
    office,
    session: {
      account: '',
      username: '',
      county,
      person,
      name: '',
      division: divisions.upper,
      offices: [office],
      capabilities: [],
      expiresAt: '',
    },
  };
  const act = async (name: string, stage: string, fields: FieldValues = {}): Promise<void> => {
    const done = await inContext(server.deps, context, async (tx) =>
      actWithin(server.deps, tx, session, {
        matter,
        act: name,
        stage,
        fields,
        commandId: `${command}-${stage}-${name}`,
        roll: () => ({ entitled: 30, households: 30 }),
      }),
    );
    if (!done.ok) throw new Error(`${name} was refused: ${JSON.stringify(done.faults)}`);
  };
  await act('done', 'propose');
  server.clock.advance({ days: 3 });
  const carried = vote.approve * 2 > vote.present;
  await act(carried ? 'pass' : 'reject', 'resolve', { ...vote });
  for (const stage of carried ? ['publish', 'disclose'] : []) {
    server.clock.advance({ days: 1 });
    await act('post', stage, { channels: ['wall'] });
    server.clock.advance({ days: 16 });
    await act('finish-posting', stage);
  }
  return { matter, certificate: await issueCertificate(server.deps, county, matter) };
};
