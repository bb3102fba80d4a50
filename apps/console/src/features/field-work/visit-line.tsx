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
import { sendNow } from './pocket/keep-sending.js';
import { putInOutbox } from './pocket/pocket.js';
import { usePocket } from './pocket/use-pocket.js';
import { usePocketWords } from './words.js';

type Visit = HouseholdContact['visits'][number];

/** Sends the need of a visit as a matter; the kind is the one thing that the visit does not already say. */
function SendNeed({ visit, label }: { readonly visit: Visit; readonly label: string }) {
  const { words, term } = useLanguage();
  const me = useMe();
  const client = useQueryClient();
  const [kind, setKind] = useState('');
  const [commandId] = useState(newCommandId);
  const carried = usePocket().status === 'open';
  const pocket = usePocketWords();
  const village = homeOf(me.data).slice(0, 12);
  const form = useQuery({
    queryKey: ['request-form', village],
    queryFn: () =>
      call<typeof requestFormRoute>('get', '/api/villages/{code}/request-form', { params: { code: village } }),
  });
  const send = useMutation({
    mutationFn: async () => {
      const path = '/api/contact-visits/{id}/matter';
      const params = { id: visit.id };
      const json = kind === '' ? {} : { kind };
      if (!carried) {
        await call<typeof sendNeedRoute>('post', path, { params, json, commandId });
        return;
      }
      const shown = { about: label, text: visit.need ?? '', household: '', asked: [] };
      await putInOutbox([{ id: commandId, lane: visit.id, command: { kind: 'need', path, params, json, ...shown } }]);
      void sendNow();
    },
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
      {send.isSuccess && carried ? (
        <p role="status" className="told">
          {pocket.keptHere}
        </p>
      ) : null}
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
export function VisitLine(props: { readonly visit: Visit; readonly own: boolean; readonly label: string }) {
  const { visit, own, label } = props;
  const { words, language } = useLanguage();
  const pocket = usePocketWords();
  return (
    <li>
      <p>
        <time dateTime={visit.occurredAt}>{moment(visit.occurredAt, language)}</time>{' '}
        <span className="quiet">{visit.visitorName}</span>
      </p>
      {visit.clockOff === null ? null : (
        <p className="clock-off">{pocket.clockOff({ ...visit.clockOff, mine: !own })}</p>
      )}
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
        <SendNeed visit={visit} label={label} />
      ) : null}
    </li>
  );
}
