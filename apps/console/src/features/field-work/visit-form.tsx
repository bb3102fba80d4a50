import type { logVisitRoute } from '@lianxin/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { call } from '../../app/call.js';
import { useDraft } from '../../app/draft.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { localMoment, toInstant } from './local-moment.js';

const empty = { need: '', feedback: '', when: '' };

/** Logs a visit (走访): when, the need that was heard, the answer given at the door; there is no field for anything else. */
export function VisitForm({ household }: { readonly household: string }) {
  const { words } = useLanguage();
  const client = useQueryClient();
  const draft = useDraft(`visit.${household}`, empty);
  const { need, feedback, when } = draft.value;
  const log = useMutation({
    mutationFn: () =>
      call<typeof logVisitRoute>('post', '/api/contact-visits', {
        json: {
          household,
          occurredAt: toInstant(when),
          ...(need.trim() === '' ? {} : { need: need.trim() }),
          ...(feedback.trim() === '' ? {} : { feedback: feedback.trim() }),
        },
        commandId: draft.commandId,
      }),
    onSuccess: async () => {
      draft.forget();
      await client.invalidateQueries({ queryKey: ['households'] });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        log.mutate();
      }}
    >
      <h3>{words.field.visit}</h3>
      <Faults error={log.error} />
      {log.isSuccess ? (
        <p role="status" className="told">
          {words.field.visitLogged}
        </p>
      ) : null}
      <div className="field">
        <label htmlFor={`need-${household}`}>{words.field.need}</label>
        <p className="quiet" id={`need-${household}-help`}>
          {words.field.needHint}
        </p>
        <Input.TextArea
          id={`need-${household}`}
          aria-describedby={`need-${household}-help`}
          rows={2}
          maxLength={200}
          value={need}
          onChange={(event) => draft.change({ ...draft.value, need: event.target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor={`feedback-${household}`}>
          {words.field.feedback}
          <span className="quiet">（{words.matters.optional}）</span>
        </label>
        <Input.TextArea
          id={`feedback-${household}`}
          rows={2}
          maxLength={200}
          value={feedback}
          onChange={(event) => draft.change({ ...draft.value, feedback: event.target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor={`when-${household}`}>{words.field.when}</label>
        <Input
          id={`when-${household}`}
          type="datetime-local"
          max={localMoment()}
          value={when === '' ? localMoment() : when}
          onChange={(event) => draft.change({ ...draft.value, when: event.target.value })}
        />
      </div>
      <p>
        <Button type="primary" htmlType="submit" loading={log.isPending}>
          {words.field.logVisit}
        </Button>
      </p>
    </form>
  );
}
