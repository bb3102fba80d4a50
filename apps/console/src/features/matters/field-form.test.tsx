import type { FieldValues, FieldView } from '@lianxin/contract';
import { RefusedError } from '@lianxin/contract/client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { LanguageProvider } from '../../app/language.js';
import { FieldForm } from './field-form.js';

afterEach(cleanup);

const field = (given: Partial<FieldView> & Pick<FieldView, 'id' | 'title' | 'type'>): FieldView => ({
  required: true,
  choices: [],
  unit: null,
  help: null,
  personal: false,
  ...given,
});

/** What the form holds, as its page would send it. */
const held: { now: FieldValues } = { now: {} };
const keep = (values: FieldValues): void => {
  held.now = values;
};

function Form({ fields, error }: { readonly fields: readonly FieldView[]; readonly error?: unknown }) {
  const [values, setValues] = useState<FieldValues>({});
  return (
    <LanguageProvider>
      <QueryClientProvider client={new QueryClient()}>
        <FieldForm
          fields={fields}
          values={values}
          change={(next) => {
            keep(next);
            setValues(next);
          }}
          error={error}
          prefix="test"
          division="999901001201"
        />
      </QueryClientProvider>
    </LanguageProvider>
  );
}

const choices = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ value: `c${index}`, title: `选项${index}` }));

describe('a form of fields', () => {
  it('asks for each by its label and says which may be left', () => {
    render(
      <Form
        fields={[
          field({ id: 'a', title: '理由', type: 'long-text' }),
          field({ id: 'b', title: '地点', type: 'place', required: false, help: '写到门牌' }),
        ]}
      />,
    );
    fireEvent.change(screen.getByLabelText('理由'), { target: { value: '太远' } });
    fireEvent.change(screen.getByLabelText(/^地点/), { target: { value: '三号' } });
    expect(held.now).toEqual({ a: '太远', b: '三号' });
    expect(screen.getByText('（可不填）')).toBeTruthy();
    expect(screen.getByText('写到门牌')).toBeTruthy();
  });

  it('offers people, offices and duties as choices: few as buttons, many as a list', () => {
    render(
      <Form
        fields={[
          field({ id: 'who', title: '承办人', type: 'person', choices: choices(6) }),
          field({ id: 'size', title: '大小', type: 'choice', choices: choices(3) }),
        ]}
      />,
    );
    fireEvent.change(screen.getByLabelText('承办人'), { target: { value: 'c4' } });
    fireEvent.click(screen.getByRole('radio', { name: '选项1' }));
    expect(held.now).toEqual({ who: 'c4', size: 'c1' });
  });

  it('takes several offices by ticks, narrowed by a word, and keeps what was ticked', () => {
    render(<Form fields={[field({ id: 'offices', title: '参加单位', type: 'list', choices: choices(12) })]} />);
    fireEvent.click(screen.getByRole('checkbox', { name: '选项3' }));
    fireEvent.change(screen.getByLabelText('输入几个字缩小范围'), { target: { value: '11' } });
    fireEvent.click(screen.getByRole('checkbox', { name: '选项11' }));
    expect(held.now).toEqual({ offices: ['c3', 'c11'] });
    expect(screen.queryByRole('checkbox', { name: '选项5' })).toBeNull();
  });

  it('takes a list in own words, one a line, without empty lines', () => {
    render(<Form fields={[field({ id: 'missing', title: '缺的材料', type: 'list' })]} />);
    fireEvent.change(screen.getByLabelText('缺的材料'), { target: { value: '户口本\n\n 照片 \n' } });
    expect(held.now).toEqual({ missing: ['户口本', '照片'] });
  });

  it('shows a refusal beside the field it speaks of, by its id or by its title', () => {
    const fault = (title: string) => ({
      code: 'field-missing',
      what: `没有填写${title}。`,
      why: null,
      cure: `请填写${title}。`,
      source: [],
      params: { field: title },
    });
    render(
      <Form
        fields={[field({ id: 'a', title: '理由', type: 'text' }), field({ id: 'b', title: '说明', type: 'text' })]}
        error={new RefusedError(422, [fault('理由')])}
      />,
    );
    const asked = screen.getByLabelText('理由');
    expect(asked.getAttribute('aria-invalid')).toBe('true');
    const help = document.getElementById(asked.getAttribute('aria-describedby') ?? '');
    expect(help?.textContent).toContain('没有填写理由。');
    expect(screen.getByLabelText('说明').getAttribute('aria-invalid')).toBe('false');
  });

  it('leaves out what was emptied again', () => {
    render(<Form fields={[field({ id: 'a', title: '理由', type: 'text' })]} />);
    fireEvent.change(screen.getByLabelText('理由'), { target: { value: '太远' } });
    fireEvent.change(screen.getByLabelText('理由'), { target: { value: '' } });
    expect(held.now).toEqual({});
  });
});
