import { describe, expect, it } from 'vitest';
import { printWhole } from './whole-print.js';

describe('a page that prints', () => {
  it('prints what is folded, and is afterwards as it was', () => {
    document.body.innerHTML = '<main><details id="a"></details><details id="b" open></details></main>';
    printWhole();
    const open = () => [...document.querySelectorAll('details')].map((fold) => fold.open);
    window.dispatchEvent(new Event('beforeprint'));
    expect(open()).toEqual([true, true]);
    window.dispatchEvent(new Event('afterprint'));
    expect(open()).toEqual([false, true]);
  });
});
