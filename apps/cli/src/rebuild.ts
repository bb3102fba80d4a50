import { parseArgs } from 'node:util';
import { connectOwner, features, rebuild } from '@lianxin/server';
import type { Command } from './command.js';
import { withServerParts } from './with-server-parts.js';

/** `lianxin rebuild --check`: derives every projection again from its facts and compares; exit code 1 when a row differs. */
export const rebuildCommand: Command = {
  name: 'rebuild',
  usage: '--check [--json]',
  zh: '由事实重新推算全部汇总并逐行比较',
  en: 'derive every projection again from its facts and compare row by row',
  run: async (args) => {
    const { values } = parseArgs({
      args: [...args],
      options: { check: { type: 'boolean' }, json: { type: 'boolean' } },
    });
    if (values.check !== true) {
      console.error('rebuild 只作核对，请加 --check。 rebuild only compares: add --check.');
      return 2;
    }
    return withServerParts(async ({ database, deps }) => {
      const client = await connectOwner(database);
      try {
        const reports = await rebuild(client, features, deps.clock());
        const differing = reports.reduce((sum, report) => sum + report.differing, 0);
        if (values.json === true) console.log(JSON.stringify({ differing, projections: reports }, null, 2));
        else {
          for (const report of reports) {
            console.log(
              `${report.differing === 0 ? '✓' : '✗'} ${report.name}: ${report.rows} 行 rows, ${report.differing} 处不同 differing`,
            );
            for (const { key, standing, derived } of report.examples)
              console.log(`    ${key}\n      ${JSON.stringify(standing)}\n      ${JSON.stringify(derived)}`);
          }
        }
        return differing === 0 ? 0 : 1;
      } finally {
        await client.end();
      }
    });
  },
};
