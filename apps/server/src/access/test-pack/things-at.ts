import { scopeOf } from '@lianxin/domain';
import { made, type TestServer } from '@lianxin/testkit/database';
import { addFile } from '../../files/add-file.js';
import { appoint } from '../../people/appoint.js';
import { assignContact, saveHousehold } from '../../people/household-contact.js';
import { linkBodies } from '../../people/link-bodies.js';
import { saveBody } from '../../people/save-body.js';
import { assignGrid, saveGrid } from '../../people/save-grid.js';
import { saveOrganisation } from '../../people/save-organisation.js';
import { placeMember, savePerson } from '../../people/save-person.js';
import { savePlace, saveServiceRoomTask } from '../../people/save-place.js';
import { saveStation } from '../../people/save-station.js';
import type { Named } from './request-samples.js';

const validFrom = '2026-01-01';

/** The smallest picture. */
const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const noVillageThings: Named = {
  estate: undefined,
  task: undefined,
  grid: undefined,
  organisation: undefined,
  station: undefined,
  household: undefined,
  freeHousehold: undefined,
  assignment: undefined,
  visit: undefined,
};

/** Somebody with every duty over a division, who puts things there for others to ask for. */
const keeperOf = (division: string) => ({
  key: 'person:00000008-0000-7000-8000-000000000001',
  context: {
    role: 'rt_office' as const,
    county: division.slice(0, 6),
    uid: '00000008-0000-7000-8000-000000000001',
    ...scopeOf(division),
    caps: ['keep-bodies', 'appoint', 'keep-places', 'assign-contacts', 'read-members'],
  },
});

/** A request told by a resident without account; villages alone have them. */
const tell = async (server: TestServer, division: string): Promise<Named> => {
  const form = (await (await server.request('/api/requests/form-token', { method: 'POST' })).json()) as {
    formToken: string;
    commandId: string;
  };
  const answer = await server.request('/api/requests', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': form.commandId },
    body: JSON.stringify({
      formToken: form.formToken,
      division,
      kind: 'need',
      fields: { wanted: `修路灯 ${division}` },
    }),
  });
  if (answer.status !== 201) return { matter: undefined, receipt: undefined };
  const told = (await answer.json()) as { id: string; receipt: { code: string } };
  return { matter: told.id, receipt: told.receipt.code };
};

/** A Party body without the chain above it, which is no matter here. */
const addPartyBody = async (
  { deps, database }: TestServer,
  division: string,
  kind: string,
  name: string,
): Promise<string> => {
  const id = deps.newId();
  await database.owner.query(
    `insert into lx.body (county, id, division, kind, name, valid_from, recorded_at) values ($1, $2, $3, $4, $5, $6, '2026-03-02T01:00:00Z')`,
    [division.slice(0, 6), id, division, kind, name, validFrom],
  );
  return id;
};

/** Rows that no command writes alone: a record, a file, a follow-up. */
const addRows = async (
  { deps, database: { owner } }: TestServer,
  division: string,
  matter: unknown,
  file: string,
): Promise<Named> => {
  const county = division.slice(0, 6);
  const [record, change, followUp] = [deps.newId(), deps.newId(), deps.newId()];
  const fields = JSON.stringify({ room: `室 ${division}`, slot: 'afternoon', seats: 4 });
  await owner.query(
    `insert into lx.record (county, id, division, register, fields, since, version, recorded_at, updated_at)
     values ($1, $2, $3, 'tea-rooms', $4, $5, 1, '2026-03-02T01:00:00Z', '2026-03-02T01:00:00Z')`,
    [county, record, division, fields, validFrom],
  );
  await owner.query(
    `insert into lx.record_change (county, id, division, record, kind, valid_from, fields, reason, person, office_post, office_body, command_id, recorded_at)
     values ($1, $2, $3, $4, 'enter', $5, $6, '登记', $7, 'clerk', $7, 'made up', '2026-03-02T01:00:00Z')`,
    [county, change, division, record, validFrom, fields, '00000008-0000-7000-8000-000000000001'],
  );
  if (matter === undefined) return { record, file, followUp: undefined };
  await owner.query(
    `insert into lx.file_use (county, file, subject_kind, subject, division, recorded_at) values ($1, $2, 'matter', $3, $4, '2026-03-02T01:00:00Z')`,
    [county, file, matter, division],
  );
  await owner.query(
    `insert into lx.follow_up (county, id, division, matter, cause, text, due, recorded_at) values ($1, $2, $3, $4, 'written', '请办', '2026-04-01', '2026-03-02T01:00:00Z')`,
    [county, followUp, division, matter],
  );
  return { record, file, followUp };
};

interface VillageThings {
  readonly division: string;
  readonly mark: string;
  readonly person: string;
  readonly member: string;
  readonly branch: string;
  readonly partyGroup: string;
}

