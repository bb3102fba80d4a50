import { compareRules, lineageOf, titlesOf, type PolicyPack } from '@lianxin/domain';
import type { CommandIo } from '../command.js';
import { openPacks, readArguments, sayFault } from './open-packs.js';
import { sayChanges } from './say-changes.js';

/** `lianxin pack compare BEFORE AFTER`: what two folders of packs, or two copies of one pack, say differently, in prose. */
export function runCompare(args: readonly string[], io: CommandIo): number {
  const read = readArguments(args);
  const [before, after] = typeof read === 'string' ? [] : read.words;
  if (typeof read === 'string' || before === undefined || after === undefined) {
    io.err(typeof read === 'string' ? read : 'lianxin pack compare 旧 新 [--json]');
    return 2;
  }
  const [old, next] = [openPacks(before, io), openPacks(after, io)];
  for (const opened of [old, next]) {
    if (typeof opened === 'string') {
      io.err(opened);
      return 2;
    }
    for (const each of opened.chosenFaults) io.err(sayFault(each));
    if (opened.chosenFaults.length > 0) return 1;
  }
  if (typeof old === 'string' || typeof next === 'string') return 2;
  const rulesIn = (pack: PolicyPack, packs: ReadonlyMap<string, PolicyPack>) => ({
    versions: pack.rules,
    names: titlesOf(lineageOf(pack, packs)),
  });
  const compared = next.chosen.map((pack) => {
    const was = old.chosen.find((each) => each.manifest.id === pack.manifest.id);
    const now = rulesIn(pack, next.packs);
    return {
      pack: pack.manifest.id,
      title: pack.manifest.title,
      changes: compareRules(was === undefined ? { ...now, versions: [] } : rulesIn(was, old.packs), now),
    };
  });
  const changed = compared.filter(({ changes }) => changes.length > 0);
  if (read.json) io.out(JSON.stringify(changed, null, 2));
  else {
    for (const { pack, title, changes } of changed)
      io.out([`# ${title}（${pack}）`, ...sayChanges(changes)].join('\n'));
    if (changed.length === 0) io.out('两边的规则读起来一样。Both say the same.');
  }
  return 0;
}
