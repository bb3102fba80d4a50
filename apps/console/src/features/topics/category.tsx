import type { MatterTopic, settleCategoryRoute } from '@lianxin/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { call, newCommandId } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { moment } from '../../app/moment.js';
import { useTopicWords } from './words.js';

type CategoryView = MatterTopic['category'];

const shown = (path: readonly string[]): string => path.join(' › ');
const keyOf = (path: readonly string[]): string => path.join('/');

/** The tree as one list, its first two levels as groups: three pickers would hide what stands below. */
function Choice({
  tree,
  value,
  choose,
}: {
  readonly tree: CategoryView['tree'];
  readonly value: string;
  readonly choose: (key: string) => void;
}) {
  const words = useTopicWords();
  const groups = new Map<string, string[][]>();
  for (const path of tree) {
    const group = shown(path.slice(0, -1));
    groups.set(group, [...(groups.get(group) ?? []), path]);
  }
  return (
    <select id="category-choice" value={value} onChange={(event) => choose(event.target.value)}>
      <option value="">{words.choose}</option>
      {[...groups].map(([group, paths]) => (
        <optgroup key={group} label={group}>
          {paths.map((path) => (
            <option key={keyOf(path)} value={keyOf(path)}>
              {path.at(-1)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

/** The category of a request (诉求分类): suggested with its words, settled by a person, changed by a person. */
export function Category({ matter, of }: { readonly matter: string; readonly of: CategoryView }) {
  const words = useTopicWords();
  const { language } = useLanguage();
  const client = useQueryClient();
  const [chosen, choose] = useState('');
  const [commandId, renew] = useState(newCommandId);
  const settle = useMutation({
    mutationFn: (path: string[]) =>
      call<typeof settleCategoryRoute>('post', '/api/matters/{id}/category', {
        params: { id: matter },
        json: { path },
        commandId,
      }),
    onSuccess: async () => {
      choose('');
      await client.invalidateQueries({ queryKey: ['topic'] });
    },
    // What was refused or kept is over: another choice is another command.
    onSettled: () => renew(newCommandId()),
  });
  if (of.tree.length === 0) return null;
  const { settled } = of;
  const open = of.suggestions.filter((one) => settled === null || keyOf(one.path) !== keyOf(settled.path));
  return (
    <section className={settled === null ? 'panel no-print' : 'panel'} id="category" aria-labelledby="category-title">
      <h2 id="category-title">{words.category}</h2>
      {settled === null ? (
        <p className="quiet">{words.notSettled}</p>
      ) : (
        <p>
          <strong>{shown(settled.path)}</strong>{' '}
          <span className="quiet">
            {words.settled([settled.by.body, settled.by.name].filter(Boolean).join(' '), moment(settled.at, language))}
          </span>
        </p>
      )}
      <Faults error={settle.error} />
      <ul className="plain similar no-print" aria-label={words.suggested}>
        {open.map((one) => (
          <li key={keyOf(one.path)}>
            {shown(one.path)}{' '}
            <Button size="small" disabled={settle.isPending} onClick={() => settle.mutate(one.path)}>
              {words.take}
            </Button>
            {one.words.length === 0 ? null : <p className="quiet">{words.because(one.words.join('、'))}</p>}
          </li>
        ))}
      </ul>
      <form
        className="category-choice no-print"
        onSubmit={(event) => {
          event.preventDefault();
          const path = of.tree.find((one) => keyOf(one) === chosen);
          if (path !== undefined) settle.mutate(path);
        }}
      >
        <label htmlFor="category-choice">{words.other}</label>
        <p className="row left">
          <Choice tree={of.tree} value={chosen} choose={choose} />
          <Button htmlType="submit" disabled={chosen === ''} loading={settle.isPending}>
            {words.keep}
          </Button>
        </p>
      </form>
    </section>
  );
}
