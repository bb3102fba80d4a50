import type { Schema } from './contract-routes.js';
import { fillForm, formsIn, type KnownForm } from './forms.js';
import { FromForm, FromPool } from './from-pool.js';

/** Values kept under one name; older ones are forgotten. */
const most = 120;

/** Names under which the same thing is asked for and answered. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  baseVersion: ['version'],
  division: ['code'],
  within: ['division'],
  to: ['office', 'id@bodies'],
  fromBody: ['id@bodies', 'body'],
  toBody: ['id@bodies', 'body'],
  partyBody: ['id@bodies'],
  branch: ['id@branches', 'id@bodies'],
  member: ['person', 'id@persons'],
  holder: ['person'],
  giver: ['person'],
  contact: ['person'],
  chair: ['person'],
  photo: ['id@files'],
  file: ['id@files'],
  secret: ['confirmSecret'],
  base: ['number'],
  value: ['text'],
  after: ['next'],
};

const idShape = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

const plural = (name: string): string => (name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`);

/** What the server answered so far, by the name it had: what one caller remembers, and behind it what anybody was told. */
export class Pool {
  readonly #shared: Pool | undefined;
  readonly #values = new Map<string, unknown[]>();
  readonly #files: Uint8Array[] = [];
  #forms: KnownForm[] = [];
  #form: KnownForm | undefined;

  constructor(shared?: Pool) {
    this.#shared = shared;
  }

  #add(name: string, value: unknown): void {
    const kept = this.#values.get(name);
    if (kept === undefined) this.#values.set(name, [value]);
    else if (kept.at(-1) !== value) {
      kept.push(value);
      if (kept.length > most) kept.shift();
    }
  }

  /** Keeps the leaves and the forms of an answer; `thing` is what the route's address calls its things. */
  keep(answer: unknown, thing: string): void {
    this.#shared?.keep(answer, thing);
    this.#forms = [...this.#forms, ...formsIn(answer)].slice(-most);
    this.#leaves(answer, thing, 0);
  }

  #leaves(answer: unknown, thing: string, depth: number): void {
    if (Array.isArray(answer)) {
      for (const one of answer.slice(0, 8))
        if (typeof one === 'string') this.#add(thing, one);
        else this.#leaves(one, thing, depth + 1);
      return;
    }
    if (typeof answer !== 'object' || answer === null || depth > 6) return;
    for (const [key, value] of Object.entries(answer)) {
      if (typeof value === 'object') this.#leaves(value, ['items', 'rows'].includes(key) ? thing : key, depth + 1);
      else if (value !== '' && typeof value !== 'boolean') {
        if (key !== 'id') this.#add(key, value);
        this.#add(`${key}@${thing}`, value);
        if (idShape.test(String(value))) this.#add('uuid', value);
      }
    }
    // The things of a list are also known by the list's own name: an item of a meeting, not only a meeting.
    for (const list of ['items', 'rows'] as const)
      if (list in answer) this.#leaves(answer[list as never], list, depth + 1);
  }

  /** Keeps a file that the server gave out, so that it can come back. */
  keepFile(bytes: Uint8Array): void {
    if (this.#shared !== undefined) return this.#shared.keepFile(bytes);
    this.#files.push(bytes);
    if (this.#files.length > 16) this.#files.splice(6, 1);
  }

  file(pick: number): Uint8Array {
    if (this.#shared !== undefined) return this.#shared.file(pick);
    return this.#files[pick % Math.max(1, this.#files.length)] ?? new Uint8Array();
  }

  /** The value a hole is filled with; `before` is the part of the address before a path parameter. */
  #pick({ name, pick, otherwise }: FromPool, before: string | undefined): unknown {
    const form = this.#form?.names[name];
    if (form !== undefined && pick % 8 !== 6) return form;
    const names = [
      ...(before === undefined ? [] : [`${name}@${before}`, `id@${before}`, `${name}@${before.slice(0, -1)}`]),
      ...(name === 'id' ? [] : [name]),
      ...(aliases[name] ?? []),
      `id@${plural(name)}`,
      `id@${name}`,
      ...(name.endsWith('s') ? [name.slice(0, -1), `id@${name.slice(0, -1)}`] : []),
    ];
    const isId = idShape.test(String(otherwise));
    const own = names
      .map((one) => this.#values.get(one))
      .map((one) => (isId ? one?.filter((value) => idShape.test(String(value))) : one))
      .find((one) => one !== undefined && one.length > 0);
    // One in eight asks about what somebody else was told: a stranger's id must be refused, never break anything.
    if (this.#shared !== undefined && (own === undefined || pick % 8 === 7))
      return this.#shared.#pick(new FromPool(name, pick, otherwise), before);
    const kept = own ?? (isId ? this.#values.get('uuid') : undefined);
    return kept === undefined ? otherwise : kept.at(-1 - (pick % kept.length));
  }

  /** Chooses the form that the next call fills in: one of the newest that has all the names. */
  chooseForm(names: readonly string[], pick: number): void {
    const fitting = this.#forms.filter((form) => names.every((name) => name in form.names));
    this.#form = fitting.at(-1 - (pick % Math.min(12, Math.max(1, fitting.length))));
  }

  /** What the chosen form says of itself, as far as a schema asks for it. */
  formNames(schema: Schema | undefined): Readonly<Record<string, unknown>> {
    const asked = Object.keys(schema?.properties ?? {});
    return Object.fromEntries(Object.entries(this.#form?.names ?? {}).filter(([name]) => asked.includes(name)));
  }

  /** Fills the holes of a generated value. */
  fill(value: unknown, before?: string): unknown {
    if (value instanceof FromPool) return this.#pick(value, before);
    if (value instanceof FromForm)
      return this.#form === undefined
        ? this.fill(value.otherwise)
        : fillForm(this.#form, value.seed, (name, pick) =>
            this.#pick(new FromPool(name, pick, '01890000-0000-7000-8000-000000000001'), undefined),
          );
    if (Array.isArray(value)) return value.map((one) => this.fill(one, before));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.fill(one, before)]));
  }
}
