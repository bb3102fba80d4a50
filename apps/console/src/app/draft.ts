import { useCallback, useState } from 'react';
import { newCommandId } from './call.js';

interface Draft<T> {
  readonly value: T;
  /** The command id belongs to the draft: a second try after a lost answer is the same command. */
  readonly commandId: string;
}

const prefix = 'lianxin.draft.';

/** Removes every draft of this tab: someone else sits here now. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
}

const read = <T>(key: string, initial: T): Draft<T> => {
  const kept = sessionStorage.getItem(key);
  if (kept === null) return { value: initial, commandId: newCommandId() };
  try {
    return JSON.parse(kept) as Draft<T>;
  } catch {
    // Half-written by a tab that died: there is nothing to keep.
    return { value: initial, commandId: newCommandId() };
  }
};

/**
 * Keeps what is typed until it is sent (草稿).
 *
 * A session that expires, a closed tab or a lost line loses nothing; the command id is kept with the text, so that sending
 * again after an unknown outcome does the thing once. Only this browser tab's storage is used: shared office machines.
 */
export function useDraft<T>(name: string, initial: T) {
  const key = `${prefix}${name}`;
  // What it began with stays the same, though the page may make a new object of it every time it is drawn.
  const [first] = useState(initial);
  const [draft, setDraft] = useState<Draft<T>>(() => read(key, first));
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
    setDraft({ value: first, commandId: newCommandId() });
  }, [key, first]);
  return { value: draft.value, commandId: draft.commandId, change, forget };
}
