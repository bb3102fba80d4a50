import {
  BodiesFile,
  ClausesFile,
  PackManifest,
  SourcesFile,
  checkPack,
  fault,
  lineageOf,
  namesOf,
  powersOf,
  readPart,
  type PackFault,
  type PolicyPack,
  type TreePath,
} from '@lianxin/domain';
import { readFileTree, type FileTree } from './file-tree.js';
import { hashOfPack, isCaseFile, openPackTexts, type PackTexts } from './pack-texts.js';
import type { PlacedFault } from './placed-fault.js';
import { placeInRule } from './place.js';
import { readRules } from './read-rules.js';

/** Packs as read: those that could be read, and every fault with its line; a pack with faults may be shown, not activated. */
export type ReadPacks = {
  packs: ReadonlyMap<string, PolicyPack>;
  faults: readonly PlacedFault[];
  /** The faults of `checkPack`, placed in their files. */
  check: (pack: PolicyPack, requirementIds?: ReadonlySet<string>) => readonly PlacedFault[];
};

/** Opens and reads every pack below a folder. */
export function readPacks(root: string): ReadPacks {
  return readPackTexts(openPackTexts(root));
}

/** Reads packs from their texts, bases first, merging each overlay with the base it extends. */
export function readPackTexts(all: ReadonlyMap<string, PackTexts>): ReadPacks {
  const faults: PlacedFault[] = [];
  const packs = new Map<string, PolicyPack>();
  const trees = new Map<string, FileTree>();
  const manifests = new Map<string, PackManifest>();
  for (const [id, texts] of all) {
    for (const [path, text] of texts) {
      if (isCaseFile(path)) continue;
      const read = readFileTree(`${id}/${path}`, text);
      if (read.ok) trees.set(`${id}/${path}`, read.tree);
      else faults.push(...read.faults);
    }
    const manifest = readNamed(trees, faults, `${id}/pack.yaml`, PackManifest);
    if (manifest === undefined) continue;
    manifests.set(id, manifest);
    if (manifest.id !== id) {
      const params = { path: 'id', reason: `the folder is named ${id}` };
      faults.push(placed(trees, `${id}/pack.yaml`, ['id'], fault('pack-value-invalid', params)));
    }
  }
  for (const id of inOrder(manifests, faults, trees)) {
    const manifest = manifests.get(id);
    const texts = all.get(id);
    if (manifest === undefined || texts === undefined) continue;
    const none: BodiesFile = { bodies: [], offices: [], relations: [] };
    const pack: PolicyPack = {
      manifest,
      hash: hashOfPack(
        texts,
        manifest.extends.flatMap((base) => packs.get(base)?.hash ?? []),
      ),
      sources: readNamed(trees, faults, `${id}/sources.yaml`, SourcesFile)?.sources ?? [],
      bodies: readNamed(trees, faults, `${id}/bodies.yaml`, BodiesFile) ?? none,
      clauses: readNamed(trees, faults, `${id}/clauses.yaml`, ClausesFile)?.clauses ?? [],
      rules: [],
      mechanisms: [],
    };
    const read = readRules(id, texts, trees, packs, {
      names: namesOf(lineageOf(pack, packs)),
      powers: powersOf(lineageOf(pack, packs)),
    });
    faults.push(...read.faults);
    packs.set(id, { ...pack, rules: read.rules, mechanisms: read.mechanisms });
  }
  return {
    packs,
    faults,
    check: (pack, requirementIds) =>
      checkPack(pack, { packs, ...(requirementIds === undefined ? {} : { requirementIds }) }).map((each) =>
        placePackFault(pack, each, trees),
      ),
  };
}

function placePackFault(pack: PolicyPack, each: PackFault, trees: ReadonlyMap<string, FileTree>): PlacedFault {
  const file = `${pack.manifest.id}/${each.file}`;
  const version = pack.rules.find((rule) => rule.file === each.file);
  const path = version === undefined ? each.path : placeInRule(version.tree, version.written, each.path);
  return placed(trees, file, path, each.fault);
}

function placed(
  trees: ReadonlyMap<string, FileTree>,
  file: string,
  path: TreePath,
  what: PlacedFault['fault'],
): PlacedFault {
  const position = trees.get(file)?.locate(path) ?? { line: 1, column: 1 };
  return { fault: what, file, ...position };
}

/** Reads one of the pack's own files; one that is not there is no fault, because a pack may have no clauses of its own. */
function readNamed<T>(
  trees: ReadonlyMap<string, FileTree>,
  faults: PlacedFault[],
  file: string,
  schema: Parameters<typeof readPart<T>>[0],
): T | undefined {
  const tree = trees.get(file);
  if (tree === undefined) return undefined;
  const read = readPart(schema, tree.tree);
  if (read.ok) return read.value;
  faults.push(...read.faults.map((each) => placed(trees, file, each.path, each.fault)));
  return undefined;
}

/** Bases before what extends them; a circle is reported and its packs are read in the order of their names. */
function inOrder(
  manifests: ReadonlyMap<string, PackManifest>,
  faults: PlacedFault[],
  trees: ReadonlyMap<string, FileTree>,
): readonly string[] {
  const order: string[] = [];
  const visit = (id: string, above: readonly string[]): void => {
    if (above.includes(id)) {
      const circle = fault('pack-extends-circle', { packs: [...above.slice(above.indexOf(id)), id].join(' → ') });
      faults.push(placed(trees, `${id}/pack.yaml`, ['extends'], circle));
      return;
    }
    if (order.includes(id)) return;
    for (const base of manifests.get(id)?.extends ?? []) visit(base, [...above, id]);
    if (manifests.has(id) && !order.includes(id)) order.push(id);
  };
  for (const id of manifests.keys()) visit(id, []);
  return order;
}
