import type {
  answerWordRoute,
  DecisionWord,
  MatterDetail,
  openSenderRoute,
  readChannelsRoute,
} from '@lianxin/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { AnswerForm } from '../../app/answer-form.js';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { moment } from '../../app/moment.js';
import './decisions.css';
import { useDecisionWords } from './words.js';

/** The supervision committee's answer to a query, which everybody reads. */
function Answer({ word, matter }: { readonly word: DecisionWord; readonly matter: string }) {
  const said = useDecisionWords();
  const client = useQueryClient();
  return (
    <AnswerForm
      about={word.id}
      label={said.answer}
      hint={said.answerHint}
      send={said.send}
      most={1000}
      answer={(answer, commandId) =>
        call<typeof answerWordRoute>('post', '/api/decision-words/{id}/answer', {
          params: { id: word.id },
          json: { answer },
          commandId,
        })
      }
      done={() => client.invalidateQueries({ queryKey: ['channels', matter] })}
    />
  );
}

/** A sealed name, which an auditor opens with a purpose that is written down. */
function Sender({ word }: { readonly word: DecisionWord }) {
  const said = useDecisionWords();
  const [purpose, setPurpose] = useState('');
  const open = useMutation({
    mutationFn: () =>
      call<typeof openSenderRoute>('get', '/api/decision-words/{id}/sender', {
        params: { id: word.id },
        query: { purpose },
      }),
  });
  if (open.data !== undefined)
    return <p role="status">{[open.data.name, open.data.contact].filter(Boolean).join(' · ')}</p>;
  return (
    <form
      className="no-print"
      onSubmit={(event) => {
        event.preventDefault();
        open.mutate();
      }}
    >
      <Faults error={open.error} />
      <label htmlFor={`purpose-${word.id}`}>{said.purpose}</label>
      <Input
        id={`purpose-${word.id}`}
        required
        minLength={2}
        maxLength={300}
        value={purpose}
        onChange={(event) => setPurpose(event.target.value)}
      />
      <p className="quiet">{said.openHint}</p>
      <Button htmlType="submit" loading={open.isPending}>
        {said.open}
      </Button>
    </form>
  );
}

/** The four channels of a decision 四权渠道 on its matter page: how often each was used, what was said, the answers. */
export function Channels({ matter }: { readonly matter: MatterDetail }) {
  const said = useDecisionWords();
  const { language } = useLanguage();
  const channels = useQuery({
    queryKey: ['channels', matter.id],
    queryFn: () => call<typeof readChannelsRoute>('get', '/api/matters/{id}/channels', { params: { id: matter.id } }),
  });
  const { data } = channels;
  if (data === undefined || data.page === null) return null;
  const words = data.words.filter((word) => word.kind !== 'sign-up');
  return (
    <section className="panel follow-ups" aria-label={said.title}>
      <h2>{said.title}</h2>
      <p className="quiet">{said.lead}</p>
      <dl className="channel-uses">
        {(['file', 'meeting', 'comment', 'query'] as const).map((channel) => (
          <div key={channel}>
            <dt>{said.uses[channel]}</dt>
            <dd>{data.uses[channel]}</dd>
          </div>
        ))}
      </dl>
      <p className="no-print">
        <a href={data.page} target="_blank" rel="noreferrer">
          {said.page}
        </a>
      </p>
      {words.length === 0 ? <p className="quiet">{said.none}</p> : null}
      <ul className="plain">
        {words.map((word) => (
          <li key={word.id}>
            <p>
              <strong>{word.kind === 'query' ? said.query : said.comment}</strong> {word.text}{' '}
              <span className="quiet">{moment(word.recordedAt, language)}</span>
            </p>
            {word.answer !== null ? (
              <p>{said.answered(word.answer)}</p>
            ) : word.due === null ? null : data.mayAnswer ? (
              <Answer word={word} matter={matter.id} />
            ) : (
              <p className="quiet">{said.waiting(word.due)}</p>
            )}
            {word.sealed && data.mayOpenSender ? <Sender word={word} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
