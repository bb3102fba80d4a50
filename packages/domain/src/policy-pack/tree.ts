/** Tree 规则树: a rule as written, keys in camelCase, values untouched; what overlays are merged on before a schema reads it. */
export type Tree = string | number | boolean | null | readonly Tree[] | { readonly [key: string]: Tree };
export type TreeMap = { readonly [key: string]: Tree };

/** Path 路径: keys and list positions from the root of a rule to a value. */
export type TreePath = readonly (string | number)[];

export function isTreeMap(tree: Tree | undefined): tree is TreeMap {
  return typeof tree === 'object' && tree !== null && !Array.isArray(tree);
}

export function isTreeList(tree: Tree | undefined): tree is readonly Tree[] {
  return Array.isArray(tree);
}

/** The id of a list item, when the list is one of named things (stages, acts, fields). */
export function idOf(tree: Tree): string | undefined {
  return isTreeMap(tree) && typeof tree['id'] === 'string' ? tree['id'] : undefined;
}

/** Whether every item of the list has an id of its own, so that lists can be matched by id and not by position. */
export function isNamedList(list: readonly Tree[]): boolean {
  return list.length > 0 && list.every((item) => idOf(item) !== undefined);
}

/** A blank 空白: a figure the place has to fill in, `{ set-locally: true, between: [a, b] }`. */
export type Blank = { setLocally: true; between?: readonly [Tree, Tree]; source?: Tree };

export function isBlank(tree: Tree | undefined): tree is TreeMap & Blank {
  return isTreeMap(tree) && tree['setLocally'] === true;
}

/** A value as its author finds it again in the file: text as it stands, a list or a map as JSON. */
export function spellTree(tree: Tree): string {
  return typeof tree === 'object' ? JSON.stringify(tree) : String(tree);
}

/** Same value, keys in any order. */
export function sameTree(a: Tree | undefined, b: Tree | undefined): boolean {
  if (a === b) return true;
  if (isTreeList(a) && isTreeList(b)) return a.length === b.length && a.every((item, i) => sameTree(item, b[i]));
  if (isTreeMap(a) && isTreeMap(b)) {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => key in b && sameTree(a[key], b[key]));
  }
  return false;
}

/** Calls `seen` for every value of the tree with its path, parents first. */
export function walkTree(tree: Tree, seen: (value: Tree, path: TreePath) => void, path: TreePath = []): void {
  seen(tree, path);
  if (isTreeList(tree)) {
    for (const [index, item] of tree.entries()) walkTree(item, seen, [...path, index]);
  } else if (isTreeMap(tree)) {
    for (const [key, value] of Object.entries(tree)) walkTree(value, seen, [...path, key]);
  }
}

/** Every value along a path, root first; shorter than the path when it leads nowhere. */
export function valuesAlong(tree: Tree, path: TreePath): readonly Tree[] {
  const values: Tree[] = [tree];
  let here: Tree | undefined = tree;
  for (const step of path) {
    here = isTreeList(here) && typeof step === 'number' ? here[step] : isTreeMap(here) ? here[String(step)] : undefined;
    if (here === undefined) break;
    values.push(here);
  }
  return values;
}

/** A path as people write it, list items by their id: `stages.accept.limit.within`. */
export function namePath(tree: Tree, path: TreePath): string {
  const along = valuesAlong(tree, path);
  return path
    .map((step, index) => {
      if (typeof step === 'string') return hyphenate(step);
      const item = along[index + 1];
      return (item === undefined ? undefined : idOf(item)) ?? String(step + 1);
    })
    .join('.');
}

/** camelCase to the hyphenated form that stands in pack files. */
export function hyphenate(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
