import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { formatNoteKey, parseNoteKey, type NoteKey } from '@lianxin/domain';
import { sha256 } from './checks.js';
import type { CommandIo, RunCommand } from './command.js';
import { pullFrom, siteAt, type Pulled } from './witness/pull.js';
import { serveWitness } from './witness/serve-witness.js';
import { openWitnessFolder, witnessKeyIn, WitnessFolderFault, type WitnessFolder } from './witness/witness-folder.js';
import { knownLogs, witnessWith, type KnownLogs, type Witness } from './witness/witness.js';

const usage = `用法 usage:
  lianxin witness key   --name NAME [--folder DIR]                      生成并显示见证公钥 · make and show the witness's key
  lianxin witness start --name NAME --key KEY [--origin ORIGIN] [--folder DIR] [--port 8787] [--host 127.0.0.1]
                                                                        等待各册送来 · wait for logs to hand in
  lianxin witness pull  --name NAME --key KEY --from URL [--origin ORIGIN] [--folder DIR] [--every SECONDS]
                                                                        自己去取 · fetch, for a machine that cannot be reached
NAME 如 witness.example.cn/dangan。KEY 是墙上公布的册公钥，可写多次。ORIGIN 是不带年份的册名：以后每年的册自动认得。
NAME such as witness.example.cn/archives. KEY is the log's key on the poster, repeatable. ORIGIN is the log's name without its year.`;

interface Options {
  readonly name: string;
  readonly folder: string;
  readonly keys: readonly NoteKey[];
  readonly origin: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly from: string | undefined;
  readonly every: number | undefined;
}

const parse = (args: readonly string[], io: CommandIo): { action: string; options: Options } | null => {
  const text = { type: 'string' } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        name: text,
        folder: text,
        key: { type: 'string', multiple: true },
        origin: text,
        host: text,
        port: text,
        from: text,
        every: text,
      },
    });
    const [action, ...more] = positionals;
    const keys = (values.key ?? []).map((key) => parseNoteKey(sha256, key));
    if (action === undefined || more.length > 0 || values.name === undefined) return null;
    if (keys.some((key) => key === null)) return null;
    const port = Number(values.port ?? 8787);
    const every = values.every === undefined ? undefined : Number(values.every);
    if (!Number.isInteger(port) || (every !== undefined && !(every >= 1))) return null;
    return {
      action,
      options: {
        name: values.name,
        folder: path.resolve(io.cwd, values.folder ?? '.lianxin-witness'),
        keys: keys.filter((key) => key !== null),
        origin: values.origin,
        host: values.host ?? '127.0.0.1',
        port,
        from: values.from,
        every,
      },
    };
  } catch {
    return null;
  }
};

/** `lianxin witness`: a small process in another office that watches a log grow and cosigns it; own folder, no database. */
export const run: RunCommand = async (args, io) => {
  const called = parse(args, io);
  if (called === null) return wrong(io);
  const { action, options } = called;
  try {
    if (action === 'key') return showKey(options, io);
    if (options.keys.length === 0 || (action !== 'start' && action !== 'pull')) return wrong(io);
    const folder = openWitnessFolder(options.folder, options.name);
    try {
      const logs = knownLogs(options.keys, options.origin);
      const witness = witnessWith(folder, logs, () => Math.floor(Date.now() / 1000));
      if (action === 'start') return await start(folder, witness, options, io);
      return options.from === undefined
        ? wrong(io)
        : await pull(folder, logs, witness, options.from, options.every, io);
    } finally {
      folder.close();
    }
  } catch (error) {
    if (!(error instanceof WitnessFolderFault)) throw error;
    io.err(error.message);
    return 1;
  }
};

const wrong = (io: CommandIo): number => {
  io.err(usage);
  return 2;
};

const showKey = (options: Options, io: CommandIo): number => {
  const { key } = witnessKeyIn(options.folder, options.name);
  const vkey = formatNoteKey(key, 'witness');
  io.out(vkey);
  io.out(`写入县里的见证规则 · line for the county's policy file:\nwitness ${options.name.split('/').at(-1)} ${vkey}`);
  return 0;
};

/** Waits until the process is told to stop. */
const stopped = async (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });

const start = async (folder: WitnessFolder, witness: Witness, options: Options, io: CommandIo): Promise<number> => {
  const server = serveWitness(folder, witness, io.err);
  const untilStopped = stopped();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  io.out(`见证人 witness ${formatNoteKey(folder.key, 'witness')}`);
  io.out(`http://${options.host}:${port}/ 等待 waiting; Ctrl-C 停止 stops`);
  await untilStopped;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
  return 0;
};

const pull = async (
  folder: WitnessFolder,
  logs: KnownLogs,
  witness: Witness,
  from: string,
  every: number | undefined,
  io: CommandIo,
): Promise<number> => {
  const end = new AbortController();
  if (every !== undefined) void stopped().then(() => end.abort());
  for (;;) {
    let code = 0;
    try {
      const pulled = await pullFrom(siteAt(from), folder, logs, witness);
      if (pulled.length === 0) io.err('没有认得的册 · none of the logs there is known to this witness');
      for (const one of pulled) io.out(wordsOf(one));
      if (pulled.length === 0 || pulled.some(isRefused)) code = 1;
    } catch (error) {
      io.err(error instanceof Error ? error.message : String(error));
      code = 1;
    }
    if (every === undefined || end.signal.aborted) return code;
    await wait(every * 1000, undefined, { signal: end.signal }).catch(() => undefined);
    if (end.signal.aborted) return code;
  }
};

const isRefused = ({ done }: Pulled): boolean => (typeof done === 'string' ? done === 'unreadable' : !('line' in done));

const wordsOf = ({ origin, done }: Pulled): string => {
  if (done === 'nothing-new') return `${origin}: 没有新内容 nothing new`;
  if (done === 'unreadable') return `${origin}: 册块不全，无法核对 tiles are missing, nothing was cosigned`;
  if ('line' in done)
    return `${origin}: 已见证到第 ${done.verdict.checkpoint.size} 页 cosigned size ${done.verdict.checkpoint.size}`;
  const { verdict, evidence } = done;
  const where = evidence === undefined ? '' : `，证据 evidence: ${evidence}`;
  return `${origin}: 拒绝见证 refused (${verdict.status})${where}`;
};
