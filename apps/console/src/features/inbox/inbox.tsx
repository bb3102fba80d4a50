import type { inboxRoute } from '@lianxin/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { InboxItems } from './items.js';

/** The whole inbox (待办), by deadline. */
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
  if (pages.isPending) return <p role="status">{words.loading}</p>;
  if (pages.isError) return <Faults error={pages.error} />;
  const items = pages.data.pages.flatMap((page) => page.items);
  return (
    <>
      <header className="page-head">
        <h1>{words.nav.inbox}</h1>
      </header>
      {items.length === 0 ? (
        <section className="panel empty">
          <p>{words.today.nothing}</p>
          <p className="quiet">{words.today.nothingHint}</p>
        </section>
      ) : (
        <InboxItems title={words.nav.inbox} items={items} />
      )}
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
