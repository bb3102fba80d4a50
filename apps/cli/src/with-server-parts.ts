import { openDeps, readConfig, type Log, type Opened } from '@lianxin/server';
import type { CommandIo } from './command.js';

/** A tool stays quiet about what went well; trouble goes to where errors go. */
const logTo =
  (io: CommandIo): Log =>
  (level, event, details) => {
    if (level !== 'info') io.err(`${event} ${JSON.stringify(details ?? {})}`);
  };

/** Opens keys and database for the time of one command: those of a running server, else of its own. */
export const withServerParts = async <T>(io: CommandIo, work: (opened: Opened) => Promise<T>): Promise<T> => {
  const opened = await openDeps(readConfig(io.env), 'tool', logTo(io));
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
};
