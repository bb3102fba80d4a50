import type { HandedOut, handOutLogInRoute, listLogInsRoute, LogInRow, renewPasswordRoute } from '@lianxin/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { call, newCommandId } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { PageHead } from '../../app/page-head.js';
import { Records } from '../../app/records.js';
import { homeOf, useMe } from '../../app/session.js';
import { PlaceFilter } from '../matters/place-filter.js';
import { LogInChanges } from './log-in-changes.js';
import { LogInStanding } from './log-in-standing.js';
import { useLogInWords } from './log-in-words.js';
import { usePeopleWords } from './words.js';
import './people.css';

/** How many cards stand on the page before one asks for more: on a phone each is a screen high. */
const page = 20;

/** What is handed to the person: name, log-in and first password, to be printed and given away. */
function Slip({ slip, close }: { readonly slip: HandedOut & { readonly name: string }; readonly close: () => void }) {
  const said = usePeopleWords();
  return (
    <section className="slip" role="status" aria-label={said.slip}>
      <h2>{said.slip}</h2>
      <dl>
        <dt>{said.person}</dt>
        <dd>{slip.name}</dd>
        <dt>{said.address}</dt>
        <dd>{`${globalThis.location.origin}/console/`}</dd>
        <dt>{said.logIn}</dt>
        <dd className="secret">{slip.username}</dd>
        <dt>{said.password}</dt>
        <dd className="secret">{slip.password}</dd>
      </dl>
      <p>{said.slipLead}</p>
      <p className="row no-print">
        <Button type="primary" onClick={() => globalThis.print()}>
          {said.print}
        </Button>
        <Button onClick={close}>{said.close}</Button>
      </p>
    </section>
  );
}

/** The one thing to do with a person's log-in: hand one out, or give a new first password. */
function Handing({
  row,
  show,
}: {
  readonly row: LogInRow;
  readonly show: (slip: HandedOut & { name: string }) => void;
}) {
  const said = usePeopleWords();
  const [username, setUsername] = useState('');
  // Kept until the answer is known: pressing again after a lost line shows the same password.
  const [commandId, setCommandId] = useState(newCommandId);
  const shown = (slip: HandedOut) => {
    setCommandId(newCommandId());
    show({ ...slip, name: row.name });
  };
  const handing = useMutation({
    mutationFn: () =>
      call<typeof handOutLogInRoute>('post', '/api/log-ins', { json: { person: row.person, username }, commandId }),
    onSuccess: shown,
  });
  const renewing = useMutation({
    mutationFn: () =>
      call<typeof renewPasswordRoute>('post', '/api/log-ins/{person}/password', {
        params: { person: row.person },
        commandId,
      }),
    onSuccess: shown,
  });
  if (row.username !== null)
    return (
      <>
        <Button
          loading={renewing.isPending}
          onClick={() => {
            if (globalThis.confirm(said.renewSure)) renewing.mutate();
          }}
        >
          {said.renew}
        </Button>
        <Faults error={renewing.error} />
        <LogInChanges row={row} />
      </>
    );
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        handing.mutate();
      }}
    >
      <Input
        aria-label={`${row.name} ${said.logIn}`}
        placeholder={said.logIn}
        required
        minLength={3}
        maxLength={60}
        autoComplete="off"
        value={username}
        onChange={(event) => setUsername(event.target.value)}
      />
      <Button type="primary" htmlType="submit" loading={handing.isPending}>
        {said.handOut}
      </Button>
      <Faults error={handing.error} />
    </form>
  );
}

/** Log-ins (账号): who holds a post and has none yet; the slip with the first password is shown once. */
export function LogInsPage() {
  const said = usePeopleWords();
  const about = useLogInWords();
  const { words } = useLanguage();
  const client = useQueryClient();
  const me = useMe();
  const home = homeOf(me.data);
  const [place, setPlace] = useState('');
  const [name, setName] = useState('');
  const [without, setWithout] = useState(true);
  const [shown, setShown] = useState(page);
  const [slip, setSlip] = useState<(HandedOut & { name: string }) | null>(null);
  const may = me.data?.capabilities.includes('administer') === true;
  const division = place === '' ? home : place;
  const list = useQuery({
    queryKey: ['log-ins', division, name, without],
    queryFn: () =>
      call<typeof listLogInsRoute>('get', '/api/log-ins', {
        query: { division, without: without ? 'yes' : 'no', ...(name.trim() === '' ? {} : { name: name.trim() }) },
      }),
    enabled: may && division !== '',
  });
  const rows = list.data?.rows ?? [];
  return (
    <div className="log-ins-page">
      <PageHead title={said.logIns}>
        <p className="quiet">{may ? said.logInsLead : said.notAllowed}</p>
      </PageHead>
      {slip === null ? null : <Slip slip={slip} close={() => setSlip(null)} />}
      {may ? (
        <>
          <form className="filters" onSubmit={(event) => event.preventDefault()}>
            <PlaceFilter label={words.matters.place} value={place} change={setPlace} />
            <label className="filter">
              {said.personStarts}
              <Input value={name} maxLength={40} onChange={(event) => setName(event.target.value)} />
            </label>
            <label className="filter">
              <input type="checkbox" checked={without} onChange={(event) => setWithout(event.target.checked)} />
              {said.without}
            </label>
          </form>
          <Faults error={list.error} />
          {list.data?.more === true ? <p>{said.more}</p> : null}
          <Records<LogInRow>
            caption={said.logIns}
            rows={rows.slice(0, shown)}
            of={rows.length}
            loading={list.isPending}
            keyOf={(row) => row.person}
            empty={said.logInsEmpty}
            columns={[
              { title: said.person, main: true, render: (row) => row.name },
              { title: words.matters.place, render: (row) => row.divisionName },
              { title: said.post, render: (row) => row.posts.join('；') },
              { title: said.logIn, render: (row) => row.username ?? said.noLogIn },
              { title: about.standing, render: (row) => <LogInStanding standing={row.standing} /> },
              {
                title: said.logIns,
                render: (row) => (
                  <Handing
                    row={row}
                    show={(shown) => {
                      setSlip(shown);
                      void client.invalidateQueries({ queryKey: ['log-ins'] });
                    }}
                  />
                ),
              },
            ]}
          />
          {rows.length > shown ? (
            <p className="centred">
              <Button onClick={() => setShown(shown + page)}>{words.more}</Button>
            </p>
          ) : null}
        </>
      ) : null}
    </div>
  );
}
