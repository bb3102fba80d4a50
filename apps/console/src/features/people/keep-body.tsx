import type {
  BodyDetail,
  endBodyRoute,
  endLinkRoute,
  linkBodiesRoute,
  listBodiesRoute,
  LinkKind,
  saveBodyRoute,
} from '@lianxin/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { call, newCommandId } from '../../app/call.js';
import { DayField, Field, TextField } from '../../app/fields.js';
import { useDraft } from '../../app/draft.js';
import { Faults } from '../../app/faults.js';
import { countyToday } from '../../app/today.js';
import { BodyField, inPartyTree, MistakeField, SaveForm } from './form-parts.js';
import { usePeopleWords } from './words.js';

/** Bodies one may choose: those of the township and its villages, and those of the county for its departments. */
const useBodies = (division: string) =>
  useQuery({
    queryKey: ['bodies', division, 'near'],
    queryFn: () =>
      call<typeof listBodiesRoute>('get', '/api/bodies', { query: { division: `${division.slice(0, 6)}000000` } }),
    select: ({ bodies }) =>
      bodies.filter(
        (each) =>
          each.validTo === null && (each.division.startsWith(division.slice(0, 9)) || each.division.endsWith('000000')),
      ),
  });

const useRead = (body: string) => {
  const client = useQueryClient();
  return async () => {
    await client.invalidateQueries({ queryKey: ['body', body] });
    await client.invalidateQueries({ queryKey: ['bodies'] });
  };
};

/** Changes the name of a body, or moves it under another Party body (改名、改隶属). */
function Change({ body }: { readonly body: BodyDetail }) {
  const said = usePeopleWords();
  const read = useRead(body.id);
  const bodies = useBodies(body.division);
  const inTree = inPartyTree.includes(body.kind);
  const draft = useDraft(`keep.${body.id}`, {
    name: body.name,
    partyParent: body.partyParent ?? '',
    validFrom: countyToday(),
  });
  const { name, partyParent, validFrom } = draft.value;
  const set = (change: Partial<typeof draft.value>) => draft.change({ ...draft.value, ...change });
  const save = useMutation({
    mutationFn: () =>
      call<typeof saveBodyRoute>('post', '/api/bodies', {
        json: {
          id: body.id,
          division: body.division,
          kind: body.kind,
          name,
          validFrom,
          ...(inTree && partyParent !== '' ? { partyParent } : {}),
          ...(body.place === null ? {} : { place: body.place }),
        },
        commandId: draft.commandId,
      }),
    onSuccess: async () => {
      draft.forget();
      await read();
    },
  });
  return (
    <SaveForm title={said.changeBody} save={save}>
      <TextField id="keep-name" label={said.bodyName} most={80} value={name} change={(text) => set({ name: text })} />
      {inTree ? (
        <BodyField
          id="keep-parent"
          label={said.under}
          none={said.noParent}
          bodies={(bodies.data ?? []).filter((each) => inPartyTree.includes(each.kind) && each.id !== body.id)}
          value={partyParent}
          change={(chosen) => set({ partyParent: chosen })}
        />
      ) : null}
      <DayField id="keep-from" label={said.from} value={validFrom} change={(day) => set({ validFrom: day })} />
    </SaveForm>
  );
}

const linkKinds: readonly LinkKind[] = ['liaison', 'line', 'serves'];

/** Links a body to another (建立联系): the next office of the chain, its line department, the body it serves. */
function AddLink({ body }: { readonly body: BodyDetail }) {
  const said = usePeopleWords();
  const read = useRead(body.id);
  const bodies = useBodies(body.division);
  const draft = useDraft<{ kind: LinkKind; toBody: string; validFrom: string }>(`link.${body.id}`, {
    kind: 'liaison',
    toBody: '',
    validFrom: countyToday(),
  });
  const { kind, toBody, validFrom } = draft.value;
  const set = (change: Partial<typeof draft.value>) => draft.change({ ...draft.value, ...change });
  const save = useMutation({
    mutationFn: () =>
      call<typeof linkBodiesRoute>('post', '/api/body-links', {
        json: { fromBody: body.id, toBody, kind, validFrom },
        commandId: draft.commandId,
      }),
    onSuccess: async () => {
      draft.forget();
      await read();
    },
  });
  return (
    <SaveForm title={said.link} save={save}>
      <Field id="link-kind" label={said.kind}>
        <select id="link-kind" value={kind} onChange={(event) => set({ kind: event.target.value as LinkKind })}>
          {linkKinds.map((each) => (
            <option key={each} value={each}>
              {said.linkKinds[each]}
            </option>
          ))}
        </select>
      </Field>
      <BodyField
        id="link-to"
        label={said.linkTo}
        bodies={(bodies.data ?? []).filter((each) => each.id !== body.id)}
        value={toBody}
        change={(chosen) => set({ toBody: chosen })}
      />
      <DayField id="link-from" label={said.from} value={validFrom} change={(day) => set({ validFrom: day })} />
    </SaveForm>
  );
}

/** Ends a link on this day; one of today is withdrawn with the reason. */
export function Unlink({ link, body }: { readonly link: BodyDetail['links'][number]; readonly body: string }) {
  const said = usePeopleWords();
  const read = useRead(body);
  const on = countyToday();
  const [reason, setReason] = useState('');
  const [commandId] = useState(newCommandId);
  const end = useMutation({
    mutationFn: () =>
      call<typeof endLinkRoute>('post', '/api/body-links/{id}/end', {
        params: { id: link.id },
        json: { on, ...(on === link.validFrom ? { reason } : {}) },
        commandId,
      }),
    onSuccess: read,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        end.mutate();
      }}
    >
      <MistakeField id={`mistake-${link.id}`} from={link.validFrom} on={on} value={reason} change={setReason} />
      <Button htmlType="submit" loading={end.isPending}>
        {said.unlink}
      </Button>
      <Faults error={end.error} />
    </form>
  );
}

/** Ends a body on a day (撤销组织); it stays in history. */
function End({ body }: { readonly body: BodyDetail }) {
  const said = usePeopleWords();
  const read = useRead(body.id);
  const navigate = useNavigate();
  const [on, setOn] = useState(countyToday);
  const [reason, setReason] = useState('');
  const [commandId] = useState(newCommandId);
  const end = useMutation({
    mutationFn: () =>
      call<typeof endBodyRoute>('post', '/api/bodies/{id}/end', {
        params: { id: body.id },
        json: { on, ...(on === body.validFrom ? { reason } : {}) },
        commandId: `${commandId}-${on}`,
      }),
    // A body that has ended today has no page of today.
    onSuccess: async () => {
      await navigate({ to: '/people' });
      await read();
    },
  });
  return (
    <details className="panel">
      <summary>{said.endBody}</summary>
      <p className="quiet">{said.endBodyLead}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          end.mutate();
        }}
      >
        <DayField id="end-body-on" label={said.endBodyOn} value={on} change={setOn} />
        <MistakeField id="end-body-mistake" from={body.validFrom} on={on} value={reason} change={setReason} />
        <Faults error={end.error} />
        <Button danger htmlType="submit" loading={end.isPending}>
          {said.endBodySure}
        </Button>
      </form>
    </details>
  );
}

/** What whoever keeps bodies may do with one: change it, link it, end it. */
export function KeepBody({ body }: { readonly body: BodyDetail }) {
  return (
    <>
      <Change key={`${body.name} ${body.partyParent ?? ''}`} body={body} />
      <AddLink body={body} />
      <End body={body} />
    </>
  );
}
