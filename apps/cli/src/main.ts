import type { CommandEntry, CommandIo } from './command.js';
import { commands } from './commands.js';

/**
 * Runs the command that the arguments name and gives its exit code; 2 when there is none of that name.
 *
 * A command's own refusals are its words and its exit code. An exception is a bug and passes through, with its stack.
 */
export async function main(
  args: readonly string[],
  io: CommandIo = terminal(),
  table: readonly CommandEntry[] = commands,
): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    io.out(helpText(table));
    return name === undefined ? 2 : 0;
  }
  const entry = table.find((each) => each.name === name);
  if (entry === undefined) {
    io.err(`没有名为“${name}”的命令。There is no command “${name}”.\n\n${helpText(table)}`);
    return 2;
  }
  const { run } = await entry.load();
  return run(rest, io);
}

function helpText(table: readonly CommandEntry[]): string {
  const width = Math.max(...table.map((each) => each.name.length));
  const rows = table.map((each) => `  ${each.name.padEnd(width)}  ${each.summary}`);
  return ['lianxin <command> [...]', '', ...rows].join('\n');
}

function terminal(): CommandIo {
  return {
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
    cwd: process.cwd(),
    env: process.env,
  };
}
