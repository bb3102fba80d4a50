import type { FieldView } from '@lianxin/contract';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../words/index.js';
import { idOfField, mostCharacters, problemsOf, readDraft, valuesOf } from './draft.js';

const words = wordsOf('zh-CN');
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
const form = (entries: Record<string, string | File>): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(entries)) data.append(name, value);
  return data;
};

describe('a form as it came in', () => {
  it('keeps every text exactly as typed, so that a refused form can be shown again', () => {
    const typed = ' <b>水渠</b>\r\n堵了 ';
    expect(readDraft(form({ 'f.text': typed })).texts.text).toEqual([' <b>水渠</b>\n堵了 ']);
  });

  it('asks for what is required and for nothing else', () => {
    const fields = [field('text', 'long-text', true), field('phone', 'phone'), field('photo', 'file')];
    expect(problemsOf(fields, readDraft(form({})), words).map(({ code }) => code)).toEqual(['text-missing']);
    expect(problemsOf(fields, readDraft(form({ 'f.text': '路坏了' })), words)).toEqual([]);
  });

  it('says by how many characters a text is too long instead of cutting it off', () => {
    const long = '水'.repeat(mostCharacters.long + 3);
    const [problem] = problemsOf([field('text', 'long-text')], readDraft(form({ 'f.text': long })), words);
    expect(problem).toMatchObject({ code: 'text-too-long', field: idOfField('text') });
    expect(problem?.message).toContain('3');
  });

  it('refuses text whose encoding was lost', () => {
    const [problem] = problemsOf([field('text', 'long-text')], readDraft(form({ 'f.text': '路\uFFFD了' })), words);
    expect(problem?.code).toBe('text-unreadable');
  });

  it('takes a phone number with spaces and refuses one with letters', () => {
    const fields = [field('phone', 'phone')];
    const good = readDraft(form({ 'f.phone': '138 0013 8000' }));
    expect(problemsOf(fields, good, words)).toEqual([]);
    expect(valuesOf(fields, good)).toEqual({ phone: '13800138000' });
    expect(problemsOf(fields, readDraft(form({ 'f.phone': '一三八' })), words)[0]?.code).toBe('phone-not-a-number');
  });

  it('gives a command only what was filled in', () => {
    const fields = [
      field('text', 'long-text'),
      field('against', 'yes-no'),
      field('photo', 'file'),
      field('n', 'number'),
    ];
    expect(valuesOf(fields, readDraft(form({ 'f.text': ' 路 ', 'f.n': '', 'kept.photo': 'abc' })))).toEqual({
      text: '路',
      photo: 'abc',
    });
  });
});
