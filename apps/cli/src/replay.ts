import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readKindHints, replayRequests, type LineProblem } from '@lianxin/server';
import type { CommandIo, RunCommand } from './command.js';
import { withServerParts } from './with-server-parts.js';

const usage = `用法 usage:
  lianxin replay requests FILE.jsonl --village CODE [--json]   每行一件：id, title, filed_at, text, reply, replied_at
                                                               · one a line; a second run doubles nothing`;

const width = 32;

/** A bar for people at a terminal, a line every tenth for logs. */
const progressTo = (io: CommandIo, terminal: boolean): ((done: number, total: number) => void) => {
  let shown = -1;
  return (done, total) => {
    const tenth = Math.floor((done * (terminal ? 100 : 10)) / Math.max(total, 1));
    if (tenth === shown && done !== total) return;
    shown = tenth;
    const filled = Math.round((done * width) / Math.max(total, 1));
    const bar = `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${done}/${total}`;
    if (terminal) process.stderr.write(`\r${bar}${done === total ? '\n' : ''}`);
    else io.err(bar);
  };
};

const inWords = ({ line, field, why, cure }: LineProblem): string =>
  `  第 ${line} 行 line ${line} · ${field}：${why} ${cure}`;

/** `lianxin replay requests FILE --village CODE`: old messages with their answers, through the real commands. 1 when a line was refused. */
export const run: RunCommand = async (args, io) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { village: { type: 'string' }, json: { type: 'boolean' } },
  });
  const [what, file] = positionals;
  if (what !== 'requests' || file === undefined || values.village === undefined) {
    io.err(usage);
    return 2;
  }
  const { village } = values;
  let text: string;
  try {
    text = readFileSync(path.resolve(io.cwd, file), 'utf8');
  } catch {
    io.err(`读不到文件 ${file}。请核对路径。Cannot read ${file}: check the path.`);
    return 2;
  }
  return withServerParts(io, async ({ deps }) => {
    const done = await replayRequests(deps, text, {
      village,
      kindOf: readKindHints(deps.config.packs),
      onProgress: progressTo(io, process.stderr.isTTY && io.env === process.env),
    });
    if (values.json === true) io.out(JSON.stringify(done, null, 2));
    else {
      io.out(
        `读入 read ${done.read}，新办 opened ${done.opened}，已在 already in ${done.already}，已答复 answered ${done.answered}`,
      );
      if (done.problems.length > 0) {
        const none = done.opened + done.already === 0 ? '，一条也没有导入 nothing was imported' : '';
        io.err(`${done.problems.length} 处问题 problems${none}：`);
        for (const one of done.problems.slice(0, 200)) io.err(inWords(one));
      }
    }
    return done.problems.length === 0 ? 0 : 1;
  });
};
