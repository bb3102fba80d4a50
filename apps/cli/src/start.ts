import { networkInterfaces } from 'node:os';
import {
  demonstrationLogins,
  FolderInUse,
  jsonLog,
  openDeps,
  readConfig,
  refuseDemonstration,
  run as runServer,
  seedDemonstration,
  type Config,
  type DemonstrationLogin,
  type Log,
  type Running,
} from '@lianxin/server';
import type { CommandIo, RunCommand } from './command.js';
import { loginLines } from './seed.js';
import { letYoungMemoryGrow } from './young-memory.js';

/** On a terminal only trouble is shown; elsewhere every event, one line of JSON each, for whatever collects logs. */
const startLog: Log = (level, event, details) => {
  if (!process.stdout.isTTY || level !== 'info') jsonLog(level, event, details);
};

const addresses = ({ host }: Config, port: number): string[] => {
  const outside = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((one) => one.family === 'IPv4' && !one.internal)
    .map((one) => `http://${one.address}:${port}`);
  return [`http://localhost:${port}`, ...(host === '0.0.0.0' ? outside : [])];
};

interface Started {
  readonly config: Config;
  readonly running: Running;
  readonly logins: readonly DemonstrationLogin[];
  readonly milliseconds: number;
}

const greeting = ({ config, running, logins, milliseconds }: Started): string => {
  const [here, ...elsewhere] = addresses(config, running.port);
  return [
    '',
    `连心已启动（${(milliseconds / 1000).toFixed(1)} 秒）  Lianxin is running`,
    '',
    `  群众端 portal    ${here}/`,
    `  工作台 console   ${here}/console/`,
    `  接口   API       ${here}/api/openapi.json`,
    ...(elsewhere.length > 0 ? [`  其他地址 also at ${elsewhere.join('  ')}`] : []),
    `  数据   data      ${config.data}`,
    ...(logins.length > 0
      ? ['', '演示账号（虚构人员）  Demonstration log-ins (made-up people)', ...loginLines(logins)]
      : []),
    '',
    '按 Ctrl-C 停止  Ctrl-C stops it',
    '',
  ].join('\n');
};

/** Waits for the wish to stop; a second one does not wait for requests at work. */
const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    let asked = false;
    const stop = (): void => {
      if (asked) process.exit(130);
      asked = true;
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });

const startAndWait = async (config: Config, io: CommandIo, empty: boolean): Promise<void> => {
  const began = performance.now();
  const stopped = untilStopped();
  const opened = await openDeps(config, 'server', startLog);
  // A first start has work to do; a later one only begins.
  if (opened.first) letYoungMemoryGrow();
  if (empty) refuseDemonstration(opened.deps);
  await seedDemonstration(opened.deps, opened.database).catch(async (error: unknown) => {
    await opened.close();
    throw error;
  });
  const running = await runServer(opened);
  letYoungMemoryGrow();
  const logins = demonstrationLogins(opened.deps);
  io.out(greeting({ config, running, logins, milliseconds: performance.now() - began }));
  await stopped;
  await running.close();
};

/**
 * `lianxin start`: database, schema, demonstration on the first start, server; stops everything on Ctrl-C. With `--empty` there is no
 * demonstration, at this start and at every later one of the same data folder.
 */
export const run: RunCommand = async (args, io) => {
  if (args.some((arg) => arg !== '--empty')) {
    io.err('用法 usage: lianxin start [--empty]    --empty：不写入演示数据 · without demonstration');
    return 2;
  }
  try {
    await startAndWait(readConfig(io.env), io, args.includes('--empty'));
    return 0;
  } catch (error) {
    // Somebody else's folder is no bug; nor is a setting that cannot be meant.
    if (!(error instanceof FolderInUse) && !(error instanceof RangeError)) throw error;
    io.err(error.message);
    return 1;
  }
};
