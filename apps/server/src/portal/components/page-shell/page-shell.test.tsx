import { describe, expect, it } from 'vitest';
import { examplesOf, toDocument, whatIsWrong } from '../component-check.js';
import { PageShell } from './page-shell.js';
import type { PageShellProps } from './page-shell.js';

describe('page-shell', () => {
  for (const { name, props } of examplesOf<PageShellProps>('page-shell')) {
    it(`renders the example ${name} soundly`, () => {
      expect(whatIsWrong(<PageShell {...props} />)).toEqual([]);
    });
  }

  it('sends a half-filled form along when the language is changed in the middle of it', () => {
    const [first] = examplesOf<PageShellProps>('page-shell');
    if (!first) throw new Error('no example');
    const document = toDocument(<PageShell {...first.props} carries="request" />);
    const switches = [...document.querySelectorAll('.shell-switch')];
    expect(switches.map((button) => button.getAttribute('form'))).toEqual(['request', 'request']);
    expect(switches.every((button) => button.tagName === 'BUTTON')).toBe(true);
  });

  it('declares its language and offers a way past the header', () => {
    const [, english] = examplesOf<PageShellProps>('page-shell');
    if (!english) throw new Error('no example');
    const document = toDocument(<PageShell {...english.props} />);
    expect(document.documentElement.getAttribute('lang')).toBe('en');
    expect(document.documentElement.getAttribute('class')).toBe('large-print');
    expect(document.querySelector('a')?.getAttribute('href')).toBe('#main');
  });
});
