import { explainFault, type Holidays, type PolicyPack } from '@lianxin/domain';
import {
  openPackTexts,
  readHolidays,
  readPackTexts,
  type PackTexts,
  type PlacedFault,
  type ReadPacks,
} from '@lianxin/pack-reader';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { CommandIo } from '../command.js';

/** What the arguments of a pack command say. */
export type PackArguments = { words: readonly string[]; json: boolean; check: boolean; packs?: string };

/** Reads words and options; gives a sentence where an option is not known. */
export function readArguments(args: readonly string[]): PackArguments | string {
  const words: string[] = [];
  let json = false;
  let check = false;
  let packs: string | undefined;
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (arg === '--json') json = true;
    else if (arg === '--check') check = true;
    else if (arg === '--packs') {
      index += 1;
      packs = args[index];
      if (packs === undefined) return '--packs 后面要写文件夹。--packs needs a folder.';
    } else if (arg.startsWith('--')) return `不认识选项 ${arg}。Unknown option ${arg}.`;
    else words.push(arg);
  }
  return { words, json, check, ...(packs === undefined ? {} : { packs }) };
}

/** Packs as a command works on them: all that were read, and those that the arguments are about. */
export type OpenedPacks = ReadPacks & {
  root: string;
  texts: ReadonlyMap<string, PackTexts>;
  chosen: readonly PolicyPack[];
  /** Faults of reading that lie in the chosen packs. */
  chosenFaults: readonly PlacedFault[];
  requirementIds: ReadonlySet<string> | undefined;
};

/** Opens a folder of packs, or one pack with its neighbours, because a pack builds on others; a sentence when there is none. */
export function openPacks(folder: string, io: CommandIo): OpenedPacks | string {
  const path = resolve(io.cwd, folder);
  if (!existsSync(path)) return `没有文件夹 ${folder}。There is no folder ${folder}.`;
  const isPack = existsSync(join(path, 'pack.yaml'));
  const root = isPack ? dirname(path) : path;
  const texts = openPackTexts(root);
  if (texts.size === 0) return `${folder} 里没有政策包（pack.yaml）。There is no pack in ${folder}.`;
  const read = readPackTexts(texts);
  const inScope = (id: string): boolean => !isPack || id === basename(path);
  const idsFile = join(root, 'requirement-ids.txt');
  return {
    ...read,
    root,
    texts,
    chosen: [...read.packs.values()].filter((pack) => inScope(pack.manifest.id)),
    chosenFaults: read.faults.filter((each) => inScope(each.file.split('/', 1)[0] ?? '')),
    requirementIds: existsSync(idsFile)
      ? new Set(readFileSync(idsFile, 'utf8').split('\n').filter(Boolean))
      : undefined,
  };
}

/** The packs to work with when the arguments are about something else: those of `--packs`, or of the nearest `policy-packs` upwards. */
export function openNearestPacks(named: string | undefined, io: CommandIo): OpenedPacks | string {
  const root = findPacksFolder(named, io);
  return root === undefined
    ? '找不到 policy-packs；用 --packs 指明。There is no policy-packs folder.'
    : openPacks(root, io);
}

function findPacksFolder(named: string | undefined, io: CommandIo): string | undefined {
  if (named !== undefined) return resolve(io.cwd, named);
  let here = io.cwd;
  for (;;) {
    const candidate = join(here, 'policy-packs');
    if (existsSync(candidate)) return candidate;
    const above = dirname(here);
    if (above === here) return undefined;
    here = above;
  }
}

/** The holidays that cases are judged with: those of the packs at hand, else of the nearest `policy-packs`. */
export function openHolidays(root: string, io: CommandIo): Holidays | string {
  const nearest = findPacksFolder(undefined, io);
  const folders = [root, ...(nearest === undefined ? [] : [nearest])].map((each) => join(each, 'cn-public-calendar'));
  const folder = folders.find((each) => existsSync(each));
  if (folder === undefined) return '找不到放假安排 cn-public-calendar。There is no cn-public-calendar.';
  const read = readHolidays(folder);
  return read.ok ? read.holidays : read.faults.map(sayFault).join('\n');
}

/** A fault as an editor can jump to it, in words. */
export function sayFault(each: PlacedFault): string {
  const { what, cure } = explainFault(each.fault, 'zh-CN');
  return `${each.file}:${each.line}:${each.column}  ${what}${cure}`;
}

/** A fault as a program reads it. */
export function jsonFault(each: PlacedFault): object {
  const { file, line, column, fault } = each;
  return { file, line, column, code: fault.code, params: fault.params, ...explainFault(fault, 'zh-CN') };
}
