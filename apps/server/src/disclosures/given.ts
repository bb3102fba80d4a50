import type { SessionActor } from '../access/index.js';
import type { Deps } from '../deps.js';

/** Who gives a command, under which id. */
export interface Given<Input> {
  readonly actor: SessionActor;
  readonly commandId: string;
  readonly input: Input;
}

export type DisclosureDeps = Deps;
