import { createRoute, z } from '@hono/zod-openapi';
import { json, refusals } from './route-parts.js';
import { ActorView } from './matters.js';
import { Cursor, DateText, DivisionCode, Id, InstantText } from './shapes.js';

/** What waits for whom, until when (待办): the inbox by deadline and the page of today. */

/** Why something waits. */
export const InboxKind = z.enum([
  'act-needed',
  'accept-needed',
  'reminder',
  'overdue',
  'answered',
  'returned',
  'handed-up',
  'confirm-sampled',
  'disputed',
  'follow-up',
  'low-rating',
  'admission',
  'gone-higher',
  'meeting-called',
  'disclosure-late',
  'disclosure-check',
  'disclosure-checked',
  'supervision-query',
  'objection',
  'posting-over',
  'record-objection',
]);

/** One thing that waits. */
export const InboxItem = z
  .object({
    id: Id,
    kind: InboxKind,
    matter: Id.nullable().openapi({
      description: 'null where no matter waits but a record, a disclosure that is late, or a draft of one',
    }),
    record: Id.nullable().openapi({ description: 'the record that an objection waits at; else null' }),
    number: z.string(),
    division: DivisionCode,
    divisionName: z.string(),
    subject: z.string(),
    what: z.string().openapi({ description: 'what to do, in words' }),
    body: z.string().nullable(),
    due: DateText.nullable(),
    overdueDays: z.number().int(),
    provisional: z.boolean(),
    since: InstantText,
    from: ActorView.nullable(),
  })
  .openapi('InboxItem');

export const InboxPage = z
  .object({
    items: z.array(InboxItem),
    next: Cursor.nullable(),
    counts: z.object({ overdue: z.number().int(), today: z.number().int(), later: z.number().int() }),
  })
  .openapi('InboxPage');

/** The home page of an officer: what is due, soon due and new, for each office held. */
export const Today = z
  .object({
    date: DateText,
    workingDay: z.boolean(),
    offices: z.array(
      z.object({
        appointment: Id,
        body: Id,
        bodyName: z.string(),
        post: z.string(),
        postTitle: z.string(),
        division: DivisionCode,
        divisionName: z.string(),
      }),
    ),
    overdue: z.array(InboxItem),
    dueToday: z.array(InboxItem),
    dueSoon: z.array(InboxItem),
    fresh: z.array(InboxItem),
    counts: z.object({
      open: z.number().int(),
      overdue: z.number().int(),
      paused: z.number().int(),
      endedThisMonth: z.number().int(),
    }),
  })
  .openapi('Today');

export const inboxRoute = createRoute({
  method: 'get',
  path: '/api/inbox',
  tags: ['inbox'],
  summary: 'What waits for me, by deadline',
  request: {
    query: z.object({
      kind: InboxKind.optional(),
      body: Id.optional(),
      after: Cursor.optional(),
      limit: z.coerce.number().int().min(1).max(200).optional(),
    }),
  },
  responses: { 200: json(InboxPage, 'one page'), ...refusals },
});
export const todayRoute = createRoute({
  method: 'get',
  path: '/api/today',
  tags: ['inbox'],
  summary: 'Today’s page',
  responses: { 200: json(Today, 'today'), ...refusals },
});

export type InboxKind = z.infer<typeof InboxKind>;
export type InboxItem = z.infer<typeof InboxItem>;
export type InboxPage = z.infer<typeof InboxPage>;
export type Today = z.infer<typeof Today>;
