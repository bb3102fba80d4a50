import type { listPersonsRoute } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { usePeopleWords } from './words.js';

/** Picks a person on record by the beginning of the name: a county has too many for one list. */
export function PersonPicker({
  division,
  value,
  change,
}: {
  readonly division: string;
  readonly value: string;
  readonly change: (person: string) => void;
}) {
  const said = usePeopleWords();
  const [name, setName] = useState('');
  const found = useQuery({
    queryKey: ['persons', division, name],
    queryFn: () => call<typeof listPersonsRoute>('get', '/api/persons', { query: { division, name: name.trim() } }),
    enabled: name.trim() !== '',
  });
  const persons = found.data?.persons ?? [];
  return (
    <>
      <div className="field">
        <label htmlFor="person-name">{said.personStarts}</label>
        <Input id="person-name" maxLength={40} value={name} onChange={(event) => setName(event.target.value)} />
      </div>
      <div className="field">
        <label htmlFor="person">{said.person}</label>
        <select id="person" required value={value} onChange={(event) => change(event.target.value)}>
          <option value="">{said.choosePerson}</option>
          {persons.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}（{each.divisionName}
              {each.birthYear === null ? '' : `，${each.birthYear}`}）
            </option>
          ))}
        </select>
        {found.isSuccess && persons.length === 0 ? <p className="quiet">{said.nobody}</p> : null}
      </div>
      <Faults error={found.error} />
    </>
  );
}
