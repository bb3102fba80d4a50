import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CommandIo } from './command.js';

/** Letters a passphrase has at least; the file may be stolen and guessed at for years. */
const leastLetters = 12;

/** The first line of a passphrase file; a file, since what is typed in a command stays in its history. Undefined with words when it will not do. */
export const readPassphrase = (io: CommandIo, file: string): string | undefined => {
  try {
    const [line = ''] = readFileSync(path.resolve(io.cwd, file), 'utf8').split('\n');
    const passphrase = line.trim();
    if (passphrase.length >= leastLetters) return passphrase;
    io.err(`口令太短：至少 ${leastLetters} 个字符。The passphrase is too short: ${leastLetters} letters at least.`);
  } catch {
    io.err(`读不到口令文件 ${file}。Cannot read the passphrase file.`);
  }
  return undefined;
};
