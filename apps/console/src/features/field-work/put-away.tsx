import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sendNow } from './pocket/keep-sending.js';
import { OutboxClosed, type NewCommand } from './pocket/outbox.js';
import { putInOutbox } from './pocket/pocket.js';
import { ShelfFull } from './pocket/shelf.js';
import { useOutbox } from './pocket/use-pocket.js';
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
      return commands[0]?.id;
    },
    onSuccess: (_, [first]) => {
      held.begin(first?.id ?? '');
      void sendNow();
    },
  });

/**
 * What became of it, in words, beside the button that was pressed: kept, then sent or refused; or why it was not kept, and what was written
 * is still in the form then.
 */
export function PutAway({
  put,
  full,
}: {
  readonly put: { readonly data?: string | undefined; readonly error: unknown };
  readonly full: boolean;
}) {
  const words = usePocketWords();
  const entry = useOutbox().find(({ id }) => id === put.data);
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
      {entry === undefined ? null : (
        <p role="status" className={entry.state === 'refused' ? 'refusal' : 'told'}>
          {entry.state === 'waiting' ? words.keptHere : words.states[entry.state]}{' '}
          {entry.state === 'refused' ? (
            <Link to="/field/$part" params={{ part: 'outbox' }}>
              {words.seeWhy}
            </Link>
          ) : null}
        </p>
      )}
    </>
  );
}
