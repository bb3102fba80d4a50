import type {
  CardContent,
  CardView,
  correctCardRoute,
  issueCardRoute,
  locateHouseholdRoute,
  myCardRoute,
  printCardsRoute,
  withdrawCardRoute,
} from '@lianxin/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { call, newCommandId } from '../../app/call.js';
import { useDraft } from '../../app/draft.js';
import { Faults, refusedWith } from '../../app/faults.js';
import { Empty, Loading, PageHead, PrintButton } from '../../app/page-head.js';
import { useMe } from '../../app/session.js';
import { countyToday } from '../../app/today.js';
import { CardChoice } from './card-choice.js';
import { CardFields, cardToSend, emptyCard } from './card-form.js';
import { CardSheet } from './card-sheet.js';
import { readCard } from './read-card.js';
import { useHouseholdWords } from './words.js';
import './households.css';

type ReadCard = () => Promise<CardView | null>;

const readOwnCards = async () => (await call<typeof myCardRoute>('get', '/api/households/mine/card', {})).cards;

/** Issues a card where there is none. */
function Issue({ household }: { readonly household: string }) {
  const words = useHouseholdWords();
  const client = useQueryClient();
  const draft = useDraft<CardContent>(`card.${household}`, emptyCard());
  const [issuedOn, setIssuedOn] = useState(countyToday());
  const save = useMutation({
    mutationFn: () =>
      call<typeof issueCardRoute>('post', '/api/households/{id}/card', {
        params: { id: household },
        json: { ...cardToSend(draft.value), issuedOn },
        commandId: draft.commandId,
      }),
    onSuccess: async () => {
      draft.forget();
      await client.invalidateQueries({ queryKey: ['card', household] });
    },
  });
  return (
    <form
      className="panel no-print"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <p>{words.noCard}</p>
      <Faults error={save.error} />
      <CardFields card={draft.value} change={draft.change} />
      <div className="field">
        <label htmlFor="card-issued">{words.issuedOn}</label>
        <input
          id="card-issued"
          type="date"
          required
          value={issuedOn}
          onChange={(event) => setIssuedOn(event.target.value)}
        />
      </div>
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {words.saveCard}
      </Button>
    </form>
  );
}

/** Corrects or withdraws a card; the household may do both with its own. Whoever was second chooses between both versions. */
function Change({ card, read }: { readonly card: CardView & { content: CardContent }; readonly read: ReadCard }) {
  const words = useHouseholdWords();
  const client = useQueryClient();
  const draft = useDraft<CardContent>(`card.${card.id}.${card.entries.length}`, card.content);
  const done = () => client.invalidateQueries({ queryKey: ['card'] });
  const correct = useMutation({
    mutationFn: (settled?: { readonly content: CardContent; readonly base: number }) =>
      call<typeof correctCardRoute>('post', '/api/household-cards/{id}/corrections', {
        params: { id: card.id },
        json:
          settled === undefined
            ? { ...cardToSend(draft.value), base: card.entries.length }
            : { ...settled.content, base: settled.base },
        commandId: settled === undefined ? draft.commandId : newCommandId(),
      }),
    onSuccess: async () => {
      draft.forget();
      await done();
    },
  });
  const twice = refusedWith(correct.error, 'card-changed-twice');
  const withdraw = useMutation({
    mutationFn: () =>
      call<typeof withdrawCardRoute>('post', '/api/household-cards/{id}/withdrawal', {
        params: { id: card.id },
        json: { on: countyToday() },
        commandId: newCommandId(),
      }),
    onSuccess: done,
  });
  return (
    <div className="no-print">
      <details className="panel">
        <summary>{words.correct}</summary>
        <Faults error={correct.error} />
        {twice ? (
          <CardChoice
            card={card.id}
            read={read}
            base={card.content}
            mine={cardToSend(draft.value)}
            busy={correct.isPending}
            choose={(content, now) => correct.mutate({ content, base: now.entries.length })}
          />
        ) : (
          <>
            <CardFields card={draft.value} change={draft.change} />
            <Button type="primary" onClick={() => correct.mutate(undefined)} loading={correct.isPending}>
              {words.saveCard}
            </Button>
          </>
        )}
      </details>
      <Faults error={withdraw.error} />
      <p className="row left">
        <Button onClick={() => withdraw.mutate()}>{words.withdraw}</Button>
        <span className="quiet">{words.withdrawHint}</span>
      </p>
    </div>
  );
}

