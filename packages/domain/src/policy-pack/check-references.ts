import { fault } from '../fault/index.js';
import type { PackFault, PackSurroundings } from './check-pack.js';
import type { Register } from './kinds/register.js';
import { termsRegister } from './kinds/terms-register.js';
import { lineageOf, powersOf, type PolicyPack, type RuleVersion } from './policy-pack.js';
import { isTreeMap, spellTree, walkTree, type Tree, type TreeMap, type TreePath } from './tree.js';

/** Registers the core itself keeps; a pack may fill a field from them without declaring them. */
const coreRegisters: ReadonlySet<string> = new Set([
  'person',
  'household',
  'place',
  'body',
  'matter',
  termsRegister.id,
]);

/** Every body, post, office, register and procedure that a rule names exists in its pack or in one it extends. */
export function faultsOfReferences(pack: PolicyPack, version: RuleVersion, around: PackSurroundings): PackFault[] {
  const known = listKnown(pack, around);
  const faults: PackFault[] = [];
  const report = (each: PackFault['fault'], path: TreePath): void => {
    faults.push({ fault: each, file: version.file, path });
  };
  const body = (id: Tree | undefined, path: TreePath): void => {
    if (typeof id === 'string' && !known.bodies.has(id)) report(fault('pack-body-unknown', { body: id }), path);
  };
  const rule = (
    ids: ReadonlySet<string>,
    id: Tree | undefined,
    path: TreePath,
    what: 'register' | 'procedure',
  ): void => {
    if (typeof id !== 'string' || ids.has(id)) return;
    if (what === 'register') report(fault('pack-register-unknown', { register: id }), path);
    else report(fault('pack-procedure-unknown', { procedure: id }), path);
  };
  walkTree(version.tree, (value, path) => {
    if (!isTreeMap(value)) return;
    for (const [key, id] of bodiesNamedBy(value)) body(id, [...path, key]);
    if (typeof value['post'] === 'string') checkPost(value, path);
    if (typeof value['power'] === 'string') checkPower(value, value['power'], path);
    if (version.kind === 'procedure') {
      rule(known.procedures, value['open'], [...path, 'open'], 'procedure');
      rule(known.procedures, value['propose'], [...path, 'propose'], 'procedure');
      if (typeof value['type'] === 'string') rule(known.rules, value['from'], [...path, 'from'], 'register');
    }
    if (version.kind === 'disclosure-catalogue') {
      rule(known.procedures, value['procedure'], [...path, 'procedure'], 'procedure');
    }
    rule(known.procedures, value['lockedWhile'], [...path, 'lockedWhile'], 'procedure');
    rule(known.registerIds, value['register'], [...path, 'register'], 'register');
    if (version.kind === 'sharing-list') rule(known.registerIds, value['log'], [...path, 'log'], 'register');
    if (typeof value['knownFrom'] === 'string') {
      const register = value['knownFrom'].split('.', 1)[0];
      if (!coreRegisters.has(register ?? '')) rule(known.registerIds, register, [...path, 'knownFrom'], 'register');
    }
  });
  for (const { path, other } of keysNotAsked(version, known))
    report(fault('known-from-unjoined', { register: other }), path);
  return faults;

  /** Every body that an act with a power names has that power on its list; other parties are judged when they act. */
  function checkPower(value: TreeMap, power: string, path: TreePath): void {
    const parties = [value['by'] ?? []].flat().filter(isTreeMap);
    const named = parties.flatMap((who) =>
      typeof who['of'] === 'string' ? [who['of']] : [who['body'], who['office']],
    );
    const bodies = named.filter((id) => typeof id === 'string');
    const holders = known.powers.get(power)?.bodies ?? [];
    const without = bodies.find((id) => !holders.includes(id));
    if (holders.length > 0 && without === undefined) return;
    report(fault('pack-power-unknown', { power, body: without ?? '—' }), [...path, 'power']);
  }

  function checkPost(value: TreeMap, path: TreePath): void {
    const post = spellTree(value['post'] ?? '');
    const of = value['of'];
    const holders = typeof of === 'string' ? (known.posts.get(of) ?? new Set<string>()) : known.allPosts;
    if ((typeof of !== 'string' || known.bodies.has(of)) && !holders.has(post)) {
      report(fault('pack-post-unknown', { post }), [...path, 'post']);
    }
  }
}

