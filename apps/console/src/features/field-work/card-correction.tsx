import type { CardContent, CardView } from '@lianxin/contract';
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { newCommandId } from '../../app/call.js';
import { Loading } from '../../app/page-head.js';
import { CardChoice } from '../households/card-choice.js';
import { CardFields, cardToSend } from '../households/card-form.js';
import { readCard } from '../households/read-card.js';
import { useHeldDraft } from './pocket/held-draft.js';
import { sendNow } from './pocket/keep-sending.js';
import type { Command, NewCommand, OpenEntry } from './pocket/outbox.js';
import { openOutbox, recount } from './pocket/pocket.js';
import { useOutbox } from './pocket/use-pocket.js';
import { PutAway, usePutAway } from './put-away.js';
import { usePocketWords } from './words.js';

type ReadableCard = CardView & { readonly content: CardContent };

/** The line that stands for a correction in the list. */
const textOf = ({ staff, channels, needs }: CardContent): string =>
  [...staff.map(({ name }) => name), ...channels.map(({ value }) => value), ...needs.map(({ text }) => text)].join(
    '、',
  );

/** What a correction says, without the entry it was made on. */
export const contentOf = (json: Command['json']): CardContent => {
  const { base: _, ...content } = json;
  return content as unknown as CardContent;
};

/** A correction as a command: all of the card, the number of the entry that was read, and what that entry said. */
const commandOf = (card: ReadableCard, mine: CardContent, id: string): NewCommand => ({
  id,
  lane: card.id,
  command: {
    kind: 'card',
    path: '/api/household-cards/{id}/corrections',
    params: { id: card.id },
    json: { ...cardToSend(mine), base: card.entries.length },
    about: card.label,
    text: textOf(mine),
    household: card.household,
    asked: [],
    before: card.content,
  },
});

/** Corrects the card at the door (更正联系卡), into the outbox. One correction of a card waits at a time: the next is made on what came of it. */
export function CardCorrection({ card }: { readonly card: ReadableCard }) {
  const words = usePocketWords();
  const waits = useOutbox().some((one) => one.lane === card.id && one.state !== 'arrived');
  const held = useHeldDraft<CardContent>(`card.${card.id}.${card.entries.length}`, card.content);
  const put = usePutAway(held);
  if (waits) return <p className="told">{words.cardWaits}</p>;
  if (held.draft === undefined) return <Loading />;
  const { value, commandId } = held.draft;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        put.mutate([commandOf(card, value, commandId)]);
      }}
    >
      <PutAway put={put} full={held.full} />
      <CardFields card={value} change={held.change} />
      <p>
        <Button type="primary" htmlType="submit" loading={put.isPending}>
          {words.correctCard}
        </Button>
      </p>
    </form>
  );
}

/** Puts another correction in the place of the refused one. */
const useOther = (entry: OpenEntry) =>
  useMutation({
    mutationFn: async (to: { readonly content: CardContent; readonly on?: ReadableCard }) => {
      const { command } = entry;
      const base = to.on?.entries.length ?? command.json.base;
      await openOutbox()?.correct(entry, newCommandId(), {
        ...command,
        json: { ...to.content, base },
        text: textOf(to.content),
        ...(to.on === undefined ? {} : { before: to.on.content }),
      });
      await recount();
      void sendNow();
    },
  });

/** What can be done about a correction that the server refused: choose where it was corrected twice, else write it otherwise. */
export function RefusedCard({ entry }: { readonly entry: OpenEntry }) {
  const words = usePocketWords();
  const other = useOther(entry);
  const [content, setContent] = useState(() => contentOf(entry.command.json));
  const { before, household } = entry.command;
  const twice = entry.refusal?.faults.some(({ code }) => code === 'card-changed-twice') === true;
  if (twice && before !== undefined)
    return (
      <CardChoice
        card={entry.lane}
        read={() => readCard(household)}
        base={before}
        mine={contentOf(entry.command.json)}
        busy={other.isPending}
        choose={(settled, on) => other.mutate({ content: settled, on })}
      />
    );
  return (
    <details>
      <summary>{words.correct}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          other.mutate({ content: cardToSend(content) });
        }}
      >
        <CardFields card={content} change={setContent} />
        <Button type="primary" htmlType="submit" loading={other.isPending}>
          {words.saveCorrection}
        </Button>
      </form>
    </details>
  );
}
