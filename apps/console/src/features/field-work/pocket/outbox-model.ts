import { fromLane, type Command, type NewCommand } from './outbox.js';
import type { Outcome, Send } from './sender.js';
import type { Shelf } from './shelf.js';

/** A visit in which a need was heard, for tests. */
export const visitOf = (text: string, household = 'h1'): Command => ({
  kind: 'visit',
  path: '/api/contact-visits',
  json: { household, need: text },
  about: '一号院',
  text,
  household,
  asked: [],
});

/** The need of the visit before it in its lane, sent as a matter. */
export const needOf = (text: string, household = 'h1'): Command => ({
  kind: 'need',
  path: '/api/contact-visits/{id}/matter',
  params: { id: fromLane },
  json: {},
  about: '一号院',
  text,
  household,
  asked: [],
});

/** A visit and its need, in one lane. */
export const visitWithNeed = (id: string, text: string): readonly NewCommand[] => [
  { id, lane: id, command: visitOf(text) },
  { id: `${id}-need`, lane: id, command: needOf(text) },
];

/** A server that does each command once, whatever number of times it arrives, keeps its first answer, and refuses some. */
export const modelServer = (refuses: (id: string, json: unknown) => boolean = () => false) => {
  const done = new Map<
    string,
    { readonly path: string; readonly params: Readonly<Record<string, string>>; readonly json: unknown }
  >();
  const answers = new Map<string, Outcome>();
  const send: Send = async (id, path, params, json) => {
    const before = answers.get(id);
    if (before !== undefined) return before;
    const faults = [{ code: 'note-not-a-need', what: '不是需要。', why: null, cure: '改写', source: [], params: {} }];
    const outcome: Outcome = refuses(id, json)
      ? { is: 'refused', refusal: { status: 422, faults } }
      : { is: 'arrived', answer: `made-by-${id}`, arrival: {} };
    answers.set(id, outcome);
    if (outcome.is === 'arrived') done.set(id, { path, params, json });
    return outcome;
  };
  const needsHeard = (): string[] =>
    [...done.values()].flatMap(({ path, json }) =>
      path === '/api/contact-visits' ? [(json as { need: string }).need] : [],
    );
  return { send, done, needsHeard };
};

/** The tab was killed: what it had in memory is gone; what storage and server did stays. */
export class Killed extends Error {}

/** Lets a tab live for so many steps; a step is the way into, or out of, anything that is awaited. */
export const lifeOf = (steps: number) => {
  let used = 0;
  const step = (): void => {
    used += 1;
    if (used > steps) throw new Killed();
  };
  const around =
    <A extends readonly unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      step();
      const result = await work(...args);
      step();
      return result;
    };
  return {
    shelf: (inner: Shelf): Shelf =>
      Object.fromEntries(
        Object.entries(inner).map(([name, work]) => [name, around(work as (...args: unknown[]) => Promise<unknown>)]),
      ) as unknown as Shelf,
    send: (inner: Send): Send => around(inner),
    used: () => used,
  };
};
