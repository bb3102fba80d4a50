import { useMutation } from '@tanstack/react-query';
import { sendNow } from './pocket/keep-sending.js';
import { OutboxClosed, type NewCommand } from './pocket/outbox.js';
import { putInOutbox } from './pocket/pocket.js';
import { ShelfFull } from './pocket/shelf.js';
import { usePocketWords } from './words.js';

/** Puts what a form says into the outbox and its draft away, in one step; then tries to send. */
export const usePutAway = (held: {
  readonly settled: () => Promise<void>;
  readonly begin: (sent: string) => void;
  readonly name: string;
}) =>
  useMutation({
    mutationFn: async (commands: readonly NewCommand[]) => {
      await held.settled();
      await putInOutbox(commands, held.name);
    },
    onSuccess: (_, [first]) => {
      held.begin(first?.id ?? '');
      void sendNow();
    },
  });

/** What became of it, in words: kept, or why not; what was written is still in the form then. */
export function PutAway({
  put,
  full,
}: {
  readonly put: { readonly isSuccess: boolean; readonly error: unknown };
  readonly full: boolean;
}) {
  const words = usePocketWords();
  const { error } = put;
  const why =
    full || error instanceof ShelfFull
      ? words.last.full
      : error instanceof OutboxClosed
        ? words.closed[error.why]
        : error === null
          ? null
          : error instanceof Error
            ? error.message
            : JSON.stringify(error);
  return (
    <>
      {why === null ? null : (
        <p className="refusal" role="alert">
          {why}
        </p>
      )}
      {put.isSuccess ? (
        <p role="status" className="told">
          {words.keptHere}
        </p>
      ) : null}
    </>
  );
}
