import { readTexts, type PlacedFault } from '@lianxin/pack-reader';
import { readCases, readLooseCases, type PackCase } from '@lianxin/testkit/cases';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CommandIo } from '../command.js';
import {
  jsonFault,
  openHolidays,
  openNearestPacks,
  openPacks,
  readArguments,
  sayFault,
  type OpenedPacks,
} from './open-packs.js';

/** `lianxin pack cases DIR`: plays every case below a folder; exit code 1 when one does not hold, or when there is none. */
export function runCases(args: readonly string[], io: CommandIo): number {
  const read = readArguments(args);
  if (typeof read === 'string' || read.words.length !== 1) {
    io.err(typeof read === 'string' ? read : 'lianxin pack cases DIR [--packs DIR] [--json]');
    return 2;
  }
  const gathered = gather(read.words[0] ?? '.', read.packs, io);
  if (typeof gathered === 'string') {
    io.err(gathered);
    return 2;
  }
  const results = gathered.cases.map((each) => ({
    file: each.file,
    title: each.title,
    covers: each.covers,
    differences: each.run(),
  }));
  const failed = results.filter((each) => each.differences.length > 0).length + gathered.faults.length;
  if (read.json) {
    const cases = results.map((each) => ({ ...each, holds: each.differences.length === 0 }));
    io.out(JSON.stringify({ cases, faults: gathered.faults.map(jsonFault) }, null, 2));
  } else {
    for (const each of gathered.faults) io.out(sayFault(each));
    for (const each of results) {
      io.out(`${each.differences.length === 0 ? '✓' : '✗'} ${each.title}  ${each.file}`);
      for (const difference of each.differences) io.out(`    ${difference}`);
    }
    io.out(`${results.length} 个案例，${failed} 个不符。`);
  }
  if (results.length === 0 && failed === 0) io.err('没有找到案例（*.case.yaml）。There are no cases.');
  return failed === 0 && results.length > 0 ? 0 : 1;
}

type Gathered = { cases: readonly PackCase[]; faults: readonly PlacedFault[] };

/** The cases of packs, or of a folder that is no pack; a sentence when they cannot be looked for. */
function gather(folder: string, packsNamed: string | undefined, io: CommandIo): Gathered | string {
  const path = resolve(io.cwd, folder);
  const opened = packsNamed === undefined ? openPacks(folder, io) : 'packs are elsewhere';
  if (typeof opened !== 'string') return casesOfPacks(opened, io);
  if (!existsSync(path)) return opened;
  const around = openNearestPacks(packsNamed, io);
  if (typeof around === 'string') return around;
  const holidays = openHolidays(around.root, io);
  if (typeof holidays === 'string') return holidays;
  return readLooseCases(readTexts(path), around.packs, holidays);
}

function casesOfPacks(opened: OpenedPacks, io: CommandIo): Gathered | string {
  const holidays = openHolidays(opened.root, io);
  if (typeof holidays === 'string') return holidays;
  const all = opened.chosen.map((pack) =>
    readCases(pack, opened.texts.get(pack.manifest.id) ?? new Map<string, string>(), opened.packs, holidays),
  );
  return {
    cases: all.flatMap((each) => each.cases),
    faults: [...opened.chosenFaults, ...all.flatMap((each) => each.faults)],
  };
}
