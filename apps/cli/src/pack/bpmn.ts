import { ruleInForce } from '@lianxin/domain';
import type { CommandIo } from '../command.js';
import { openNearestPacks, readArguments } from './open-packs.js';

const usage = 'lianxin pack bpmn RULE [DATE] [--packs DIR]';

/**
 * `lianxin pack bpmn RULE`: a procedure as BPMN 2.0 on standard output; `RULE` is an id, or `pack/id`. The newest version, or the one in force
 * on a day.
 */
export async function runBpmn(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readArguments(args);
  const [named, date] = typeof read === 'string' ? [] : read.words;
  if (typeof read === 'string' || named === undefined) {
    io.err(typeof read === 'string' ? read : usage);
    return 2;
  }
  const opened = openNearestPacks(read.packs, io);
  if (typeof opened === 'string') {
    io.err(opened);
    return 2;
  }
  const [first, second] = named.split('/');
  const id = second ?? first ?? '';
  const versions = opened.chosen
    .filter((pack) => second === undefined || pack.manifest.id === first)
    .flatMap((pack) => {
      if (date === undefined) return pack.rules.filter((each) => each.id === id && each.kind === 'procedure');
      const found = ruleInForce(pack, id, date);
      return found.ok && found.value.kind === 'procedure' ? [found.value] : [];
    });
  // One that can run before a template of the same name; then the newest.
  const newest = versions.toSorted(
    (a, b) => Math.sign(a.blanks.length) - Math.sign(b.blanks.length) || (a.inForce.from < b.inForce.from ? 1 : -1),
  )[0];
  if (newest === undefined || newest.rule.kind !== 'procedure') {
    io.err(`没有名为“${named}”的流程。There is no procedure “${named}”.`);
    return 1;
  }
  const { toBpmn } = await import('@lianxin/server');
  io.out(await toBpmn(newest.rule));
  return 0;
}
