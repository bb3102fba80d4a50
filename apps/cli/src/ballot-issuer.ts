import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BallotManifest } from '@lianxin/domain';
import { codesOf, issuerKeyIn, openIssuer, serveIssuer } from '@lianxin/server';
import type { CommandIo, RunCommand } from './command.js';
import { serveUntilStopped } from './serve-until-stopped.js';

const usage = `用法 usage:
  lianxin ballot-issuer key   --folder DIR                    生成并显示第二家签发的公钥 · make and show its key
  lianxin ballot-issuer codes --folder DIR --manifest FILE    按名册顺序列出领票码，当面发给本人 · codes, in the order of the posted list
  lianxin ballot-issuer start --folder DIR --manifest FILE [--port 3011] [--host 127.0.0.1]
第二家签发由村务监督委员会或者县审计在自己的机器上运行，不用乡镇的名册和登录。
The supervision committee or the county's auditors run it on a machine of their own, without the township's roll and log-ins.`;

/** `lianxin ballot-issuer`: the second signature of a secret ballot, by people who know the voters themselves. */
export const run: RunCommand = async (args, io) => {
  const call = parse(args);
  if (call === null) return wrong(io);
  const folder = path.resolve(io.cwd, call.folder);
  if (call.action === 'key') {
    io.out(issuerKeyIn(folder));
    return 0;
  }
  if (call.manifest === undefined) return wrong(io);
  const manifest = BallotManifest.safeParse(JSON.parse(readFileSync(path.resolve(io.cwd, call.manifest), 'utf8')));
  if (!manifest.success) {
    io.err('票据公告无法辨认 · the manifest cannot be read');
    return 1;
  }
  if (call.action === 'codes') {
    for (const [at, code] of codesOf(folder, manifest.data).entries()) io.out(`${at + 1}\t${code}`);
    return 0;
  }
  if (call.action !== 'start') return wrong(io);
  const issuer = openIssuer(folder, manifest.data);
  return serveUntilStopped(serveIssuer(issuer, manifest.data), call, io, '第二家签发已开 the second issuer is open');
};

const parse = (args: readonly string[]) => {
  const text = { type: 'string' } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { folder: text, manifest: text, host: text, port: text },
    });
    const [action, ...more] = positionals;
    const port = Number(values.port ?? 3011);
    const { folder, manifest, host = '127.0.0.1' } = values;
    if (action === undefined || more.length > 0 || folder === undefined || !Number.isInteger(port)) return null;
    return { action, folder, manifest, host, port };
  } catch {
    return null;
  }
};

const wrong = (io: CommandIo): number => {
  io.err(usage);
  return 2;
};
