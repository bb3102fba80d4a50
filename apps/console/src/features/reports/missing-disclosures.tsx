import type { disclosureOverviewRoute } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Bars } from '../../app/bars.js';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { Loading } from '../../app/page-head.js';

/** Villages that have not published what is due (未按期公开), the most first; each leads to its month-end page. Read beside the rest of the page, which does not wait for it. */
export function MissingDisclosures({ division }: { readonly division: string }) {
  const { words } = useLanguage();
  const read = useQuery({
    queryKey: ['disclosures', 'overview', division],
    queryFn: () => call<typeof disclosureOverviewRoute>('get', '/api/disclosures/overview', { query: { division } }),
  });
  const behind = (read.data?.villages ?? [])
    .filter((village) => village.late.length > 0)
    .toSorted((a, b) => b.late.length - a.late.length);
  return (
    <section className="panel">
      <h2>{words.leader.disclosures}</h2>
      {read.isPending ? <Loading /> : null}
      <Faults error={read.error} />
      {read.isSuccess && behind.length === 0 ? <p className="quiet">{words.leader.noDisclosures}</p> : null}
      <Bars
        title={words.leader.disclosuresHint}
        tone="late"
        bars={behind.map((village) => ({
          key: village.division,
          label: (
            <Link to="/disclosures" search={{ division: village.division }}>
              {village.name}
            </Link>
          ),
          count: village.late.length,
          of: village.due,
        }))}
      />
    </section>
  );
}
