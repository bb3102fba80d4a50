import type { GridMapView, postChartRoute } from '@lianxin/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { call, newCommandId } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { countyToday } from '../../app/today.js';
import { useHouseholdWords } from './words.js';

/** What is still to be posted, and where it hangs already (待张贴): open until the newest version is on board and portal. */
export function Postings({ view, may }: { readonly view: GridMapView; readonly may: boolean }) {
  const words = useHouseholdWords();
  const client = useQueryClient();
  const { map } = view;
  const post = useMutation({
    mutationFn: (one: GridMapView['toPost'][number]) =>
      call<typeof postChartRoute>('post', '/api/grid-maps/{id}/postings', {
        params: { id: map?.id ?? '' },
        json: { ...one, on: countyToday() },
        commandId: newCommandId(),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['grid-map'] }),
  });
  if (map === null) return null;
  return (
    <section className="panel" aria-labelledby="grid-postings">
      <h2 id="grid-postings">{words.toPost}</h2>
      <Faults error={post.error} />
      {view.toPost.length === 0 ? (
        <p role="status" className="told">
          {words.allPosted}
        </p>
      ) : null}
      <ul className="plain">
        {view.toPost.map((one) => (
          <li key={`${one.chart} ${one.channel}`} className="row left">
            {may ? (
              <Button onClick={() => post.mutate(one)}>
                {words.post(words.chart[one.chart], words.channel[one.channel])}
              </Button>
            ) : (
              words.post(words.chart[one.chart], words.channel[one.channel])
            )}
          </li>
        ))}
        {map.postings.map((one) => (
          <li key={`${one.chart} ${one.channel} done`} className="quiet">
            {words.chart[one.chart]} · {words.channel[one.channel]} · {words.posted(one.postedOn)}
          </li>
        ))}
      </ul>
      <h3>{words.chart['service-flow']}</h3>
      <ol>
        {map.flow.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  );
}
