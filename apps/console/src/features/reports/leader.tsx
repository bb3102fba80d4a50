import type { LeaderPage as Page, leaderPageRoute } from '@lianxin/contract';
import { addressOf } from '@lianxin/contract/client';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Bars } from '../../app/bars.js';
import { call } from '../../app/call.js';
import { Due } from '../../app/due.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { Loading, PageHead, PrintButton, SheetLink } from '../../app/page-head.js';
import { useNotices } from '../inbox/notices.js';
import { MissingDisclosures } from './missing-disclosures.js';

/** The four figures of the morning; each leads to the matters it counts. */
function Tallies({ page }: { readonly page: Page }) {
  const { words } = useLanguage();
  const { satisfaction } = page;
  return (
    <ul className="tallies">
      <li>
        <Link to="/matters" search={{ state: 'open' }}>
          <strong>{page.open}</strong> {words.leader.open}
        </Link>
      </li>
      <li className={page.late > 0 ? 'late' : ''}>
        <Link to="/matters" search={{ overdue: 'yes', sort: 'due' }}>
          <strong>{page.late}</strong> {words.today.overdue}
        </Link>
      </li>
      <li>
        <Link to="/reports/$name" params={{ name: 'settled' }}>
          <strong>{satisfaction.claimed}</strong> {words.leader.claimed}
        </Link>
      </li>
      <li>
        <Link to="/reports/$name" params={{ name: 'ratings' }}>
          <strong>{satisfaction.confirmed}</strong> {words.leader.confirmed}
        </Link>
      </li>
    </ul>
  );
}

/** Where it is late: per village, per office, per procedure; each bar leads to its matters. */
function Late({ page }: { readonly page: Page }) {
  const { words, term } = useLanguage();
  return (
    <section className="panel">
      <h2>{words.leader.late}</h2>
      <Bars
        title={words.leader.byVillage}
        tone="late"
        bars={page.lateByVillage.map((row) => ({
          key: row.division,
          label: (
            <Link to="/matters" search={{ division: row.division, sort: 'due' }}>
              {row.name}
            </Link>
          ),
          count: row.late,
          of: row.open,
        }))}
      />
      <Bars
        title={words.leader.byOffice}
        tone="late"
        bars={page.lateByOffice.map((row) => ({
          key: row.body ?? row.name,
          label:
            row.body === null ? (
              row.name
            ) : (
              <Link to="/matters" search={{ holder: row.body, sort: 'due' }}>
                {row.name}
              </Link>
            ),
          count: row.late,
          of: row.open,
        }))}
      />
      <Bars
        title={words.leader.byProcedure}
        tone="late"
        bars={page.lateByProcedure.map((row) => ({
          key: row.procedure,
          label: (
            <Link to="/matters" search={{ procedure: row.procedure, sort: 'due' }}>
              {term(row.title)}
            </Link>
          ),
          count: row.late,
          of: row.open,
        }))}
      />
    </section>
  );
}

/** What was claimed against what was confirmed, and what is told more often than before. */
function Satisfaction({ page }: { readonly page: Page }) {
  const { words, term } = useLanguage();
  const { claimed, confirmed, disputed, rated, satisfied } = page.satisfaction;
  return (
    <section className="panel">
      <h2>{words.leader.satisfaction}</h2>
      <Bars
        title={words.leader.satisfactionHint}
        tone="good"
        bars={[
          { key: 'confirmed', label: words.leader.confirmedOfClaimed, count: confirmed, of: claimed },
          { key: 'disputed', label: words.leader.disputed, count: disputed, of: claimed },
          { key: 'satisfied', label: words.leader.satisfiedOfRated, count: satisfied, of: rated },
        ]}
      />
      <h2>{words.leader.rising}</h2>
      {page.rising.length === 0 ? <p className="quiet">{words.leader.nothingRising}</p> : null}
      <ul>
        {page.rising.map((row) => (
          <li key={row.topic}>
            {term(row.title)} <span className="quiet">{words.leader.risen(row.before, row.now, row.villages)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function FollowUps({ page }: { readonly page: Page }) {
  const { words } = useLanguage();
  const notices = useNotices();
  return (
    <section className="panel">
      <h2>{words.matters.followUp}</h2>
      {page.followUps.length === 0 ? <p className="quiet">{words.leader.noFollowUps}</p> : null}
      <ul className="items">
        {page.followUps.map((one) => (
          <li key={one.id}>
            <Link to="/matters/$id" params={{ id: one.matter }} hash="follow-up">
              <span className="what">{one.done ? words.leader.answered : words.leader.waiting}</span>
              <span className="subject">{notices([one.text])}</span>
              <span className="quiet where number">{one.number}</span>
              <span className="due">{words.due.by(one.due)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Leader's Monday (一页清单): what is late and where, what is rising, what was claimed against what was confirmed, what is not published. */
export function LeaderPage() {
  const { words } = useLanguage();
  const page = useQuery({
    queryKey: ['leader'],
    queryFn: () => call<typeof leaderPageRoute>('get', '/api/reports/leader', { query: {} }),
  });
  if (page.isPending) return <Loading />;
  if (page.data === undefined) return <Faults error={page.error} />;
  const { data } = page;
  return (
    <>
      <PageHead
        title={`${words.nav.leader} · ${data.divisionName}`}
        actions={
          <>
            <SheetLink href={addressOf('/api/reports/{name}/xlsx', { name: 'leader' })} />
            <PrintButton />
          </>
        }
      >
        <p className="quiet">
          <time dateTime={data.date}>{data.date}</time>
        </p>
      </PageHead>
      <Tallies page={data} />
      <section className="panel late">
        <h2>{words.leader.lateMatters}</h2>
        {data.lateMatters.length === 0 ? <p className="quiet">{words.leader.nothingLate}</p> : null}
        <ul className="items">
          {data.lateMatters.map((matter) => (
            <li key={matter.id}>
              <Link to="/matters/$id" params={{ id: matter.id }} hash="follow-up">
                <span className="what">{matter.holderName ?? words.none}</span>
                <span className="subject">{matter.subject}</span>
                <span className="quiet where">
                  {matter.divisionName} · <span className="number">{matter.number}</span>
                </span>
                <Due due={matter.due} overdueDays={matter.overdueDays} provisional={false} />
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <div className="two even">
        <Late page={data} />
        <div>
          <Satisfaction page={data} />
          {data.division.length > 12 ? null : <MissingDisclosures division={data.division} />}
          <FollowUps page={data} />
        </div>
      </div>
    </>
  );
}
