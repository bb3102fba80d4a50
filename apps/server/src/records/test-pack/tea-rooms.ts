import type { RecordDetail } from '@lianxin/contract';
import exceljs from 'exceljs';
import { afterAll, beforeAll } from 'vitest';
import {
  addTeaAccounts,
  addTeaCounty,
  signIn,
  sumOfTables,
  teaCounty,
  teaPeople,
  testServer,
  type SignedInClient,
  type TestServer,
} from '@lianxin/testkit/database';
import { sheetOf } from '../../sheets/index.js';
import { addTeaRegisters } from './tea-registers.js';

const { upper } = teaCounty.divisions;

/** Where the register of rooms is asked. */
export const rooms = '/api/registers/tea-rooms';

/** A room as the clerk of the upper village enters it. */
export const room = (name: string, slot = 'morning', seats = 8) => ({
  division: upper,
  on: '2026-03-01',
  fields: { room: name, slot, seats },
});

/** A line of a sheet of rooms. */
export type Line = readonly (string | number | null)[];
/** A sheet of rooms with its headings. */
export const sheet = (lines: readonly Line[], head = ['茶室', '时段', '座位', '启用日期']): Promise<Uint8Array> =>
  sheetOf(
    '茶室',
    head.map((title, at) => ({ title, value: (line: Line) => line[at] ?? null })),
    lines,
  );
/** What stands in the first sheet of a workbook that came back. */
export const cellsOf = async (answer: Response): Promise<unknown[][]> => {
  const book = new exceljs.Workbook();
  await book.xlsx.load(Buffer.from(await answer.arrayBuffer()) as unknown as ArrayBuffer);
  const rows: unknown[][] = [];
  book.worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1)));
  return rows;
};

type Person = keyof typeof teaPeople;

/** The tea county with its registers for the tests of one file: made before them, gone afterwards; with what its offices do there. */
export const teaRooms = (people: readonly Person[]) => {
  let server: TestServer;
  const clients = new Map<Person, SignedInClient>();
  const as = (person: Person): SignedInClient => {
    const client = clients.get(person);
    if (client === undefined) throw new Error(`${person} has no log-in in this test`);
    return client;
  };

  beforeAll(async () => {
    server = await testServer();
    await addTeaCounty(server.database.owner);
    await addTeaRegisters(server.database.owner, teaCounty.county);
    await addTeaAccounts(
      server.database.owner,
      people.map((person) => teaPeople[person]),
    );
    for (const person of people) clients.set(person, await signIn(server, teaPeople[person].username));
  });
  afterAll(async () => server.close());

  return {
    server: () => server,
    as,
    /** Enters a room and gives its id. */
    enter: async (body: object, who: Person = 'upperClerk'): Promise<string> => {
      const answer = await as(who).send('POST', `${rooms}/records`, body);
      if (answer.status !== 201) throw new Error(await answer.text());
      return ((await answer.json()) as { id: string }).id;
    },
    /** A record as the clerk reads it, today or on a day. */
    read: async (id: string, on?: string): Promise<RecordDetail> => {
      const answer = await as('upperClerk').get(`/api/records/${id}${on === undefined ? '' : `?on=${on}`}`);
      if (answer.status !== 200) throw new Error(await answer.text());
      return (await answer.json()) as RecordDetail;
    },
    /** Everything that a refusal must leave as it was. */
    standing: async (): Promise<string> =>
      sumOfTables(server.database.owner, ['record', 'record_change', 'journal_entry']),
    /** Sends a sheet for import, or for its report. */
    sendSheet: async (
      bytes: Uint8Array,
      dryRun: boolean,
      who: Person = 'upperClerk',
      what = 'import',
      division: string = upper,
    ): Promise<Response> => {
      const form = new FormData();
      form.set('division', division);
      form.set('dryRun', dryRun ? 'yes' : 'no');
      form.set('file', new File([bytes as Uint8Array<ArrayBuffer>], 'rooms.xlsx'));
      return server.request(`${rooms}/${what}`, {
        method: 'POST',
        headers: { cookie: as(who).cookie, 'idempotency-key': crypto.randomUUID() },
        body: form,
      });
    },
  };
};
