import type { Pool } from 'pg';

const listeners: ((pool: Pool) => void)[] = [];

/** Is told of every change of bodies; for what keeps them in memory, e.g. the directory of matters. */
export const onBodiesChanged = (listener: (pool: Pool) => void): void => {
  listeners.push(listener);
};

/** Tells that a body was entered or ended. */
export const tellBodiesChanged = (pool: Pool): void => {
  for (const listener of listeners) listener(pool);
};
