import { seedDemonstration, type DemonstrationLogin } from '@lianxin/server';
import type { RunCommand } from './command.js';
import { withServerParts } from './with-server-parts.js';

/** The log-ins of the demonstration as people read them, one a line. */
export const loginLines = (logins: readonly DemonstrationLogin[]): string[] => {
  const width = Math.max(...logins.map((login) => login.username.length), 0);
  return logins.map(({ username, password, zh, en }) => `  ${username.padEnd(width)}  ${password}  ${zh}  ${en}`);
};

/** `lianxin seed`: fills an empty database with the made-up demonstration county; does nothing to one that holds anything. */
export const run: RunCommand = async (_args, io) =>
  withServerParts(io, async ({ deps, database }) => {
    const logins = await seedDemonstration(deps, database);
    io.out(
      logins.length === 0
        ? '数据库已有数据，未作改动。 The database has data already; nothing was changed.'
        : loginLines(logins).join('\n'),
    );
    return 0;
  });
