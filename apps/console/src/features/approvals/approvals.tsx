import type {
  AppointmentProposalRow,
  askMinorAccessRoute,
  confirmAppointmentRoute,
  decideMinorAccessRoute,
  listMinorAccessesRoute,
  listProposalsRoute,
  MinorAccessRow,
  readPersonRecordRoute,
} from '@lianxin/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { call, newCommandId } from '../../app/call.js';
import { useDraft } from '../../app/draft.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { moment } from '../../app/moment.js';
import { Loading, PageHead } from '../../app/page-head.js';
import { Records } from '../../app/records.js';
import { homeOf, useMe } from '../../app/session.js';
import { PersonPicker } from '../people/person-picker.js';
import { useApprovalWords } from './words.js';

/** Asks to read a minor's record; somebody else decides. */
function Ask({ division }: { readonly division: string }) {
  const said = useApprovalWords();
  const client = useQueryClient();
  const draft = useDraft(`minor.${division}`, { person: '', purpose: '' });
  const { person, purpose } = draft.value;
  const ask = useMutation({
    mutationFn: () =>
      call<typeof askMinorAccessRoute>('post', '/api/minor-accesses', {
        json: draft.value,
        commandId: draft.commandId,
      }),
    onSuccess: async () => {
      draft.forget();
      await client.invalidateQueries({ queryKey: ['minors'] });
    },
  });
  return (
    <details className="panel">
      <summary>{said.ask}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          ask.mutate();
        }}
      >
        <PersonPicker
          division={division}
          value={person}
          change={(chosen) => draft.change({ ...draft.value, person: chosen })}
        />
        <div className="field">
          <label htmlFor="minor-purpose">{said.purpose}</label>
          <Input
            id="minor-purpose"
            required
            minLength={2}
            maxLength={300}
            value={purpose}
            onChange={(event) => draft.change({ ...draft.value, purpose: event.target.value })}
          />
        </div>
        <Faults error={ask.error} />
        <Button type="primary" htmlType="submit" loading={ask.isPending}>
          {said.send}
        </Button>
        {ask.isSuccess ? <p role="status">{said.asked}</p> : null}
      </form>
    </details>
  );
}

