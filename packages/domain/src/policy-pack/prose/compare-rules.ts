import type { InForce } from '../identifiers.js';
import type { Rule, RuleKind } from '../rule.js';
import { proseOfRule } from './read-mechanism.js';
import type { Names } from './read-kinds.js';

/** What stands under one heading of a rule's prose in one text and not in the other. */
export type ProseChange = {
  readonly under: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
};

/** A rule that reads differently, with the first day of the newer text; no day where the rule is gone. */
export type RuleChange = {
  readonly rule: string;
  readonly title: string;
  readonly from: string | null;
  readonly changes: readonly ProseChange[];
};

/** A version of a rule as it is compared. */
export type ComparedVersion = {
  readonly kind: RuleKind;
  readonly id: string;
  readonly inForce: InForce;
  readonly rule: Rule;
};

/** A set of rules with what their ids are called. */
export type ComparedRules = { readonly versions: readonly ComparedVersion[]; readonly names: Names };

/**
 * Old and new in prose 新旧对照: the newest version of each rule before and after, section by section, in the words that people read;
 * rules that read the same are left out. Made from the rules, so nothing that changed can be passed over in silence.
 */
export function compareRules(before: ComparedRules, after: ComparedRules): readonly RuleChange[] {
  const [old, next] = [newestOf(before.versions), newestOf(after.versions)];
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((key): RuleChange[] => {
    const [was, is] = [old.get(key), next.get(key)];
    const changes = compareProse(
      was === undefined ? '' : proseOfRule(was.rule, before.names),
      is === undefined ? '' : proseOfRule(is.rule, after.names),
    );
    const shown = is ?? was;
    if (changes.length === 0 || shown === undefined) return [];
    return [{ rule: shown.id, title: shown.rule.title, from: is?.inForce.from ?? null, changes }];
  });
}

/** The newest version of each rule; a register and a procedure may share an id. */
function newestOf(versions: readonly ComparedVersion[]): ReadonlyMap<string, ComparedVersion> {
  const newest = new Map<string, ComparedVersion>();
  for (const version of versions) {
    const key = `${version.kind} ${version.id}`;
    const known = newest.get(key);
    if (known === undefined || known.inForce.from < version.inForce.from) newest.set(key, version);
  }
  return newest;
}

/** Two texts in prose, section by section: the sentences that only one of them has, in their order. */
export function compareProse(before: string, after: string): readonly ProseChange[] {
  const [old, next] = [sectionsOf(before), sectionsOf(after)];
  return [...new Set([...next.keys(), ...old.keys()])].flatMap((under) => {
    const [was, is] = [old.get(under) ?? [], next.get(under) ?? []];
    const change = {
      under,
      before: was.filter((line) => !is.includes(line)),
      after: is.filter((line) => !was.includes(line)),
    };
    return change.before.length + change.after.length === 0 ? [] : [change];
  });
}

/** Sentences by the heading they stand under, without the marks of markdown; a numbered heading is one with its number. */
function sectionsOf(prose: string): ReadonlyMap<string, readonly string[]> {
  const sections = new Map<string, string[]>();
  let under = '';
  for (const line of prose.split('\n')) {
    const heading = /^#+ (.*)$/.exec(line)?.[1];
    if (heading !== undefined) {
      under = heading;
      continue;
    }
    const said = line
      .replace(/^\s*(?:-|\d+\.) /, '')
      .replaceAll('**', '')
      .split(/(?<=。)/u)
      .map((sentence) => sentence.trim());
    sections.set(under, [...(sections.get(under) ?? []), ...said.filter((sentence) => sentence !== '')]);
  }
  return sections;
}
