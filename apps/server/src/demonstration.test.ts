import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '@lianxin/testkit/database';
import { demonstrationLogins, seedDemonstration } from './demonstration.js';
import type { Feature } from './http/feature.js';

describe('the demonstration', () => {
  let server: TestServer;
  let breaking = true;
  const login = { username: 'tea', password: 'tea', zh: '茶', en: 'tea' };
  const county: Feature = {
    name: 'county',
    seed: async () => {
      await server.database.owner.query(
        `insert into lx.division (code, name, short_name, level, kind, county, source, valid_from)
         values ('999901000000', '茶县', '茶', 'county', 'county', '999901', 'made up', '2020-01-01')`,
      );
      return [login];
    },
  };
  const later: Feature = {
    name: 'later',
    seed: async () => {
      if (breaking) throw new Error('the kettle broke');
      return [];
    },
  };

  beforeAll(async () => {
    server = await testServer({ features: [] });
  });
  afterAll(async () => server.close());

  const seed = async () => seedDemonstration(server.deps, { owner: server.database.ownerConnection }, [county, later]);

  it('that was cut short is begun again from nothing, then never written twice', async () => {
    await expect(seed()).rejects.toThrow('the kettle broke');
    expect(demonstrationLogins(server.deps)).toEqual([]);
    breaking = false;
    expect(await seed()).toEqual([login]);
    expect(await seed()).toEqual([]);
    expect(demonstrationLogins(server.deps)).toEqual([login]);
    const { rows } = await server.database.owner.query('select code from lx.division');
    expect(rows).toEqual([{ code: '999901000000' }]);
  });

  it('is not mixed into a database that holds anything', async () => {
    await server.database.owner.query('delete from lx.division');
    await server.database.owner.query(
      `insert into lx.pack_version (hash, pack, version, title, body, recorded_at) values (sha256('x'), 'x', '1', 'x', '{}', now())`,
    );
    expect(await seed()).toEqual([]);
  });
});
