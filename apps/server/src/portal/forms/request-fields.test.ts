import type { FieldView, RequestForm } from '@lianxin/contract';
import { describe, expect, it } from 'vitest';
import { fieldsFor, sortFields } from './request-fields.js';

const field = (id: string, type: string, required = false): FieldView => ({
  id,
  type,
  required,
  title: id,
  choices: [],
  unit: null,
  help: null,
  personal: false,
});
const kind = (id: string, fields: readonly FieldView[]): RequestForm['kinds'][number] => ({
  id,
  title: id,
  promise: null,
  procedure: id,
  due: null,
  fields: [...fields],
});
const form: RequestForm = {
  division: '110101001001',
  divisionName: '甲村',
  kinds: [
    kind('tea', [field('kind', 'choice', true), field('what', 'long-text', true), field('phone', 'phone')]),
    kind('cup', [field('situation', 'long-text', true), field('call', 'phone'), field('cups', 'number')]),
    kind('complaint', [field('facts', 'long-text', true), field('complained-about', 'person', true)]),
  ],
};
const ids = (fields: readonly FieldView[]) => fields.map(({ id }) => id);

describe('the fields of a request form', () => {
  it('asks once for what every kind asks under its own name', () => {
    expect(ids(sortFields(form).first)).toEqual(['what']);
    expect(ids(sortFields(form).rest)).toEqual(['phone']);
    expect(fieldsFor(form, 'cup').map(({ field: own, asked }) => [own.id, asked])).toEqual([
      ['situation', 'what'],
      ['call', 'phone'],
      ['cups', 'cups'],
    ]);
  });

  it('keeps what only one kind asks with that kind', () => {
    expect(sortFields(form).byKind.map(({ kind: id, fields }) => [id, ids(fields)])).toEqual([['cup', ['cups']]]);
  });

  it('offers a complaint about a person apart from the kinds, with what only it asks', () => {
    const sorted = sortFields(form);
    expect(sorted.kinds.map(({ id }) => id)).toEqual(['tea', 'cup']);
    expect(sorted.aboutPerson?.kind).toBe('complaint');
    expect(ids(sorted.aboutPerson?.fields ?? [])).toEqual(['complained-about']);
    expect(fieldsFor(form, 'complaint').map(({ asked }) => asked)).toEqual(['what', 'complained-about']);
  });

  it('never asks for the kind a second time', () => {
    expect(fieldsFor(form, 'tea').map(({ field: own }) => own.id)).not.toContain('kind');
  });
});
