import pg, { type Connection, type FieldDef, type Pool, type PoolClient, type QueryResultRow } from 'pg';
import values from 'pg/lib/utils.js';
import { statementName } from './statement.js';
import { valueTypes } from './types.js';

/** A statement with the values of its placeholders. */
export interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[] | undefined;
}

/** What the database answered to one statement. */
export interface Answered {
  readonly rows: QueryResultRow[];
  /** Rows given or changed. */
  readonly count: number;
}

/** The connection beneath a client, as a query of the driver uses it; the driver's types leave half of it out. */
interface Wire {
  readonly stream: Pick<Connection['stream'], 'cork' | 'uncork'>;
  /** Texts of the statements prepared on it by their names, and of those sent to be. */
  readonly parsedStatements: Record<string, string>;
  readonly submittedNamedStatements: Record<string, string>;
  readonly parse: (statement: { readonly name: string; readonly text: string }) => void;
  readonly bind: (to: { readonly statement: string; readonly values: readonly (string | Buffer | null)[] }) => void;
  readonly describe: (what: { readonly type: 'P' }) => void;
  readonly execute: () => void;
  readonly sync: () => void;
}

/** Columns of an answer: how the text of each becomes a value, and a row to fill in. */
interface Columns {
  readonly read: readonly { readonly name: string; readonly parse: (text: string) => unknown }[];
  readonly empty: Readonly<Record<string, null>>;
}

const noColumns: Columns = { read: [], empty: {} };

const columnsOf = (fields: readonly FieldDef[]): Columns => ({
  read: fields.map(({ name, dataTypeID }) => ({ name, parse: valueTypes.getTypeParser(dataTypeID, 'text') })),
  empty: Object.fromEntries(fields.map(({ name }) => [name, null])),
});

/** Columns of the statements prepared on a connection. They stay what they are: the database refuses to run a statement whose columns have changed. */
const describedOn = new WeakMap<Wire, Map<string, Columns>>();

/** Statements that share one `Sync`, as a query of the driver, which calls `submit` and then tells what comes back. */
class Together extends pg.Query {
  /** Of the statement whose answer comes next; the driver notes by them what has been prepared. */
  name = '';
  text = '';
  private columns = noColumns;
  private described = new Map<string, Columns>();
  private failure: unknown;
  private readonly statements: readonly { name: string; text: string; values: (string | Buffer | null)[] }[];
  private readonly answers: { rows: QueryResultRow[]; count: number }[] = [];
  private readonly settle: (error: unknown, answers: readonly Answered[]) => void;

  constructor(statements: readonly Statement[], settle: (error: unknown, answers: readonly Answered[]) => void) {
    super('');
    this.settle = settle;
    this.statements = statements.map(({ text, values: given = [] }) => ({
      text,
      name: statementName(text) ?? '',
      values: given.map((value) => values.prepareValue(value)),
    }));
  }

  override submit = (connection: Connection): void => {
    const wire = connection as unknown as Wire;
    this.described = describedOn.get(wire) ?? new Map<string, Columns>();
    describedOn.set(wire, this.described);
    wire.stream.cork();
    for (const { name, text, values: bound } of this.statements) {
      if ((wire.parsedStatements[name] ?? wire.submittedNamedStatements[name]) === undefined) {
        wire.parse({ name, text });
        if (name !== '') wire.submittedNamedStatements[name] = text;
      }
      wire.bind({ statement: name, values: bound });
      if (!this.described.has(name)) wire.describe({ type: 'P' });
      wire.execute();
    }
    wire.sync();
    wire.stream.uncork();
    this.expectNext();
  };

  private expectNext(): void {
    const next = this.statements[this.answers.length];
    this.name = next?.name ?? '';
    this.text = next?.text ?? '';
    this.columns = this.described.get(this.name) ?? noColumns;
    if (next !== undefined) this.answers.push({ rows: [], count: 0 });
  }

  handleRowDescription({ fields }: { readonly fields: readonly FieldDef[] }): void {
    this.columns = columnsOf(fields);
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    const row: Record<string, unknown> = { ...this.columns.empty };
    try {
      this.columns.read.forEach(({ name, parse }, at) => {
        const text = fields[at];
        if (text !== null && text !== undefined) row[name] = parse(text);
      });
    } catch (error) {
      // A number beyond what is exact: the rest is read all the same, so that the connection stays in step.
      this.failure ??= error;
    }
    this.answers.at(-1)?.rows.push(row);
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    const answer = this.answers.at(-1);
    if (answer !== undefined) answer.count = Number(/\d+$/.exec(text)?.[0] ?? 0);
    if (this.name !== '') this.described.set(this.name, this.columns);
    this.expectNext();
  }

  handleError(error: unknown, connection: Connection): void {
    // What comes after a failed statement is passed over by the database, so it has not been prepared either.
    const wire = connection as unknown as Wire;
    for (const { name } of this.statements.slice(Math.max(0, this.answers.length - 1)))
      delete wire.submittedNamedStatements[name];
    this.settle(error, this.answers);
  }

  handleReadyForQuery(): void {
    this.settle(this.failure, this.answers);
  }
}

/**
 * Sends statements in one write with one `Sync` and gives their answers, or throws the first failure; what follows a failed statement is not carried out.
 *
 * The driver closes each statement with a `Sync` of its own, which makes the database answer each in a write of its own and wakes us for it. Statements
 * that share one are one transaction where they do not begin and end one themselves. A statement is prepared and described once a connection.
 */
export const together = async (client: PoolClient, statements: readonly Statement[]): Promise<readonly Answered[]> => {
  try {
    return await new Promise<readonly Answered[]>((resolve, reject) => {
      client.query(
        new Together(statements, (error, answers) => (error === undefined ? resolve(answers) : reject(error))),
      );
    });
  } catch (error) {
    // The driver made it where the socket was read; a reader of the log asks who sent the statement.
    if (error instanceof Error) Error.captureStackTrace(error);
    throw error;
  }
};

/** The same on a connection that the pool lends for it; one on which a statement failed is given up. */
export const togetherOn = async (pool: Pool, statements: readonly Statement[]): Promise<readonly Answered[]> => {
  const client = await pool.connect();
  let failure: unknown;
  try {
    return await together(client, statements);
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    client.release(failure !== undefined);
  }
};
