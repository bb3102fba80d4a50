import { readFaultsForCases, readForCases, readMechanism } from '@lianxin/domain';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandIo } from '../command.js';
import { openPacks, readArguments, sayFault } from './open-packs.js';

/** `lianxin pack read DIR`: writes prose and drawings beside each mechanism, and the reference for case authors; `--check` changes nothing and refuses what is not current. */
export function runRead(args: readonly string[], io: CommandIo): number {
  const read = readArguments(args);
  if (typeof read === 'string' || read.words.length !== 1) {
    io.err(typeof read === 'string' ? read : 'lianxin pack read DIR [--check] [--json]');
    return 2;
  }
  const opened = openPacks(read.words[0] ?? '.', io);
  if (typeof opened === 'string') {
    io.err(opened);
    return 2;
  }
  if (opened.chosenFaults.length > 0) {
    for (const each of opened.chosenFaults) io.err(sayFault(each));
    return 1;
  }
  const changed: string[] = [];
  let files = 0;
  const keep = (name: string, text: string): void => {
    files += 1;
    const path = join(opened.root, name);
    if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
    changed.push(name);
    if (!read.check) writeFileSync(path, text);
  };
  for (const pack of opened.chosen) {
    for (const mechanism of pack.mechanisms) {
      for (const file of readMechanism(mechanism, pack, opened.packs)) {
        keep(`${pack.manifest.id}/${file.path}`, file.text);
      }
    }
    const reference = readForCases(pack);
    if (reference !== undefined) keep(`${pack.manifest.id}/${reference.path}`, reference.text);
  }
  const faults = readFaultsForCases();
  keep(faults.path, faults.text);
  if (read.json) io.out(JSON.stringify({ files, changed }, null, 2));
  else {
    for (const path of changed) io.out(read.check ? `不是最新：${path}` : `写好：${path}`);
    io.out(`${files} 个文件，${changed.length} 个${read.check ? '不是最新' : '有变化'}。`);
  }
  return read.check && changed.length > 0 ? 1 : 0;
}