/** What villages alone have. */
const putVillageThings = async (
  { deps, database }: TestServer,
  { division, mark, person, member, branch, partyGroup }: VillageThings,
): Promise<Named> => {
  const actor = keeperOf(division);
  const next = <Input>(input: Input) => ({
    actor,
    commandId: `things ${mark} ${deps.newId()}`,
    input,
  });
  const own = { division, validFrom };
  made(await placeMember(deps, next({ person: member, branch, validFrom })));
  const estate = made(
    await savePlace(deps, next({ ...own, kind: 'estate' as const, name: `小区${mark}`, estateAge: 'old' as const })),
  );
  const task = made(
    await saveServiceRoomTask(
      deps,
      next({ estate, department: 'housing' as const, task: '核定', dueOn: '2026-02-01' }),
    ),
  );
  const grid = made(await saveGrid(deps, next({ ...own, code: '001', name: `网格${mark}` })));
  made(await assignGrid(deps, next({ id: grid, body: partyGroup, contact: person, validFrom })));
  const organisation = made(
    await saveOrganisation(deps, next({ ...own, kind: 'social' as const, name: `协会${mark}` })),
  );
  const station = made(await saveStation(deps, next({ ...own, name: `村部${mark}`, formerVillage: '原村' })));
  const household = made(await saveHousehold(deps, next({ ...own, label: `一号院${mark}` })));
  const freeHousehold = made(await saveHousehold(deps, next({ ...own, label: `二号院${mark}` })));
  const assignment = made(await assignContact(deps, next({ household, member, validFrom })));
  const visit = deps.newId();
  await database.owner.query(
    `insert into lx.contact_visit (county, id, division, household, visitor, need, occurred_at, recorded_at) values ($1, $2, $3, $4, $5, '修渠', '2026-03-02T01:00:00Z', '2026-03-02T01:00:00Z')`,
    [division.slice(0, 6), visit, division, household, member],
  );
  return { estate, task, grid, organisation, station, household, freeHousehold, assignment, visit };
};

/** One of each thing at a place, by the names that requests use for them. */
export const putThingsAt = async (server: TestServer, division: string, mark: string): Promise<Named> => {
  const { deps } = server;
  const actor = keeperOf(division);
  const next = <Input>(input: Input) => ({
    actor,
    commandId: `things ${mark} ${deps.newId()}`,
    input,
  });
  const own = { division, validFrom };
  const village = !division.endsWith('000');
  const person = made(await savePerson(deps, next({ ...own, name: `人员${mark}` })));
  const member = made(await savePerson(deps, next({ ...own, name: `党员${mark}` })));
  const { owner } = server.database;
  const branch = await addPartyBody(server, division, 'branch', `支部${mark}`);
  const gridBody = made(await saveBody(deps, next({ ...own, kind: 'grid', name: `网格${mark}` })));
  const body = made(await saveBody(deps, next({ ...own, kind: 'volunteer-team', name: `队${mark}` })));
  const office = made(await saveBody(deps, next({ ...own, kind: 'office', name: `站${mark}` })));
  const partyGroup = await addPartyBody(server, division, 'party-group', `小组${mark}`);
  await owner.query(
    `insert into lx.body_link (county, id, division, from_body, to_body, kind, valid_from, recorded_at)
     values ($1, $2, $3, $4, $5, 'party-tree', $6, '2026-03-02T01:00:00Z')`,
    [division.slice(0, 6), deps.newId(), division, partyGroup, branch, validFrom],
  );
  const link = { fromBody: gridBody, toBody: body, kind: 'serves' as const, validFrom };
  const bodyLink = made(await linkBodies(deps, next(link)));
  const appointment = made(
    await appoint(deps, next({ person: member, post: 'grid-leader', body: gridBody, validFrom })),
  );
  await owner.query(
    `insert into lx.body_link (county, id, division, from_body, to_body, kind, valid_from, recorded_at)
     values ($1, $2, $3, $4, $5, 'liaison', $6, '2026-03-02T01:00:00Z')`,
    [division.slice(0, 6), deps.newId(), division, body, office, validFrom],
  );
  const inVillage = village
    ? await putVillageThings(server, { division, mark, person, member, branch, partyGroup })
    : noVillageThings;
  const told = await tell(server, division);
  const file = made(
    await addFile(deps, actor, `file ${mark}`, division, {
      name: '灯.png',
      bytes: onePixel,
    }),
  );
  const rows = await addRows(server, division, told.matter, file);
  const child = deps.newId();
  const [minorAccess, proposal] = [deps.newId(), deps.newId()];
  const county = division.slice(0, 6);
  await owner.query(
    `insert into lx.person (county, id, division, name, birth_year, made_up, valid_from, recorded_at) values ($1, $2, $3, '孩子', 2015, true, $4, '2026-03-02T01:00:00Z')`,
    [county, child, division, validFrom],
  );
  await owner.query(
    `insert into lx.minor_access (county, id, division, person, purpose, asked_by, asked_at) values ($1, $2, $3, $4, '核对', $5, '2026-03-02T01:00:00Z')`,
    [county, minorAccess, division, child, actor.context.uid],
  );
  await owner.query(
    `insert into lx.appointment_proposal (county, id, division, person, post, body, valid_from, asked_by, asked_at)
     values ($1, $2, $3, $4, 'info-officer', $5, '2026-03-01', $6, '2026-03-02T01:00:00Z')`,
    [county, proposal, division, person, gridBody, actor.context.uid],
  );
  const meeting = deps.newId();
  await owner.query(
    `insert into lx.meeting (county, id, division, roll, body_name, title, meets_at, room, called_by, office_post, office_body, called_at,
       party, open_to_public, state, updated_at)
     values ($1, $2, $3, 'villager-representatives-meeting', '村民代表会议', '例会', '2026-03-11T01:00:00Z', '会议室', $4, 'clerk', $5, '2026-03-02T01:00:00Z',
       false, false, 'called', '2026-03-02T01:00:00Z')`,
    [county, meeting, division, actor.context.uid, office],
  );
  return {
    meeting,
    child,
    minorAccess,
    proposal,
    ...inVillage,
    ...told,
    ...rows,
    division,
    person,
    member,
    branch,
    gridBody,
    body,
    office,
    partyGroup,
    bodyLink,
    appointment,
    contact: person,
    code: division,
    validFrom: '2026-03-01',
    on: '2026-03-01',
    register: 'tea-rooms',
    ledger: 'by-slot',
  };
};
