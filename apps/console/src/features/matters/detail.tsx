import type { MatterDetail, readMatterRoute } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { call } from '../../app/call.js';
import { Due } from '../../app/due.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { Loading, PageHead, PrintButton } from '../../app/page-head.js';
import { Channels } from '../decisions/channels.js';
import { MatterTopicPanels } from '../topics/matter-topic.js';
import { MatterMeetings } from '../meetings/matter-meetings.js';
import { Clocks } from './clocks.js';
import { Content } from './content.js';
import { Drawing } from './drawing.js';
import { FollowUps } from './follow-up.js';
import { History } from './history.js';
import { NextActs } from './next-acts.js';

/** Where it stands, in one line. */
function Standing({ matter }: { readonly matter: MatterDetail }) {
  const { words, term } = useLanguage();
  const stage = matter.state === 'ended' ? matter.resultTitle : matter.stageTitle;
  return (
    <p className="row left">
      <span className={`state ${matter.state}`}>{words.matters.states[matter.state]}</span>
      <span>
        {[matter.kindTitle, matter.divisionName, stage]
          .filter((part) => part !== null)
          .map(term)
          .join(' · ')}
      </span>
      {matter.state === 'open' ? (
        <Due due={matter.due} overdueDays={matter.overdueDays} provisional={matter.provisional} />
      ) : null}
      {matter.lateEntry ? <abbr className="provisional">{words.matters.lateEntry}</abbr> : null}
    </p>
  );
}

/** A matter (事项): what it is, where it stands, what may be done next and by whom, and everything that was done. */
export function MatterPage() {
  const { words } = useLanguage();
  const { id } = useParams({ from: '/matters/$id' });
  const matter = useQuery({
    queryKey: ['matter', id],
    queryFn: () => call<typeof readMatterRoute>('get', '/api/matters/{id}', { params: { id } }),
  });
  if (matter.isPending) return <Loading />;
  if (matter.data === undefined) return <Faults error={matter.error} />;
  const { data } = matter;
  return (
    <>
      <PageHead
        title={data.subject}
        above={
          <p className="quiet crumbs">
            <Link to="/matters" activeOptions={{ exact: true }}>
              {words.nav.matters}
            </Link>{' '}
            / {data.number}
          </p>
        }
        actions={<PrintButton />}
      >
        <Standing matter={data} />
      </PageHead>
      <div className="two">
        <div>
          <MatterMeetings matter={data} />
          <NextActs matter={data} />
          <Channels matter={data} />
          <Content matter={data} />
          <History matter={data} />
        </div>
        <div>
          <FollowUps matter={data} />
          <Clocks matter={data} />
          <MatterTopicPanels matter={data.id} />
          <Drawing matter={data} />
        </div>
      </div>
    </>
  );
}
