import {
  explainFault,
  fault,
  isInForceOn,
  isTreeMap,
  spellTree,
  joinProcedures,
  lineageOf,
  readPart,
  type BodiesFile,
  type Holidays,
  type PolicyPack,
  type Procedure,
  type RuleKind,
  type RuleVersion,
} from '@lianxin/domain';
import { isCaseFile, readFileTree, type FileTree, type PackTexts, type PlacedFault } from '@lianxin/pack-reader';
import { CaseShortcuts, CoverageCase, DisclosureCase, ProcedureCase, RegisterCase } from './case-file.js';
import { runCoverageCase, runProcedureCase } from './run-case.js';
import { runDisclosureCase } from './run-disclosure-case.js';
import { runRegisterCase } from './run-register-case.js';

/** A case of a pack, ready to be played; `run` gives every way in which it does not hold. */
export type PackCase = { file: string; title: string; covers: readonly string[]; run: () => readonly string[] };

export type ReadCases = { cases: readonly PackCase[]; faults: readonly PlacedFault[] };

/**
 * Reads every case of a pack: `<mechanism>/cases/*.case.yaml`, with the names shared in `cases/shortcuts.yaml`.
 *
 * A file that cannot be read is a fault and not a skipped case, because a case that silently does not run proves nothing.
 */
export function readCases(
  pack: PolicyPack,
  texts: PackTexts,
  packs: ReadonlyMap<string, PolicyPack>,
  holidays: Holidays,
): ReadCases {
  const inside = new Map([...texts].filter(([path]) => isCaseFile(path)));
  return readFolder(inside, `${pack.manifest.id}/`, () => pack, packs, holidays);
}

/** Reads cases from a folder that is no pack; each names its `pack`, and its rule by `procedure`, `register`, `coverage` or `catalogue`. */
export function readLooseCases(
  texts: PackTexts,
  packs: ReadonlyMap<string, PolicyPack>,
  holidays: Holidays,
): ReadCases {
  const files = new Map([...texts].filter(([path]) => path.endsWith('.case.yaml') || isShortcuts(path)));
  const packOf = (tree: FileTree): PolicyPack | undefined => {
    const id = isTreeMap(tree.tree) ? tree.tree['pack'] : undefined;
    return typeof id === 'string' ? packs.get(id) : undefined;
  };
  return readFolder(files, '', packOf, packs, holidays);
}

function readFolder(
  texts: PackTexts,
  prefix: string,
  packOf: (tree: FileTree) => PolicyPack | undefined,
  packs: ReadonlyMap<string, PolicyPack>,
  holidays: Holidays,
): ReadCases {
  const cases: PackCase[] = [];
  const faults: PlacedFault[] = [];
  const shortcuts = new Map<string, CaseShortcuts>();
  const trees: FileTree[] = [];
  for (const [path, text] of texts) {
    const read = readFileTree(`${prefix}${path}`, text);
    if (!read.ok) faults.push(...read.faults);
    else if (isShortcuts(path)) {
      const names = readPart(CaseShortcuts, read.tree.tree);
      if (names.ok) shortcuts.set(folderOf(read.tree.file), names.value);
      else faults.push(...names.faults.map((each) => at(read.tree, each)));
    } else if (path.endsWith('.case.yaml')) trees.push(read.tree);
    else faults.push(at(read.tree, { fault: fault('pack-file-unexpected', { file: path }), path: [] }));
  }
  for (const tree of trees) {
    const pack = packOf(tree);
    if (pack === undefined) {
      const named = isTreeMap(tree.tree) ? tree.tree['pack'] : undefined;
      faults.push(
        at(tree, { fault: fault('pack-unknown', { pack: spellTree(named ?? '（未写 pack）') }), path: ['pack'] }),
      );
      continue;
    }
    const names = shortcuts.get(folderOf(tree.file)) ?? { people: {}, acts: {} };
    const read = readCase(pack, tree, names, bodiesOf(pack, packs), holidays);
    if (read.ok) cases.push(read.case);
    else faults.push(...read.faults);
  }
  return { cases, faults };
}

function isShortcuts(path: string): boolean {
  return path === 'shortcuts.yaml' || path.endsWith('/shortcuts.yaml');
}

/** The title of a test for a case: the rule in a sentence, then the requirement ids. */
export function titleOfCase(each: PackCase): string {
  return each.covers.length === 0 ? each.title : `${each.title} [${each.covers.join(', ')}]`;
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}

function at(tree: FileTree, each: { fault: PlacedFault['fault']; path: readonly (string | number)[] }): PlacedFault {
  return { fault: each.fault, file: tree.file, ...tree.locate(each.path) };
}

function bodiesOf(pack: PolicyPack, packs: ReadonlyMap<string, PolicyPack>): BodiesFile {
  const line = lineageOf(pack, packs);
  return {
    bodies: line.flatMap((each) => each.bodies.bodies),
    offices: line.flatMap((each) => each.bodies.offices),
    relations: line.flatMap((each) => each.bodies.relations),
  };
}