/** Approves somebody else's request for some days, or refuses it. */
function Decide({ request }: { readonly request: MinorAccessRow }) {
  const said = useApprovalWords();
  const client = useQueryClient();
  const [days, setDays] = useState('1');
  const [commandId] = useState(newCommandId);
  const decide = useMutation({
    mutationFn: (approve: boolean) =>
      call<typeof decideMinorAccessRoute>('post', '/api/minor-accesses/{id}/decision', {
        params: { id: request.id },
        json: { approve, days: Number(days) },
        commandId: `${commandId}-${approve ? 'yes' : 'no'}-${days}`,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['minors'] }),
  });
  return (
    <>
      <p className="row left">
        <label>
          {said.days}{' '}
          <select value={days} onChange={(event) => setDays(event.target.value)}>
            {['1', '2', '3', '5', '7'].map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <Button type="primary" onClick={() => decide.mutate(true)} loading={decide.isPending}>
          {said.approve}
        </Button>
        <Button onClick={() => decide.mutate(false)}>{said.refuse}</Button>
      </p>
      <Faults error={decide.error} />
    </>
  );
}

/** Reads the record while the approval runs; the reading is written down with the purpose that was approved. */
function Read({ request }: { readonly request: MinorAccessRow }) {
  const said = useApprovalWords();
  const read = useMutation({
    mutationFn: () =>
      call<typeof readPersonRecordRoute>('get', '/api/persons/{id}', {
        params: { id: request.person },
        query: { purpose: request.purpose },
      }),
  });
  if (read.data !== undefined)
    return (
      <p role="status">
        {[read.data.name, read.data.divisionName, read.data.birthYear].filter((part) => part !== null).join(' · ')}
      </p>
    );
  return (
    <>
      <Button onClick={() => read.mutate()} loading={read.isPending}>
        {said.read}
      </Button>
      <Faults error={read.error} />
    </>
  );
}

function Minors({ division, decides }: { readonly division: string; readonly decides: boolean }) {
  const said = useApprovalWords();
  const { language } = useLanguage();
  const requests = useQuery({
    queryKey: ['minors', division],
    queryFn: () => call<typeof listMinorAccessesRoute>('get', '/api/minor-accesses', { query: { division } }),
  });
  const standing = (row: MinorAccessRow): string =>
    row.approved === null
      ? said.waiting
      : row.approved
        ? said.approvedUntil(moment(row.validUntil ?? '', language), row.decidedBy ?? '')
        : said.refusedBy(row.decidedBy ?? '');
  return (
    <>
      <h2>{said.minors}</h2>
      <p className="quiet">{said.minorsLead}</p>
      <Faults error={requests.error} />
      {requests.isPending ? <Loading /> : null}
      {requests.data === undefined ? null : (
        <Records<MinorAccessRow>
          caption={said.minors}
          rows={requests.data.requests}
          keyOf={(row) => row.id}
          empty={said.none}
          columns={[
            { title: said.whose, main: true, render: (row) => row.personName },
            { title: said.purpose, render: (row) => row.purpose },
            { title: said.askedBy, render: (row) => `${row.askedBy} · ${moment(row.askedAt, language)}` },
            { title: said.state, render: standing },
            {
              title: said.decision,
              render: (row) =>
                row.approved === null && decides && !row.mine ? (
                  <Decide request={row} />
                ) : row.approved === true && row.mine ? (
                  <Read request={row} />
                ) : null,
            },
          ]}
        />
      )}
      <Ask division={division} />
    </>
  );
}

/** Confirms somebody else's proposal for a post that administers. */
function Confirm({ proposal }: { readonly proposal: AppointmentProposalRow }) {
  const said = useApprovalWords();
  const client = useQueryClient();
  const [commandId] = useState(newCommandId);
  const confirm = useMutation({
    mutationFn: () =>
      call<typeof confirmAppointmentRoute>('post', '/api/appointment-proposals/{id}/confirmation', {
        params: { id: proposal.id },
        commandId,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['proposals'] }),
  });
  return (
    <>
      <Button type="primary" onClick={() => confirm.mutate()} loading={confirm.isPending}>
        {said.confirm}
      </Button>
      <Faults error={confirm.error} />
    </>
  );
}

function Proposals({ division, appoints }: { readonly division: string; readonly appoints: boolean }) {
  const said = useApprovalWords();
  const { language } = useLanguage();
  const proposals = useQuery({
    queryKey: ['proposals', division],
    queryFn: () => call<typeof listProposalsRoute>('get', '/api/appointment-proposals', { query: { division } }),
  });
  return (
    <>
      <h2>{said.proposals}</h2>
      <p className="quiet">{said.proposalsLead}</p>
      <Faults error={proposals.error} />
      {proposals.isPending ? <Loading /> : null}
      {proposals.data === undefined ? null : (
        <Records<AppointmentProposalRow>
          caption={said.proposals}
          rows={proposals.data.proposals}
          keyOf={(row) => row.id}
          empty={said.none}
          columns={[
            { title: said.who, main: true, render: (row) => row.personName },
            { title: said.post, render: (row) => `${row.bodyName} ${row.postTitle}` },
            { title: said.from, render: (row) => row.validFrom },
            { title: said.askedBy, render: (row) => `${row.askedBy} · ${moment(row.askedAt, language)}` },
            {
              title: said.state,
              render: (row) => (row.confirmedBy === null ? said.waiting : said.confirmedBy(row.confirmedBy)),
            },
            {
              title: said.decision,
              render: (row) => (row.confirmedBy === null && appoints && !row.mine ? <Confirm proposal={row} /> : null),
            },
          ]}
        />
      )}
    </>
  );
}

/** What takes a second person (双人办理): reading a minor's record, and posts that administer the system. */
export function ApprovalsPage() {
  const said = useApprovalWords();
  const me = useMe();
  const division = homeOf(me.data);
  const can = (duty: string): boolean => me.data?.capabilities.includes(duty) === true;
  if (me.data === undefined) return <Loading />;
  return (
    <>
      <PageHead title={said.title}>
        <p className="quiet">{said.lead}</p>
      </PageHead>
      <Minors division={division} decides={can('approve-minors')} />
      <Proposals division={division} appoints={can('appoint')} />
    </>
  );
}
