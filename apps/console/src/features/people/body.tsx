import type {
  appointRoute,
  BodyDetail,
  endAppointmentRoute,
  establishRoute,
  HolderRow,
  readBodyRoute,
} from '@lianxin/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { call, newCommandId } from '../../app/call.js';
import { DayField, Field } from '../../app/fields.js';
import { useDraft } from '../../app/draft.js';
import { Faults, refusedWith } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { Loading, PageHead } from '../../app/page-head.js';
import { Records } from '../../app/records.js';
import { homeOf, useMe } from '../../app/session.js';
import { countyToday } from '../../app/today.js';
import { PersonPicker } from './person-picker.js';
import { KeepBody, Unlink } from './keep-body.js';
import { Propose } from './propose.js';
import { MistakeField, SaveForm } from './form-parts.js';
import { usePeopleWords } from './words.js';

/** Appoints a person on record to a post of this body for a term; the seats of each post stand beside its name. */
function Appoint({ body }: { readonly body: BodyDetail }) {
  const said = usePeopleWords();
  const client = useQueryClient();
  const home = homeOf(useMe().data);
  const draft = useDraft(`appoint.${body.id}`, { person: '', post: '', validFrom: countyToday(), validTo: '' });
  const { person, post, validFrom, validTo } = draft.value;
  const set = (change: Partial<typeof draft.value>) => draft.change({ ...draft.value, ...change });
  const save = useMutation({
    mutationFn: () =>
      call<typeof appointRoute>('post', '/api/appointments', {
        json: { person, post, body: body.id, validFrom, ...(validTo === '' ? {} : { validTo }) },
        commandId: draft.commandId,
      }),
    onSuccess: async () => {
      draft.forget();
      await client.invalidateQueries({ queryKey: ['body', body.id] });
    },
  });
  return (
    <SaveForm
      title={said.appoint}
      save={save}
      instead={
        refusedWith(save.error, 'second-person-needed') ? (
          <Propose key={`${person} ${post}`} proposal={{ person, post, body: body.id, validFrom }} />
        ) : null
      }
    >
      <PersonPicker division={home} value={person} change={(chosen) => set({ person: chosen })} />
      <Field id="appoint-post" label={said.post}>
        <select id="appoint-post" required value={post} onChange={(event) => set({ post: event.target.value })}>
          <option value="">—</option>
          {body.seats.map((each) => (
            <option key={each.post} value={each.post}>
              {each.postTitle}（{said.seatsOf(each.taken, each.seats)}
              {each.seats !== null && each.taken >= each.seats ? `，${said.full}` : ''}）
            </option>
          ))}
        </select>
      </Field>
      <DayField id="appoint-from" label={said.from} value={validFrom} change={(day) => set({ validFrom: day })} />
      <Field id="appoint-to" label={said.to}>
        <input id="appoint-to" type="date" value={validTo} onChange={(event) => set({ validTo: event.target.value })} />
      </Field>
    </SaveForm>
  );
}

/** Says how many persons may hold a post of this body (核定职数). */
function Establish({ body }: { readonly body: BodyDetail }) {
  const said = usePeopleWords();
  const client = useQueryClient();
  const draft = useDraft(`establish.${body.id}`, { post: '', seats: '1', validFrom: countyToday() });
  const { post, seats, validFrom } = draft.value;
  const set = (change: Partial<typeof draft.value>) => draft.change({ ...draft.value, ...change });
  const save = useMutation({
    mutationFn: () =>
      call<typeof establishRoute>('post', '/api/establishments', {
        json: { body: body.id, post, seats: Number(seats), validFrom },
        commandId: draft.commandId,
      }),
    onSuccess: async () => {
      draft.forget();
      await client.invalidateQueries({ queryKey: ['body', body.id] });
    },
  });
  return (
    <SaveForm title={said.establish} lead={said.establishLead} save={save}>
      <Field id="establish-post" label={said.post}>
        <select id="establish-post" required value={post} onChange={(event) => set({ post: event.target.value })}>
          <option value="">—</option>
          {body.seats.map((each) => (
            <option key={each.post} value={each.post}>
              {each.postTitle}
            </option>
          ))}
        </select>
      </Field>
      <Field id="establish-seats" label={said.count}>
        <input
          id="establish-seats"
          type="number"
          min={1}
          max={999}
          required
          value={seats}
          onChange={(event) => set({ seats: event.target.value })}
        />
      </Field>
      <DayField id="establish-from" label={said.from} value={validFrom} change={(day) => set({ validFrom: day })} />
    </SaveForm>
  );
}

