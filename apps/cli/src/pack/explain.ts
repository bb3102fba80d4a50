import { explainFault, readRuleVersion, ruleInForce, type PolicyPack } from '@lianxin/domain';
import type { CommandIo } from '../command.js';
import { openNearestPacks, readArguments } from './open-packs.js';

/** `lianxin pack explain RULE DATE`: the version of a rule in force on a day, in prose; `RULE` is an id, or `pack/id` where several packs have it. */
export function runExplain(args: readonly string[], io: CommandIo): number {
  const read = readArguments(args);
  const [named, date] = typeof read === 'string' ? [] : read.words;
  if (typeof read === 'string' || named === undefined || date === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(date)) {
    io.err(typeof read === 'string' ? read : 'lianxin pack explain RULE 2026-03-01 [--packs DIR] [--json]');
    return 2;
  }
  const opened = openNearestPacks(read.packs, io);
  if (typeof opened === 'string') {
    io.err(opened);
    return 2;
  }
  const [first, second] = named.split('/');
  const id = second ?? first ?? '';
  const holders = opened.chosen.filter(
    (pack) => (second === undefined || pack.manifest.id === first) && pack.rules.some((version) => version.id === id),
  );
  if (holders.length === 0) {
    io.err(`没有名为“${named}”的规则。There is no rule “${named}”.`);
    return 1;
  }
  const answers = holders.map((pack) => explain(pack, id, date, opened.packs));
  if (read.json) io.out(JSON.stringify(answers, null, 2));
  else io.out(answers.map((each) => `# ${each.pack}/${id}\n\n${each.text}`).join('\n\n'));
  return answers.some((each) => each.found) ? 0 : 1;
}

type Explanation = { pack: string; rule: string; date: string; found: boolean; file?: string; text: string };

function explain(pack: PolicyPack, id: string, date: string, packs: ReadonlyMap<string, PolicyPack>): Explanation {
  const about = { pack: pack.manifest.id, rule: id, date };
  const found = ruleInForce(pack, id, date);
  if (!found.ok) {
    const text = found.faults
      .map((each) => explainFault(each, 'zh-CN'))
      .map(({ what, cure }) => `${what}${cure}`)
      .join('\n');
    return { ...about, found: false, text };
  }
  const { value: version } = found;
  return {
    ...about,
    found: true,
    file: version.file,
    text: `${version.rule.title}\n\n${readRuleVersion(version, pack, packs)}`,
  };
}
