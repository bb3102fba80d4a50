import type { listStationsRoute, markMainStationRoute, saveStationRoute, StationRow } from '@lianxin/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input, InputNumber } from 'antd';
import { call, newCommandId } from '../../app/call.js';
import { useDraft } from '../../app/draft.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { PageHead } from '../../app/page-head.js';
import { Records } from '../../app/records.js';
import { homeOf, useMe } from '../../app/session.js';
import { countyToday } from '../../app/today.js';
import { VillageSelect } from '../matters/village-select.js';
import { useVillages } from '../matters/villages.js';

interface Entry {
  readonly name: string;
  readonly formerVillage: string;
  readonly facilities: number | null;
  readonly location: number | null;
}
const empty: Entry = { name: '', formerVillage: '', facilities: null, location: null };

/** Enters a former village office; it serves as a point until it is marked main. */
function AddStation({ division }: { readonly division: string }) {
  const { words } = useLanguage();
  const client = useQueryClient();
  const draft = useDraft<Entry>(`station.${division}`, empty);
  const entry = draft.value;
  const set = (change: Partial<Entry>) => draft.change({ ...entry, ...change });
  const save = useMutation({
    mutationFn: () =>
      call<typeof saveStationRoute>('post', '/api/convenience-stations', {
        json: {
          division,
          name: entry.name,
          formerVillage: entry.formerVillage,
          ...(entry.facilities === null ? {} : { facilitiesScore: entry.facilities }),
          ...(entry.location === null ? {} : { locationScore: entry.location }),
          validFrom: countyToday(),
        },
        commandId: draft.commandId,
      }),
    onSuccess: async () => {
      draft.forget();
      await client.invalidateQueries({ queryKey: ['stations', division] });
    },
  });
  const score = (name: 'facilities' | 'location') => (
    <div className="field">
      <label htmlFor={`station-${name}`}>{words.stations[name]}</label>
      <InputNumber
        id={`station-${name}`}
        min={0}
        max={100}
        precision={0}
        value={entry[name]}
        onChange={(value) => set({ [name]: value })}
      />
    </div>
  );
  return (
    <details className="panel">
      <summary>{words.stations.add}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Faults error={save.error} />
        {save.isSuccess ? (
          <p role="status" className="told">
            {words.stations.saved}
          </p>
        ) : null}
        {(['name', 'formerVillage'] as const).map((name) => (
          <div className="field" key={name}>
            <label htmlFor={`station-${name}`}>{words.stations[name]}</label>
            <Input
              id={`station-${name}`}
              required
              maxLength={80}
              value={entry[name]}
              onChange={(event) => set({ [name]: event.target.value })}
            />
          </div>
        ))}
        {score('facilities')}
        {score('location')}
        <p>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {words.save}
          </Button>
        </p>
      </form>
    </details>
  );
}

/** Convenience stations of a village (便民服务站): one main station, chosen by two scores that stand there for everyone to see. */
export function StationsPage() {
  const { words } = useLanguage();
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate({ from: '/stations' });
  const { division: asked } = useSearch({ from: '/stations' });
  const villages = useVillages(homeOf(me.data));
  const division = asked ?? (villages.length === 1 ? (villages[0]?.code ?? '') : '');
  const stations = useQuery({
    queryKey: ['stations', division],
    queryFn: () => call<typeof listStationsRoute>('get', '/api/convenience-stations', { query: { division } }),
    enabled: division !== '',
  });
  const mark = useMutation({
    mutationFn: ({ id, main }: { id: string; main: boolean }) =>
      call<typeof markMainStationRoute>('post', '/api/convenience-stations/{id}/main', {
        params: { id },
        json: { main },
        commandId: newCommandId(),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['stations', division] }),
  });
  const may = me.data?.capabilities.includes('keep-places') === true;
  return (
    <>
      <PageHead title={words.nav.stations}>
        <p className="quiet">{words.stations.lead}</p>
      </PageHead>
      <VillageSelect
        id="stations-village"
        label={words.stations.village}
        villages={villages}
        value={division}
        change={(code) => void navigate({ search: code === '' ? {} : { division: code }, replace: true })}
      />
      <Faults error={stations.error ?? mark.error} />
      {division === '' ? null : (
        <>
          <Records<StationRow>
            caption={words.nav.stations}
            rows={stations.data?.stations ?? []}
            loading={stations.isPending}
            keyOf={(row) => row.id}
            empty={words.stations.none}
            columns={[
              { title: words.stations.name, main: true, render: (row) => row.name },
              { title: words.stations.former, render: (row) => row.formerVillage },
              { title: words.stations.facilities, figure: true, render: (row) => row.facilitiesScore ?? '–' },
              { title: words.stations.location, figure: true, render: (row) => row.locationScore ?? '–' },
              {
                title: words.stations.role,
                render: (row) => (
                  <span className="row left">
                    {row.main ? <strong>{words.stations.main}</strong> : words.stations.point}
                    {may ? (
                      <Button onClick={() => mark.mutate({ id: row.id, main: !row.main })}>
                        {row.main ? words.stations.unmark : words.stations.mark}
                        <span className="unseen"> {row.name}</span>
                      </Button>
                    ) : null}
                  </span>
                ),
              },
            ]}
          />
          {may ? <AddStation key={division} division={division} /> : null}
        </>
      )}
    </>
  );
}
