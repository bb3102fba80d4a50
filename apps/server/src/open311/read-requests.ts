import type { Tracking } from '@lianxin/contract';
import {
  addMilliseconds,
  compareInstants,
  epochMillisecondsOf,
  fault,
  instantOf,
  ok,
  refuse,
  type Instant,
  type Locale,
  type Result,
} from '@lianxin/domain';
import type { Deps } from '../deps.js';
import {
  listPublicRequests,
  logStateFrom,
  readReceiptCode,
  trackMatter,
  type PublicRequest,
} from '../matters/index.js';
import { inContext, publicContext } from '../storage/index.js';
import type { Jurisdiction } from './jurisdiction.js';
import { serviceCode } from './services.js';
import type { Node } from './xml.js';

const day = 86_400_000;
/** A list spans at most so many days and rows, as the standard says. */
const mostDays = 90;
const mostRows = 1000;

/** Service code of demands that several villages share; offices open them, so it is in no list of services. */
const shared = 'shared';

type Status = 'open' | 'closed';
const statusOf = (state: string): Status => (state === 'ended' ? 'closed' : 'open');

/** Until the end of a day in county time. */
const endOf = (due: string | null): string | undefined => (due === null ? undefined : `${due}T23:59:59+08:00`);

const isId = (text: string): boolean => /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(text);

/** A request as the holder of its receipt follows it: what the tracking page shows, no more. */
const trackedView = (receipt: string, found: Tracking): Node => ({
  service_request_id: receipt,
  status: statusOf(found.state),
  status_notes: [found.resultTitle ?? found.stageTitle, found.claimed?.text].filter(Boolean).join('：') || undefined,
  service_name: found.kindTitle ?? found.procedureTitle,
  service_code: serviceCode(found.procedure, found.kind),
  description: found.subject,
  agency_responsible: found.holder ?? undefined,
  service_notice: `办件编号 ${found.number}`,
  requested_datetime: found.openedAt,
  updated_datetime: found.acts.at(-1)?.recordedAt ?? found.openedAt,
  expected_datetime: endOf(found.due),
  address: found.divisionName,
  address_id: found.division,
});

const sharedView = (found: PublicRequest, nameOf: (code: string) => string): Node => ({
  service_request_id: found.matter,
  status: statusOf(found.state),
  status_notes: found.answer ?? undefined,
  service_name: '共性诉求',
  service_code: shared,
  description: found.subject,
  agency_responsible: found.unit ?? undefined,
  requested_datetime: found.recordedAt,
  expected_datetime: endOf(found.due),
  address: found.places.map(nameOf).join('、'),
  address_id: found.places.length === 1 ? found.places[0] : undefined,
});

/** What a client may ask of a list. */
export interface Asked {
  readonly ids: readonly string[];
  readonly serviceCodes: readonly string[];
  readonly statuses: readonly string[];
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly page: string | undefined;
  readonly pageSize: string | undefined;
}

