import type { FieldView, RequestForm } from '@lianxin/contract';
import { describe, expect, it } from 'vitest';
import { fieldsOf, requestPage } from './request-fields.js';

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
const kind = (id: string, procedure: string, fields: readonly FieldView[]): RequestForm['kinds'][number] => ({
  id,
  title: id,
  promise: null,
  procedure,
  procedureTitle: '民情办理',
  unsorted: procedure === 'wish',
  due: null,
  fields: [...fields],
});
const wish = [field('kind', 'choice', true), field('wanted', 'long-text', true), field('phone', 'phone')];
const form: RequestForm = {
  division: '110101001001',
  divisionName: '甲村',
  kinds: [
    kind('errand', 'errand', [field('what', 'text', true), field('paper', 'file'), field('cups', 'number')]),
    kind('green', 'wish', wish),
    kind('black', 'wish', wish),
    kind('complaint', 'complaint', [field('facts', 'long-text', true), field('complained-about', 'person', true)]),
  ],
};
const asked = (only?: string) => fieldsOf(requestPage(form, only)).map((each) => [each.field.id, each.asked]);

describe('the page for a need', () => {
  it('offers the kinds of the procedure that takes most kinds, and the others as pages of their own', () => {
    const page = requestPage(form);
    expect(page.kinds.map(({ id }) => id)).toEqual(['green', 'black']);
    expect(page.others.map(({ id }) => id)).toEqual(['errand']);
    expect(page.complaint?.id).toBe('complaint');
  });

  it('never asks for the kind a second time', () => {
    expect(asked()).toEqual([
      ['wanted', 'main-text'],
      ['phone', 'main-phone'],
    ]);
  });

  it('asks for the text under one name on every page, so that changing the kind keeps it', () => {
    expect(asked('errand')).toEqual([
      ['what', 'main-text'],
      ['paper', 'main-photo'],
      ['cups', 'cups'],
    ]);
    expect(asked('complaint')).toEqual([
      ['facts', 'main-text'],
      ['complained-about', 'complained-about'],
    ]);
  });

  it('keeps whom a complaint is about apart from the other fields', () => {
    const page = requestPage(form, 'complaint');
    expect(page.aboutPerson.map(({ field: each }) => each.id)).toEqual(['complained-about']);
    expect(page.first.map(({ field: each }) => each.id)).toEqual(['facts']);
    expect(page.complaint).toBeNull();
  });

  it('lets a person just write only where the procedure begins with sorting', () => {
    expect(requestPage(form).unsorted).toBe(true);
    expect(requestPage(form, 'errand').unsorted).toBe(false);
  });

  it('shows an unknown kind the page for everyday needs', () => {
    expect(requestPage(form, 'nonsense').kinds).toHaveLength(2);
  });
});
