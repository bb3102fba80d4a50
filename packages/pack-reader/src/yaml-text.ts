import { LineCounter, isAlias, isMap, isScalar, isSeq, parseAllDocuments, visit } from 'yaml';
import type { Document, Node, Pair, Scalar, YAMLMap } from 'yaml';

/** Position 位置: where in a file something stands, counted from 1, as editors count. */
export type Position = { line: number; column: number };

/** Path 路径: the keys (as written in the file) and list indexes that lead to a value. */
export type Path = readonly (string | number)[];

/** Why a text cannot be read as a pack file, and what the author should do. */
export type YamlProblem = Position & {
  problem:
    | 'syntax'
    | 'several-documents'
    | 'anchor'
    | 'alias'
    | 'tag'
    | 'duplicate-key'
    | 'key-not-text'
    | 'number-unclear'
    | 'empty';
  detail: string;
};

/** A file that was read: plain values (keys as written) and a way back to the line each came from. */
export type YamlText = { value: unknown; locate: (path: Path) => Position };

/**
 * Reads one YAML 1.2 core document, and gives every problem it has instead of a value when there is one.
 *
 * Anchors, aliases, tags and merge keys are refused because the reader of a rule must see the rule itself, not a reference;
 * a key written twice is refused because a person reads the first and a program the last; octal, hexadecimal and leading-zero
 * numbers are refused because division codes and dates look like them.
 */
export function readYaml(text: string): { ok: true; file: YamlText } | { ok: false; problems: readonly YamlProblem[] } {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: true,
    lineCounter: lines,
    prettyErrors: false,
  });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const [document] = documents as Document.Parsed[];
  if (!Array.isArray(documents) || document === undefined || document.contents === null) {
    return { ok: false, problems: [{ line: 1, column: 1, problem: 'empty', detail: '' }] };
  }
  const problems: YamlProblem[] = [];
  const second = documents[1];
  if (second !== undefined) {
    problems.push({ ...at(second.range[0]), problem: 'several-documents', detail: String(documents.length) });
  }
  for (const error of document.errors) {
    const problem = error.code === 'DUPLICATE_KEY' ? 'duplicate-key' : error.code === 'BAD_ALIAS' ? 'alias' : 'syntax';
    problems.push({ ...at(error.pos[0]), problem, detail: firstLine(error.message) });
  }
  problems.push(...unwelcomeNodes(document, at));
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, file: { value: document.toJS(), locate: (path) => locateIn(document, path, at) } };
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}

/** Decimal numbers only: what a person would write by hand. */
const plainNumber = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/;

function unwelcomeNodes(document: Document.Parsed, at: (offset: number) => Position): YamlProblem[] {
  const found: YamlProblem[] = [];
  const report = (node: Node, problem: YamlProblem['problem'], detail: string): void => {
    found.push({ ...at(node.range?.[0] ?? 0), problem, detail });
  };
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node)) {
        report(node, 'alias', node.source);
        return;
      }
      if (node.anchor !== undefined) report(node, 'anchor', node.anchor);
      if (node.tag !== undefined) report(node, 'tag', node.tag);
      if (isScalar(node)) {
        const source = node.source ?? '';
        if (typeof node.value === 'number' && !plainNumber.test(source)) report(node, 'number-unclear', source);
        if (typeof node.value === 'bigint') report(node, 'number-unclear', source);
      }
    },
    Pair: (_key, pair) => {
      const key = pair.key;
      if (isScalar(key) && typeof key.value === 'string') {
        if (key.value === '<<') report(key, 'alias', '<<');
        return;
      }
      if (isScalar(key) || isMap(key) || isSeq(key)) report(key, 'key-not-text', String(key));
    },
  });
  return found;
}

function locateIn(document: Document.Parsed, path: Path, at: (offset: number) => Position): Position {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = findPair(node, String(step));
      if (pair === undefined) break;
      offset = (pair.key as Scalar).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      const item = node.items[step] as Node | undefined;
      if (item === undefined) break;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else break;
  }
  return at(offset);
}

function findPair(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
}
