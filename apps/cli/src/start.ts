import { networkInterfaces } from 'node:os';
import {
  FolderInUse,
  jsonLog,
  openDeps,
  readConfig,
  run,
  seedDemonstration,
  type Config,
  type DemonstrationLogin,
  type Log,
  type Running,
} from '@lianxin/server';
import type { Command } from './command.js';
import { printLogins } from './seed.js';

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

const greet = (config: Config, running: Running, logins: readonly DemonstrationLogin[], milliseconds: number): void => {
  const [here, ...elsewhere] = addresses(config, running.port);
  console.log(`\n连心已启动（${(milliseconds / 1000).toFixed(1)} 秒）  Lianxin is running\n`);
  console.log(`  群众端 portal    ${here}/`);
  console.log(`  工作台 console   ${here}/console/`);
  console.log(`  接口   API       ${here}/api/openapi.json`);
  if (elsewhere.length > 0) console.log(`  其他地址 also at ${elsewhere.join('  ')}`);
  console.log(`  数据   data      ${config.data}`);
  if (logins.length > 0) {
    console.log('\n演示账号（虚构人员）  Demonstration log-ins (made-up people)');
    printLogins(logins);
  }
  console.log('\n按 Ctrl-C 停止  Ctrl-C stops it\n');
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

/** `lianxin start`: database, schema, demonstration on the first start, server; stops everything on Ctrl-C. */
export const startCommand: Command = {
  name: 'start',
  usage: '',
  zh: '启动（首次启动会建库并写入演示数据）',
  en: 'start (the first start makes the database and the demonstration)',
  run: async () => {
    const began = performance.now();
    const config = readConfig(process.env);
    try {
      const opened = await openDeps(config, 'server', startLog);
      const logins = await seedDemonstration(opened.deps, opened.database).catch(async (error: unknown) => {
        await opened.close();
        throw error;
      });
      const running = await run(opened);
      greet(config, running, logins, performance.now() - began);
      await untilStopped();
      await running.close();
      return 0;
    } catch (error) {
      if (!(error instanceof FolderInUse)) throw error;
      console.error(error.message);
      return 1;
    }
  },
};