/** Ends a term on a day; asked twice, since a log-in loses the post on that day. */
function EndTerm({ holder }: { readonly holder: HolderRow }) {
  const said = usePeopleWords();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [on, setOn] = useState(countyToday);
  const [reason, setReason] = useState('');
  const [commandId] = useState(newCommandId);
  const end = useMutation({
    mutationFn: () =>
      call<typeof endAppointmentRoute>('post', '/api/appointments/{id}/end', {
        params: { id: holder.appointment },
        json: { on, ...(on === holder.validFrom ? { reason } : {}) },
        commandId: `${commandId}-${on}`,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['body', holder.body] }),
  });
  if (!open) return <Button onClick={() => setOpen(true)}>{said.end}</Button>;
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        end.mutate();
      }}
    >
      <label>
        {said.endOn} <input type="date" required value={on} onChange={(event) => setOn(event.target.value)} />
      </label>
      <MistakeField
        id={`mistake-${holder.appointment}`}
        from={holder.validFrom}
        on={on}
        value={reason}
        change={setReason}
      />
      <Button danger htmlType="submit" loading={end.isPending}>
        {said.endSure}
      </Button>
      <Button onClick={() => setOpen(false)}>{said.keep}</Button>
      <Faults error={end.error} />
    </form>
  );
}

/** One body (组织): who serves and served, how many seats are taken, what it is linked to. */
export function BodyPage() {
  const said = usePeopleWords();
  const { words } = useLanguage();
  const me = useMe();
  const { id } = useParams({ from: '/people/$id' });
  const read = useQuery({
    queryKey: ['body', id],
    queryFn: () => call<typeof readBodyRoute>('get', '/api/bodies/{id}', { params: { id }, query: {} }),
  });
  const body = read.data;
  if (body === undefined) return read.isPending ? <Loading /> : <Faults error={read.error} />;
  const appoints = me.data?.capabilities.includes('appoint') === true;
  const keepsBodies = me.data?.capabilities.includes('keep-bodies') === true;
  return (
    <>
      <PageHead
        title={body.name}
        above={
          <p className="quiet crumbs">
            <Link to="/people">{said.back}</Link>
          </p>
        }
      >
        <p className="quiet">
          {said.kinds[body.kind] ?? body.kind} · {body.divisionName}
          {body.partyParentName === null ? '' : ` · ${said.under} ${body.partyParentName}`} · {said.from}{' '}
          {body.validFrom}
          {body.validTo === null ? '' : ` · ${said.until(body.validTo)}`}
        </p>
      </PageHead>
      <Records<BodyDetail['seats'][number]>
        caption={said.seats}
        rows={body.seats}
        keyOf={(row) => row.post}
        toneOf={(row) => (row.seats !== null && row.taken > row.seats ? 'row-late' : '')}
        empty={words.none}
        columns={[
          { title: said.post, main: true, render: (row) => row.postTitle },
          { title: said.seats, figure: true, render: (row) => said.seatsOf(row.taken, row.seats) },
        ]}
      />
      <Records<HolderRow>
        caption={said.holders}
        rows={body.holders}
        keyOf={(row) => row.appointment}
        empty={said.noHolders}
        columns={[
          { title: said.person, main: true, render: (row) => row.name },
          { title: said.post, render: (row) => row.postTitle },
          { title: said.from, render: (row) => row.validFrom },
          { title: said.term, render: (row) => (row.validTo === null ? words.none : said.until(row.validTo)) },
          ...(appoints ? [{ title: said.end, render: (row: HolderRow) => <EndTerm holder={row} /> }] : []),
        ]}
      />
      <Records<HolderRow>
        caption={said.former}
        rows={body.former}
        keyOf={(row) => row.appointment}
        empty={said.noFormer}
        columns={[
          { title: said.person, main: true, render: (row) => row.name },
          { title: said.post, render: (row) => row.postTitle },
          {
            title: said.term,
            render: (row) =>
              row.validTo === row.validFrom
                ? `${row.validFrom}（${said.neverHeld}）`
                : `${row.validFrom} — ${row.validTo ?? ''}`,
          },
        ]}
      />
      <Records<BodyDetail['links'][number]>
        caption={said.links}
        rows={body.links}
        keyOf={(row) => row.id}
        empty={said.noLinks}
        columns={[
          {
            title: said.bodyName,
            main: true,
            render: (row) => (
              <Link to="/people/$id" params={{ id: row.body }}>
                {row.name}
              </Link>
            ),
          },
          { title: said.kind, render: (row) => said.linkKinds[row.kind] ?? row.kind },
          ...(keepsBodies
            ? [
                {
                  title: said.unlink,
                  render: (row: BodyDetail['links'][number]) => <Unlink link={row} body={body.id} />,
                },
              ]
            : []),
        ]}
      />
      {keepsBodies && body.validTo === null ? <KeepBody body={body} /> : null}
      {appoints ? (
        <>
          <Appoint body={body} />
          <Establish body={body} />
        </>
      ) : null}
    </>
  );
}
