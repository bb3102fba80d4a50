import { setTimeout as wait } from 'node:timers/promises';

/** Comes back as soon as something has happened that only another process can make happen; fails, with what was waited for, when it does not in time. */
export const until = async (what: () => boolean | Promise<boolean>, milliseconds = 120_000): Promise<void> => {
  const end = Date.now() + milliseconds;
  while (!(await what())) {
    if (Date.now() > end) throw new Error(`it did not happen in ${milliseconds} ms: ${what.toString()}`);
    await wait(30);
  }
};
