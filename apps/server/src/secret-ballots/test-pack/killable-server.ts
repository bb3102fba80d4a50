import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { TestServer } from '@lianxin/testkit/database';
import type { Copied } from './serve-a-copy.js';

/** A server process on the database of a test server. */
export interface KillableServer {
  readonly url: string;
  /** kill -9; resolved once it is gone, also when it was before. */
  readonly kill: () => Promise<void>;
}

/** Starts one; its clock stands where that of the test stands now. */
export const killableServer = async ({ database, deps, clock }: TestServer): Promise<KillableServer> => {
  const { host, port, user, password, database: name } = database.appConnection;
  const copied: Copied = {
    database: { host, port, user, password, database: name },
    data: deps.config.data,
    now: clock.now(),
  };
  const child = spawn(
    process.execPath,
    ['--conditions=source', '--import', 'tsx', path.join(import.meta.dirname, 'serve-a-copy.ts')],
    { env: { ...process.env, LIANXIN_COPIED: JSON.stringify(copied) }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  const [first] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])) as [unknown];
  const listening = Number(String(first));
  if (child.exitCode !== null || !Number.isInteger(listening)) throw new Error(`the server did not start: ${said}`);
  return {
    url: `http://127.0.0.1:${listening}`,
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
};
