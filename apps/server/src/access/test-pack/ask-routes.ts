import { people, placeNames, places, placesWithin, reachOf, type Asker, type Place, type Reach } from './askers.js';
import type { AskingCounty } from './asking-county.js';
import { lineOf, type MatrixRow } from './matrix.js';
import { askedElsewhere, namesFor } from './request-names.js';
import { NotHere, sampleOf, type Described, type Sample } from './request-samples.js';

/** A route of the router's own list. */
export interface Route {
  readonly method: string;
  readonly path: string;
  /** The path as the matrix has it: without the fingerprint of an asset. */
  readonly shown: string;
}

/** Reading first, endings last, so that what is asked for is there. */
const turnOf = ({ method, path }: Route): string =>
  `${method === 'GET' ? 0 : method === 'DELETE' ? 3 : /\/(end|transfers|done)$/.test(path) ? 2 : 1} ${path} ${method}`;

/** Every route, once; the gates that every request passes are no routes. */
export const routesOf = ({ server }: AskingCounty): readonly Route[] => {
  const seen = new Map<string, Route>();
  for (const { method, path } of server.app.routes)
    if (method !== 'ALL')
      seen.set(`${method} ${path}`, { method, path, shown: path.replace(/-[0-9a-f]{12}\./, '-*.') });
  return [...seen.values()].toSorted((a, b) => (turnOf(a) < turnOf(b) ? -1 : 1));
};

/** One answer: whether it let the asker to the rule, and whether the thing asked for is in it. */
interface Heard {
  readonly status: number;
  readonly shows: boolean;
  readonly changed: boolean;
  readonly text: string;
}

const formOf = (fields: Readonly<Record<string, unknown>>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields))
    form.set(name, name === 'file' ? new File([new Uint8Array([1, 2, 3])], '表.xlsx') : String(value));
  return form;
};

let asked = 0;

const send = async ({ server, clients }: AskingCounty, asker: Asker, sample: Sample): Promise<Response> => {
  asked += 1;
  const cookie = clients.get(asker.id)?.cookie;
  const writes = sample.method !== 'GET';
  return server.request(sample.path, {
    method: sample.method,
    headers: {
      ...(cookie === undefined ? {} : { cookie }),
      ...(writes ? { 'idempotency-key': `asked-${asked}` } : {}),
      ...(writes && sample.multipart === undefined ? { 'content-type': 'application/json' } : {}),
    },
    ...(sample.multipart === undefined
      ? writes
        ? { body: JSON.stringify(sample.body ?? {}) }
        : {}
      : { body: formOf(sample.multipart) }),
  });
};

const entries = async ({ server }: AskingCounty): Promise<number> => {
  const { rows } = await server.database.owner.query<{ n: number }>('select count(*)::int as n from lx.journal_entry');
  return rows[0]?.n ?? 0;
};

/** Ids and codes of the things at a place: an answer that holds one of them shows the place. */
const marksOf = (county: AskingCounty, place: Place): readonly string[] =>
  Object.values(county.things.get(place) ?? {}).filter(
    (value): value is string => typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value),
  );

const hear = async (county: AskingCounty, asker: Asker, sample: Sample, place: Place): Promise<Heard> => {
  const writes = sample.method !== 'GET';
  const before = writes ? await entries(county) : 0;
  const answer = await send(county, asker, sample);
  const text = answer.headers.get('content-type')?.includes('json') === true ? await answer.text() : '';
  return {
    status: answer.status,
    text: text.slice(0, 300),
    shows: marksOf(county, place).some((mark) => text.includes(mark)),
    changed: writes && (await entries(county)) !== before,
  };
};

/** Whether a route is open to everybody: then it is enough to ask as the visitor everywhere, and as one other. */
const isOpen = (row: MatrixRow): boolean => people.every((asker) => row.cells[asker.id] === 'all');

const refusals = new Set([401, 403, 404]);
const inRange = (asker: Asker, place: Place): boolean =>
  asker.role === 'rt_office' && asker.level !== 'system' && placesWithin[asker.level].includes(place);

