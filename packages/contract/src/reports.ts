import { createRoute, z } from '@hono/zod-openapi';
import { json, refusals, workbook } from './route-parts.js';
import { Channel, MatterState } from './matters.js';
import { DateText, DivisionCode, Id, InstantText } from './shapes.js';

/** Reports (报表): figures cut from the acts, each of them with the matters behind it. No ranking of persons. */

export const ReportQuery = z.object({
  division: DivisionCode.optional(),
  from: DateText.optional(),
  to: DateText.optional(),
  kind: z.string().max(64).optional(),
  procedure: z.string().max(64).optional(),
});

const Count = z.number().int();
const Place = { division: DivisionCode, name: z.string() };

/** A share that keeps its count and base, so that a page never shows a bare percentage. */
export const ShareView = z.object({ count: Count, of: Count, percent: z.number().nullable() }).openapi('ReportShare');

/** How long answers took (办理时效). Days are exact: (replied − filed) ÷ 86,400 s. */
export const Timeliness = z
  .object({
    count: Count,
    medianDays: z.number().nullable(),
    p90Days: z.number().nullable(),
    within15Days: Count,
    within60Days: Count,
    within15WorkingDays: Count,
    byKind: z.record(z.string(), Count),
  })
  .openapi('Timeliness');

/** The leader's page (一页清单). */
export const LeaderPage = z
  .object({
    division: DivisionCode,
    divisionName: z.string(),
    date: DateText,
    open: Count,
    late: Count,
    lateByVillage: z.array(z.object({ ...Place, open: Count, late: Count })),
    lateByOffice: z.array(z.object({ body: Id.nullable(), name: z.string(), open: Count, late: Count })),
    lateByProcedure: z.array(z.object({ procedure: z.string(), title: z.string(), open: Count, late: Count })),
    rising: z.array(
      z.object({
        topic: z.string(),
        title: z.string(),
        now: Count,
        before: Count,
        villages: Count,
      }),
    ),
    satisfaction: z.object({
      claimed: Count.openapi({ description: 'matters an office says are done' }),
      confirmed: z
        .number()
        .int()
        .openapi({ description: 'of these confirmed by the resident or a sampled non-handler' }),
      disputed: Count,
      rated: Count,
      satisfied: Count,
    }),
    lateMatters: z.array(
      z.object({
        id: Id,
        number: z.string(),
        subject: z.string(),
        divisionName: z.string(),
        holderName: z.string().nullable(),
        due: DateText,
        overdueDays: Count,
      }),
    ),
    followUps: z.array(
      z.object({ id: Id, matter: Id, number: z.string(), text: z.string(), due: DateText, done: z.boolean() }),
    ),
  })
  .openapi('LeaderPage');

/** Orders (三单) per branch: totals, times, refusals with reasons. */
export const OrdersReport = z
  .object({
    rows: z.array(
      z.object({
        body: Id,
        name: z.string(),
        division: DivisionCode,
        total: Count,
        accepted: Count,
        done: Count,
        confirmed: Count,
        refused: Count,
        refusalReasons: z.array(z.object({ reason: z.string(), count: Count })),
        medianHoursToAccept: z.number().nullable(),
        medianHoursToDone: z.number().nullable(),
        lateToAccept: Count,
        lateToDone: Count,
        reminders: Count,
        escalated: Count,
      }),
    ),
  })
  .openapi('OrdersReport');

/** Share settled at each level (琐事不出组、小事不出村、大事不出镇). Going higher is never a negative mark. */
export const SettledReport = z
  .object({
    rows: z.array(
      z.object({
        level: z.string(),
        title: z.string(),
        started: Count,
        settledThere: Count,
        handedUp: Count,
        share: ShareView,
      }),
    ),
  })
  .openapi('SettledReport');

const Answered = { closed: Count, rated: Count, answerShare: ShareView, satisfied: ShareView };
/** Ratings (评价): average and share answered; below five ratings the average is not shown. */
export const RatingsReport = z
  .object({
    rows: z.array(
      z.object({
        ...Place,
        service: z.string(),
        ...Answered,
        average: z.number().nullable(),
        suppressed: z.boolean(),
        low: Count,
        followUps: Count,
        followUpsDone: Count,
      }),
    ),
    total: z.object({ ...Answered, low: Count, followUps: Count }),
  })
  .openapi('RatingsReport');

/** Proxy services (代办) per village with limits and ratings. */
export const ProxyServicesReport = z
  .object({
    rows: z.array(
      z.object({
        ...Place,
        service: z.string(),
        title: z.string(),
        limit: z.string().nullable(),
        total: Count,
        open: Count,
        overdue: Count,
        onTime: Count,
        rated: Count,
        average: z.number().nullable(),
      }),
    ),
  })
  .openapi('ProxyServicesReport');

/** Services meant to be done without leaving the village (不出村): the share that was, and the others with their reasons. */
export const FinishedInVillageReport = z
  .object({
    services: z
      .array(z.object({ id: z.string(), title: z.string() }))
      .openapi({ description: 'what the catalogue in force says is done in the village' }),
    rows: z.array(
      z.object({
        ...Place,
        service: z.string(),
        title: z.string(),
        ended: Count,
        share: ShareView,
        others: z.array(z.object({ id: Id, number: z.string(), reason: z.string() })),
      }),
    ),
  })
  .openapi('FinishedInVillageReport');

