import type { CardContent, CardView } from '@lianxin/contract';
import { Button } from 'antd';
import { Loading } from '../../app/page-head.js';
import { CardChoice } from '../households/card-choice.js';
import { CardFields, cardToSend } from '../households/card-form.js';
import { readCard } from '../households/read-card.js';
import { correctionForm } from './pocket/drafts.js';
import { useHeldDraft } from './pocket/held-draft.js';
import type { Command, NewCommand, OpenEntry } from './pocket/outbox.js';
import { useOutbox } from './pocket/use-pocket.js';
import { PutAway, usePutAway } from './put-away.js';
import { useCorrect } from './use-correct.js';
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

/** The same correction with another content, made on the same entry or on a newer one. */
const withContent = (command: Command, content: CardContent, base: unknown = command.json.base): Command => ({
  ...command,
  json: { ...content, base },
  text: textOf(content),
});

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
      <CardFields card={value} change={held.change} />
      <PutAway put={put} full={held.full} />
      <p>
        <Button type="primary" htmlType="submit" loading={put.isPending}>
          {words.correctCard}
        </Button>
      </p>
    </form>
  );
}

/** The refused correction with other words. */
function OtherWords({ entry }: { readonly entry: OpenEntry }) {
  const words = usePocketWords();
  const { command } = entry;
  const held = useHeldDraft<CardContent>(correctionForm(entry.id), contentOf(command.json));
  const correct = useCorrect(entry, held.settled);
  if (held.draft === undefined) return null;
  const { value } = held.draft;
  return (
    <details open={held.typed}>
      <summary>{words.correct}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          correct.mutate(withContent(command, cardToSend(value)));
        }}
      >
        <CardFields card={value} change={held.change} />
        <PutAway put={correct} full={held.full} />
        <Button type="primary" htmlType="submit" loading={correct.isPending}>
          {words.saveCorrection}
        </Button>
      </form>
    </details>
  );
}

/** The choice between the refused correction and what was corrected meanwhile. */
function ChosenWords({ entry, before }: { readonly entry: OpenEntry; readonly before: CardContent }) {
  const { command } = entry;
  const correct = useCorrect(entry);
  return (
    <>
      <CardChoice
        card={entry.lane}
        read={() => readCard(command.household)}
        base={before}
        mine={contentOf(command.json)}
        busy={correct.isPending}
        choose={(settled, on) =>
          correct.mutate({ ...withContent(command, settled, on.entries.length), before: on.content })
        }
      />
      <PutAway put={correct} full={false} />
    </>
  );
}

/** What can be done about a correction that the server refused: choose where it was corrected twice, else write it otherwise. */
export function RefusedCard({ entry }: { readonly entry: OpenEntry }) {
  const { before } = entry.command;
  const twice = entry.refusal?.faults.some(({ code }) => code === 'card-changed-twice') === true;
  return twice && before !== undefined ? <ChosenWords entry={entry} before={before} /> : <OtherWords entry={entry} />;
}
