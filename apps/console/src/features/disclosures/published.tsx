import type {
  answerQuestionRoute,
  cutDraftRoute,
  DutyView,
  postingRoute,
  PublishedRow,
  QuestionView,
  withdrawRoute,
} from '@lianxin/contract';
import { useMutation } from '@tanstack/react-query';
import { Button, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { AnswerForm } from '../../app/answer-form.js';
import { call, newCommandId } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { Empty } from '../../app/page-head.js';
import { useDisclosureWords } from './words.js';

type Done = () => Promise<unknown>;

/** What is out, with how long it still hangs, its sheets, and what may be done about it. */
export function PublishedList({
  division,
  rows,
  drafts,
  done,
}: {
  readonly division: string;
  readonly rows: readonly PublishedRow[];
  readonly drafts: readonly DutyView[];
  readonly done: Done;
}) {
  const said = useDisclosureWords();
  return (
    <section className="panel">
      <h2>{said.published}</h2>
      <p className="row no-print">
        <a href={`/v/${division}/wall.pdf`} target="_blank" rel="noreferrer">
          {said.sheet}
        </a>
        <a href={`/v/${division}/booklet.pdf`} target="_blank" rel="noreferrer">
          {said.booklet}
        </a>
      </p>
      {rows.length === 0 ? <Empty text={said.publishedNone} /> : null}
      {rows.map((row) => (
        <One key={`${row.id} ${row.version}`} division={division} row={row} duties={drafts} done={done} />
      ))}
    </section>
  );
}

function One({
  division,
  row,
  duties,
  done,
}: {
  readonly division: string;
  readonly row: PublishedRow;
  readonly duties: readonly DutyView[];
  readonly done: Done;
}) {
  const said = useDisclosureWords();
  const here = `/v/${division}/board/${row.id}`;
  const mine = duties.some((duty) => duty.drafts);
  return (
    <article className="disclosure-draft">
      <h3>{row.title}</h3>
      <p className="quiet">
        {[
          row.publishedOn,
          said.version(row.version),
          // The days run from the wall: before that there are none to count.
          row.postedOn === null ? said.notPosted : said.posted(row.postedOn),
          ...(row.withdrawnOn !== null
            ? [said.withdrawn(row.withdrawnOn)]
            : row.postedOn === null
              ? []
              : [said.left(row.daysLeft)]),
          said.given(row.copies),
        ].join(' · ')}
      </p>
      <p className="row no-print">
        <a href={here} target="_blank" rel="noreferrer">
          {said.page}
        </a>
        <a href={`${here}/wall.pdf`} target="_blank" rel="noreferrer">
          {said.wall}
        </a>
      </p>
      {row.withdrawnOn === null && mine ? <Follow division={division} row={row} done={done} /> : null}
    </article>
  );
}

/** How often and where something was hung or handed out, as a command. */
const usePosting = (row: PublishedRow, done: Done) =>
  useMutation({
    mutationFn: (json: { readonly kind: 'wall' | 'copies'; readonly place: string; readonly copies: number }) =>
      call<typeof postingRoute>('post', '/api/disclosures/{id}/postings', {
        params: { id: row.id },
        json,
        commandId: newCommandId(),
      }),
    onSuccess: done,
  });

/** Whether a disclosure is out and still has to go up on the wall. */
const isToHang = (row: PublishedRow): boolean => row.withdrawnOn === null && row.postedOn === null;

/** What comes next after publishing: the sheet goes up on the wall, and the fifteen days begin. Nothing is shown when everything hangs. */
export function ToHang({
  division,
  rows,
  duties,
  done,
}: {
  readonly division: string;
  readonly rows: readonly PublishedRow[];
  readonly duties: readonly DutyView[];
  readonly done: Done;
}) {
  const said = useDisclosureWords();
  const waiting = duties.some((duty) => duty.drafts) ? rows.filter(isToHang) : [];
  if (waiting.length === 0) return null;
  return (
    <section className="panel">
      <h2>{said.toHang}</h2>
      <p className="quiet">{said.toHangLead}</p>
      {waiting.map((row) => (
        <Hang key={row.id} division={division} row={row} alone={waiting.length === 1} done={done} />
      ))}
    </section>
  );
}

function Hang({
  division,
  row,
  alone,
  done,
}: {
  readonly division: string;
  readonly row: PublishedRow;
  /** Nothing else waits: it stands open. */
  readonly alone: boolean;
  readonly done: Done;
}) {
  const said = useDisclosureWords();
  const [place, setPlace] = useState('');
  const post = usePosting(row, done);
  return (
    <details open={alone}>
      <summary>{row.title}</summary>
      <p>
        <a href={`/v/${division}/board/${row.id}/wall.pdf`} target="_blank" rel="noreferrer">
          {said.wall}
        </a>
      </p>
      <Faults error={post.error} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          post.mutate({ kind: 'wall', place, copies: 1 });
        }}
      >
        <div className="field">
          <label htmlFor={`hang-${row.id}`}>{said.place}</label>
          <Input
            id={`hang-${row.id}`}
            required
            maxLength={100}
            value={place}
            onChange={(event) => setPlace(event.target.value)}
          />
        </div>
        <Button type="primary" htmlType="submit" loading={post.isPending}>
          {said.post}
        </Button>
      </form>
    </details>
  );
}

