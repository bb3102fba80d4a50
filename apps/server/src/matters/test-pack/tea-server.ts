import type { Acted, MatterDetail, Opened, Tracking } from '@lianxin/contract';
import {
  addTeaAccounts,
  addTeaCounty,
  codesOf,
  signIn,
  teaCounty,
  teaPeople,
  testServer,
  type SignedInClient,
  type TestServer,
} from '@lianxin/testkit/database';
import type { Config } from '../../config.js';
import { addTeaPack } from './tea-requests.js';

type Person = keyof typeof teaPeople;
type Fields = Record<string, unknown>;

/** The tea county with its packs and log-ins, and the few things every test of matters does over HTTP. */
export interface TeaServer {
  readonly server: TestServer;
  readonly as: (person: Person) => SignedInClient;
  readonly form: () => Promise<{ formToken: string; commandId: string }>;
  /** A resident without account tells something; gives the response. */
  readonly send: (body: Record<string, unknown>, commandId?: string) => Promise<Response>;
  readonly tell: (kind: string, fields: Fields, division?: string) => Promise<Opened>;
  readonly track: (code: string) => Promise<Tracking>;
  readonly read: (person: Person, id: string) => Promise<MatterDetail>;
  /** Acts and expects to be let; the version is read first. */
  readonly act: (person: Person, id: string, act: string, fields?: Fields) => Promise<Acted>;
  /** Acts and gives the codes of the refusal, or an empty list. */
  readonly tryAct: (person: Person, id: string, act: string, fields?: Fields) => Promise<string[]>;
  /** Acts by receipt; `secret` is the second secret. */
  readonly byReceipt: (opened: Opened, act: string, fields?: Fields, secret?: string | null) => Promise<Response>;
  readonly versionOf: (id: string) => Promise<number>;
  readonly count: (sql: string) => Promise<number>;
}

const json = { 'content-type': 'application/json' };

/** Starts the tea county. */
export const teaServer = async (
  people: readonly Person[],
  now?: string,
  config: Partial<Config> = {},
): Promise<TeaServer> => {
  const server = await testServer({ config, ...(now === undefined ? {} : { now }) });
  await addTeaCounty(server.database.owner);
  await addTeaPack(server.database.owner, teaCounty.county);
  await addTeaAccounts(
    server.database.owner,
    people.map((person) => teaPeople[person]),
  );
  const clients = new Map<Person, SignedInClient>();
  for (const person of people) clients.set(person, await signIn(server, teaPeople[person].username));
  const as: TeaServer['as'] = (person) => {
    const client = clients.get(person);
    if (client === undefined) throw new Error(`${person} has no log-in in this test`);
    return client;
  };
  const form: TeaServer['form'] = async () =>
    (await (await server.request('/api/requests/form-token', { method: 'POST' })).json()) as {
      formToken: string;
      commandId: string;
    };
  const send: TeaServer['send'] = async (body, commandId) => {
    const made = await form();
    return server.request('/api/requests', {
      method: 'POST',
      headers: { ...json, 'idempotency-key': commandId ?? made.commandId },
      body: JSON.stringify({ formToken: made.formToken, ...body }),
    });
  };
  const versionOf: TeaServer['versionOf'] = async (id) => {
    const { rows } = await server.database.owner.query<{ version: number }>(
      'select version from lx.matter where id = $1',
      [id],
    );
    return rows[0]?.version ?? 1;
  };
  const sendAct = async (person: Person, id: string, act: string, fields: Fields = {}): Promise<Response> =>
    as(person).send('POST', `/api/matters/${id}/acts`, { act, fields, baseVersion: await versionOf(id) });
  return {
    server,
    as,
    form,
    send,
    tell: async (kind, fields, division = teaCounty.divisions.upper) => {
      const response = await send({ division, kind, fields });
      if (response.status !== 201) throw new Error(`not opened: ${await response.text()}`);
      return (await response.json()) as Opened;
    },
    track: async (code) => (await (await server.request(`/api/receipts/${code}`)).json()) as Tracking,
    read: async (person, id) => {
      const response = await as(person).get(`/api/matters/${id}`);
      if (response.status !== 200) throw new Error(`not read: ${await response.text()}`);
      return (await response.json()) as MatterDetail;
    },
    act: async (person, id, act, fields) => {
      const response = await sendAct(person, id, act, fields);
      if (response.status !== 200) throw new Error(`${act} was refused: ${await response.text()}`);
      return (await response.json()) as Acted;
    },
    tryAct: async (person, id, act, fields) => codesOf(await sendAct(person, id, act, fields)),
    byReceipt: async (opened, act, fields = {}, secret = opened.receipt.confirmSecret) => {
      const { formToken, commandId } = await form();
      return server.request(`/api/receipts/${opened.receipt.code}/acts`, {
        method: 'POST',
        headers: { ...json, 'idempotency-key': commandId },
        body: JSON.stringify({
          act,
          fields,
          baseVersion: await versionOf(opened.id),
          formToken,
          ...(secret === null ? {} : { secret }),
        }),
      });
    },
    versionOf,
    count: async (sql) => {
      const { rows } = await server.database.owner.query<{ n: number }>(`select (${sql})::int as n`);
      return rows[0]?.n ?? 0;
    },
  };
};
