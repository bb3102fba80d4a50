import { fault, type Fault } from '../fault/index.js';
import { checkProcedure } from '../procedure/index.js';
import { lineageOf, type PolicyPack, type RuleVersion } from './policy-pack.js';
import { faultsOfReferences } from './check-references.js';
import { isBlank, isTreeMap, namePath, valuesAlong, walkTree, type Tree, type TreePath } from './tree.js';

/** A fault of a pack with the file, relative to the pack's folder, and the place in it. */
export type PackFault = { fault: Fault; file: string; path: TreePath };

export type PackSurroundings = {
  /** Every pack that was read, by id. */
  packs: ReadonlyMap<string, PolicyPack>;
  /** Ids of the requirement catalogue; without it `covers` is not checked. */
  requirementIds?: ReadonlySet<string>;
};

/**
 * Everything wrong with a pack beyond what its schemas say (P2); an empty list means that it may be used.
 *
 * It lists all faults at once: an author who mends one and meets the next at every run stops running the check.
 */
export function checkPack(pack: PolicyPack, around: PackSurroundings): readonly PackFault[] {
  return [
    ...faultsOfManifest(pack, around),
    ...faultsOfIds(pack),
    ...faultsOfRequirements(pack, around),
    ...faultsOfClauses(pack),
    ...pack.rules.flatMap((version) => [
      ...faultsOfSources(pack, version, around),
      ...faultsOfReferences(pack, version, around),
      ...faultsOfBlanks(pack, version),
      ...faultsOfProcedure(version),
    ]),
  ];
}

function faultsOfManifest(pack: PolicyPack, { packs }: PackSurroundings): PackFault[] {
  return pack.manifest.extends
    .map((id, index) => ({ id, index }))
    .filter(({ id }) => !packs.has(id))
    .map(({ id, index }) => ({
      fault: fault('pack-unknown', { pack: id }),
      file: 'pack.yaml',
      path: ['extends', index],
    }));
}

function faultsOfIds(pack: PolicyPack): PackFault[] {
  const faults: PackFault[] = [];
  const unique = (file: string, key: string, ids: readonly string[]): void => {
    for (const [index, id] of ids.entries()) {
      if (ids.indexOf(id) !== index)
        faults.push({ fault: fault('id-duplicate', { id }), file, path: [key, index, 'id'] });
    }
  };
  unique(
    'sources.yaml',
    'sources',
    pack.sources.map((each) => each.id),
  );
  unique(
    'bodies.yaml',
    'bodies',
    pack.bodies.bodies.map((each) => each.id),
  );
  unique(
    'bodies.yaml',
    'offices',
    pack.bodies.offices.map((each) => each.id),
  );
  unique(
    'clauses.yaml',
    'clauses',
    pack.clauses.map((each) => each.id),
  );
  for (const [index, version] of pack.rules.entries()) {
    for (const earlier of pack.rules.slice(0, index)) {
      if (earlier.id !== version.id) continue;
      if (earlier.kind !== version.kind || earlier.mechanism !== version.mechanism) {
        faults.push({ fault: fault('id-duplicate', { id: version.id }), file: version.file, path: ['id'] });
        continue;
      }
      const on = version.inForce.from > earlier.inForce.from ? version.inForce.from : earlier.inForce.from;
      const ends = [version.inForce.to, earlier.inForce.to].filter((day) => day !== undefined);
      if (ends.every((day) => on <= day)) {
        const overlap = fault('rule-versions-overlap', { rule: version.id, on });
        faults.push({ fault: overlap, file: version.file, path: ['inForce'] });
      }
    }
    faults.push(...faultsOfNamedLists(version));
  }
  return faults;
}

/** Lists of things with ids hold each id once, wherever in the rule they stand. */
function faultsOfNamedLists(version: RuleVersion): PackFault[] {
  const faults: PackFault[] = [];
  walkTree(version.tree, (value, path) => {
    if (!Array.isArray(value)) return;
    const ids = (value as readonly Tree[]).map((item) => (isTreeMap(item) ? item['id'] : undefined));
    for (const [index, id] of ids.entries()) {
      if (typeof id === 'string' && ids.indexOf(id) !== index) {
        faults.push({ fault: fault('id-duplicate', { id }), file: version.file, path: [...path, index, 'id'] });
      }
    }
  });
  return faults;
}

