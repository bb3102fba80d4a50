import * as fc from 'fast-check';
import type { TestServer } from '../database/test-server.js';
import { contractRoutes, type ContractRoute } from './contract-routes.js';
import { faultInAnswer, tellsInside, type Heard } from './judge.js';
import { FromPool } from './from-pool.js';
import { chainsOf, isDear, oneOfEach, type PlannedCall, type PlannedChain } from './plan.js';
import { Pool } from './pool.js';
import { requestOf, type ReadyCall } from './request-of.js';

/** Somebody who calls: logged in, or a visitor without a cookie. */
export interface Caller {
  readonly name: string;
  /** The cookie of a session that is alive; undefined for a visitor. */
  readonly cookie: () => string | undefined;
  /** Logs in again after the session ended, with the password and without the second factor a call may have set. */
  readonly renew: () => Promise<void>;
}

/** What one run of generated calls found. */
export interface CallsReport {
  readonly seed: number;
  readonly calls: number;
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Routes that did what was asked at least once, and those that were asked at all. */
  readonly done: ReadonlySet<string>;
  readonly asked: ReadonlySet<string>;
  /** Codes of refusals that were met. */
  readonly codes: ReadonlySet<string>;
  readonly failures: readonly string[];
  readonly slowest: number;
  /** Milliseconds below which 99 of 100 calls were answered. */
  readonly p99: number;
}

/** Failures shown at most: one of each kind is enough to begin with. */
const mostFailures = 40;

/** A call with nothing wrong about it. */
const plain: PlannedCall = {
  route: 0,
  params: {},
  query: {},
  body: null,
  spoiled: null,
  wire: 'json',
  command: 'none',
  file: 0,
  english: false,
};

const hear = async (server: TestServer, ready: ReadyCall, cookie: string | undefined): Promise<Heard> => {
  const answer = await server.request(ready.url, {
    method: ready.route.method,
    headers: { ...ready.headers, ...(cookie === undefined ? {} : { cookie }) },
    ...(ready.body === undefined ? {} : { body: ready.body }),
  });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const type = answer.headers.get('content-type') ?? '';
  let json: unknown;
  if (type.includes('json')) json = JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  return { status: answer.status, type, bytes, json, requestId: answer.headers.get('x-request-id') ?? '' };
};

/** Whether the same command sent twice must be answered alike: it was carried out, or refused for good. */
const lasting = (status: number): boolean => status < 500 && status !== 409 && status !== 429 && status !== 400;

/** What a log line holds, in words. */
const spell = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));

const codesIn = (json: unknown): readonly string[] =>
  ((json as { faults?: readonly { code: string }[] } | undefined)?.faults ?? []).map(({ code }) => code);

/** Refusals that say one has to log in again before anything else is answered. */
const asleep: ReadonlySet<string> = new Set([
  'not-signed-in',
  'session-expired',
  'session-locked',
  'password-expired',
  'password-first-use',
]);

/** What the addresses call the things of a route: its last fixed part, without an ending such as `.xlsx`. */
const thingOf = ({ path }: ContractRoute): string =>
  path
    .split('/')
    .findLast((part) => part !== '' && !part.startsWith('{'))
    ?.replace(/\.\w+$/, '') ?? '';

/** Sends generated calls 生成调用 and judges every answer by the contract. The same seed on the same data plans the same calls. */
export class CallRunner {
  readonly #server: TestServer;
  readonly #callers: readonly Caller[];
  readonly #routes = contractRoutes();
  readonly #shared = new Pool();
  readonly #pools = new Map<string, Pool>();
  readonly #statuses = new Map<number, number>();
  readonly #done = new Set<string>();
  readonly #asked = new Set<string>();
  readonly #codes = new Set<string>();
  readonly #failures = new Map<string, string>();
  readonly #times: number[] = [];
  #calls = 0;

  constructor(server: TestServer, callers: readonly Caller[], files: readonly Uint8Array[]) {
    this.#server = server;
    this.#callers = callers;
    for (const file of files) this.#shared.keepFile(file);
  }

