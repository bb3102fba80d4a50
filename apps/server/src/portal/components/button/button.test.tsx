import { describe, expect, it } from 'vitest';
import { htmlOf } from '../../html.js';
import { examplesOf, toDocument, whatIsWrong } from '../component-check.js';
import { Button } from './button.js';
import type { ButtonProps } from './button.js';

describe('button', () => {
  for (const { name, props } of examplesOf<ButtonProps>('button')) {
    it(`renders the example ${name} soundly`, () => {
      expect(whatIsWrong(<Button {...props} />)).toEqual([]);
    });
  }

  it('is a link when it leads somewhere and a submit button otherwise', () => {
    expect(
      toDocument(<Button label="去" href="/x" />)
        .querySelector('a')
        ?.getAttribute('href'),
    ).toBe('/x');
    expect(
      toDocument(<Button label="提交" />)
        .querySelector('button')
        ?.getAttribute('type'),
    ).toBe('submit');
  });

  it('writes a label as text, whatever it contains', () => {
    expect(htmlOf(<Button label="<img src=x onerror=alert(1)>" />)).not.toContain('<img');
  });
});
