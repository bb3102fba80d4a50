import type { listBodiesRoute, saveBodyRoute, savePersonRoute } from '@lianxin/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../app/call.js';
import { DayField, Field, TextField } from '../../app/fields.js';
import { useDraft } from '../../app/draft.js';
import { countyToday } from '../../app/today.js';
import { BodyField, inPartyTree, SaveForm } from './form-parts.js';
import { usePeopleWords } from './words.js';

/** Where something is registered: the place chosen above the list. */
interface Registering {
  readonly division: string;
  /** What the place is called; empty while it is read. */
  readonly place: string;
}

/** Registers a body in the division chosen (登记组织); one of the Party tree names the body it stands under. */
export function AddBody({ division, place }: Registering) {
  const said = usePeopleWords();
  const client = useQueryClient();
  const draft = useDraft(`body.${division}`, { kind: 'branch', name: '', partyParent: '', validFrom: countyToday() });
  const { kind, name, partyParent, validFrom } = draft.value;
  const set = (change: Partial<typeof draft.value>) => draft.change({ ...draft.value, ...change });
  // The body above stands in the village or in the township above it.
  const township = `${division.slice(0, 9)}000`;
  const parents = useQuery({
    queryKey: ['bodies', township, 'party'],
    queryFn: () => call<typeof listBodiesRoute>('get', '/api/bodies', { query: { division: township } }),
    enabled: inPartyTree.includes(kind),
  });
  const save = useMutation({
    mutationFn: () =>
      call<typeof saveBodyRoute>('post', '/api/bodies', {
        json: { division, kind, name, validFrom, ...(partyParent === '' ? {} : { partyParent }) },
        commandId: draft.commandId,
      }),
    onSuccess: async () => {
      draft.forget();
      await client.invalidateQueries({ queryKey: ['bodies'] });
    },
  });
  return (
    <SaveForm title={said.addBody} lead={said.registersIn(place)} save={save}>
      <Field id="body-kind" label={said.kind}>
        <select id="body-kind" value={kind} onChange={(event) => set({ kind: event.target.value, partyParent: '' })}>
          {Object.entries(said.kinds).map(([id, title]) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </Field>
      <TextField id="body-name" label={said.bodyName} most={80} value={name} change={(text) => set({ name: text })} />
      {inPartyTree.includes(kind) ? (
        <BodyField
          id="body-parent"
          label={said.under}
          none={said.noParent}
          bodies={(parents.data?.bodies ?? []).filter((each) => inPartyTree.includes(each.kind))}
          value={partyParent}
          change={(chosen) => set({ partyParent: chosen })}
        />
      ) : null}
      <DayField id="body-from" label={said.from} value={validFrom} change={(day) => set({ validFrom: day })} />
    </SaveForm>
  );
}

/** Registers one person by hand (登记人员); many come by a sheet. */
export function AddPerson({ division, place }: Registering) {
  const said = usePeopleWords();
  const client = useQueryClient();
  const draft = useDraft(`person.${division}`, { name: '', sex: '', birthYear: '' });
  const { name, sex, birthYear } = draft.value;
  const set = (change: Partial<typeof draft.value>) => draft.change({ ...draft.value, ...change });
  const save = useMutation({
    mutationFn: () =>
      call<typeof savePersonRoute>('post', '/api/persons', {
        json: {
          division,
          name,
          validFrom: countyToday(),
          ...(sex === 'male' || sex === 'female' ? { sex } : {}),
          ...(birthYear === '' ? {} : { birthYear: Number(birthYear) }),
        },
        commandId: draft.commandId,
      }),
    onSuccess: async () => {
      draft.forget();
      await client.invalidateQueries({ queryKey: ['persons'] });
    },
  });
  return (
    <SaveForm title={said.addPerson} lead={said.registersIn(place)} save={save}>
      <TextField
        id="new-person-name"
        label={said.person}
        most={40}
        value={name}
        change={(text) => set({ name: text })}
      />
      <Field id="new-person-sex" label={said.sex}>
        <select id="new-person-sex" value={sex} onChange={(event) => set({ sex: event.target.value })}>
          <option value="">{said.sexUnsaid}</option>
          <option value="male">{said.male}</option>
          <option value="female">{said.female}</option>
        </select>
      </Field>
      <Field id="new-person-born" label={said.born}>
        <input
          id="new-person-born"
          type="number"
          min={1900}
          max={2100}
          value={birthYear}
          onChange={(event) => set({ birthYear: event.target.value })}
        />
      </Field>
    </SaveForm>
  );
}
