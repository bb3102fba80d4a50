import { openDeps, readConfig, type Log, type Opened } from '@lianxin/server';

/** A tool stays quiet about what went well; trouble goes to the standard error. */
export const toolLog: Log = (level, event, details) => {
  if (level !== 'info') process.stderr.write(`${event} ${JSON.stringify(details ?? {})}\n`);
};

/** Opens keys and database for the time of one command: those of a running server, else of its own. */
export const withServerParts = async <T>(work: (opened: Opened) => Promise<T>): Promise<T> => {
  const opened = await openDeps(readConfig(process.env), 'tool', toolLog);
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
};
