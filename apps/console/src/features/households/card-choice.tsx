import type { CardContent, CardView } from '@lianxin/contract';
import { mergeCards } from '@lianxin/contract/card-merge';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Faults } from '../../app/faults.js';
import { Loading } from '../../app/page-head.js';
import { useHouseholdWords } from './words.js';

type Choices = Parameters<typeof mergeCards>[1];
type Conflict = ReturnType<typeof mergeCards>['conflicts'][number];

/** A line of a card as one reads it. */
function useLineText() {
  const words = useHouseholdWords();
  return (line: Conflict['base'][number]): string =>
    line.kind === undefined
      ? [line.name, line.duty, line.phone, line.expressedOn, line.text].filter(Boolean).join(' ')
      : `${words.channelKind[line.kind as CardContent['channels'][number]['kind']]}：${line.value ?? ''}`;
}

function One({
  conflict,
  chosen,
  choose,
}: {
  readonly conflict: Conflict;
  readonly chosen: 'mine' | 'theirs' | undefined;
  readonly choose: (side: 'mine' | 'theirs') => void;
}) {
  const words = useHouseholdWords();
  const text = useLineText();
  const said = (lines: Conflict['base']) => (lines.length === 0 ? words.choice.nothing : lines.map(text).join('；'));
  return (
    <fieldset>
      <legend>{words[conflict.list as keyof CardContent]}</legend>
      <p className="quiet">
        {words.choice.before}：{said(conflict.base)}
      </p>
      {(['mine', 'theirs'] as const).map((side) => (
        <label className="tick" key={side}>
          <input type="radio" name={conflict.at} checked={chosen === side} onChange={() => choose(side)} />
          <span>
            <strong>{words.choice[side]}</strong> {said(conflict[side])}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** What was corrected twice (更正冲突): both versions of each place, and the choice of a person; the rest is merged already. */
function Choose(props: {
  readonly base: CardContent;
  readonly mine: CardContent;
  readonly theirs: CardContent;
  readonly busy: boolean;
  readonly choose: (settled: CardContent) => void;
}) {
  const { base, mine, theirs, busy, choose } = props;
  const words = useHouseholdWords();
  const [choices, setChoices] = useState<NonNullable<Choices>>({});
  const { merged, conflicts } = mergeCards({ base, mine, theirs }, choices);
  const open = conflicts.filter(({ at }) => choices[at] === undefined).length;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (open === 0) choose(merged);
      }}
    >
      <p>{words.choice.lead}</p>
      {conflicts.map((conflict) => (
        <One
          key={conflict.at}
          conflict={conflict}
          chosen={choices[conflict.at]}
          choose={(side) => setChoices({ ...choices, [conflict.at]: side })}
        />
      ))}
      <p className="row left">
        <Button type="primary" htmlType="submit" disabled={open > 0} loading={busy}>
          {words.choice.save}
        </Button>
        <span className="quiet" role="status">
          {words.choice.open(open)}
        </span>
      </p>
    </form>
  );
}

/** The same with the card as the server has it now; an office's reading of it is written down like any other. */
export function CardChoice(props: {
  readonly card: string;
  readonly read: () => Promise<CardView | null>;
  readonly base: CardContent;
  readonly mine: CardContent;
  readonly busy: boolean;
  readonly choose: (settled: CardContent, now: CardView & { readonly content: CardContent }) => void;
}) {
  const { card: id, read, choose, ...rest } = props;
  const words = useHouseholdWords();
  const now = useQuery({
    queryKey: ['card-now', id],
    queryFn: read,
    refetchOnWindowFocus: false,
    gcTime: 0,
    retry: false,
  });
  const card = now.data;
  if (now.isError)
    return (
      <>
        <Faults error={now.error} />
        <p className="quiet">{words.choice.needsLine}</p>
        <Button onClick={() => void now.refetch()}>{words.choice.again}</Button>
      </>
    );
  if (now.isPending) return <Loading />;
  if (card === null || card === undefined || card.content === null) return <p>{words.noCard}</p>;
  const { content } = card;
  return <Choose {...rest} theirs={content} choose={(settled) => choose(settled, { ...card, content })} />;
}
