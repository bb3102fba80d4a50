import type { followUpRoute, MatterDetail } from '@lianxin/contract';
import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { call } from '../../app/call.js';
import { useDraft } from '../../app/draft.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { useMe } from '../../app/session.js';

const empty = { text: '', due: '' };

/** A follow-up (督办): a written word from above with a date by which it is answered. */
export function FollowUp({ matter }: { readonly matter: MatterDetail }) {
  const { words } = useLanguage();
  const me = useMe();
  const draft = useDraft(`${matter.id}.follow-up`, empty);
  const write = useMutation({
    mutationFn: () =>
      call<typeof followUpRoute>('post', '/api/matters/{id}/follow-ups', {
        params: { id: matter.id },
        json: draft.value,
        commandId: draft.commandId,
      }),
    onSuccess: () => draft.forget(),
  });
  const may = me.data?.offices.some((office) => office.capabilities.includes('follow-up')) === true;
  if (!may || matter.state === 'ended') return null;
  return (
    <section className="panel no-print">
      <h2>{words.matters.followUp}</h2>
      <Faults error={write.error} />
      {write.isSuccess ? <p role="status">{words.matters.followUpDone}</p> : null}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          write.mutate();
        }}
      >
        <label htmlFor="follow-up-text">{words.matters.followUpText}</label>
        <Input.TextArea
          id="follow-up-text"
          required
          rows={2}
          value={draft.value.text}
          onChange={(event) => draft.change({ ...draft.value, text: event.target.value })}
        />
        <label htmlFor="follow-up-due">{words.matters.followUpDue}</label>
        <Input
          id="follow-up-due"
          type="date"
          required
          value={draft.value.due}
          onChange={(event) => draft.change({ ...draft.value, due: event.target.value })}
        />
        <p>
          <Button htmlType="submit" loading={write.isPending}>
            {words.matters.followUpSend}
          </Button>
        </p>
      </form>
    </section>
  );
}
