import type { Sha256 } from './bytes.js';
import { cosignedAt } from './cosignature.js';
import { parseNoteKey } from './signed-note.js';
import type { NoteKey, SignedNote, VerifyEd25519 } from './signed-note.js';

/** A witness 见证人 as a policy names it. */
export interface PolicyWitness {
  readonly name: string;
  readonly key: NoteKey;
  /** Where checkpoints are handed in; absent for a machine that cannot be reached and comes to fetch. */
  readonly url?: string;
}

/** Policy 见证规则 (c2sp.org/tlog-policy): which witnesses there are, and how many of them are enough. */
export interface WitnessPolicy {
  readonly logs: readonly NoteKey[];
  readonly witnesses: readonly PolicyWitness[];
  readonly groups: ReadonlyMap<string, { readonly least: number; readonly members: readonly string[] }>;
  /** A witness, a group, or `none`. */
  readonly quorum: string;
}

/** A witness that cosigned, and when (seconds since 1970). */
export interface Witnessed {
  readonly name: string;
  readonly seconds: number;
}

/**
 * Reads a policy file; null where a line is not as the format has it, a name is used before it is defined or twice, or two names have one
 * key: a policy that two readers understand differently is none.
 */
export function parsePolicy(sha256: Sha256, text: string): WitnessPolicy | null {
  const logs: NoteKey[] = [];
  const witnesses: PolicyWitness[] = [];
  const groups = new Map<string, { least: number; members: string[] }>();
  const names = new Set<string>();
  const used = new Set<string>();
  let quorum: string | null = null;
  for (const line of text.split('\n')) {
    if (Array.from(line).some((letter) => letter < ' ' && letter !== '\t')) return null;
    const [word, ...items] = line.split(/[ \t]+/).filter((item) => item !== '');
    if (word === undefined || word.startsWith('#')) continue;
    if (word === 'log') {
      const key = items.length > 2 ? null : parseNoteKey(sha256, items[0] ?? '');
      if (key === null || logs.some((log) => sameKey(log, key))) return null;
      logs.push(key);
    } else if (word === 'witness') {
      const [name, vkey, url] = items;
      const key = parseNoteKey(sha256, vkey ?? '', 'witness');
      if (name === undefined || items.length > 3 || key === null || !define(names, name)) return null;
      if (witnesses.some((one) => sameKey(one.key, key))) return null;
      witnesses.push({ name, key, ...(url === undefined ? {} : { url }) });
    } else if (word === 'group') {
      const [name, rule, ...members] = items;
      const least = rule === 'all' ? members.length : rule === 'any' ? 1 : countIn(rule);
      if (name === undefined || members.length === 0 || least < 1 || least > members.length) return null;
      for (const member of members) {
        if (!names.has(member) || used.has(member)) return null;
        used.add(member);
      }
      if (!define(names, name)) return null;
      groups.set(name, { least, members });
    } else if (word === 'quorum') {
      const [name] = items;
      if (quorum !== null || items.length !== 1 || name === undefined) return null;
      if (name !== 'none' && !names.has(name)) return null;
      quorum = name;
    } else return null;
  }
  return quorum === null ? null : { logs, witnesses, groups, quorum };
}

/** Says whether these witnesses are enough. Where no quorum is asked for, nothing is ever called witnessed. */
export function isQuorum(policy: WitnessPolicy, names: ReadonlySet<string>): boolean {
  const counts = (name: string): boolean => {
    const group = policy.groups.get(name);
    return group === undefined ? names.has(name) : group.members.filter(counts).length >= group.least;
  };
  return policy.quorum !== 'none' && counts(policy.quorum);
}

/** The witnesses of a policy that cosigned a note, with their times; null where a cosignature was tampered with. */
export async function witnessesOf(
  note: SignedNote,
  policy: WitnessPolicy,
  verify: VerifyEd25519,
): Promise<readonly Witnessed[] | null> {
  const found: Witnessed[] = [];
  for (const { name, key } of policy.witnesses) {
    const seconds = await cosignedAt(note, key, verify);
    if (seconds === 'broken') return null;
    if (seconds !== null) found.push({ name, seconds });
  }
  return found;
}

function define(names: Set<string>, name: string): boolean {
  if (name === 'none' || names.has(name)) return false;
  names.add(name);
  return true;
}

function countIn(text: string | undefined): number {
  return /^[1-9]\d{0,4}$/.test(text ?? '') ? Number(text) : 0;
}

function sameKey(a: NoteKey, b: NoteKey): boolean {
  return a.publicKey.every((byte, at) => byte === b.publicKey[at]);
}
