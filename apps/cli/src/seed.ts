import { seedDemonstration, type DemonstrationLogin } from '@lianxin/server';
import type { Command } from './command.js';
import { withServerParts } from './with-server-parts.js';

/** The log-ins of the demonstration as people read them. */
export const printLogins = (logins: readonly DemonstrationLogin[]): void => {
  const width = Math.max(...logins.map((login) => login.username.length), 0);
  for (const { username, password, zh, en } of logins)
    console.log(`  ${username.padEnd(width)}  ${password}  ${zh} ${en}`);
};

/** `lianxin seed`: fills an empty database with the made-up demonstration county; does nothing to one that has a county. */
export const seedCommand: Command = {
  name: 'seed',
  usage: '',
  zh: '写入演示县的虚构数据（仅空库）',
  en: 'fill an empty database with the made-up demonstration county',
  run: async () =>
    withServerParts(async ({ deps, database }) => {
      const logins = await seedDemonstration(deps, database);
      if (logins.length === 0)
        console.log('数据库已有数据，未作改动。 The database has data already; nothing was changed.');
      printLogins(logins);
      return 0;
    }),
};
