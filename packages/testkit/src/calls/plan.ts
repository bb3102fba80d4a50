import * as fc from 'fast-check';
import { valuesOf } from './arbitrary.js';
import type { ContractRoute } from './contract-routes.js';
import type { Spoiling } from './spoil.js';

/** What is wrong about a call besides its values. */
export type Wire = 'json' | 'broken-json' | 'not-utf8' | 'other-type' | 'no-body' | 'form';

/** One call before it is made: everything about it that a seed decides. */
export interface PlannedCall {
  readonly route: number;
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly spoiled: { readonly part: 'params' | 'query' | 'body'; readonly how: Spoiling } | null;
  readonly wire: Wire;
  /** How the command id is sent; `again` sends the whole call a second time. */
  readonly command: 'fresh' | 'again' | 'none' | 'malformed' | 'reused';
  readonly file: number;
  readonly english: boolean;
}

/** Calls that follow each other in one hand 连续调用: what one answers, the next may ask about. */
export interface PlannedChain {
  /** Whose hand; wraps around the clients there are. */
  readonly client: number;
  readonly calls: readonly PlannedCall[];
  /** Minutes that pass afterwards. */
  readonly minutes: number;
}

/** Calls that reckon a password, draw a workbook or check a whole log: asked too, but seldom, since one costs a hundred others. */
const dear = /xlsx|workbook|template|imports|session|password|second-factor|log-ins|log\/checks|pdf/;
/** Calls that read a whole county's files: one costs ten others. */
const costly = /\/reports\/|\/decisions$|\/staff-form$|\/registers$|\/bodies$/;

export const isDear = ({ path }: ContractRoute): boolean => dear.test(path);

const spoiling = fc.record({
  kind: fc.constantFrom('replace', 'replace', 'drop', 'add', 'wrap'),
  at: fc.nat({ max: 1_000 }),
  value: fc.nat({ max: 1_000 }),
}) as fc.Arbitrary<Spoiling>;

const callOf = (route: ContractRoute, at: number): fc.Arbitrary<PlannedCall> => {
  const parts = (['params', 'query', 'body'] as const).filter((part) => route[part] !== undefined);
  const weighed = parts.flatMap((part) => (part === 'body' ? [part, part, part] : [part]));
  const spoiled =
    weighed.length === 0 ? fc.constant(null) : fc.record({ part: fc.constantFrom(...weighed), how: spoiling });
  return fc.record({
    route: fc.constant(at),
    params: route.params === undefined ? fc.constant({}) : valuesOf(route.params, 'params'),
    query: route.query === undefined ? fc.constant({}) : valuesOf(route.query, 'query'),
    body: route.body === undefined ? fc.constant(null) : valuesOf(route.body, 'body'),
    spoiled: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 2, arbitrary: spoiled }),
    wire: fc.oneof(
      { weight: 40, arbitrary: fc.constant<Wire>('json') },
      { weight: 1, arbitrary: fc.constantFrom<Wire>('broken-json', 'not-utf8', 'other-type', 'no-body', 'form') },
    ),
    command: fc.oneof(
      { weight: 20, arbitrary: fc.constant<PlannedCall['command']>('fresh') },
      { weight: 2, arbitrary: fc.constant<PlannedCall['command']>('again') },
      { weight: 1, arbitrary: fc.constantFrom<PlannedCall['command']>('none', 'malformed', 'reused') },
    ),
    file: fc.nat({ max: 400 }),
    english: fc.boolean(),
  });
};

/**
 * Chains of one to eight calls, most of them about one subject (a tag of the contract), so that the second call finds what the first
 * one answered.
 */
export const chainsOf = (routes: readonly ContractRoute[]): fc.Arbitrary<PlannedChain> => {
  const calls = routes.map((route, at) => ({
    tag: route.tag,
    reading: route.method === 'GET',
    weight: isDear(route) ? 1 : route.method === 'GET' && costly.test(route.path) ? 4 : 12,
    arbitrary: callOf(route, at),
  }));
  const any = fc.oneof(...calls);
  const about = [...new Set(calls.map((call) => call.tag))].map((tag) => {
    const own = calls.filter((call) => call.tag === tag);
    const reading = own.filter((call) => call.reading);
    const step = fc.oneof({ weight: 5, arbitrary: fc.oneof(...own) }, { weight: 1, arbitrary: any });
    const first = reading.length === 0 ? step : fc.oneof(...reading);
    return {
      weight: own.reduce((sum, call) => sum + call.weight, 0),
      arbitrary: fc.tuple(first, fc.array(step, { maxLength: 7 })).map(([one, more]) => [one, ...more]),
    };
  });
  return fc.record({
    client: fc.nat({ max: 10_000 }),
    calls: fc.oneof(...about),
    minutes: fc.oneof(
      { weight: 500, arbitrary: fc.nat({ max: 5 }) },
      { weight: 1, arbitrary: fc.constantFrom(1_440, 4_320) },
    ),
  });
};

/** One call of each route, each by another caller, so that none is left out of a short run. */
export const oneOfEach = (routes: readonly ContractRoute[], seed: number): readonly PlannedChain[] =>
  routes.flatMap((route, at) =>
    fc.sample(callOf(route, at), { seed, numRuns: 1 }).map((call) => ({ client: at, calls: [call], minutes: 0 })),
  );
