import { act, renderHook } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetDrafts, useDraft } from './draft.js';

const nothing = { text: '' };
const draft = (name = 'matter.feedback') => renderHook(() => useDraft(name, nothing)).result;

beforeEach(() => sessionStorage.clear());

describe('a draft', () => {
  it('keeps what is typed for whoever opens the form again in this tab', () => {
    const first = draft();
    act(() => first.current.change({ text: '明天去看' }));
    expect(draft().current.value).toEqual({ text: '明天去看' });
    expect(draft('another.form').current.value).toEqual(nothing);
  });

  it('keeps the command id with the text, so that sending again is the same command', () => {
    const first = draft();
    act(() => first.current.change({ text: '一' }));
    expect(draft().current.commandId).toBe(first.current.commandId);
  });

  it('makes another command of a changed text', () => {
    const first = draft();
    act(() => first.current.change({ text: '一' }));
    const before = first.current.commandId;
    act(() => first.current.change({ text: '二' }));
    expect(first.current.commandId).not.toBe(before);
  });

  it('is gone once it has been sent', () => {
    const first = draft();
    act(() => first.current.change({ text: '一' }));
    act(() => first.current.forget());
    expect(first.current.value).toEqual(nothing);
    expect(draft().current.value).toEqual(nothing);
  });

  it('of another person is not found by the next one at the same machine', () => {
    const first = draft();
    act(() => first.current.change({ text: '一' }));
    forgetDrafts();
    expect(draft().current.value).toEqual(nothing);
  });

  it('that was half written counts as none', () => {
    sessionStorage.setItem('lianxin.draft.matter.feedback', '{"value":');
    expect(draft().current.value).toEqual(nothing);
  });
});
