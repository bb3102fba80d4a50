import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { slipOf, type OpenEntry } from './pocket/outbox.js';
import { openOutbox } from './pocket/pocket.js';
import { usePocketWords } from './words.js';

/** The receipt of a request that has arrived (凭条): it stays on the phone until it is in the resident's hand, which may be days later. */
export function Slip({ entry }: { readonly entry: OpenEntry }) {
  const words = usePocketWords();
  const client = useQueryClient();
  const handed = useMutation({
    mutationFn: async () => {
      if (!globalThis.confirm(words.handedSure)) return;
      await openOutbox()?.drop([entry.id]);
      await client.invalidateQueries({ queryKey: ['outbox'] });
    },
  });
  const slip = slipOf(entry);
  if (slip === undefined) return null;
  return (
    <section className="slip" aria-label={words.receipt}>
      <p>
        {words.receipt} <strong>{slip.code}</strong>
      </p>
      <p className="quiet">{words.receiptHint(entry.command.about)}</p>
      <p className="row left">
        <a className="button" href={`${slip.track}/print`} target="_blank" rel="noreferrer">
          {words.printSlip}
        </a>
        <Button onClick={() => handed.mutate()}>{words.handed}</Button>
      </p>
    </section>
  );
}
