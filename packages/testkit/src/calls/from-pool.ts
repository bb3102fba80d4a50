/** A hole in a generated value, to be filled from what the server answered before; the rest of the value is known beforehand. */
export class FromPool {
  readonly name: string;
  /** Which of the values there are, from the newest; wraps around. */
  readonly pick: number;
  /** What stands there when nothing was answered yet. */
  readonly otherwise: unknown;
  constructor(name: string, pick: number, otherwise: unknown) {
    this.name = name;
    this.pick = pick;
    this.otherwise = otherwise;
  }
}

/** Fields by their id, typed as the form that was read last asks for them. */
export class FromForm {
  readonly seed: number;
  readonly otherwise: unknown;
  constructor(seed: number, otherwise: unknown) {
    this.seed = seed;
    this.otherwise = otherwise;
  }
}
