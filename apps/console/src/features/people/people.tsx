import type { BodyRow, HolderRow, listAppointmentsRoute, listBodiesRoute } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useMemo, useState } from 'react';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { PageHead } from '../../app/page-head.js';
import { Records } from '../../app/records.js';
import { homeOf, useMe } from '../../app/session.js';
import { PlaceFilter } from '../matters/place-filter.js';
import { usePlaces } from '../matters/villages.js';
import { AddBody, AddPerson } from './register-forms.js';
import { usePeopleWords } from './words.js';
import './people.css';

/** How many rows are shown before one asks for more: a township has hundreds. */
const page = 60;

interface Placed extends BodyRow {
  /** How deep it stands in the tree. */
  readonly depth: number;
}

/** The Party tree 党组织体系: every body after the one it stands under, with its depth; what stands under nothing here is at the top. */
function partyTree(bodies: readonly BodyRow[]): readonly Placed[] {
  const below = new Map<string, BodyRow[]>();
  for (const body of bodies) {
    const parent = body.partyParent ?? body.parent ?? '';
    below.set(parent, [...(below.get(parent) ?? []), body]);
  }
  const here = new Set(bodies.map((body) => body.id));
  const grow = (body: BodyRow, depth: number): Placed[] => [
    { ...body, depth },
    ...(below.get(body.id) ?? []).flatMap((child) => grow(child, depth + 1)),
  ];
  return bodies.filter((body) => !here.has(body.partyParent ?? body.parent ?? '')).flatMap((body) => grow(body, 0));
}

/** Bodies and people (组织与人员): the tree of bodies, and who holds which post until when. */
export function PeoplePage() {
  const said = usePeopleWords();
  const { words } = useLanguage();
  const me = useMe();
  const [kind, setKind] = useState('');
  const [text, setText] = useState('');
  const navigate = useNavigate({ from: '/people' });
  const { division: asked } = useSearch({ from: '/people' });
  const home = homeOf(me.data);
  // A code in an address is read as a number by the router.
  const code: unknown = asked;
  const division = typeof code === 'number' ? code.toFixed() : (asked ?? home);
  const place = usePlaces().find((each) => each.code === division)?.name ?? '';
  const [shown, setShown] = useState(page);
  const bodies = useQuery({
    queryKey: ['bodies', division],
    queryFn: () => call<typeof listBodiesRoute>('get', '/api/bodies', { query: { division } }),
    enabled: division !== '',
  });
  const appointments = useQuery({
    queryKey: ['appointments', division],
    queryFn: () => call<typeof listAppointmentsRoute>('get', '/api/appointments', { query: { division } }),
    enabled: division !== '',
  });
  const tree = useMemo(() => partyTree(bodies.data?.bodies ?? []), [bodies.data]);
  const wanted = (name: string) => text.trim() === '' || name.includes(text.trim());
  const shownTree = tree.filter((row) => (kind === '' || row.kind === kind) && wanted(row.name));
  const holders = (appointments.data?.appointments ?? []).filter((row) => wanted(row.name) || wanted(row.bodyName));
  const can = (duty: string) => me.data?.capabilities.includes(duty) === true;
  const more = Math.max(shownTree.length, holders.length) > shown;
  return (
    <>
      <PageHead title={words.nav.people} />
      <form className="filters" onSubmit={(event) => event.preventDefault()}>
        <PlaceFilter
          label={words.matters.place}
          value={asked === undefined ? '' : division}
          change={(chosen) => {
            setShown(page);
            void navigate({ search: chosen === '' ? {} : { division: chosen } });
          }}
        />
        <label className="filter">
          {said.kind}
          <select value={kind} onChange={(event) => setKind(event.target.value)}>
            <option value="">{said.anyKind}</option>
            {Object.entries(said.kinds).map(([id, title]) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <label className="filter">
          {said.name}
          <Input value={text} maxLength={40} onChange={(event) => setText(event.target.value)} />
        </label>
      </form>
      <Faults error={bodies.error ?? appointments.error} />
      <Records<Placed>
        caption={words.people.bodies}
        rows={shownTree.slice(0, shown)}
        of={shownTree.length}
        loading={bodies.isPending}
        keyOf={(row) => row.id}
        empty={words.none}
        columns={[
          {
            title: words.people.name,
            main: true,
            render: (row) => (
              <Link to="/people/$id" params={{ id: row.id }} style={{ paddingInlineStart: `${row.depth}rem` }}>
                {row.name}
              </Link>
            ),
          },
          { title: said.kind, render: (row) => said.kinds[row.kind] ?? row.kind },
          { title: words.matters.place, render: (row) => row.divisionName },
          { title: words.people.under, render: (row) => row.partyParentName ?? words.none },
          { title: words.people.since, render: (row) => row.validFrom },
        ]}
      />
      <Records<HolderRow>
        caption={words.people.holders}
        rows={holders.slice(0, shown)}
        of={holders.length}
        loading={appointments.isPending}
        keyOf={(row) => row.appointment}
        empty={words.none}
        columns={[
          { title: words.people.person, main: true, render: (row) => row.name },
          { title: words.people.post, render: (row) => row.postTitle },
          { title: words.people.body, render: (row) => row.bodyName },
          { title: words.matters.place, render: (row) => row.divisionName },
          { title: words.people.since, render: (row) => row.validFrom },
          { title: words.people.until, render: (row) => row.validTo ?? words.none },
        ]}
      />
      <div className="row no-print people-exports">
        <a className="button" href={`/api/bodies.xlsx?division=${division}`} download>
          {said.exportBodies}
        </a>
        <a className="button" href={`/api/appointments.xlsx?division=${division}`} download>
          {said.exportTerms}
        </a>
      </div>
      {can('keep-bodies') ? <AddBody key={`body ${division}`} division={division} place={place} /> : null}
      {can('appoint') ? <AddPerson key={`person ${division}`} division={division} place={place} /> : null}
      {more ? (
        <p className="centred">
          <Button onClick={() => setShown(shown + 5 * page)}>{words.more}</Button>
        </p>
      ) : null}
    </>
  );
}
