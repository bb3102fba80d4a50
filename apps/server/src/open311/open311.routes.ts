import { fault, type Result } from '@lianxin/domain';
import type { Context } from 'hono';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App, Environment } from '../http/environment.js';
import { readRequestForms } from '../matters/index.js';
import { answerIn, splitFormat, type Format } from './answer-in.js';
import { discoveryOf } from './discovery.js';
import { jurisdictions, readJurisdiction, type Jurisdiction } from './jurisdiction.js';
import { postRequest, type Sent } from './post-request.js';
import { followReceipt, readRequests, readUpdates, type Asked } from './read-requests.js';
import { definitionView, listServices, serviceView } from './services.js';

type C = Context<Environment>;

const listed = (text: string | undefined): string[] =>
  (text ?? '').split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()]));

/** How many requests one question may name. */
const mostNamed = 50;

const askedIn = (c: C): Asked => ({
  ids: listed(c.req.query('service_request_id')).slice(0, mostNamed),
  serviceCodes: listed(c.req.query('service_code')),
  statuses: listed(c.req.query('status')),
  from: c.req.query('start_date'),
  to: c.req.query('end_date'),
  page: c.req.query('page'),
  pageSize: c.req.query('page_size') ?? c.req.query('per_page'),
});

/** Everything that was sent, in the form and in the address; a file in a form is no parameter of the standard. */
const sentIn = async (c: C): Promise<Sent> => {
  const sent = new Map<string, string[]>();
  const add = (name: string, value: string): void => void sent.set(name, [...(sent.get(name) ?? []), value]);
  for (const [name, value] of new URL(c.req.url).searchParams) add(name, value);
  if (!/^(?:application\/x-www-form-urlencoded|multipart\/form-data)/i.test(c.req.header('content-type') ?? ''))
    return sent;
  for (const [name, value] of (await c.req.formData()).entries()) if (typeof value === 'string') add(name, value);
  return sent;
};

/** Villages that a question is about: one by `address_id`, else all of the county. */
const formsFor = (deps: Deps, c: C, { county, villages }: Jurisdiction) => {
  const asked = c.req.query('address_id');
  const codes = villages.map(({ code }) => code).filter((code) => asked === undefined || code === asked);
  return readRequestForms(deps, county, codes);
};

/** Open311 GeoReport v2: discovery, services, requests, tokens, updates; XML and JSON by the end of the address. */
export const open311Routes = (app: App, deps: Deps): void => {
  const within = async (
    c: C,
    format: Format,
    asked: string | undefined,
    work: (place: Jurisdiction, format: Format) => Promise<Response>,
  ): Promise<Response> => {
    const place: Result<Jurisdiction> = await readJurisdiction(deps, asked);
    return place.ok ? work(place.value, format) : refuseWith(c, place.faults);
  };
  const about = (c: C, format: Format, work: (place: Jurisdiction, format: Format) => Promise<Response>) =>
    within(c, format, c.req.query('jurisdiction_id'), work);

  for (const format of ['xml', 'json'] as const) {
    app.get(`/open311/discovery.${format}`, async (c) =>
      answerIn(c, format, 'discovery', discoveryOf(deps.config.origin, await jurisdictions(deps))),
    );
    app.get(`/open311/v2/services.${format}`, (c) =>
      about(c, format, async (place) =>
        answerIn(c, format, 'services', listServices(await formsFor(deps, c, place)).map(serviceView)),
      ),
    );
    app.get(`/open311/v2/requests.${format}`, (c) =>
      about(c, format, async (place) => {
        const found = await readRequests(deps, place, askedIn(c), c.get('locale'));
        return found.ok ? answerIn(c, format, 'service_requests', found.value) : refuseWith(c, found.faults);
      }),
    );
    app.get(`/open311/v2/servicerequestupdates.${format}`, (c) =>
      about(c, format, async (place) => {
        const found = await readUpdates(deps, place, askedIn(c), c.get('locale'));
        return found.ok ? answerIn(c, format, 'service_requests_updates', found.value) : refuseWith(c, found.faults);
      }),
    );
    app.post(`/open311/v2/requests.${format}`, async (c) => {
      const sent = await sentIn(c);
      return within(c, format, sent.get('jurisdiction_id')?.at(-1), async (place) => {
        const key = c.req.header('idempotency-key');
        // The key alone says whose answer is repeated, so it must be one that nobody guesses.
        if (key !== undefined && !/^[A-Za-z0-9._~-]{32,100}$/.test(key))
          return refuseWith(c, [fault('idempotency-key-missing')]);
        const taken = await postRequest(deps, place, key ?? deps.newId(), sent);
        return 'faults' in taken ? refuseWith(c, taken.faults) : answerIn(c, format, 'service_requests', taken.answer);
      });
    });
  }

  app.get('/open311/v2/services/:service', async (c) => {
    const part = splitFormat(c.req.param('service'));
    if (part === undefined) return refuseWith(c, [fault('not-found')]);
    return about(c, part.format, async (place) => {
      const service = listServices(await formsFor(deps, c, place)).find(({ code }) => code === part.name);
      if (service === undefined) return refuseWith(c, [fault('not-found')]);
      return answerIn(c, part.format, 'service_definition', definitionView(service));
    });
  });
  app.get('/open311/v2/requests/:request', async (c) => {
    const part = splitFormat(c.req.param('request'));
    if (part === undefined) return refuseWith(c, [fault('not-found')]);
    return about(c, part.format, async (place) => {
      const found = await readRequests(deps, place, { ...askedIn(c), ids: [part.name] }, c.get('locale'));
      if (!found.ok) return refuseWith(c, found.faults);
      if (found.value.length === 0) return refuseWith(c, [fault('not-found')]);
      return answerIn(c, part.format, 'service_requests', found.value);
    });
  });
  // Every request has its id at once, so a token is that id: clients that always ask get their answer.
  app.get('/open311/v2/tokens/:token', async (c) => {
    const part = splitFormat(c.req.param('token'));
    if (part === undefined) return refuseWith(c, [fault('not-found')]);
    return about(c, part.format, async (place) => {
      const own = await followReceipt(deps, place, part.name, c.get('locale'));
      if (own === undefined) return refuseWith(c, [fault('not-found')]);
      return answerIn(c, part.format, 'service_requests', [{ service_request_id: own.receipt, token: own.receipt }]);
    });
  });
};
