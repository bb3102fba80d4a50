import { useCallback, useState } from 'react';
import { useDraft } from '../../app/draft.js';
import type { Drawing } from './map-canvas.js';

/** Steps that can be taken back. */
const most = 50;

/** A drawing under way (草图): kept in this tab until it is saved, each change can be taken back. */
export function useDrawing(name: string, start: Drawing) {
  const draft = useDraft<Drawing>(name, start);
  const [before, setBefore] = useState<readonly Drawing[]>([]);
  const { value, change: keep, forget } = draft;
  const change = useCallback(
    (next: Drawing) => {
      setBefore((past) => [...past.slice(1 - most), value]);
      keep(next);
    },
    [keep, value],
  );
  const undo = useCallback(() => {
    const last = before.at(-1);
    if (last === undefined) return;
    setBefore(before.slice(0, -1));
    keep(last);
  }, [before, keep]);
  return { drawing: value, change, undo, canUndo: before.length > 0, forget };
}
