import type { FieldValues, openMatterRoute, StaffForm, staffFormRoute } from '@lianxin/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { call } from '../../app/call.js';
import { useDraft } from '../../app/draft.js';
import { EntryForm } from '../../app/entry-form.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { Loading, PageHead } from '../../app/page-head.js';
import { homeOf, useMe, useReadAnew } from '../../app/session.js';
import { FieldForm } from './field-form.js';
import { useVillages } from './villages.js';

type Startable = StaffForm['procedures'][number];

interface Entry {
  readonly procedure: string;
  readonly kind: string;
  readonly places: readonly string[];
  readonly fields: FieldValues;
}

/** Where a list in own words asks for what the ticked places already say, it is filled in; it can still be changed. */
const withPlaces = (form: Startable | undefined, fields: FieldValues, names: readonly string[]): FieldValues => {
  const lists = form?.fields.filter((field) => field.type === 'list' && field.choices.length === 0) ?? [];
  const [only] = lists;
  return only === undefined || lists.length > 1 ? fields : { ...fields, [only.id]: [...names] };
};

/**
 * Open a matter of one's own office (立项): an accountability check about an overdue matter, a demand that several villages share,
 * an application or a report. What may be opened, and what it asks, comes from the rules in force.
 */
export function StartPage() {
  const { words, term } = useLanguage();
  const me = useMe();
  const readAnew = useReadAnew();
  const search = useSearch({ from: '/start' });
  const home = homeOf(me.data);
  const division = search.division ?? home;
  const draft = useDraft<Entry>(`start.${search.procedure ?? ''}.${search.kind ?? ''}.${search.about ?? ''}`, {
    procedure: search.procedure ?? '',
    kind: search.kind ?? '',
    places: [],
    fields: {},
  });
  const entry = draft.value;
  const set = (change: Partial<Entry>) => draft.change({ ...entry, ...change });
  const villages = useVillages(home);
  const form = useQuery({
    queryKey: ['staff-form', division],
    queryFn: () =>
      call<typeof staffFormRoute>('get', '/api/divisions/{code}/staff-form', { params: { code: division } }),
    enabled: division !== '',
  });
  const offered = form.data?.procedures.flatMap((one) => one.kinds.map((kind) => ({ ...one, kind }))) ?? [];
  // One kind of matter may have several procedures at a place; a link that names the kind alone means the only one.
  const alike = offered.filter((one) => one.kind.id === entry.kind);
  const chosen = alike.length > 1 ? alike.find((one) => one.id === entry.procedure) : alike[0];
  const open = useMutation({
    mutationFn: () =>
      call<typeof openMatterRoute>('post', '/api/matters', {
        json: {
          division,
          kind: entry.kind,
          ...(chosen === undefined ? {} : { procedure: chosen.id }),
          fields: entry.fields,
          channel: 'paper',
          ...(search.about === undefined ? {} : { about: search.about }),
          ...(entry.places.length === 0 ? {} : { places: [...entry.places] }),
        },
        commandId: draft.commandId,
      }),
    onSuccess: async () => {
      draft.forget();
      await readAnew();
    },
  });
  if (open.data !== undefined) {
    return (
      <>
        <PageHead title={words.start.done(open.data.number)} />
        <section className="panel" role="status">
          <Link className="button strong" to="/matters/$id" params={{ id: open.data.id }}>
            {words.leader.see}
          </Link>
        </section>
      </>
    );
  }
  return (
    <>
      <PageHead title={words.nav.start}>
        <p className="quiet">{words.start.lead}</p>
      </PageHead>
      {form.isPending ? <Loading /> : null}
      <Faults error={form.error} />
      {form.data !== undefined && offered.length === 0 ? <p>{words.start.nothing}</p> : null}
      {offered.length === 0 ? null : (
        <EntryForm sending={open} action={words.start.submit}>
          <p>
            {words.start.place}
            {words.colon}
            <strong>{form.data?.divisionName}</strong>
          </p>
          {search.about === undefined ? null : (
            <p>
              {words.start.about}
              {words.colon}
              <Link to="/matters/$id" params={{ id: search.about }}>
                {words.start.seeAbout}
              </Link>
            </p>
          )}
          {search.procedure !== undefined && chosen !== undefined ? (
            <p>
              {words.start.which}
              {words.colon}
              <strong>{term(chosen.kind.title)}</strong>{' '}
              <Link to="/start" search={{}}>
                {words.start.another}
              </Link>
            </p>
          ) : (
            <fieldset>
              <legend>{words.start.which}</legend>
              <div className="ticks">
                {offered.map((one) => (
                  <label className="tick" key={`${one.id} ${one.kind.id}`}>
                    <input
                      type="radio"
                      name="kind"
                      required
                      checked={chosen === one}
                      onChange={() => set({ procedure: one.id, kind: one.kind.id, fields: {} })}
                    />
                    <span>
                      {term(one.kind.title)}
                      {one.about === null || chosen !== one ? null : <span className="quiet explain">{one.about}</span>}
                    </span>
                  </label>
                ))}
              </div>
            </fieldset>
          )}
          {chosen === undefined || villages.length < 2 || search.about !== undefined ? null : (
            <fieldset>
              <legend>
                {words.start.places}
                <span className="quiet">{words.matters.optional}</span>
              </legend>
              <p className="quiet">{words.start.placesHint}</p>
              <div className="ticks box" role="group" aria-label={words.start.places}>
                {villages.map(({ code, name }) => (
                  <label className="tick" key={code}>
                    <input
                      type="checkbox"
                      checked={entry.places.includes(code)}
                      onChange={(event) => {
                        const places = event.target.checked
                          ? [...entry.places, code]
                          : entry.places.filter((one) => one !== code);
                        const names = villages.filter((one) => places.includes(one.code)).map((one) => one.name);
                        set({ places, fields: withPlaces(chosen, entry.fields, names) });
                      }}
                    />
                    {name}
                  </label>
                ))}
              </div>
            </fieldset>
          )}
          {chosen === undefined ? null : (
            <FieldForm
              fields={chosen.fields}
              values={entry.fields}
              change={(fields) => set({ fields })}
              error={open.error}
              prefix="start"
              division={division}
            />
          )}
        </EntryForm>
      )}
    </>
  );
}
