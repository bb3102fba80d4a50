import { describe, expect, it } from 'vitest';
import { examplesOf, toDocument, whatIsWrong } from '../component-check.js';
import { PlaceList } from './place-list.js';
import type { Place } from './place-list.js';

describe('place-list', () => {
  for (const { name, props } of examplesOf<{ label: string; places: Place[] }>('place-list')) {
    it(`renders the example ${name} soundly`, () => {
      expect(whatIsWrong(<PlaceList {...props} />)).toEqual([]);
      expect(toDocument(<PlaceList {...props} />).querySelectorAll('li a')).toHaveLength(props.places.length);
    });
  }
});
