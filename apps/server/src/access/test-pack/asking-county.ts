import {
  addTeaCounty,
  signIn,
  teaPassword,
  testServer,
  type SignedInClient,
  type TestServer,
} from '@lianxin/testkit/database';
import { valueOf } from '@lianxin/domain';
import { addTeaPack } from '../../matters/test-pack/tea-requests.js';
import { addTeaRegisters } from '../../records/test-pack/tea-registers.js';
import { addAccount, sharedHash } from '../account.js';
import { people, placeNames, places, type Place } from './askers.js';
import { dutiesOf, readPosts } from './duties.js';
import type { Named } from './request-samples.js';
import { putThingsAt } from './things-at.js';

/** A county with everybody of the matrix logged in, and one of each thing at every place. */
export interface AskingCounty {
  readonly server: TestServer;
  readonly clients: ReadonlyMap<string, SignedInClient>;
  readonly things: ReadonlyMap<Place, Named>;
}

const seat = {
  village: places['same-village'],
  township: places['own-township'],
  county: places['own-county'],
  system: '',
};
const neighbour = places['other-county'];

const addNeighbourCounty = async ({ database }: TestServer): Promise<void> => {
  const county = neighbour.slice(0, 6);
  const rows = [
    [`${county}000000`, '邻县', 'county', 'county', null],
    [`${neighbour.slice(0, 9)}000`, '邻县镇', 'township', 'township', `${county}000000`],
    [neighbour, '邻县村', 'village', 'village', `${neighbour.slice(0, 9)}000`],
  ];
  for (const [code, name, level, kind, parent] of rows)
    await database.owner.query(
      `insert into lx.division (code, name, short_name, level, kind, parent, county, source, valid_from)
       values ($1, $2, $2, $3, $4, $5, $6, 'made up', '2020-01-01')`,
      [code, name, level, kind, parent, county],
    );
  for (const [number, code, kind] of [
    [91, neighbour, 'villagers-committee'],
    [92, `${county}000000`, 'office'],
  ])
    await database.owner.query(
      `insert into lx.body (county, id, division, kind, name, valid_from, recorded_at)
       values ($1, $2, $3, $4, '邻县单位', '2020-01-01', '2026-03-02T01:00:00Z')`,
      [county, `00000002-0000-7000-8000-0000000000${number}`, code, kind],
    );
};

const idFor = (kind: number, at: number): string => `0000000${kind}-0000-7000-8000-00000000010${at.toString(16)}`;

/** Everybody of the matrix: a person, an appointment to a body of the post's first kind, a log-in. */
const addPeople = async ({ database }: TestServer): Promise<void> => {
  const { owner } = database;
  const posts = readPosts();
  const hash = sharedHash();
  for (const post of posts)
    await owner.query(
      `insert into lx.post (id, title, title_en, body_kind, also_in, level, capabilities) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (id) do nothing`,
      [
        post.id,
        post.title,
        post['title-en'],
        post['body-kinds'][0],
        post['body-kinds'].slice(1),
        post.level,
        [
          ...dutiesOf(
            people.find((one) => one.post === post.id) ?? {
              id: '',
              title: '',
              role: 'rt_office',
              level: 'village',
              post: post.id,
            },
            posts,
          ),
        ],
      ],
    );
  for (const [at, asker] of people.entries()) {
    if (asker.id === 'visitor') continue;
    const division = seat[asker.level];
    const county = division.slice(0, 6);
    const person = idFor(1, at);
    await owner.query(
      `insert into lx.person (county, id, division, name, made_up, valid_from, recorded_at) values ($1, $2, $3, $4, true, '2020-01-01', '2026-03-02T01:00:00Z')`,
      [county, person, division, asker.title],
    );
    if (asker.post !== undefined) {
      const kind = posts.find((post) => post.id === asker.post)?.['body-kinds'][0] ?? '';
      await owner.query(
        `insert into lx.body (county, id, division, kind, name, valid_from, recorded_at) values ($1, $2, $3, $4, $5, '2020-01-01', '2026-03-02T01:00:00Z')`,
        [county, idFor(2, at), division, kind, `${asker.title}所在单位`],
      );
      await owner.query(
        `insert into lx.appointment (county, id, division, person, post, body, holder_name, valid_from, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7, '2020-01-01', '2026-03-02T01:00:00Z')`,
        [county, idFor(3, at), division, person, asker.post, idFor(2, at), asker.title],
      );
    }
    valueOf(
      await addAccount(owner, { username: asker.id, name: asker.title, person, county, password: teaPassword }, hash),
    );
  }
};

/** The person behind a column of the matrix. */
export const personOf = (asker: string): string =>
  idFor(
    1,
    people.findIndex((one) => one.id === asker),
  );

/** Builds it; `before` adds what must be there before anybody asks for a rule. */
export const askingCounty = async (
  before: (server: TestServer) => Promise<void> = () => Promise.resolve(),
): Promise<AskingCounty> => {
  const server = await testServer();
  const { owner } = server.database;
  await addTeaCounty(owner);
  await before(server);
  await addNeighbourCounty(server);
  const pack = await addTeaPack(owner, places.self.slice(0, 6));
  await addTeaRegisters(owner, places.self.slice(0, 6));
  for (const hash of [pack])
    await owner.query(
      `insert into lx.pack_activation (county, id, division, pack, version_hash, valid_from, recorded_at)
       select $1, $2, $3, pack, version_hash, valid_from, recorded_at from lx.pack_activation where version_hash = decode($4, 'hex') limit 1`,
      [neighbour.slice(0, 6), idFor(4, 1), `${neighbour.slice(0, 6)}000000`, hash],
    );
  await owner.query(
    `insert into lx.pack_activation (county, id, division, pack, version_hash, valid_from, recorded_at)
     select $1, $2, $3, pack, version_hash, valid_from, recorded_at from lx.pack_activation where pack = 'tea-registers' limit 1`,
    [neighbour.slice(0, 6), idFor(4, 2), `${neighbour.slice(0, 6)}000000`],
  );
  await addPeople(server);
  const things = new Map<Place, Named>();
  for (const place of placeNames.filter((one) => one !== 'self'))
    things.set(place, {
      ...(await putThingsAt(server, places[place], `（${placeNames.indexOf(place)}）`)),
      township: idFor(2, 7),
      pack,
    });
  const clients = new Map<string, SignedInClient>();
  for (const asker of people) if (asker.id !== 'visitor') clients.set(asker.id, await signIn(server, asker.id));
  return { server, clients, things };
};
