import type { inboxRoute } from '@lianxin/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { Empty, Loading, PageHead } from '../../app/page-head.js';
import { countyToday } from '../../app/today.js';
import { InboxItems } from './items.js';

/** The whole inbox (待办), by deadline: what is late first, then what is due today, then the rest. */
export function InboxPage() {
  const { words } = useLanguage();
  const pages = useInfiniteQuery({
    queryKey: ['inbox'],
    queryFn: ({ pageParam }) =>
      call<typeof inboxRoute>('get', '/api/inbox', {
        query: { limit: 50, ...(pageParam === '' ? {} : { after: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const today = countyToday();
  const late = items.filter((item) => item.overdueDays > 0);
  const due = items.filter((item) => item.due === today);
  const later = items.filter((item) => !late.includes(item) && !due.includes(item));
  return (
    <>
      <PageHead title={words.nav.inbox} />
      {pages.isPending ? <Loading /> : null}
      <Faults error={pages.error} />
      {pages.isSuccess && items.length === 0 ? (
        <section className="panel">
          <Empty text={words.today.nothing} hint={words.today.nothingHint} />
        </section>
      ) : null}
      <InboxItems title={words.today.overdue} items={late} tone="late" />
      <InboxItems title={words.today.dueToday} items={due} tone="soon" />
      <InboxItems title={words.today.later} items={later} />
      {pages.hasNextPage ? (
        <p className="centred">
          <Button onClick={() => void pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
            {words.more}
          </Button>
        </p>
      ) : null}
    </>
  );
}