const momentIn = (field: string, text: string | undefined): Result<Instant | undefined> => {
  if (text === undefined || text === '') return ok(undefined);
  // Times carry a zone (W3CDTF); a bare day is one of the county's.
  const read = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00+08:00` : text;
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(read) && !Number.isNaN(Date.parse(read));
  return zoned
    ? ok(instantOf(Date.parse(read)))
    : refuse(fault('field-invalid', { field, reason: '请写成 2026-03-02T09:00:00+08:00 这样带时区的时间' }));
};

const wholeIn = (field: string, text: string | undefined, otherwise: number, most: number): Result<number> => {
  if (text === undefined || text === '') return ok(otherwise);
  const value = Number(text);
  return Number.isInteger(value) && value >= 1 && value <= most
    ? ok(value)
    : refuse(fault('field-invalid', { field, reason: `请写 1 到 ${most} 的整数` }));
};

/** The time that is asked about, at most ninety days of it: up to now, from where the end leaves it, or as both say. */
const spanOf = (now: Instant, asked: Asked): Result<{ readonly from: Instant; readonly to: Instant }> => {
  const from = momentIn('start_date', asked.from);
  const to = momentIn('end_date', asked.to);
  if (!from.ok) return from;
  if (!to.ok) return to;
  const tomorrow = addMilliseconds(now, day);
  const until = to.value ?? (from.value === undefined ? tomorrow : addMilliseconds(from.value, mostDays * day));
  const since = from.value ?? addMilliseconds(until, -mostDays * day);
  if (compareInstants(since, until) > 0)
    return refuse(fault('field-invalid', { field: 'start_date', reason: '起点晚于终点' }));
  if (epochMillisecondsOf(until) - epochMillisecondsOf(since) > mostDays * day)
    return refuse(fault('field-invalid', { field: 'end_date', reason: `一次最多查 ${mostDays} 天` }));
  return ok({ from: since, to: until });
};

/** The request of a receipt, in its own county alone; undefined for anything else, a case number for one. */
export const followReceipt = async (
  deps: Deps,
  { county }: Jurisdiction,
  id: string,
  locale: Locale,
): Promise<{ readonly receipt: string; readonly tracking: Tracking } | undefined> => {
  const read = readReceiptCode(id);
  if (!read.ok || read.value.county !== county) return undefined;
  const tracking = await trackMatter(deps, read.value.code, locale, logStateFrom(deps));
  return tracking.ok ? { receipt: read.value.code, tracking: tracking.value } : undefined;
};

/**
 * Requests as anybody may read them 公开诉求, newest first: demands that several villages share, with unit, date and answer. A request told by one
 * person is in no list; who holds its receipt names it in `service_request_id` and reads what the tracking page shows.
 */
export const readRequests = async (
  deps: Deps,
  jurisdiction: Jurisdiction,
  asked: Asked,
  locale: Locale,
): Promise<Result<Node[]>> => {
  const span = spanOf(deps.clock(), asked);
  if (!span.ok) return span;
  const page = wholeIn('page', asked.page, 1, 100_000);
  const size = wholeIn('page_size', asked.pageSize, mostRows, mostRows);
  if (!page.ok) return page;
  if (!size.ok) return size;
  const strange = asked.statuses.find((status) => status !== 'open' && status !== 'closed');
  if (strange !== undefined)
    return refuse(fault('field-invalid', { field: 'status', reason: 'open 或者 closed，多个之间用逗号' }));
  const names = new Map(jurisdiction.villages.map(({ code, name }) => [code, name]));
  const statuses = asked.statuses.length === 0 ? ['open', 'closed'] : asked.statuses;
  const named = asked.ids.length > 0;
  const offersShared = named || asked.serviceCodes.length === 0 || asked.serviceCodes.includes(shared);
  const found = await inContext(deps, publicContext(`${jurisdiction.county}000000`), (tx) =>
    listPublicRequests(tx, {
      ids: named ? asked.ids.filter(isId) : offersShared ? null : [],
      ...span.value,
      // An id wins over every other argument, as the standard says.
      states: named
        ? ['open', 'paused', 'ended']
        : statuses.flatMap((status) => (status === 'open' ? ['open', 'paused'] : ['ended'])),
      skip: named ? 0 : (page.value - 1) * size.value,
      most: named ? mostRows : size.value,
    }),
  );
  const tracked: Node[] = [];
  for (const id of asked.ids) {
    const own = await followReceipt(deps, jurisdiction, id, locale);
    if (own !== undefined) tracked.push(trackedView(own.receipt, own.tracking));
  }
  return ok([...tracked, ...found.map((row) => sharedView(row, (code) => names.get(code) ?? code))]);
};

/**
 * What happened on requests (mySociety's extension `servicerequestupdates`), oldest first: every act that the tracking page shows, by the office
 * that did it. Refuses `field-missing` without an id, since updates without a receipt would be of matters nobody may read.
 */
export const readUpdates = async (
  deps: Deps,
  jurisdiction: Jurisdiction,
  asked: Pick<Asked, 'ids' | 'from' | 'to'>,
  locale: Locale,
): Promise<Result<Node[]>> => {
  if (asked.ids.length === 0) return refuse(fault('field-missing', { field: 'service_request_id' }));
  const from = momentIn('start_date', asked.from);
  const to = momentIn('end_date', asked.to);
  if (!from.ok) return from;
  if (!to.ok) return to;
  const isAsked = (at: string): boolean =>
    (from.value === undefined || at >= from.value) && (to.value === undefined || at < to.value);
  const updates: Node[] = [];
  for (const id of asked.ids) {
    const own = await followReceipt(deps, jurisdiction, id, locale);
    if (own === undefined) continue;
    const { acts, state } = own.tracking;
    for (const [at, act] of acts.entries()) {
      if (act.act === 'open' || !isAsked(act.recordedAt)) continue;
      updates.push({
        update_id: `${own.receipt}.${act.seq}`,
        service_request_id: own.receipt,
        status: at === acts.length - 1 ? statusOf(state) : 'open',
        updated_datetime: act.recordedAt,
        description: [act.by.body, act.title, ...act.fields.map(({ title, text }) => `${title}：${text}`)]
          .filter(Boolean)
          .join(' '),
        external_status_code: act.act,
      });
    }
  }
  return ok(updates);
};
