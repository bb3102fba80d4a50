import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useDraft } from './draft.js';
import { Faults } from './faults.js';

/** Answer form (答复): one box under what was asked or objected; what is typed is kept until it is sent, and sent twice it answers once. */
export function AnswerForm({
  about,
  label,
  hint,
  send,
  most,
  answer,
  done,
}: {
  /** The id of what is answered. */
  readonly about: string;
  readonly label: string;
  /** Who will read it. */
  readonly hint?: string;
  readonly send: string;
  /** Characters at most. */
  readonly most: number;
  readonly answer: (text: string, commandId: string) => Promise<unknown>;
  readonly done: () => Promise<unknown>;
}) {
  const draft = useDraft(`${about}.answer`, { text: '' });
  const sending = useMutation({
    mutationFn: () => answer(draft.value.text, draft.commandId),
    onSuccess: async () => {
      draft.forget();
      await done();
    },
  });
  return (
    <form
      className="no-print"
      onSubmit={(event) => {
        event.preventDefault();
        sending.mutate();
      }}
    >
      <Faults error={sending.error} />
      <div className="field">
        <label htmlFor={`answer-${about}`}>{label}</label>
        <Input.TextArea
          id={`answer-${about}`}
          aria-describedby={hint === undefined ? undefined : `answer-hint-${about}`}
          required
          rows={2}
          maxLength={most}
          value={draft.value.text}
          onChange={(event) => draft.change({ text: event.target.value })}
        />
      </div>
      {hint === undefined ? null : (
        <p className="quiet" id={`answer-hint-${about}`}>
          {hint}
        </p>
      )}
      <Button type="primary" htmlType="submit" loading={sending.isPending}>
        {send}
      </Button>
    </form>
  );
}
