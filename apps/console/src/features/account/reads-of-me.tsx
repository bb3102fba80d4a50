import type { readOwnAccessLogRoute } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { moment } from '../../app/moment.js';
import { useLanguage } from '../../app/language.js';
import { Empty } from '../../app/page-head.js';
import { useAccountWords } from './words.js';

/** Who read my data (谁看过我的信息): the name, the office, what and what for. */
export function ReadsOfMe() {
  const words = useAccountWords();
  const { language } = useLanguage();
  const reads = useQuery({
    queryKey: ['reads-of-me'],
    queryFn: () => call<typeof readOwnAccessLogRoute>('get', '/api/access-log/mine', {}),
  });
  return (
    <section className="panel">
      <h2>{words.reads}</h2>
      <Faults error={reads.error} />
      {reads.data?.rows.length === 0 ? <Empty text={words.noReads} /> : null}
      <ul className="items">
        {reads.data?.rows.map((row) => (
          <li key={row.id}>
            <strong>{row.reader === '' ? words.unknown : row.reader}</strong>
            {row.office === null ? null : ` · ${row.office}`}
            <p className="quiet">
              {moment(row.at, language)} · {words.things[row.what] ?? row.what} · {words.purpose}：{row.purpose}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
