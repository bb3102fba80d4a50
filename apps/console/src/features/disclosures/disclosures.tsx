import type {
  disclosureDeskRoute,
  disclosureOverviewRoute,
  DisclosureOverview,
  DutyView,
  UnpublishedResult,
} from '@lianxin/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Bars } from '../../app/bars.js';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { Loading, PageHead } from '../../app/page-head.js';
import { Records } from '../../app/records.js';
import { homeOf, useMe } from '../../app/session.js';
import { VillageSelect } from '../matters/village-select.js';
import { useVillages } from '../matters/villages.js';
import { Drafts, StartDraft } from './drafts.js';
import { PublishedList, Questions, ToHang } from './published.js';
import { useDisclosureWords } from './words.js';
import './disclosures.css';

/** Late items of one village in the list of all; the rest is on the village's own page. */
const mostLate = 3;

const isVillage = (code: string): boolean => /^\d{12}$/u.test(code) && !code.endsWith('000');

/** Month-end disclosure (公开): what a village owes, its drafts, what is out; for a township, how its villages stand. */
export function DisclosuresPage() {
  const said = useDisclosureWords();
  const me = useMe();
  const home = homeOf(me.data);
  const navigate = useNavigate({ from: '/disclosures' });
  const { division: asked } = useSearch({ from: '/disclosures' });
  const villages = useVillages(home);
  const division = asked ?? home;
  return (
    <>
      <PageHead title={said.title}>
        <p className="quiet">{said.lead}</p>
      </PageHead>
      {isVillage(home) ? null : (
        <VillageSelect
          id="disclosures-village"
          label={said.village}
          villages={villages}
          value={isVillage(division) ? division : ''}
          change={(code) => void navigate({ search: code === '' ? {} : { division: code }, replace: true })}
        />
      )}
      {division === '' ? null : isVillage(division) ? (
        <Desk key={division} division={division} />
      ) : (
        <Overview division={division} />
      )}
    </>
  );
}

function Overview({ division }: { readonly division: string }) {
  const said = useDisclosureWords();
  const read = useQuery({
    queryKey: ['disclosures', 'overview', division],
    queryFn: () => call<typeof disclosureOverviewRoute>('get', '/api/disclosures/overview', { query: { division } }),
  });
  if (read.isPending) return <Loading />;
  if (read.isError) return <Faults error={read.error} />;
  const { villages } = read.data;
  return (
    <>
      <Unpublished rows={read.data.unpublished} />
      <section className="panel">
        <h2>{said.overview}</h2>
        <p className="quiet">{said.overviewLead}</p>
        <Bars
          title={said.plot}
          tone="good"
          bars={villages.map((village) => ({
            key: village.division,
            label: village.name,
            count: village.inTime,
            of: village.due,
          }))}
        />
        <Records<DisclosureOverview['villages'][number]>
          caption={said.late}
          rows={villages}
          keyOf={(village) => village.division}
          empty={said.owedNone}
          columns={[
            {
              title: said.name,
              main: true,
              render: (village) => <a href={`/console/disclosures?division=${village.division}`}>{village.name}</a>,
            },
            { title: said.plot, render: (village) => said.of(village.inTime, village.due) },
            {
              title: said.late,
              render: (village) =>
                village.late.length === 0 ? (
                  <span className="quiet">{said.none}</span>
                ) : (
                  <div>
                    {village.late.slice(0, mostLate).map((one) => (
                      <div key={one.title} className="disclosure-late">
                        {one.title} · {said.daysLate(one.daysLate)}
                      </div>
                    ))}
                    {village.late.length > mostLate ? said.more(village.late.length - mostLate) : null}
                  </div>
                ),
            },
            { title: said.waiting, render: (village) => String(village.waiting) },
          ]}
        />
      </section>
    </>
  );
}

/** Matters that were carried out and wait only for their result to be published; nothing is shown when there are none. */
function Unpublished({ rows }: { readonly rows: readonly UnpublishedResult[] }) {
  const said = useDisclosureWords();
  if (rows.length === 0) return null;
  return (
    <section className="panel">
      <h2>{said.unpublished}</h2>
      <p className="quiet">{said.unpublishedLead}</p>
      <Records<UnpublishedResult>
        caption={said.unpublished}
        rows={rows}
        keyOf={(row) => row.matter}
        empty={said.none}
        columns={[
          {
            title: said.matter,
            main: true,
            render: (row) => <a href={`/console/matters/${row.matter}`}>{row.subject}</a>,
          },
          { title: said.name, render: (row) => row.divisionName },
          { title: said.toPublish, render: (row) => row.what },
          { title: said.since, render: (row) => row.since },
        ]}
      />
    </section>
  );
}

function Desk({ division }: { readonly division: string }) {
  const said = useDisclosureWords();
  const client = useQueryClient();
  const read = useQuery({
    queryKey: ['disclosures', 'desk', division],
    queryFn: () => call<typeof disclosureDeskRoute>('get', '/api/disclosures/desk', { query: { division } }),
  });
  const again = () => client.invalidateQueries({ queryKey: ['disclosures'] });
  if (read.isPending) return <Loading />;
  if (read.isError) return <Faults error={read.error} />;
  const desk = read.data;
  const running = desk.duties.filter((duty) => duty.state === 'running');
  const duties = (rows: readonly DutyView[], caption: string) => (
    <Records<DutyView>
      caption={caption}
      rows={rows}
      keyOf={(duty) => `${duty.item} ${duty.from} ${duty.to}`}
      empty={said.owedNone}
      columns={[
        { title: said.item, main: true, render: (duty) => `${duty.periodTitle}${duty.title}` },
        { title: said.dueBy, render: (duty) => duty.dueBy },
        {
          title: said.state,
          render: (duty) => (
            <span className={duty.state === 'late' ? 'disclosure-late' : undefined}>
              {said.states[duty.state]}
              {duty.daysLate > 0 ? ` · ${said.daysLate(duty.daysLate)}` : ''}
            </span>
          ),
        },
        { title: said.responsible, render: (duty) => duty.responsible },
        {
          title: '',
          render: (duty) => {
            const draft = desk.drafts.find((one) => one.item === duty.item && one.periodTitle === duty.periodTitle);
            return draft === undefined ? (
              <StartDraft division={division} duty={duty} done={again} />
            ) : (
              <a href={`#draft-${draft.id}`}>{said.atWork}</a>
            );
          },
        },
      ]}
    />
  );
  // What is at work stands first: whoever drew up a draft, checks it, or has a sheet to put up came for that.
  return (
    <>
      <Drafts drafts={desk.drafts} done={again} />
      <ToHang division={division} rows={desk.published} duties={desk.duties} done={again} />
      <section className="panel">
        <h2>{`${desk.divisionName} · ${said.owed}`}</h2>
        {duties(
          desk.duties.filter((duty) => duty.state !== 'running'),
          said.owed,
        )}
        {running.length === 0 ? null : (
          <details>
            <summary>{said.running(running.length)}</summary>
            {duties(running, said.states.running)}
          </details>
        )}
        {desk.anytime
          .filter((item) => item.drafts)
          .map((item) => (
            <StartDraft key={item.item} division={division} anytime={item} done={again} />
          ))}
      </section>
      <Unpublished rows={desk.unpublished} />
      <PublishedList division={division} rows={desk.published} drafts={desk.duties} done={again} />
      <Questions rows={desk.questions} done={again} />
    </>
  );
}
