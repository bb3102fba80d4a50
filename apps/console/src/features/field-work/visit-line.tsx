import type { HouseholdContact, requestFormRoute, sendNeedRoute } from '@lianxin/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { call, newCommandId } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { moment } from '../../app/moment.js';
import { homeOf, useMe } from '../../app/session.js';

type Visit = HouseholdContact['visits'][number];

/** Sends the need of a visit as a matter; the kind is the one thing that the visit does not already say. */
function SendNeed({ visit }: { readonly visit: string }) {
  const { words, term } = useLanguage();
  const me = useMe();
  const client = useQueryClient();
  const [kind, setKind] = useState('');
  const [commandId] = useState(newCommandId);
  const village = homeOf(me.data).slice(0, 12);
  const form = useQuery({
    queryKey: ['request-form', village],
    queryFn: () =>
      call<typeof requestFormRoute>('get', '/api/villages/{code}/request-form', { params: { code: village } }),
  });
  const send = useMutation({
    mutationFn: () =>
      call<typeof sendNeedRoute>('post', '/api/contact-visits/{id}/matter', {
        params: { id: visit },
        json: kind === '' ? {} : { kind },
        commandId,
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['carried'] });
      await client.invalidateQueries({ queryKey: ['households'] });
    },
  });
  const kinds = form.data?.kinds.filter((one) => one.unsorted) ?? [];
  return (
    <form
      className="row left"
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate();
      }}
    >
      <Faults error={send.error} />
      <label className="filter">
        {words.field.kind}
        <select value={kind} onChange={(event) => setKind(event.target.value)}>
          <option value="">{words.openFor.unsorted}</option>
          {kinds.map(({ id, title }) => (
            <option key={id} value={id}>
              {term(title)}
            </option>
          ))}
        </select>
      </label>
      <Button htmlType="submit" loading={send.isPending}>
        {words.field.toMatter}
      </Button>
    </form>
  );
}

/** A visit with its need and its answer, and what became of the need. */
export function VisitLine({ visit, own }: { readonly visit: Visit; readonly own: boolean }) {
  const { words, language } = useLanguage();
  return (
    <li>
      <p>
        <time dateTime={visit.occurredAt}>{moment(visit.occurredAt, language)}</time>{' '}
        <span className="quiet">{visit.visitorName}</span>
      </p>
      {visit.need === null ? null : (
        <p>
          {words.field.need}：{visit.need}
        </p>
      )}
      {visit.feedback === null ? null : (
        <p>
          {words.field.feedback}：{visit.feedback}
        </p>
      )}
      {visit.matter !== null ? (
        <p>
          {own ? (
            words.field.becameMatter
          ) : (
            <Link to="/matters/$id" params={{ id: visit.matter }}>
              {words.field.becameMatter}
            </Link>
          )}{' '}
          <span className="quiet">{visit.matterState}</span>
        </p>
      ) : visit.need !== null && !own ? (
        <SendNeed visit={visit.id} />
      ) : null}
    </li>
  );
}
