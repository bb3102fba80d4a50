import type { fieldActDistributionRoute, listBodiesRoute } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { Records } from '../../app/records.js';
import { homeOf, useMe } from '../../app/session.js';
import { countyToday, dayAfter } from '../../app/today.js';

/** How much the members of a branch did in each role (服务分布): bands of persons, no names, no order, nothing for small groups. */
export function Distribution() {
  const { words } = useLanguage();
  const me = useMe();
  const today = countyToday();
  const [from, setFrom] = useState(dayAfter(today, -30));
  const [picked, setPicked] = useState('');
  const home = homeOf(me.data).slice(0, 12);
  const branches = useQuery({
    queryKey: ['bodies', home, 'branch'],
    queryFn: () => call<typeof listBodiesRoute>('get', '/api/bodies', { query: { division: home, kind: 'branch' } }),
    enabled: home !== '',
  });
  const branch = picked === '' ? (branches.data?.bodies[0]?.id ?? '') : picked;
  const answer = useQuery({
    queryKey: ['distribution', branch, from, today],
    queryFn: () =>
      call<typeof fieldActDistributionRoute>('get', '/api/field-acts/distribution', {
        query: { branch, from, to: today },
      }),
    enabled: branch !== '',
  });
  return (
    <>
      <p className="quiet">{words.field.distributionLead}</p>
      <form className="filters" onSubmit={(event) => event.preventDefault()}>
        <label className="filter">
          {words.field.branch}
          <select value={branch} onChange={(event) => setPicked(event.target.value)}>
            {(branches.data?.bodies ?? []).map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className="filter">
          {words.people.since}
          <Input type="date" max={today} value={from} onChange={(event) => setFrom(event.target.value)} />
        </label>
      </form>
      <Faults error={branches.error ?? answer.error} />
      {answer.data?.suppressed === true ? <p className="panel">{words.field.suppressed}</p> : null}
      {answer.data === undefined || answer.data.suppressed ? null : (
        <Records
          caption={words.field.distribution}
          rows={answer.data.roles}
          keyOf={(row) => row.role}
          empty={words.field.noActs}
          columns={[
            { title: words.field.role, main: true, render: (row) => words.field.roles[row.role] },
            { title: words.field.times, figure: true, render: (row) => row.acts },
            {
              title: words.field.distribution,
              render: (row) =>
                row.bands
                  .filter((band) => band.persons > 0)
                  .map((band) => `${words.field.band(band.atLeast, band.atMost)}：${words.field.persons(band.persons)}`)
                  .join('；') || words.none,
            },
          ]}
        />
      )}
    </>
  );
}
