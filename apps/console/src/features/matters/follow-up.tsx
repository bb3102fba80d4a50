import type { answerFollowUpRoute, followUpRoute, MatterDetail } from '@lianxin/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { AnswerForm } from '../../app/answer-form.js';
import { useArriveAt } from '../../app/arrive-at.js';
import { call } from '../../app/call.js';
import { useDraft } from '../../app/draft.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { moment } from '../../app/moment.js';
import { useMe } from '../../app/session.js';
import { countyToday, dayAfter } from '../../app/today.js';

type Written = MatterDetail['followUps'][number];

/** The office's answer to a follow-up, by whoever it was addressed to. */
function Answer({ of, matter }: { readonly of: Written; readonly matter: string }) {
  const { words } = useLanguage();
  const client = useQueryClient();
  return (
    <AnswerForm
      about={of.id}
      label={words.matters.followUpAnswer}
      send={words.matters.answerFollowUp}
      most={2000}
      answer={(text, commandId) =>
        call<typeof answerFollowUpRoute>('post', '/api/follow-ups/{id}/answer', {
          params: { id: of.id },
          json: { text },
          commandId,
        })
      }
      done={() => client.invalidateQueries({ queryKey: ['matter', matter] })}
    />
  );
}

function One({ of, matter }: { readonly of: Written; readonly matter: string }) {
  const { words, language } = useLanguage();
  const by = of.cause === 'low-rating' ? words.matters.lowRating : (of.by.name ?? of.by.body ?? words.none);
  return (
    <li>
      <p>
        <strong>{words.matters.followUpOf([by, of.by.post].filter(Boolean).join(' '), of.due)}</strong>
      </p>
      <p>{of.text}</p>
      {of.answer === null ? (
        of.mine ? (
          <Answer of={of} matter={matter} />
        ) : (
          <p className="quiet">{words.matters.waitingForAnswer}</p>
        )
      ) : (
        <p>
          {words.matters.followUpAnswer}
          {words.colon}
          {of.answer}{' '}
          <span className="quiet">
            {of.doneAt === null ? null : words.matters.answeredAt(moment(of.doneAt, language))}
          </span>
        </p>
      )}
    </li>
  );
}

/** A leader writes a follow-up: what is asked, and the day by which it is answered. */
function Write({ matter }: { readonly matter: MatterDetail }) {
  const { words } = useLanguage();
  const client = useQueryClient();
  const draft = useDraft(`${matter.id}.follow-up`, { text: '', due: dayAfter(countyToday(), 3) });
  const write = useMutation({
    mutationFn: () =>
      call<typeof followUpRoute>('post', '/api/matters/{id}/follow-ups', {
        params: { id: matter.id },
        json: draft.value,
        commandId: draft.commandId,
      }),
    onSuccess: async () => {
      draft.forget();
      await client.invalidateQueries({
        predicate: (query) => ['matter', 'leader'].includes(String(query.queryKey[0])),
      });
    },
  });
  return (
    <form
      className="no-print"
      onSubmit={(event) => {
        event.preventDefault();
        write.mutate();
      }}
    >
      <Faults error={write.error} />
      {write.isSuccess ? (
        <p role="status" className="told">
          {words.matters.followUpDone}
        </p>
      ) : null}
      <label htmlFor="follow-up-text">{words.matters.followUpText}</label>
      <Input.TextArea
        id="follow-up-text"
        required
        rows={2}
        maxLength={2000}
        value={draft.value.text}
        onChange={(event) => draft.change({ ...draft.value, text: event.target.value })}
      />
      <label htmlFor="follow-up-due">{words.matters.followUpDue}</label>
      <Input
        id="follow-up-due"
        type="date"
        required
        min={countyToday()}
        value={draft.value.due}
        onChange={(event) => draft.change({ ...draft.value, due: event.target.value })}
      />
      <p>
        <Button htmlType="submit" loading={write.isPending}>
          {words.matters.followUpSend}
        </Button>
      </p>
    </form>
  );
}

/** Follow-ups (督办) of a matter: what was asked from above, the answers, and the form of whoever may write or answer one. */
export function FollowUps({ matter }: { readonly matter: MatterDetail }) {
  const { words } = useLanguage();
  const me = useMe();
  useArriveAt('follow-up');
  const may = me.data?.capabilities.includes('follow-up') === true && matter.state !== 'ended';
  if (!may && matter.followUps.length === 0) return null;
  return (
    <section className="panel follow-ups" id="follow-up">
      <h2>{words.matters.followUp}</h2>
      {matter.followUps.length === 0 ? null : (
        <ul className="plain">
          {matter.followUps.map((one) => (
            <One key={one.id} of={one} matter={matter.id} />
          ))}
        </ul>
      )}
      {may ? <Write matter={matter} /> : null}
    </section>
  );
}
