import { RefusedError } from '@lianxin/contract/client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { newCommandId } from '../../app/call.js';
import { useReadAnew } from '../../app/session.js';

/**
 * A command of a meeting's page: its id is kept until the answer is known, so that a second press after a lost line does nothing twice; afterwards everything
 * shown is read again.
 */
export function useMeetingCommand<Input, Output>(run: (input: Input, commandId: string) => Promise<Output>) {
  const readAnew = useReadAnew();
  const [commandId, setCommandId] = useState(newCommandId);
  const [sent, setSent] = useState('');
  return useMutation({
    mutationFn: (input: Input) => {
      // The same press again is the same command; another input is another one.
      const words = JSON.stringify(input ?? null);
      const id = sent === '' || sent === words ? commandId : newCommandId();
      setSent(words);
      setCommandId(id);
      return run(input, id);
    },
    onSuccess: async () => {
      setSent('');
      setCommandId(newCommandId());
      await readAnew();
    },
    onError: (error) => {
      // No answer came: the same press again must be the same command.
      if (error instanceof RefusedError && error.status === 0) return;
      // A refusal is an answer: what is tried next is another command.
      setSent('');
      setCommandId(newCommandId());
    },
  });
}