  /**
   * Runs chains until at least `most` calls were made, or until the moment `until` (milliseconds of the machine's clock) has come. `passed` is
   * told after each chain how many minutes went by; a call takes a second.
   */
  async run(
    seed: number,
    most: number,
    passed: (minutes: number) => Promise<void>,
    until = Number.POSITIVE_INFINITY,
  ): Promise<CallsReport> {
    const enough = (): boolean => this.#calls >= most || Date.now() >= until;
    const chains = chainsOf(this.#routes);
    for (const caller of this.#callers) await this.#readAround(caller, seed);
    for (const chain of oneOfEach(this.#routes, seed)) await this.#runChain(chain, seed);
    for (let batch = 0; !enough(); batch += 1)
      for (const chain of fc.sample(chains, { seed: seed + batch, numRuns: 100 })) {
        if (enough()) break;
        await this.#runChain(chain, seed);
        await passed(chain.minutes);
      }
    const times = this.#times.toSorted((a, b) => a - b);
    return {
      seed,
      calls: this.#calls,
      statuses: Object.fromEntries([...this.#statuses].toSorted(([a], [b]) => a - b)),
      done: this.#done,
      asked: this.#asked,
      codes: this.#codes,
      failures: [...this.#failures.values()],
      slowest: Math.round(times.at(-1) ?? 0),
      p99: Math.round((times[Math.floor(times.length * 0.99)] ?? 0) * 10) / 10,
    };
  }

  /** What anybody does first: who am I, and every list of my place. Each caller begins with something to ask about. */
  async #readAround(caller: Caller, seed: number): Promise<void> {
    const pool = this.#poolOf(caller);
    const read = async (route: ContractRoute): Promise<void> => {
      const query: Record<string, unknown> = {};
      for (const name of route.query?.required ?? []) query[name] = new FromPool(name, 0, '2026-03-02');
      if ('division' in (route.query?.properties ?? {})) query['division'] = new FromPool('division', 0, '');
      const params = Object.fromEntries(
        Object.keys(route.params?.properties ?? {}).map((name) => [name, new FromPool(name, 0, '甲')]),
      );
      const planned = { ...plain, params, query };
      const heard = await this.#call(requestOf(route, planned, pool, ''), caller, seed);
      if (heard !== undefined && heard.status < 300) this.#learn(route, heard, pool);
    };
    const reading = this.#routes.filter((route) => route.method === 'GET' && !isDear(route));
    const first = reading.filter((route) => route.path === '/api/me');
    const lists = reading.filter((route) => route.params === undefined && !first.includes(route));
    const things = reading.filter((route) => route.params !== undefined);
    for (const route of [...first, ...lists, ...things]) await read(route);
  }

  async #runChain(chain: PlannedChain, seed: number): Promise<void> {
    const caller = this.#callers[chain.client % this.#callers.length];
    if (caller === undefined) throw new TypeError('nobody calls');
    const pool = this.#poolOf(caller);
    for (const planned of chain.calls) {
      const route = this.#routes[planned.route];
      if (route === undefined) continue;
      const ready = requestOf(route, planned, pool, `call-${seed}-${this.#calls}`);
      const heard = await this.#call(ready, caller, seed);
      if (heard === undefined) continue;
      await this.#repeat(ready, planned, heard, caller, seed);
      if (heard.status < 300) this.#learn(route, heard, pool);
      if (caller.cookie() !== undefined && codesIn(heard.json).some((code) => asleep.has(code))) await caller.renew();
    }
  }

  async #call(ready: ReadyCall, caller: Caller, seed: number): Promise<Heard | undefined> {
    const { route } = ready;
    const began = performance.now();
    this.#calls += 1;
    this.#server.clock.advance({ milliseconds: 1_000 });
    this.#asked.add(`${route.method} ${route.path}`);
    try {
      const heard = await hear(this.#server, ready, caller.cookie());
      this.#times.push(performance.now() - began);
      this.#statuses.set(heard.status, (this.#statuses.get(heard.status) ?? 0) + 1);
      for (const code of codesIn(heard.json)) this.#codes.add(code);
      const wrong =
        faultInAnswer(route, heard) ?? (tellsInside(heard, ready.said) ? 'tells what is inside' : undefined);
      if (wrong !== undefined) this.#fail(ready, caller, seed, wrong, heard);
      else if (heard.status < 300) this.#done.add(`${route.method} ${route.path}`);
      return heard;
    } catch (error) {
      this.#fail(ready, caller, seed, `threw ${String(error)}`, undefined);
      return undefined;
    }
  }

  /** The same command again, word for word: the first answer must come back, and nothing happen twice. */
  async #repeat(ready: ReadyCall, planned: PlannedCall, first: Heard, caller: Caller, seed: number): Promise<void> {
    if (planned.command !== 'again' || !ready.route.command || !lasting(first.status) || first.status === 401) return;
    if (ready.body instanceof FormData) return;
    const again = await this.#call(ready, caller, seed);
    if (again === undefined) return;
    if (again.status !== first.status || Buffer.compare(Buffer.from(again.bytes), Buffer.from(first.bytes)) !== 0)
      this.#fail(
        ready,
        caller,
        seed,
        `the same command again answered ${again.status} after ${first.status}: ${new TextDecoder().decode(first.bytes).slice(0, 400)}`,
        again,
      );
  }

  #poolOf({ name }: Caller): Pool {
    const pool = this.#pools.get(name) ?? new Pool(this.#shared);
    this.#pools.set(name, pool);
    return pool;
  }

  #learn(route: ContractRoute, heard: Heard, pool: Pool): void {
    if (heard.json !== undefined) pool.keep(heard.json, thingOf(route));
    else if (heard.type.includes('spreadsheet')) pool.keepFile(heard.bytes);
  }

  #fail(ready: ReadyCall, caller: Caller, seed: number, wrong: string, heard: Heard | undefined): void {
    const bug = this.#server.logged.find((line) => line.details?.['requestId'] === heard?.requestId)?.details;
    const cause = bug === undefined ? '' : `${spell(bug.error)} ${spell(bug.stack ?? bug.sqlState)}`.slice(0, 1_200);
    // One of each kind: the same sentence of the same route is the same bug.
    const kind = `${ready.route.method} ${ready.route.path} ${wrong} ${spell(bug?.error)}`.replaceAll(/\d+/g, 'N');
    if (this.#failures.has(kind) || this.#failures.size >= mostFailures) return;
    const body = heard === undefined ? '' : new TextDecoder().decode(heard.bytes).slice(0, 400);
    this.#failures.set(
      kind,
      `${wrong}\n  call ${this.#calls} of seed ${seed}, as ${caller.name}: ${ready.said}\n  ${body}\n  ${cause}`,
    );
  }
}
