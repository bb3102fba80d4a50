import { addressOf, type TestServer } from '@lianxin/testkit/database';
import type { CommandIo, RunCommand } from '../command.js';

/** How a command ended and what it said: to whom asked, to whom looks after it, and both in the order they were printed. */
export interface Called {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly text: string;
}

/** Runs a command as the terminal does, in a folder and with settings of its own. */
export const callCommand = async (
  command: RunCommand,
  args: readonly string[],
  { cwd, env = {} }: Pick<CommandIo, 'cwd'> & Partial<Pick<CommandIo, 'env'>>,
): Promise<Called> => {
  const out: string[] = [];
  const err: string[] = [];
  const all: string[] = [];
  const keep = (lines: string[]) => (text: string) => {
    lines.push(text);
    all.push(text);
  };
  const code = await command(args, { out: keep(out), err: keep(err), cwd, env });
  return { code, out: out.join('\n'), err: err.join('\n'), text: all.join('\n') };
};

/** The settings of whoever works on a server's data and database. */
export const settingsOf = ({ deps, database }: TestServer): CommandIo['env'] => ({
  LIANXIN_DATA: deps.config.data,
  LIANXIN_PACKS: deps.config.packs,
  LIANXIN_ORIGIN: deps.config.origin,
  DATABASE_URL: addressOf(database.ownerConnection),
  LIANXIN_APP_DATABASE_URL: addressOf(database.appConnection),
});

/** Runs commands on a server's data and database; they stand in the folder of its data unless another is said. */
export const callOn =
  (server: TestServer, cwd = server.deps.config.data) =>
  async (command: RunCommand, ...args: string[]): Promise<Called> =>
    callCommand(command, args, { cwd, env: settingsOf(server) });