/** The ledger of requests (办事登记台账), filling itself from the matters. */
export const Ledger = z
  .object({
    rows: z.array(
      z.object({
        matter: Id,
        number: z.string(),
        openedAt: InstantText,
        division: DivisionCode,
        divisionName: z.string(),
        channel: Channel,
        procedureTitle: z.string(),
        kindTitle: z.string().nullable(),
        subject: z.string(),
        handler: z.string().nullable(),
        state: MatterState,
        resultTitle: z.string().nullable(),
        endedAt: InstantText.nullable(),
        due: DateText.nullable(),
        overdueDays: Count,
        red: z.boolean(),
        checks: z.array(z.object({ id: Id, state: MatterState, result: z.string().nullable() })),
        lateEntry: z.boolean(),
      }),
    ),
    next: z.string().nullable(),
  })
  .openapi('Ledger');

/** Recurring demands (共性诉求): one matter, several places, the answer visible to all of them. */
export const RecurringReport = z
  .object({
    rows: z.array(
      z.object({
        matter: Id,
        number: z.string(),
        subject: z.string(),
        topic: z.string().nullable(),
        unit: z.string().nullable(),
        due: DateText.nullable(),
        state: MatterState,
        answer: z.string().nullable(),
        places: z.array(z.object(Place)),
      }),
    ),
  })
  .openapi('RecurringReport');

/** Items admitted to villages (准入清单), and what villages report that is not on it. */
export const AdmissionReport = z
  .object({
    admitted: z.array(
      z.object({
        matter: Id,
        number: z.string(),
        subject: z.string(),
        basis: z.string().nullable(),
        funds: z.string().nullable(),
        from: DateText.nullable(),
        until: DateText.nullable(),
      }),
    ),
    undecided: z.array(z.object({ matter: Id, number: z.string(), subject: z.string(), openedAt: InstantText })),
    reported: z.array(
      z.object({
        matter: Id,
        number: z.string(),
        subject: z.string(),
        divisionName: z.string(),
        openedAt: InstantText,
        setAside: z.boolean(),
        state: MatterState,
      }),
    ),
  })
  .openapi('AdmissionReport');

/** One-time notice (一次性告知): cases whose second list of missing papers counts as a breach. */
export const OneTimeNoticeReport = z
  .object({
    rows: z.array(
      z.object({
        ...Place,
        notices: Count,
        breaches: Count,
        matters: z.array(z.object({ id: Id, number: z.string(), reasons: z.array(z.string()) })),
      }),
    ),
  })
  .openapi('OneTimeNoticeReport');

const report = <P extends string, S extends z.ZodType>(path: P, schema: S, summary: string) =>
  createRoute({
    method: 'get',
    path,
    tags: ['reports'],
    summary,
    request: { query: ReportQuery },
    responses: { 200: json(schema, summary), ...refusals },
  });

export const leaderPageRoute = report('/api/reports/leader', LeaderPage, 'The leader’s page');
export const timelinessRoute = report('/api/reports/timeliness', Timeliness, 'How long answers took');
export const ordersRoute = report('/api/reports/orders', OrdersReport, 'Orders per branch');
export const settledRoute = report('/api/reports/settled', SettledReport, 'Share settled per level');
export const ratingsRoute = report('/api/reports/ratings', RatingsReport, 'Ratings');
export const proxyServicesRoute = report(
  '/api/reports/proxy-services',
  ProxyServicesReport,
  'Proxy services per village',
);
export const finishedInVillageRoute = report(
  '/api/reports/finished-in-village',
  FinishedInVillageReport,
  'Services finished in the village',
);
export const recurringRoute = report('/api/reports/recurring', RecurringReport, 'Recurring demands');
export const admissionRoute = report('/api/reports/admission', AdmissionReport, 'Admitted items');
export const oneTimeNoticeRoute = report('/api/reports/one-time-notice', OneTimeNoticeReport, 'One-time notice');
export const ledgerRoute = createRoute({
  method: 'get',
  path: '/api/reports/ledger',
  tags: ['reports'],
  summary: 'The ledger of requests',
  request: {
    query: ReportQuery.extend({
      after: z.string().max(400).optional(),
      limit: z.coerce.number().int().min(1).max(500).optional(),
    }),
  },
  responses: { 200: json(Ledger, 'one page'), ...refusals },
});

/** Names of the reports that export as a spreadsheet. */
export const ReportName = z.enum([
  'leader',
  'timeliness',
  'orders',
  'settled',
  'ratings',
  'proxy-services',
  'finished-in-village',
  'ledger',
  'recurring',
  'admission',
  'one-time-notice',
]);
export const exportReportRoute = createRoute({
  method: 'get',
  path: '/api/reports/{name}/xlsx',
  tags: ['reports'],
  summary: 'A report as a spreadsheet',
  request: { params: z.object({ name: ReportName }), query: ReportQuery },
  responses: {
    200: workbook('the report'),
    ...refusals,
  },
});

export type ReportQuery = z.infer<typeof ReportQuery>;
export type ShareView = z.infer<typeof ShareView>;
export type Timeliness = z.infer<typeof Timeliness>;
export type LeaderPage = z.infer<typeof LeaderPage>;
export type OrdersReport = z.infer<typeof OrdersReport>;
export type SettledReport = z.infer<typeof SettledReport>;
export type RatingsReport = z.infer<typeof RatingsReport>;
export type ProxyServicesReport = z.infer<typeof ProxyServicesReport>;
export type FinishedInVillageReport = z.infer<typeof FinishedInVillageReport>;
export type Ledger = z.infer<typeof Ledger>;
export type RecurringReport = z.infer<typeof RecurringReport>;
export type AdmissionReport = z.infer<typeof AdmissionReport>;
export type OneTimeNoticeReport = z.infer<typeof OneTimeNoticeReport>;
export type ReportName = z.infer<typeof ReportName>;
