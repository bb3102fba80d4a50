import type {
  decisionsRoute,
  FieldValues,
  handOverRoute,
  MeetingDetail,
  MeetingItemView,
  staffFormRoute,
} from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { call } from '../../app/call.js';
import { useDraft } from '../../app/draft.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { FieldForm } from '../matters/field-form.js';
import { useMeetingCommand } from './on-meeting.js';
import { useMeetingWords } from './words.js';

/**
 * A conclusion becomes a matter (交办), a task for somebody or a decision to be voted on: the procedure's own form, with what the meeting said
 * filled in. Whoever may not propose a decision sees who does.
 */
export function HandOver({ meeting, item }: { readonly meeting: MeetingDetail; readonly item: MeetingItemView }) {
  const said = useMeetingWords();
  const { words, term } = useLanguage();
  const params = { code: meeting.division };
  const decisions = useQuery({
    queryKey: ['decisions', meeting.division],
    queryFn: () => call<typeof decisionsRoute>('get', '/api/divisions/{code}/decisions', { params }),
  });
  const form = useQuery({
    queryKey: ['staff-form', meeting.division],
    queryFn: () => call<typeof staffFormRoute>('get', '/api/divisions/{code}/staff-form', { params }),
  });
  const voted = new Set(decisions.data?.decisions.map((one) => one.procedure));
  const offered = form.data?.procedures ?? [];
  const groups = [
    [said.handOverWork, offered.filter((one) => !voted.has(one.id))],
    [said.handOverVote, offered.filter((one) => voted.has(one.id))],
  ] as const;
  const draft = useDraft<{ procedure: string; kind: string; fields: FieldValues }>(`hand-over.${item.id}`, {
    procedure: '',
    kind: '',
    fields: {},
  });
  const chosen = offered.find((one) => one.id === draft.value.procedure);
  const handing = useMeetingCommand((_: null, commandId) =>
    call<typeof handOverRoute>('post', '/api/meetings/{id}/items/{item}/hand-over', {
      params: { id: meeting.id, item: item.id },
      json: { procedure: draft.value.procedure, kind: draft.value.kind, fields: draft.value.fields },
      commandId,
    }),
  );
  if (item.handedTo !== null) {
    return (
      <p>
        {said.handedTo}
        {said.colon}
        <Link to="/matters/$id" params={{ id: item.handedTo.id }}>
          {item.handedTo.subject || item.handedTo.number}
        </Link>
        {item.handedTo.holder === null ? null : ` · ${item.handedTo.holder}`}
        {item.handedTo.due === null ? null : ` · ${words.due.by(item.handedTo.due)}`}
      </p>
    );
  }
  const choose = (value: string) => {
    const [procedure = '', kind = ''] = value.split(' ');
    const asked = offered.find((one) => one.id === procedure)?.fields ?? [];
    const title = asked.find((field) => field.type === 'text' && field.required);
    const long = asked.filter((field) => field.type === 'long-text');
    const longer = long.find((field) => field.required) ?? long[0];
    draft.change({
      procedure,
      kind,
      fields: {
        ...(title === undefined ? {} : { [title.id]: item.title }),
        ...(longer === undefined ? {} : { [longer.id]: item.conclusion ?? '' }),
      },
    });
  };
  return (
    <details className="no-print">
      <summary>{said.handOver}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          handing.mutate(null, { onSuccess: () => draft.forget() });
        }}
      >
        <div className="field">
          <label htmlFor={`hand-over-${item.id}`}>{said.choose}</label>
          <select
            id={`hand-over-${item.id}`}
            required
            value={draft.value.procedure === '' ? '' : `${draft.value.procedure} ${draft.value.kind}`}
            onChange={(event) => choose(event.target.value)}
          >
            <option value="">{words.choose}</option>
            {groups.map(([title, procedures]) =>
              procedures.length === 0 ? null : (
                <optgroup key={title} label={title}>
                  {procedures.flatMap((one) =>
                    one.kinds.map((kind) => (
                      <option key={`${one.id} ${kind.id}`} value={`${one.id} ${kind.id}`}>
                        {one.kinds.length === 1 ? term(one.title) : `${term(one.title)} · ${term(kind.title)}`}
                      </option>
                    )),
                  )}
                </optgroup>
              ),
            )}
          </select>
        </div>
        {groups[1][1].length > 0 || voted.size === 0 ? null : (
          <p className="quiet">{said.mayNotOpen(decisions.data?.decisions[0]?.opensBy ?? '')}</p>
        )}
        <FieldForm
          prefix={`hand-over-${item.id}`}
          division={meeting.division}
          fields={chosen?.fields ?? []}
          values={draft.value.fields}
          change={(fields) => draft.change({ ...draft.value, fields })}
          error={handing.error}
        />
        <Faults error={handing.error} />
        <Button htmlType="submit" disabled={chosen === undefined} loading={handing.isPending}>
          {said.handOver}
        </Button>
      </form>
    </details>
  );
}
