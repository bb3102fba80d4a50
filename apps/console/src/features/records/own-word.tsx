import type { readSlipRoute, RecordDetail } from '@lianxin/contract';
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { moment } from '../../app/moment.js';
import { PrintButton } from '../../app/page-head.js';
import { useRecordWords } from './words.js';

/** What whom a record is about said of it (本人的话), and the paper slip by which they say it. */
export function OwnWord({ record }: { readonly record: RecordDetail }) {
  const said = useRecordWords();
  const { language } = useLanguage();
  const slip = useMutation({
    mutationFn: () => call<typeof readSlipRoute>('get', '/api/records/{id}/slip', { params: { id: record.id } }),
  });
  if (!record.hasSlip) return null;
  return (
    <section className="panel" aria-label={said.own}>
      <h2>{said.own}</h2>
      <p className="quiet">{said.ownLead}</p>
      {record.words.length === 0 ? <p className="quiet">{said.noOwnWord}</p> : null}
      <ul className="plain">
        {record.words.map((word) => (
          <li key={word.id}>
            <strong>{word.kind === 'confirmed' ? said.confirmed : said.objected}</strong> {word.text}{' '}
            <span className="quiet">
              {moment(word.recordedAt, language)}
              {word.current ? '' : ` · ${said.changedSince}`}
            </span>
          </li>
        ))}
      </ul>
      <Faults error={slip.error} />
      {slip.data === undefined ? (
        record.endedOn === null ? (
          <Button onClick={() => slip.mutate()} loading={slip.isPending}>
            {said.slip}
          </Button>
        ) : null
      ) : (
        <div className="record-slip" role="status">
          <dl>
            <dt>{said.slipCode}</dt>
            <dd className="receipt-code">{slip.data.code}</dd>
            <dt>{said.slipAddress}</dt>
            <dd>{slip.data.address}</dd>
          </dl>
          <p className="quiet">{said.slipHint}</p>
          <PrintButton />
        </div>
      )}
    </section>
  );
}