function faultsOfRequirements(pack: PolicyPack, { requirementIds }: PackSurroundings): PackFault[] {
  if (requirementIds === undefined) return [];
  const unknown = (ids: readonly string[], file: string, path: TreePath): PackFault[] =>
    ids
      .map((id, index) => ({ id, index }))
      .filter(({ id }) => !requirementIds.has(id))
      .map(({ id, index }) => ({
        fault: fault('requirement-unknown', { requirement: id }),
        file,
        path: [...path, index],
      }));
  return [
    ...pack.rules.flatMap((version) => unknown(version.covers, version.file, ['covers'])),
    ...pack.clauses.flatMap((clause, index) =>
      unknown(clause.requirements, 'clauses.yaml', ['clauses', index, 'requirements']),
    ),
  ];
}

function faultsOfClauses(pack: PolicyPack): PackFault[] {
  return pack.clauses.flatMap((clause, index) =>
    [clause.mechanism ?? []]
      .flat()
      .filter((mechanism) => !pack.mechanisms.includes(mechanism))
      .map((mechanism) => ({
        fault: fault('mechanism-unknown', { mechanism }),
        file: 'clauses.yaml',
        path: ['clauses', index, 'mechanism'],
      })),
  );
}

/** Every figure that binds somebody rests on something, and what it rests on exists. */
function faultsOfSources(pack: PolicyPack, version: RuleVersion, { packs }: PackSurroundings): PackFault[] {
  const known = new Set(
    lineageOf(pack, packs).flatMap((each) => [...each.sources.map((s) => s.id), ...each.clauses.map((c) => c.id)]),
  );
  const faults: PackFault[] = [];
  walkTree(version.tree, (value, path) => {
    if (path.at(-1) === 'source' || path.at(-1) === 'legalBasis') {
      for (const id of [value as string | readonly string[]].flat()) {
        if (!known.has(id)) {
          faults.push({ fault: fault('pack-source-unknown', { source: id }), file: version.file, path });
        }
      }
    }
    if (isFigure(value) && !hasSource(version.tree, path)) {
      const place = namePath(version.tree, path);
      faults.push({ fault: fault('threshold-without-source', { path: place }), file: version.file, path });
    }
  });
  return faults;
}

/** A share, a limit, a waiting, a posting, a pause or an extension that states a figure; a blank states none. */
function isFigure(value: Tree): boolean {
  if (!isTreeMap(value)) return false;
  const share = typeof value['of'] === 'string' && (value['atLeast'] ?? value['moreThan']) !== undefined;
  const waiting = value['before'] === 'meeting';
  const figures = [
    value['within'],
    value['noticePeriod'],
    value['longest'],
    isExtension(value) ? value['by'] : undefined,
  ];
  return share || waiting || figures.some((each) => typeof each === 'string' && !isBlank(each));
}

function isExtension(value: Tree): boolean {
  return isTreeMap(value) && value['limit'] !== undefined && value['by'] !== undefined && value['most'] !== undefined;
}

/** The source may stand on the value or on anything around it up to, and not including, the file: a file's source says too little. */
function hasSource(tree: Tree, path: TreePath): boolean {
  return valuesAlong(tree, path)
    .slice(1)
    .some((value) => isTreeMap(value) && value['source'] !== undefined);
}

/** A template 样板 is there to be extended, so its blanks are no fault. */
function faultsOfBlanks(pack: PolicyPack, version: RuleVersion): PackFault[] {
  if (pack.manifest.template) return [];
  return version.blanks.map((path) => ({
    fault: fault('blank-unfilled', { path: namePath(version.tree, path) }),
    file: version.file,
    path,
  }));
}

/** Found by this check too, and there with the exact place. */
const placedHere: ReadonlySet<string> = new Set(['threshold-without-source', 'blank-unfilled']);

/**
 * What the procedure kernel finds wrong, at the stage, act or limit that the fault speaks of.
 *
 * Figures without a source and blanks are found here already, with their places, and a template may have blanks.
 */
function faultsOfProcedure(version: RuleVersion): PackFault[] {
  if (version.rule.kind !== 'procedure') return [];
  return checkProcedure(version.rule)
    .filter((each) => !placedHere.has(each.code))
    .map((each) => ({ fault: each, file: version.file, path: placeNamedIn(version.tree, each) }));
}

/** The place of the first thing in the rule whose id or title the fault names; the rule itself when it names none. */
function placeNamedIn(tree: Tree, each: Fault): TreePath {
  const named = new Set(Object.values(each.params).map(String));
  let place: TreePath = [];
  walkTree(tree, (value, path) => {
    if (place.length > 0 || path.length === 0 || !isTreeMap(value)) return;
    if ([value['id'], value['title']].some((name) => typeof name === 'string' && named.has(name))) place = path;
  });
  return place;
}
