import { useCallback, useEffect, useRef, useState } from 'react';
import { newCommandId } from '../../../app/call.js';
import { draftName, keepDraft, readDraft, type HeldDraft } from './drafts.js';
import { openShelf } from './pocket.js';
import { ShelfFull } from './shelf.js';

/**
 * A draft that lies in the open pocket: what is typed outlives the tab, the app and the battery. Undefined until it has been read.
 * `full` says that the phone has no room to keep it; it is on the screen still.
 */
export function useHeldDraft<T>(form: string, initial: T) {
  const [first] = useState(initial);
  const [draft, setDraft] = useState<HeldDraft<T>>();
  const [full, setFull] = useState(false);
  const writing = useRef<Promise<void>>(Promise.resolve());
  useEffect(() => {
    const open = openShelf();
    let here = true;
    void (async () => {
      const kept = open === undefined ? undefined : await readDraft<T>(open.shelf, open.key, form);
      if (here) setDraft(kept ?? { value: first, commandId: newCommandId() });
    })();
    return () => {
      here = false;
    };
  }, [form, first]);
  const latest = useRef<HeldDraft<T>>(undefined);
  const keep = useCallback(
    (next: HeldDraft<T>) => {
      // One after the other, so that the last word typed is the last one kept.
      writing.current = writing.current.then(async () => {
        const open = openShelf();
        try {
          if (open !== undefined) await keepDraft(open.shelf, open.key, form, next);
          setFull(false);
        } catch (error) {
          if (!(error instanceof ShelfFull)) throw error;
          setFull(true);
        }
      });
    },
    [form],
  );
  const change = useCallback(
    (value: T) => {
      const next = { value, commandId: newCommandId() };
      latest.current = next;
      setDraft(next);
      keep(next);
    },
    [keep],
  );
  /** Waits until all that was typed is kept: only then may the draft become an entry, or it would come back. */
  const settled = useCallback(async () => writing.current, []);
  /** Clears the form of what was sent under this id. Words that a quick thumb has typed since then stay, and are kept again. */
  const begin = useCallback(
    (sent: string) => {
      const typed = latest.current;
      if (typed !== undefined && typed.commandId !== sent) {
        keep(typed);
        return;
      }
      latest.current = undefined;
      setDraft({ value: first, commandId: newCommandId() });
    },
    [first, keep],
  );
  /** Clears the form of what is wanted no more. */
  const leave = useCallback(() => {
    latest.current = undefined;
    setDraft({ value: first, commandId: newCommandId() });
    writing.current = writing.current.then(async () => {
      await openShelf()?.shelf.change({ forgetKept: [draftName(form)] });
    });
  }, [first, form]);
  /** Whether there are words in it that were not there to begin with. */
  const typed = draft !== undefined && draft.value !== first;
  return { draft, typed, full, change, settled, begin, leave, name: draftName(form) };
}
