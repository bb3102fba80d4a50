import { fault } from '@lianxin/domain';
import type { PlacedFault } from '@lianxin/pack-reader';
import { readCases } from '@lianxin/testkit/cases';
import type { CommandIo } from '../command.js';
import { jsonFault, openHolidays, openPacks, readArguments, sayFault } from './open-packs.js';

/** `lianxin pack check DIR`: every fault of every pack, with file and line; exit code 1 when there is one. */
export function runCheck(args: readonly string[], io: CommandIo): number {
  const read = readArguments(args);
  if (typeof read === 'string' || read.words.length !== 1) {
    io.err(typeof read === 'string' ? read : 'lianxin pack check DIR [--json]');
    return 2;
  }
  const opened = openPacks(read.words[0] ?? '.', io);
  if (typeof opened === 'string') {
    io.err(opened);
    return 2;
  }
  const holidays = openHolidays(opened.root, io);
  if (typeof holidays === 'string') {
    io.err(holidays);
    return 1;
  }
  const faults: PlacedFault[] = [...opened.chosenFaults];
  let played = 0;
  for (const pack of opened.chosen) {
    faults.push(...opened.check(pack, opened.requirementIds));
    const texts = opened.texts.get(pack.manifest.id) ?? new Map<string, string>();
    const { cases, faults: unreadable } = readCases(pack, texts, opened.packs, holidays);
    faults.push(...unreadable);
    for (const each of cases) {
      played += 1;
      const differences = each.run();
      if (differences.length === 0) continue;
      const failed = fault('case-failed', { title: each.title, reason: differences.join('；').replace(/。$/, '') });
      faults.push({ fault: failed, file: each.file, line: 1, column: 1 });
    }
  }
  faults.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
  if (read.json) {
    const packs = opened.chosen.map(({ manifest, hash, rules }) => ({
      id: manifest.id,
      version: manifest.version,
      hash,
      rules: rules.length,
    }));
    io.out(JSON.stringify({ packs, cases: played, faults: faults.map(jsonFault) }, null, 2));
  } else {
    for (const each of faults) io.out(sayFault(each));
    io.out(`${opened.chosen.length} 个政策包，${played} 个案例，${faults.length} 项不符。`);
  }
  return faults.length === 0 ? 0 : 1;
}