/**
 * Fields of a register that are known from another one whose key is not asked here: nothing would say which of its records is meant,
 * so the field would stay empty and nobody would notice.
 */
function keysNotAsked({ rule }: RuleVersion, known: Known): { path: TreePath; other: string }[] {
  if (rule.kind !== 'register') return [];
  const asked = new Set<string>(rule.fields.filter((field) => field.knownFrom === undefined).map((field) => field.id));
  return rule.fields.flatMap((field, index) => {
    const [other, from] = field.knownFrom?.split('.', 2) ?? [];
    if (other === undefined) return [];
    const fits = [...known.registers, termsRegister].some(
      ({ id, key, fields }) =>
        id === other &&
        (field.sum === true
          ? rule.key.every((each) => fields.some((theirs) => theirs.id === each))
          : key.every((each) => asked.has(each))) &&
        fields.some((each) => each.id === from),
    );
    return fits ? [] : [{ path: ['fields', index, 'knownFrom'], other }];
  });
}

/** Keys under which a body or office is named, for each shape of value that has one. */
function bodiesNamedBy(value: TreeMap): [string, Tree | undefined][] {
  const named: [string, Tree | undefined][] = [
    ...[value['body'] ?? []].flat().map((id): [string, Tree | undefined] => ['body', id]),
    ['sampledFrom', value['sampledFrom']],
    ['department', value['department']],
    ['approvedBy', value['approvedBy']],
    ['checkedBy', value['checkedBy']],
  ];
  if (value['post'] !== undefined || value['someoneNot'] !== undefined) named.push(['of', value['of']]);
  // In an assignment `office` names the field that holds the office, not an office.
  if (value['how'] === undefined) named.push(['office', value['office']]);
  if (value['approval'] !== undefined) named.push(['roll', value['roll']]);
  if (value['kind'] === 'register' && Array.isArray(value['keepers'])) {
    for (const keeper of value['keepers'] as readonly Tree[]) named.push(['keepers', keeper]);
  }
  return named;
}

type Known = {
  bodies: ReadonlySet<string>;
  powers: ReturnType<typeof powersOf>;
  posts: ReadonlyMap<string, ReadonlySet<string>>;
  allPosts: ReadonlySet<string>;
  rules: ReadonlySet<string>;
  registerIds: ReadonlySet<string>;
  procedures: ReadonlySet<string>;
  /** Every version of every register. */
  registers: readonly Register[];
};

function listKnown(pack: PolicyPack, { packs }: PackSurroundings): Known {
  const line = lineageOf(pack, packs);
  const entries = line.flatMap((each) => [...each.bodies.bodies, ...each.bodies.offices]);
  const posts = new Map<string, Set<string>>();
  const give = (id: string | undefined, held: readonly string[]): void => {
    if (id !== undefined) posts.set(id, new Set([...(posts.get(id) ?? []), ...held]));
  };
  for (const entry of entries) {
    const own = entry.posts.map((post) => post.id);
    give(entry.id, own);
    give(entry.kind, own);
  }
  // A body under a local name has the posts of the base body it stands for, and one of a kind those of that kind.
  for (const entry of entries) {
    for (const base of [entry.is, entry.kind]) if (base !== undefined) give(entry.id, [...(posts.get(base) ?? [])]);
  }
  const rules = line.flatMap((each) => each.rules);
  const idsOf = (kind: string): Set<string> =>
    new Set(rules.filter((each) => each.kind === kind).map((each) => each.id));
  return {
    powers: powersOf(line),
    bodies: new Set(posts.keys()),
    posts,
    allPosts: new Set([...posts.values()].flatMap((held) => [...held])),
    rules: new Set(rules.map((each) => each.id)),
    registerIds: idsOf('register'),
    procedures: idsOf('procedure'),
    registers: rules.flatMap(({ rule }) => (rule.kind === 'register' ? [rule] : [])),
  };
}