type ReadCase = { ok: true; case: PackCase } | { ok: false; faults: readonly PlacedFault[] };

function readCase(
  pack: PolicyPack,
  tree: FileTree,
  shortcuts: CaseShortcuts,
  bodies: BodiesFile,
  holidays: Holidays,
): ReadCase {
  const has = (key: string): boolean => isTreeMap(tree.tree) && tree.tree[key] !== undefined;
  const mechanism = tree.file.split('/')[1] ?? '';
  const make = <T extends { title: string; covers: string[]; on: string; kind?: string | undefined }>(
    read: ReturnType<typeof readPart<T>>,
    kind: RuleKind,
    ruleOf: (each: T) => string | readonly string[] | undefined,
    run: (version: RuleVersion, each: T) => readonly string[],
    opened: (each: T) => string = (each) => each.on,
  ): ReadCase => {
    if (!read.ok) return { ok: false, faults: read.faults.map((each) => at(tree, each)) };
    const each = read.value;
    const id = ruleOf(each);
    const on = opened(each).slice(0, 10);
    const found = Array.isArray(id)
      ? findJoined(pack, id, each.kind, on)
      : findRule(pack, mechanism, kind, id as string | undefined, on);
    if (typeof found === 'string') {
      const failed = fault('case-failed', { title: each.title, reason: found });
      return { ok: false, faults: [at(tree, { fault: failed, path: [] })] };
    }
    const { title, covers } = each;
    return { ok: true, case: { file: tree.file, title, covers, run: () => run(found, each) } };
  };
  if (has('register')) {
    return make(
      readPart(RegisterCase, tree.tree),
      'register',
      (each) => each.register,
      (version, each) => {
        if (version.rule.kind !== 'register') return [];
        return runRegisterCase(version.rule, each, (id) => {
          const on = each.on.slice(0, 10);
          const other = pack.rules.find(({ id: own, inForce }) => own === id && isInForceOn(inForce, on))?.rule;
          return other?.kind === 'register' ? other : undefined;
        });
      },
    );
  }
  if (has('coverage')) {
    return make(
      readPart(CoverageCase, tree.tree),
      'coverage',
      (each) => each.coverage,
      (version, each) => (version.rule.kind === 'coverage' ? runCoverageCase(version.rule, each) : []),
    );
  }
  if (has('catalogue')) {
    return make(
      readPart(DisclosureCase, tree.tree),
      'disclosure-catalogue',
      (each) => each.catalogue,
      (version, each) => (version.rule.kind === 'disclosure-catalogue' ? runDisclosureCase(version.rule, each) : []),
    );
  }
  return make(
    readPart(ProcedureCase, tree.tree),
    'procedure',
    (each) => each.procedure,
    (version, each) => runProcedureCase({ procedure: version.rule as Procedure, bodies, holidays, shortcuts }, each),
    (each) => openedOn(each, shortcuts),
  );
}

/** A matter runs on the version in force when it was opened, even if the case asks about a later day. */
function openedOn(each: ProcedureCase, shortcuts: CaseShortcuts): string {
  const first = each.record[0];
  const opening = typeof first === 'string' ? shortcuts.acts[first] : (first ?? each.act);
  return opening?.at ?? each.on;
}

/** Several procedures joined, as the server joins those that govern one kind of matter; or a sentence why they cannot be. */
function findJoined(
  pack: PolicyPack,
  ids: readonly string[],
  kind: string | undefined,
  on: string,
): RuleVersion | string {
  if (kind === undefined) return '几个流程合办的案例要写明 kind: 事项类别';
  const versions = ids.map((id) => findRule(pack, '', 'procedure', id, on));
  const missing = versions.find((each) => typeof each === 'string');
  if (missing !== undefined) return missing;
  const found = versions.filter((each) => typeof each !== 'string');
  const joined = joinProcedures(
    found.map((each) => each.rule as Procedure),
    kind,
  );
  if (!joined.ok) return joined.faults.map((each) => explainFault(each, 'zh-CN').what).join('；');
  const [first] = found;
  return first === undefined ? '没有流程' : { ...first, rule: joined.procedure };
}

/** The rule a case is about, or a sentence why there is none. */
function findRule(
  pack: PolicyPack,
  mechanism: string,
  kind: RuleKind,
  id: string | undefined,
  on: string,
): RuleVersion | string {
  const among = pack.rules.filter(
    (each) => each.kind === kind && (id === undefined ? each.mechanism === mechanism : each.id === id),
  );
  const inForce = among.filter((each) => isInForceOn(each.inForce, on));
  const [first] = inForce;
  if (first !== undefined && inForce.every((each) => each.id === first.id)) return first;
  if (first !== undefined) return `本制度有几条 ${kind} 规则，请写明 ${kind}: 规则标识`;
  const none = fault('no-rule-in-force', { rule: id ?? mechanism, on });
  return explainFault(none, 'zh-CN').what;
}
