import { useRef } from 'react';

/** What a command said at its first try, and when that was by this device's clock. */
interface Tried<Json> {
  readonly commandId: string;
  readonly json: Json;
  readonly writtenAt: string;
}

/** Makes what is sent, once for a command id: a second try of the same command says the same, its moment too, or it would be another command. */
export function useFirstTry<Json>() {
  const tried = useRef<Tried<Json>>(undefined);
  return (commandId: string, say: () => Json): Tried<Json> => {
    const before = tried.current;
    if (before?.commandId === commandId) return before;
    const now = { commandId, json: say(), writtenAt: new Date().toISOString() };
    tried.current = now;
    return now;
  };
}
