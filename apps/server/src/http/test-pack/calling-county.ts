import type { Caller } from '@lianxin/testkit/calls';
import { signIn, testServer, type TestServer } from '@lianxin/testkit/database';
import exceljs from 'exceljs';
import sharp from 'sharp';
import { seedDemonstration } from '../../demonstration.js';
import { listCounties, sweepDeadlines } from '../../matters/index.js';

/** The demonstration with somebody of every set of duties logged in, a resident and a visitor. */
export interface CallingCounty {
  readonly server: TestServer;
  readonly callers: readonly Caller[];
  readonly files: readonly Uint8Array[];
  /** Lets time pass; after a day or more deadlines are swept as at night. */
  readonly pass: (minutes: number) => Promise<void>;
}

/** One account for each set of duties at each level, of the county with the most matters where it has it, and a person without office. */
const chosen = `with busy as (select county, count(*) as n from lx.matter group by 1)
  select distinct on (t.level, t.capabilities) c.username from lx.account c join lx.person p on p.county = c.county and p.id = c.person
    left join lx.appointment a on a.county = c.county and a.person = c.person and a.valid_to is null
    left join lx.post t on t.id = a.post
    left join busy b on b.county = c.county
  order by t.level, t.capabilities, b.n desc nulls last, c.username`;

const callerOf = async (server: TestServer, username: string, password: string): Promise<Caller> => {
  const { owner } = server.database;
  const { rows } = await owner.query<{ id: string; kept: string }>(
    `select a.id, c.password as kept from lx.account a join lx.credential c on c.account_id = a.id where a.username = $1`,
    [username],
  );
  const [account] = rows;
  if (account === undefined) throw new Error(`no account ${username}`);
  let cookie = (await signIn(server, username, password)).cookie;
  const renew = async (): Promise<void> => {
    await owner.query('delete from lx.sign_in_attempt');
    await owner.query('delete from lx.two_factor where account_id = $1', [account.id]);
    await owner.query(
      'update lx.account set two_factor_enabled = false, disabled_at = null, username = $2 where id = $1',
      [account.id, username],
    );
    await owner.query(
      'update lx.credential set password = $2, password_set_at = $3, first_password = false where account_id = $1',
      [account.id, account.kept, server.clock.now()],
    );
    cookie = (await signIn(server, username, password)).cookie;
  };
  return { name: username, cookie: () => cookie, renew };
};

const someFiles = async (): Promise<readonly Uint8Array[]> => {
  const image = sharp({ create: { width: 40, height: 30, channels: 3, background: '#c33' } });
  const book = new exceljs.Workbook();
  book.addWorksheet('表').addRow(['姓名', '村']);
  return [
    new Uint8Array(),
    await image.png().toBuffer(),
    await image.jpeg().toBuffer(),
    new Uint8Array(await book.xlsx.writeBuffer()),
    new TextEncoder().encode('%PDF-1.4\n%%EOF'),
    Uint8Array.from({ length: 900 }, (_, at) => (at * 7) % 256),
  ];
};

/** Builds it. */
export const callingCounty = async (seed: number): Promise<CallingCounty> => {
  const server = await testServer({ now: '2026-03-02T02:00:00.000Z', seed: String(seed) });
  const { owner } = server.database;
  const [login] = await seedDemonstration(server.deps, { owner: server.database.ownerConnection });
  if (login === undefined) throw new Error('the demonstration gave no log-in');
  const { rows } = await owner.query<{ username: string }>(chosen);
  const callers: Caller[] = [];
  for (const { username } of rows) callers.push(await callerOf(server, username, login.password));
  const visitor: Caller = { name: 'a visitor', cookie: () => undefined, renew: async () => undefined };
  return {
    server,
    callers: [...callers, visitor, visitor, visitor],
    files: await someFiles(),
    pass: async (minutes) => {
      server.clock.advance({ minutes });
      if (minutes < 1_000) return;
      for (const county of await listCounties(server.deps)) await sweepDeadlines(server.deps, county);
    },
  };
};
