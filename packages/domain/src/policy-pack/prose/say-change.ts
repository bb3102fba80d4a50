import { written, type OverlayChange } from '../merge-overlay.js';
import { isTreeMap, type Tree } from '../tree.js';

/** What an overlay did to one value, in a sentence. */
export function sayChange(change: OverlayChange): string {
  const after = short(change.after);
  switch (change.change) {
    case 'filled':
      return `填写“${change.path}”：${after}。`;
    case 'tightened':
      return `“${change.path}”由 ${short(change.before ?? '')} 收紧为 ${after}。`;
    case 'added':
      return `增加“${change.path}”：${after}。`;
    case 'named':
      return `“${change.path}”改称 ${after}。`;
  }
}

/** A stage or an act by its title; a long value by its beginning. */
function short(tree: Tree): string {
  if (isTreeMap(tree) && typeof tree['title'] === 'string') return tree['title'];
  const text = written(tree);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
