import type { answerRecordWordRoute, readSlipRoute, RecordDetail } from '@lianxin/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { AnswerForm } from '../../app/answer-form.js';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { moment } from '../../app/moment.js';
import { PrintButton } from '../../app/page-head.js';
import { useRecordWords } from './words.js';

/** What those who keep the record say to an objection; a box while nobody has. */
function Answer({ word, record }: { readonly word: RecordDetail['words'][number]; readonly record: string }) {
  const said = useRecordWords();
  const { language } = useLanguage();
  const client = useQueryClient();
  if (word.answer !== null && word.answeredAt !== null)
    return (
      <p>
        {said.answer}：{word.answer} <span className="quiet">{moment(word.answeredAt, language)}</span>
      </p>
    );
  return (
    <AnswerForm
      about={word.id}
      label={said.answer}
      hint={said.answerHint}
      send={said.answerSend}
      most={500}
      answer={(answer, commandId) =>
        call<typeof answerRecordWordRoute>('post', '/api/record-words/{id}/answer', {
          params: { id: word.id },
          json: { answer },
          commandId,
        })
      }
      done={() =>
        Promise.all([
          client.invalidateQueries({ queryKey: ['record', record] }),
          client.invalidateQueries({ queryKey: ['inbox'] }),
        ])
      }
    />
  );
}

/** What whom a record is about said of it (本人的话), and the paper slip by which they say it. */
export function OwnWord({ record }: { readonly record: RecordDetail }) {
  const said = useRecordWords();
  const { language } = useLanguage();
  const slip = useMutation({
    mutationFn: () => call<typeof readSlipRoute>('get', '/api/records/{id}/slip', { params: { id: record.id } }),
  });
  if (!record.hasSlip) return null;
  return (
    <section className="panel record-own" aria-label={said.own}>
      <h2>{said.own}</h2>
      <p className="quiet">{said.ownLead}</p>
      {record.words.length === 0 ? <p className="quiet">{said.noOwnWord}</p> : null}
      <ul className="plain">
        {record.words.map((word) => (
          <li key={word.id}>
            <strong>{word.kind === 'confirmed' ? said.confirmed : said.objected}</strong> {word.text}{' '}
            <span className="quiet">
              {moment(word.recordedAt, language)}
              {word.current ? '' : ` · ${said.changedSince}`}
            </span>
            {word.kind === 'objection' ? <Answer word={word} record={record.id} /> : null}
          </li>
        ))}
      </ul>
      <Faults error={slip.error} />
      {slip.data === undefined ? (
        record.endedOn === null ? (
          <Button onClick={() => slip.mutate()} loading={slip.isPending}>
            {said.slip}
          </Button>
        ) : null
      ) : (
        <div className="record-slip" role="status">
          <dl>
            <dt>{said.slipCode}</dt>
            <dd className="receipt-code">{slip.data.code}</dd>
            <dt>{said.slipAddress}</dt>
            <dd>{slip.data.address}</dd>
          </dl>
          <p className="quiet">{said.slipHint}</p>
          <PrintButton />
        </div>
      )}
    </section>
  );
}
