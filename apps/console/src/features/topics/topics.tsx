import type { TopicsPage as Page, topicsRoute, TopicView } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Bars } from '../../app/bars.js';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { Loading, PageHead, PrintButton } from '../../app/page-head.js';
import { Phrases } from './phrases.js';
import './topics.css';
import { useTopicWords } from './words.js';

function One({ topic, at }: { readonly topic: TopicView; readonly at: number }) {
  const words = useTopicWords();
  return (
    <li id={`topic-${at}`}>
      <h3>{topic.subject}</h3>
      <p className="quiet">
        {words.count(topic.count, topic.places.length)} · {words.fromTo(topic.from, topic.to)}
      </p>
      <Phrases label={words.sharedWords} of={topic.phrases} />
      <p className="quiet">{topic.places.map((place) => `${place.name} ${place.count}`).join('、')}</p>
      <details>
        <summary>{words.members}</summary>
        <ul>
          {topic.matters.map((matter) => (
            <li key={matter.id}>
              <Link to="/matters/$id" params={{ id: matter.id }} hash="maybe-same">
                {matter.subject}
              </Link>{' '}
              <span className="quiet">
                {matter.divisionName} · <span className="number">{matter.number}</span>
              </span>
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}

function Plots({ page }: { readonly page: Page }) {
  const words = useTopicWords();
  const settled = page.categories.reduce((sum, one) => sum + one.count, 0);
  const all = settled + page.unsorted;
  return (
    <section className="panel">
      <Bars
        title={words.plot}
        tone="good"
        bars={page.topics.map((topic, at) => ({
          key: topic.matters[0]?.id ?? topic.subject,
          label: <a href={`#topic-${at}`}>{topic.subject}</a>,
          count: topic.recent,
          of: topic.count,
        }))}
      />
      <Bars
        title={words.categories}
        tone="good"
        bars={[...page.categories, { name: words.unsorted, count: page.unsorted }].map((one) => ({
          key: one.name,
          label: one.name,
          count: one.count,
          of: all,
        }))}
      />
    </section>
  );
}

/** Topics (热点) among the requests being handled: the largest first, a plot, the words they share, and the way to each request. */
export function TopicsPage() {
  const words = useTopicWords();
  const { division } = useSearch({ from: '/topics' });
  const page = useQuery({
    queryKey: ['topics', division],
    queryFn: () => call<typeof topicsRoute>('get', '/api/topics', { query: { division } }),
  });
  if (page.isPending) return <Loading />;
  if (page.data === undefined) return <Faults error={page.error} />;
  const { data } = page;
  return (
    <>
      <PageHead title={`${words.title} · ${data.divisionName}`} actions={<PrintButton />}>
        <p className="quiet">{words.lead}</p>
        <p className="quiet">
          <time dateTime={data.date}>{data.date}</time> · {words.compared(data.compared)}
        </p>
      </PageHead>
      <div className="two even">
        <section className="panel">
          {data.topics.length === 0 ? <p>{words.none}</p> : null}
          <ol className="plain topic-list">
            {data.topics.map((topic, at) => (
              <One key={topic.matters[0]?.id ?? topic.subject} topic={topic} at={at} />
            ))}
          </ol>
        </section>
        {data.compared === 0 ? null : <Plots page={data} />}
      </div>
    </>
  );
}
