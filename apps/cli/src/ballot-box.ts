import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BallotManifest } from '@lianxin/domain';
import { boxKeyIn, destroyBox, openBox, realMakers, serveBox, type BallotBox } from '@lianxin/server';
import type { CommandIo, RunCommand } from './command.js';
import { serveUntilStopped } from './serve-until-stopped.js';

const usage = `用法 usage:
  lianxin ballot-box key     --folder DIR                          生成并显示票箱公钥 · make and show the key of the box
  lianxin ballot-box start   --folder DIR --manifest FILE [--port 3010] [--host 127.0.0.1]
  lianxin ballot-box close   --folder DIR --manifest FILE --save FILE
                                                                   先停后封：写出按票根排序的票箱 · stop it, then close: writes the board
  lianxin ballot-box destroy --folder DIR                          核对无误后销毁 · once the board was verified
票箱应在没有名册的机器上运行。Run the box on a machine that has no roll.
LIANXIN_BALLOT_DATABASE_URL 可指定别的数据库 · names another database than the one in the folder.`;

/** What one call asks for; the words after `ballot-box`. */
interface Call {
  readonly action: string;
  readonly folder: string;
  readonly manifest: string | undefined;
  readonly save: string | undefined;
  readonly host: string;
  readonly port: number;
}

const parse = (args: readonly string[], io: CommandIo): Call | null => {
  const text = { type: 'string' } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { folder: text, manifest: text, save: text, host: text, port: text },
    });
    const [action, ...more] = positionals;
    const port = Number(values.port ?? 3010);
    if (action === undefined || more.length > 0 || values.folder === undefined || !Number.isInteger(port)) return null;
    return {
      action,
      folder: path.resolve(io.cwd, values.folder),
      manifest: values.manifest,
      save: values.save,
      host: values.host ?? '127.0.0.1',
      port,
    };
  } catch {
    return null;
  }
};

/** `lianxin ballot-box`: the box of one secret ballot as a process of its own, with a database of its own, without a name in it. */
export const run: RunCommand = async (args, io) => {
  const call = parse(args, io);
  if (call === null) return wrong(io);
  if (call.action === 'key') {
    io.out(boxKeyIn(call.folder).publicKey);
    return 0;
  }
  if (call.action === 'destroy') {
    destroyBox(call.folder);
    return 0;
  }
  if (call.manifest === undefined) return wrong(io);
  if (call.action === 'start')
    return withBox(call, io, (box, manifest) =>
      serveUntilStopped(serveBox(box, { manifest, clock: realMakers.clock }), call, io, '票箱已开 the box is open'),
    );
  const { save } = call;
  if (call.action !== 'close' || save === undefined) return wrong(io);
  return withBox(call, io, async (box) => {
    await box.close();
    const kept = { board: await box.board(), surrendered: await box.surrendered() };
    writeFileSync(path.resolve(io.cwd, save), JSON.stringify(kept));
    return 0;
  });
};

const wrong = (io: CommandIo): number => {
  io.err(usage);
  return 2;
};

const withBox = async (
  call: Call,
  io: CommandIo,
  work: (box: BallotBox, manifest: BallotManifest) => Promise<number>,
): Promise<number> => {
  const manifest = BallotManifest.safeParse(
    JSON.parse(readFileSync(path.resolve(io.cwd, call.manifest ?? ''), 'utf8')),
  );
  if (!manifest.success) {
    io.err('票据公告无法辨认 · the manifest cannot be read');
    return 1;
  }
  // Nothing about a vote is ever written down; only that the database died, or came back.
  const box = await openBox(call.folder, manifest.data, (_level, event) => io.err(event), given(io));
  try {
    return await work(box, manifest.data);
  } finally {
    await box.stop();
  }
};

const given = (io: CommandIo): string | undefined => {
  const url = io.env['LIANXIN_BALLOT_DATABASE_URL'];
  return url === '' ? undefined : url;
};
