import type { RunCommand } from './command.js';
import { withServerParts } from './with-server-parts.js';

/** `lianxin migrate`: brings the database to the newest schema; starting does the same. */
export const run: RunCommand = async (_args, io) =>
  withServerParts(io, async ({ database }) => {
    const { applied } = database;
    io.out(applied.length === 0 ? '已是最新 Nothing to apply' : applied.map((name) => `✓ ${name}`).join('\n'));
    return 0;
  });
