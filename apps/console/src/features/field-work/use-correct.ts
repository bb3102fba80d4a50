import { useMutation } from '@tanstack/react-query';
import { newCommandId } from '../../app/call.js';
import { sendNow } from './pocket/keep-sending.js';
import type { Command, OpenEntry } from './pocket/outbox.js';
import { openOutbox, recount } from './pocket/pocket.js';

/**
 * Puts another command in the place of a refused one (改一改再发) and tries to send it. `settled` waits until the words are kept that it
 * was made of: only then does their draft go with the refused command, and stay away.
 */
export const useCorrect = (entry: OpenEntry, settled: () => Promise<void> = async () => undefined) =>
  useMutation({
    mutationFn: async (command: Command) => {
      await settled();
      const id = newCommandId();
      await openOutbox()?.correct(entry, id, command);
      await recount();
      void sendNow();
      return id;
    },
  });
