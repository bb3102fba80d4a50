import { checkCharacterOf } from '@lianxin/domain';
import {
  addPerson,
  addRegisterCounty,
  idOf,
  officeOver,
  registerCounty,
  sumOfTables,
  testServer,
  villageOf,
  type TestServer,
} from '@lianxin/testkit/database';
import exceljs from 'exceljs';
import { afterAll, beforeAll } from 'vitest';
import type { Answer } from '../../../http/command.js';
import { peopleColumns, peopleSheet, type PeopleKey } from '../columns.js';
import { dryRunPeople, importPeople, sha256Of, type PeopleChecked } from '../import-people.js';

/** A row of a file, as somebody types it. */
export type Row = Partial<Record<PeopleKey, string | number | { formula: string }>>;

const { whole, town, county } = registerCounty;
/** The county's office that may all an import needs. */
export const keeper = officeOver(whole, ['import', 'appoint', 'read-members']);
export const townKeeper = officeOver(town, ['appoint']);
export const village = villageOf(1);

/** An identity number with a right check character, by a number: another number, another person. */
export const idNumber = (number: number, birth = '19800101'): string => {
  const seventeen = `320102${birth}${String(number % 1000).padStart(3, '0')}`;
  return seventeen + checkCharacterOf(seventeen);
};

/** A workbook with all headings and these rows. */
export const bookOf = async (rows: readonly Row[]): Promise<Uint8Array> => {
  const book = new exceljs.Workbook();
  const sheet = book.addWorksheet(peopleSheet);
  sheet.addRow(peopleColumns.map((column) => column.title));
  for (const row of rows) sheet.addRow(peopleColumns.map((column) => row[column.key] ?? null));
  return new Uint8Array(await book.xlsx.writeBuffer());
};

/** What stands in the first sheet of a workbook. */
export const cellsOf = async (bytes: Uint8Array): Promise<string[][]> => {
  const book = new exceljs.Workbook();
  await book.xlsx.load(Buffer.from(bytes) as unknown as ArrayBuffer);
  const rows: string[][] = [];
  book.worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1).map(String)));
  return rows;
};

/** What is wrong with a file: row, column and code of each. */
export const codes = (checked: PeopleChecked): string[] =>
  checked.problems.map(({ row, column, fault }) => `${row} ${column} ${fault.code}`);
export const codeOf = (answer: Answer): string =>
  'faults' in answer ? answer.faults.map((one) => one.code).join() : 'done';

/** A county of twelve villages to import people into, for the tests of one file: made before them, gone afterwards. */
export const importCounty = () => {
  let server: TestServer;
  let runs = 0;

  beforeAll(async () => {
    server = await testServer();
    const { owner } = server.database;
    await addRegisterCounty(owner);
    await addPerson(owner, 'keeper', whole);
    const add = `insert into lx.body (county, id, division, kind, name, valid_from, recorded_at) values ($1, $2, $3, $4, $5, '2020-01-01', now())`;
    await owner.query(add, [county, idOf('branch'), village, 'branch', '第1村党支部']);
    await owner.query(add, [county, idOf('committee'), village, 'grid', '第一网格']);
    await owner.query(
      `insert into lx.establishment (county, id, division, body, post, seats, valid_from, recorded_at) values ($1, $2, $3, $4, 'grid-leader', 1, '2020-01-01', now())`,
      [county, idOf('seats'), village, idOf('committee')],
    );
  });
  afterAll(async () => server.close());

  return {
    server: () => server,
    check: async (rows: readonly Row[], actor = keeper): Promise<PeopleChecked> => {
      const checked = await dryRunPeople(server.deps, { actor, bytes: await bookOf(rows) });
      if (!checked.ok) throw new Error(JSON.stringify(checked.faults));
      return checked.value;
    },
    take: async (bytes: Uint8Array, actor = keeper, commandId = `import-${(runs += 1)}`): Promise<Answer> =>
      importPeople(server.deps, { actor, bytes, commandId, sha256: sha256Of(bytes) }),
    /** Everything that a check or a refusal must leave as it was. */
    state: async (): Promise<string> =>
      sumOfTables(server.database.owner, [
        'person',
        'person_identity',
        'household',
        'household_member',
        'appointment',
        'party_membership',
        'journal_entry',
      ]),
  };
};
