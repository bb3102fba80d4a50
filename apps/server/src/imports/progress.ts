/** How far a run is; `waiting` before it began or when nobody knows it. */
export interface Progress {
  readonly part: 'waiting' | 'read' | 'check' | 'write' | 'done';
  readonly done: number;
  readonly total: number;
}

/** Runs kept at most; the oldest is forgotten first. */
const most = 500;

/**
 * How far running imports are 进度, in the memory of this process: it is lost with it, and nothing depends on it but a bar on a screen.
 * A run is found by who started it and an id of the screen's own, so that nobody watches another's.
 */
export const progressBoard = () => {
  const runs = new Map<string, Progress>();
  return {
    of: (actor: string, run: string): Progress => runs.get(`${actor} ${run}`) ?? { part: 'waiting', done: 0, total: 0 },
    writer:
      (actor: string, run: string | undefined) =>
      (part: Progress['part'], done: number, total: number): void => {
        if (run === undefined) return;
        const key = `${actor} ${run}`;
        runs.delete(key);
        runs.set(key, { part, done, total });
        const [oldest] = runs.keys();
        if (runs.size > most && oldest !== undefined) runs.delete(oldest);
      },
  };
};