/** What is wrong about an answer, in words; undefined when it is what the matrix says. */
const faultIn = (
  row: MatrixRow,
  asker: Asker,
  place: Place,
  bound: boolean,
  may: boolean,
  heard: Heard,
): string | undefined => {
  const refused = refusals.has(heard.status);
  if (isOpen(row)) {
    // The log has nothing yet, and the console is not built here: what is not there is not refused.
    const shut =
      place === 'same-village' && !/^\/(log|console|calendar)/.test(row.resource) ? [401, 403, 404] : [401, 403];
    return shut.includes(heard.status) ? `is open, yet answered ${heard.status}` : undefined;
  }
  if (row.otherwise === 'empty' && asker.role === 'rt_office') {
    if (heard.status !== 200) return `answered ${heard.status} instead of a list`;
    if (heard.shows === may || (may && places[place].endsWith('000'))) return undefined;
    return may ? 'the list does not show it' : 'the list shows it';
  }
  if (may) return refused ? `refused with ${heard.status}` : undefined;
  if (!refused) return `let through with ${heard.status}`;
  if (heard.changed) return 'refused, yet something changed';
  if (asker.id === 'visitor') return heard.status === 403 ? 'a visitor got 403' : undefined;
  if (heard.status === 401) return 'somebody who is logged in got 401';
  return bound && heard.status === 403 && !inRange(asker, place)
    ? 'a stranger got 403, and so knows that it exists'
    : undefined;
};

/** One request about each place that has what the route needs. */
export const samplesFor = (county: AskingCounty, described: Described, route: Route): ReadonlyMap<Place, Sample> => {
  const samples = new Map<Place, Sample>();
  for (const place of placeNames) {
    const things = county.things.get(place);
    if (things === undefined) continue;
    try {
      const { named, override } = namesFor(route.method, route.path, things);
      samples.set(place, sampleOf(described, route.method, route.path, named, override));
    } catch (error) {
      if (!(error instanceof NotHere)) throw error;
    }
  }
  return samples;
};

/**
 * Asks one route as everybody about every place, and gives what differs from its row. Without a row it gives the line that describes
 * what the route does today.
 */
export const askRoute = async (
  county: AskingCounty,
  described: Described,
  route: Route,
  row: MatrixRow | undefined,
  drawn: (place: Place) => boolean = () => true,
): Promise<{ faults: readonly string[]; line?: string; asked: number }> => {
  if (askedElsewhere[`${route.method} ${route.path}`] !== undefined && row !== undefined)
    return { faults: [], asked: 0 };
  const samples = samplesFor(county, described, route);
  const texts = new Set([...samples.values()].map((sample) => JSON.stringify(sample)));
  const bound = texts.size > 1;
  const askedAbout = [...samples].filter(
    ([place, sample]) =>
      (bound || place === 'same-village') && !/undefined|null/.test(sample.path + JSON.stringify(sample.body ?? '')),
  );
  const faults: string[] = [];
  const cells: Record<string, Reach> = {};
  const showing: Record<string, Reach> = {};
  let count = 0;
  let lists = true;
  for (const asker of people) {
    if (row !== undefined && isOpen(row) && !['visitor', 'clerk'].includes(asker.id)) continue;
    const reached = new Set<Place>();
    const shown = new Set<Place>();
    for (const [place, sample] of askedAbout) {
      if (bound && !drawn(place)) continue;
      const heard = await hear(county, asker, sample, place);
      count += 1;
      if (asker.id === 'visitor' && row === undefined && [400, 422].includes(heard.status))
        faults.push(`the sample of ${route.method} ${sample.path} is not readable: ${heard.text}`);
      lists &&= heard.status === 200 || asker.id === 'visitor' || asker.id === 'resident';
      if (heard.shows) shown.add(place);
      const cell = row?.cells[asker.id];
      const may = cell !== undefined && cell !== '-' && (bound ? placesWithin[cell].includes(place) : cell !== 'none');
      if (!refusals.has(heard.status)) reached.add(place);
      const wrong = row === undefined ? undefined : faultIn(row, asker, place, bound, may, heard);
      if (wrong !== undefined)
        faults.push(`${asker.id}, ${place} (${places[place]}): ${route.method} ${sample.path} ${wrong}`);
    }
    const everywhere = askedAbout.map(([place]) => place);
    showing[asker.id] = reachOf(shown, everywhere) ?? 'none';
    cells[asker.id] = bound
      ? (reachOf(reached, everywhere) ?? 'none')
      : reached.size === 0
        ? 'none'
        : asker.id === 'visitor' || cells.visitor === 'all'
          ? 'all'
          : 'own';
  }
  if (row !== undefined) return { faults, asked: count };
  const empty = bound && lists && Object.values(showing).some((reach) => reach !== 'none' && reach !== 'all');
  const line = lineOf({
    kind: 'route',
    resource: route.shown,
    action: route.method,
    state: '-',
    title: '（名称）',
    otherwise: empty ? 'empty' : 'refused',
    cells: {
      ...(empty ? { ...showing, visitor: cells.visitor ?? 'none', resident: cells.resident ?? 'none' } : cells),
      'sign-in': '-',
      sequencer: '-',
      worker: '-',
      audit: '-',
    },
  });
  return { faults, line, asked: count };
};