/** What may still be done about what is out: copies handed out, a correction, taking it down. */
function Follow({
  division,
  row,
  done,
}: {
  readonly division: string;
  readonly row: PublishedRow;
  readonly done: Done;
}) {
  const said = useDisclosureWords();
  const [place, setPlace] = useState('');
  const [copies, setCopies] = useState(1);
  const [reason, setReason] = useState('');
  const post = usePosting(row, done);
  const correct = useMutation({
    mutationFn: () =>
      call<typeof cutDraftRoute>('post', '/api/disclosures/drafts', {
        json: { division, item: row.item, from: row.from, to: row.to, corrects: row.id, reason, title: row.title },
        commandId: newCommandId(),
      }),
    onSuccess: done,
  });
  const withdraw = useMutation({
    mutationFn: () =>
      call<typeof withdrawRoute>('post', '/api/disclosures/{id}/withdraw', {
        params: { id: row.id },
        json: { reason },
        commandId: newCommandId(),
      }),
    onSuccess: done,
  });
  return (
    <details>
      <summary>{`${said.gaveOut}、${said.correct}、${said.withdraw}`}</summary>
      <Faults error={post.error ?? correct.error ?? withdraw.error} />
      <div className="field">
        <label htmlFor={`place-${row.id}`}>{said.copiesPlace}</label>
        <Input
          id={`place-${row.id}`}
          maxLength={100}
          value={place}
          onChange={(event) => setPlace(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor={`copies-${row.id}`}>{said.copies}</label>
        <InputNumber
          id={`copies-${row.id}`}
          min={0}
          max={100000}
          precision={0}
          value={copies}
          onChange={(value) => setCopies(value ?? 0)}
        />
      </div>
      <div className="row">
        <Button
          onClick={() => post.mutate({ kind: 'copies', place, copies })}
          loading={post.isPending}
          disabled={place.trim() === ''}
        >
          {said.gaveOut}
        </Button>
      </div>
      <div className="field">
        <label htmlFor={`reason-${row.id}`}>{said.reason}</label>
        <Input
          id={`reason-${row.id}`}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      <div className="row">
        <Button onClick={() => correct.mutate()} loading={correct.isPending}>
          {said.correct}
        </Button>
        <Button danger onClick={() => withdraw.mutate()} loading={withdraw.isPending}>
          {said.withdraw}
        </Button>
      </div>
    </details>
  );
}

/** Questions and objections that wait for an answer. */
export function Questions({ rows, done }: { readonly rows: readonly QuestionView[]; readonly done: Done }) {
  const said = useDisclosureWords();
  return (
    <section className="panel">
      <h2>{said.questions}</h2>
      {rows.length === 0 ? <Empty text={said.questionsNone} /> : null}
      {rows.map((row) => (
        <Question key={row.id} row={row} done={done} />
      ))}
    </section>
  );
}

function Question({ row, done }: { readonly row: QuestionView; readonly done: Done }) {
  const said = useDisclosureWords();
  return (
    <article className="disclosure-draft">
      <h3>{`${said.kinds[row.kind]}：${row.text}`}</h3>
      <p className="quiet">
        {[row.title, row.entry, row.due === null ? '' : `${said.dueBy} ${row.due}`]
          .filter((part) => part !== '')
          .join(' · ')}
      </p>
      <AnswerForm
        about={row.id}
        label={said.answer}
        hint={said.answerHint}
        send={said.answer}
        most={1000}
        answer={(answer, commandId) =>
          call<typeof answerQuestionRoute>('post', '/api/disclosures/questions/{id}/answer', {
            params: { id: row.id },
            json: { answer },
            commandId,
          })
        }
        done={done}
      />
    </article>
  );
}
