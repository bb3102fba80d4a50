import type { Command } from './command.js';
import { withServerParts } from './with-server-parts.js';

/** `lianxin migrate`: brings the database to the newest schema; starting does the same. */
export const migrateCommand: Command = {
  name: 'migrate',
  usage: '',
  zh: '把数据库升级到最新结构',
  en: 'bring the database to the newest schema',
  run: async () =>
    withServerParts(async ({ database }) => {
      console.log(
        database.applied.length === 0
          ? '已是最新 Nothing to apply'
          : database.applied.map((name) => `✓ ${name}`).join('\n'),
      );
      return 0;
    }),
};
