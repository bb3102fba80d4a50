import { parseArgs } from 'node:util';
import { connectOwner, features, rebuild, type RebuildReport } from '@lianxin/server';
import type { RunCommand } from './command.js';
import { withServerParts } from './with-server-parts.js';

const inWords = ({ name, rows, differing, examples }: RebuildReport): string =>
  [
    `${differing === 0 ? '✓' : '✗'} ${name}: ${rows} 行 rows, ${differing} 处不同 differing`,
    ...examples.map(
      ({ key, standing, derived }) => `    ${key}\n      ${JSON.stringify(standing)}\n      ${JSON.stringify(derived)}`,
    ),
  ].join('\n');

/** `lianxin rebuild --check [--json]`: derives every projection again from its facts and compares; 1 when a row differs. */
export const run: RunCommand = async (args, io) => {
  const options = { check: { type: 'boolean' }, json: { type: 'boolean' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  if (values.check !== true) {
    io.err('rebuild 只作核对，请加 --check。 rebuild only compares: add --check.');
    return 2;
  }
  return withServerParts(io, async ({ database, deps }) => {
    const client = await connectOwner(database);
    try {
      const projections = await rebuild(client, features, deps.clock());
      const differing = projections.reduce((sum, report) => sum + report.differing, 0);
      io.out(
        values.json === true
          ? JSON.stringify({ differing, projections }, null, 2)
          : projections.map(inWords).join('\n'),
      );
      return differing === 0 ? 0 : 1;
    } finally {
      await client.end();
    }
  });
};
