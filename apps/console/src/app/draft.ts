import { useCallback, useState } from 'react';
import { newCommandId } from './call.js';

interface Draft<T> {
  readonly value: T;
  /** The command id belongs to the draft: a second try after a lost answer is the same command. */
  readonly commandId: string;
}

/**
 * Keeps what is typed until it is sent (草稿).
 *
 * A session that expires, a closed tab or a lost line loses nothing; the command id is kept with the text, so that sending
 * again after an unknown outcome does the thing once. Only this browser tab's storage is used: shared office machines.
 */
export function useDraft<T>(name: string, initial: T) {
  const key = `lianxin.draft.${name}`;
  const [draft, setDraft] = useState<Draft<T>>(() => {
    const kept = sessionStorage.getItem(key);
    return kept === null ? { value: initial, commandId: newCommandId() } : (JSON.parse(kept) as Draft<T>);
  });
  const change = useCallback(
    (value: T) => {
      // What is sent again must be the same command; what was changed is another one.
      const next = { value, commandId: newCommandId() };
      sessionStorage.setItem(key, JSON.stringify(next));
      setDraft(next);
    },
    [key],
  );
  const forget = useCallback(() => {
    sessionStorage.removeItem(key);
    setDraft({ value: initial, commandId: newCommandId() });
  }, [key, initial]);
  return { value: draft.value, commandId: draft.commandId, change, forget };
}
