/**
 * Unfolds everything while a page prints (打印展开) and folds it again afterwards: paper has nothing to press, and what was folded would be missing
 * from it. Works for the button of the page and for the browser's own command.
 */
export function printWhole(target: Window = globalThis.window): void {
  let opened: readonly HTMLDetailsElement[] = [];
  target.addEventListener('beforeprint', () => {
    opened = [...target.document.querySelectorAll<HTMLDetailsElement>('main details:not([open])')];
    for (const fold of opened) fold.open = true;
  });
  target.addEventListener('afterprint', () => {
    for (const fold of opened) fold.open = false;
    opened = [];
  });
}