/** Where the door is; from then on the household is in the grid that holds it. */
function Place({ household }: { readonly household: string }) {
  const words = useHouseholdWords();
  const [at, setAt] = useState({ longitude: '', latitude: '' });
  const save = useMutation({
    mutationFn: () =>
      call<typeof locateHouseholdRoute>('post', '/api/households/{id}/location', {
        params: { id: household },
        json: {
          longitude: Number(at.longitude),
          latitude: Number(at.latitude),
          datum: 'wgs-84',
          validFrom: countyToday(),
        },
        commandId: newCommandId(),
      }),
  });
  return (
    <details className="panel no-print">
      <summary>{words.place}</summary>
      <Faults error={save.error} />
      {(['longitude', 'latitude'] as const).map((name) => (
        <div className="field" key={name}>
          <label htmlFor={`place-${name}`}>{words[name]}</label>
          <Input
            id={`place-${name}`}
            inputMode="decimal"
            value={at[name]}
            onChange={(event) => setAt({ ...at, [name]: event.target.value })}
          />
        </div>
      ))}
      <Button onClick={() => save.mutate()} disabled={at.longitude === '' || at.latitude === ''}>
        {words.savePlace}
      </Button>
    </details>
  );
}

function Card({ card, read }: { readonly card: CardView; readonly read: ReadCard }) {
  const words = useHouseholdWords();
  return (
    <>
      <CardSheet card={card} />
      <h2 className="no-print">{words.entries}</h2>
      <ul className="plain quiet no-print">
        {card.entries.map((one) => (
          <li key={one.number}>{words.entry(one.number, words.by[one.enteredBy], one.recordedAt.slice(0, 10))}</li>
        ))}
      </ul>
      {card.withdrawnOn === null && card.content !== null ? (
        <Change key={card.entries.length} card={{ ...card, content: card.content }} read={read} />
      ) : null}
    </>
  );
}

/** The contact card of one household (民情联系卡): filled in once, printed, corrected, withdrawn. */
export function HouseholdCardPage() {
  const words = useHouseholdWords();
  const me = useMe();
  const { id } = useParams({ from: '/households/$id' });
  const { label } = useSearch({ from: '/households/$id' });
  const read = () => readCard(id);
  const card = useQuery({
    queryKey: ['card', id],
    queryFn: read,
    refetchOnWindowFocus: false,
  });
  return (
    <>
      <PageHead title={`${words.cardTitle} ${label ?? ''}`} actions={card.data ? <PrintButton /> : null}>
        <p className="quiet no-print">{words.logged}</p>
      </PageHead>
      <Faults error={card.error} />
      {card.isPending ? <Loading /> : null}
      {card.data === undefined ? null : card.data === null ? (
        <Issue household={id} />
      ) : (
        <Card card={card.data} read={read} />
      )}
      {me.data?.capabilities.includes('keep-places') === true ? <Place household={id} /> : null}
    </>
  );
}

/** All cards of a grid, one a page, to print. */
export function PrintCardsPage() {
  const words = useHouseholdWords();
  const { division, grid } = useSearch({ from: '/household-cards' });
  const cards = useQuery({
    queryKey: ['card', 'print', division, grid],
    queryFn: () =>
      call<typeof printCardsRoute>('get', '/api/household-cards', {
        query: { division: division ?? '', ...(grid === undefined ? {} : { grid }) },
      }),
    enabled: division !== undefined,
    refetchOnWindowFocus: false,
  });
  const list = cards.data?.cards ?? [];
  return (
    <>
      <PageHead title={words.printGrid} actions={<PrintButton />}>
        <p className="quiet no-print">{words.logged}</p>
      </PageHead>
      <Faults error={cards.error} />
      {cards.isLoading ? <Loading /> : null}
      {cards.isSuccess && list.length === 0 ? <Empty text={words.none} /> : null}
      {list.map((card) => (
        <CardSheet key={card.id} card={card} />
      ))}
    </>
  );
}

/** My own household's card: to see, correct and withdraw. */
export function OwnCardPage() {
  const words = useHouseholdWords();
  const cards = useQuery({ queryKey: ['card', 'own'], queryFn: readOwnCards });
  return (
    <>
      <PageHead title={words.cardTitle} actions={<PrintButton />} />
      <Faults error={cards.error} />
      {cards.isPending ? <Loading /> : null}
      {cards.isSuccess && cards.data.length === 0 ? <Empty text={words.noCard} /> : null}
      {cards.data?.map((card) => (
        <Card
          key={card.id}
          card={card}
          read={async () => (await readOwnCards()).find((one) => one.id === card.id) ?? null}
        />
      ))}
    </>
  );
}
