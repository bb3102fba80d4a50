import type { endAssignmentRoute, HouseholdContact, myHouseholdsRoute } from '@lianxin/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect } from 'react';
import { call, newCommandId } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { Empty, Loading } from '../../app/page-head.js';
import { useMe } from '../../app/session.js';
import { countyToday } from '../../app/today.js';
import { CarriedHouseholds } from './carried-households.js';
import { LostNotice } from './lost-notice.js';
import { MakePocket, OpenPocket } from './pin-form.js';
import { beginPocket } from './pocket/pocket.js';
import { usePocket } from './pocket/use-pocket.js';
import { VisitForm } from './visit-form.js';
import { VisitLine } from './visit-line.js';
import { usePocketWords } from './words.js';
import './field-work.css';

/** The household's own word about its contact: it may do without one, or ask for another, and gives no reason. */
function OwnWord({ assignment }: { readonly assignment: string }) {
  const { words } = useLanguage();
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: (by: 'household-declined' | 'household-changed') =>
      call<typeof endAssignmentRoute>('post', '/api/contact-assignments/{id}/end', {
        params: { id: assignment },
        json: { on: countyToday(), by },
        commandId: newCommandId(),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['households'] }),
  });
  return (
    <>
      <Faults error={end.error} />
      <p className="row left">
        <Button onClick={() => end.mutate('household-changed')}>{words.field.change}</Button>
        <Button onClick={() => end.mutate('household-declined')}>{words.field.decline}</Button>
      </p>
    </>
  );
}

function Household({ of, own }: { readonly of: HouseholdContact; readonly own: boolean }) {
  const { words } = useLanguage();
  return (
    <section className="panel" aria-label={of.label}>
      <h2>{of.label}</h2>
      <p className="quiet">
        {!of.takesContact
          ? words.field.declined
          : of.contactName === null
            ? words.field.noContact
            : words.field.contact(of.contactName)}
      </p>
      {own ? null : <VisitForm household={of.household} />}
      <h3>{words.field.visits}</h3>
      {of.visits.length === 0 ? <p className="quiet">{words.field.noVisits}</p> : null}
      <ul className="plain">
        {of.visits.map((visit) => (
          <VisitLine key={visit.id} visit={visit} own={own} label={of.label} />
        ))}
      </ul>
      {own ? (
        <p>
          <Link to="/own-card">{words.field.card}</Link>
        </p>
      ) : null}
      {own && of.assignment !== null ? <OwnWord assignment={of.assignment} /> : null}
    </section>
  );
}

/** The households as the server has them, for a machine that carries no pocket. */
function OnlineHouseholds({ own }: { readonly own: boolean }) {
  const { words } = useLanguage();
  const households = useQuery({
    queryKey: ['households'],
    queryFn: () => call<typeof myHouseholdsRoute>('get', '/api/households/mine', {}),
  });
  const rows = households.data?.households ?? [];
  return (
    <>
      {households.isPending ? <Loading /> : null}
      <Faults error={households.error} />
      {households.isSuccess && rows.length === 0 ? <Empty text={words.field.noHouseholds} /> : null}
      {rows.map((one) => (
        <Household key={one.household} of={one} own={own} />
      ))}
    </>
  );
}

/** The households I keep contact with, or my own household with its contact (党员联系服务群众). */
export function Households() {
  const { words } = useLanguage();
  const pocketWords = usePocketWords();
  const me = useMe();
  const { status } = usePocket();
  const person = me.data?.person;
  useEffect(() => {
    if (person !== undefined) void beginPocket(person);
  }, [person]);
  if (me.data === null || me.data === undefined) return <Loading />;
  // Whoever holds no office is looked after; whoever holds one looks after others.
  const own = me.data.offices.length === 0;
  return (
    <>
      <p className="quiet">{words.field.householdsLead}</p>
      <LostNotice />
      {!own && status === 'none' ? <MakePocket me={me.data} /> : null}
      {!own && status === 'unsupported' ? <p className="quiet">{pocketWords.insecure}</p> : null}
      {!own && status === 'locked' ? <OpenPocket /> : null}
      {!own && status === 'open' ? <CarriedHouseholds me={me.data} /> : null}
      {own || status === 'none' || status === 'unsupported' ? <OnlineHouseholds own={own} /> : null}
    </>
  );
}
