import { isTreeList, isTreeMap, type Tree, type TreePath } from '@lianxin/domain';

/**
 * A path in the merged rule, as a path in the file that was written: list items are found by their id.
 *
 * It stops at the last value the file itself has, because a fault in a part taken from the base is best shown where the file says what it extends.
 */
export function placeInRule(merged: Tree, written: Tree, path: TreePath): TreePath {
  const place: (string | number)[] = [];
  let whole: Tree | undefined = merged;
  let own: Tree | undefined = written;
  for (const step of path) {
    if (typeof step === 'number' && isTreeList(whole) && isTreeList(own)) {
      const item: Tree | undefined = whole[step];
      const id: Tree | undefined = isTreeMap(item) ? item['id'] : undefined;
      const index: number = id === undefined ? step : own.findIndex((each) => isTreeMap(each) && each['id'] === id);
      if (index < 0 || own[index] === undefined) break;
      place.push(index);
      whole = item;
      own = own[index];
    } else if (typeof step === 'string' && isTreeMap(whole) && isTreeMap(own) && own[step] !== undefined) {
      place.push(step);
      whole = whole[step];
      own = own[step];
    } else break;
  }
  return place;
}
