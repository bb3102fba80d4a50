import { createRoute, z } from '@hono/zod-openapi';
import { commandHeaders, commandsOf, json, jsonBody, refusals } from './route-parts.js';
import { DateText, DivisionCode, FaultView, FieldValues, FieldView, Id, InstantText, MomentInput } from './shapes.js';

/**
 * Meetings (会议): calling one, who came, what was voted on item by item, the minutes.
 *
 * What a vote decides is an act on its matter; a meeting keeps what that act rests on.
 */

/** The id of a body whose members form a roll. */
export const RollWord = z.string().regex(/^[a-z][a-z-]{0,62}$/);
const Count = z.number().int().min(0).max(100_000);
const Text = (most: number) => z.string().trim().min(1).max(most);

/** One way to meet a threshold, with what is missing on it. */
export const WayView = z
  .object({
    of: z.string(),
    words: z.string().openapi({ description: 'the whole in words, e.g. 应到人员的三分之二以上' }),
    need: z.number().int(),
    have: z.number().int(),
    base: z.number().int(),
    missing: z.number().int(),
    met: z.boolean(),
  })
  .openapi('ThresholdWay');

export const MeetingState = z.enum(['called', 'open', 'over', 'cancelled']);

/** A meeting in a list. */
export const MeetingRow = z
  .object({
    id: Id,
    division: DivisionCode,
    divisionName: z.string(),
    roll: RollWord,
    bodyName: z.string(),
    title: z.string(),
    meetsAt: InstantText,
    room: z.string(),
    state: MeetingState,
    items: z.array(
      z.object({ number: z.number().int(), title: z.string(), result: z.string().nullable(), matter: Id.nullable() }),
    ),
  })
  .openapi('MeetingRow');

const Author = z.object({ name: z.string(), at: InstantText });
export const MinutesView = Author.extend({ text: z.string(), version: z.number().int() }).openapi('MinutesVersion');

export const SlipFigures = z
  .object({ issued: Count, returned: Count, approve: Count, against: Count, abstain: Count, spoiled: Count })
  .openapi('SlipCount');
const HandFigures = z.object({ approve: Count, against: Count, abstain: Count });

/** An item of the agenda with its vote. */
export const MeetingItemView = z
  .object({
    id: Id,
    number: z.number().int(),
    title: z.string(),
    raisedBy: z.string().nullable(),
    matter: z.object({ id: Id, number: z.string(), subject: z.string() }).nullable(),
    state: z.enum(['waiting', 'voting', 'done']),
    form: z.enum(['hands', 'paper']).nullable(),
    rule: z
      .object({
        title: z.string(),
        attendance: z.string().nullable(),
        approval: z.string(),
        forms: z.array(z.enum(['hands', 'paper'])),
        proxies: z
          .number()
          .int()
          .nullable()
          .openapi({ description: 'most one may carry; null where none may be given' }),
        groups: z.array(z.object({ id: z.string(), title: z.string(), words: z.string() })),
        fields: z.array(FieldView).openapi({ description: 'what the result asks for besides the count' }),
        source: z.array(z.string()),
      })
      .nullable(),
    quorum: z.object({ met: z.boolean(), ways: z.array(WayView) }).nullable(),
    counted: z.object({
      round: z.number().int(),
      by: z.array(z.string()).openapi({ description: 'who has entered the count of this round' }),
      differences: z.array(FaultView).openapi({ description: 'in what the last round differed' }),
    }),
    result: z.enum(['passed', 'rejected', 'no-quorum', 'concluded']).nullable(),
    tally: SlipFigures.extend({ form: z.enum(['hands', 'paper']), present: Count, entitled: Count, voting: Count })
      .extend({
        households: z
          .object({ represented: z.number().int(), all: z.number().int() })
          .openapi({ description: 'households with somebody present, of all on the roll' }),
      })
      .partial({ issued: true, returned: true, households: true })
      .nullable(),
    why: z.array(WayView).openapi({ description: 'why it passed or not' }),
    conclusion: z.string().nullable(),
    handedTo: z
      .object({
        id: Id,
        number: z.string(),
        subject: z.string(),
        holder: z.string().nullable().openapi({ description: 'the person who has it now' }),
        due: DateText.nullable(),
      })
      .nullable(),
    recused: z.array(z.object({ person: Id, name: z.string(), relation: z.string() })),
    minutes: MinutesView.nullable(),
  })
  .openapi('MeetingItem');

/** Somebody who should be there. */
export const RollLine = z
  .object({
    person: Id,
    name: z.string(),
    posts: z.array(z.string()),
    household: z.boolean(),
    came: z.enum(['paper', 'phone', 'hands']).nullable(),
    proxyTo: z.object({ person: Id, name: z.string() }).nullable(),
    addedBecause: z.string().nullable(),
  })
  .openapi('RollLine');

export const MeetingDetail = MeetingRow.omit({ items: true })
  .extend({
    note: z.string(),
    specialReason: z.string().nullable(),
    demandedBy: z.string().nullable(),
    calledBy: z.string(),
    calledAt: InstantText,
    chair: z.string().nullable(),
    begunAt: InstantText.nullable(),
    overAt: InstantText.nullable(),
    cancelledReason: z.string().nullable(),
    openToPublic: z.boolean(),
    manages: z.boolean().openapi({ description: 'this viewer acts for the office, not only as a member' }),
    me: z.object({ invited: z.boolean(), came: z.boolean(), person: Id }),
    frozen: z.boolean(),
    roll: z.array(RollLine),
    presence: z.object({
      entitled: z.number().int(),
      present: z.number().int(),
      inPerson: z.number().int(),
      byProxy: z.number().int(),
      byChannel: z.object({ paper: z.number().int(), phone: z.number().int(), hands: z.number().int() }),
      households: z.object({ represented: z.number().int(), all: z.number().int() }),
      faults: z.array(FaultView),
    }),
    items: z.array(MeetingItemView),
    minutes: MinutesView.nullable(),
    calendar: z.string().openapi({ description: 'address of the calendar of this body' }),
  })
  .openapi('MeetingDetail');

/** What calling a meeting says. */
export const CallMeeting = z
  .object({
    division: DivisionCode,
    roll: RollWord,
    title: Text(120),
    meetsAt: MomentInput,
    room: Text(120),
    note: z.string().trim().max(2000).default(''),
    specialReason: Text(500).optional(),
    demandedBy: Text(120).optional(),
    items: z
      .array(
        z.object({
          title: Text(200),
          matters: z.array(Id).max(20).default([]).openapi({ description: 'the matter; two in one item are refused' }),
          stage: z.string().max(130).optional(),
          raisedBy: Text(80).optional(),
        }),
      )
      .min(1)
      .max(30),
  })
  .openapi('CallMeeting');

const InMeeting = z.object({ id: Id });
const InItem = z.object({ id: Id, item: Id });
const done = json(z.object({ id: Id }).openapi('MeetingDone'), 'done');

const { commandOn, commandIn } = commandsOf('meetings', { 200: done });
const commandOnItem = commandIn(InItem);

export const listMeetingsRoute = createRoute({
  method: 'get',
  path: '/api/meetings',
  tags: ['meetings'],
  summary: 'Meetings of a place, by day',
  request: {
    query: z.object({
      division: DivisionCode,
      from: DateText.optional(),
      to: DateText.optional(),
      matter: Id.optional().openapi({ description: 'only those that concern this matter' }),
    }),
  },
  responses: { 200: json(z.object({ meetings: z.array(MeetingRow) }), 'the meetings'), ...refusals },
});
export const myMeetingsRoute = createRoute({
  method: 'get',
  path: '/api/my-meetings',
  tags: ['meetings'],
  summary: 'Meetings I am invited to, and the address of my calendar',
  responses: { 200: json(z.object({ meetings: z.array(MeetingRow), calendar: z.string() }), 'mine'), ...refusals },
});
export const readMeetingRoute = createRoute({
  method: 'get',
  path: '/api/meetings/{id}',
  tags: ['meetings'],
  summary: 'A meeting as this person may see it',
  request: { params: InMeeting },
  responses: { 200: json(MeetingDetail, 'the meeting'), ...refusals },
});
export const callMeetingRoute = createRoute({
  method: 'post',
  path: '/api/meetings',
  tags: ['meetings'],
  summary: 'Call a meeting',
  request: { headers: commandHeaders, body: jsonBody(CallMeeting, 'the meeting') },
  responses: { 201: done, ...refusals },
});
export const changeMeetingRoute = commandOn(
  '/api/meetings/{id}/change',
  'Another time or room; the notice counts anew',
  z.object({ meetsAt: MomentInput, room: Text(120), specialReason: Text(500).optional() }).openapi('ChangeMeeting'),
);
export const cancelMeetingRoute = commandOn(
  '/api/meetings/{id}/cancel',
  'Cancel a meeting',
  z.object({ reason: Text(500) }).openapi('CancelMeeting'),
);
export const beginMeetingRoute = commandOn(
  '/api/meetings/{id}/begin',
  'Freeze the roll and begin',
  z
    .object({
      chair: Id.optional(),
      add: z
        .array(z.object({ person: Id, because: Text(200) }))
        .max(50)
        .default([]),
      leaveOut: z.array(Id).max(200).default([]),
    })
    .openapi('BeginMeeting'),
);
export const attendRoute = commandOn(
  '/api/meetings/{id}/attendance',
  'Enter who came from the paper sheet or as called out',
  z
    .object({
      people: z
        .array(
          z.object({
            person: Id,
            kind: z.enum(['came', 'struck']),
            channel: z.enum(['paper', 'hands']),
            reason: z.string().trim().max(200).default(''),
          }),
        )
        .min(1)
        .max(2000),
    })
    .openapi('EnterAttendance'),
);
export const hereRoute = commandOn('/api/meetings/{id}/here', 'I am here', z.object({}).openapi('IAmHere'));
export const proxyRoute = commandOn(
  '/api/meetings/{id}/proxies',
  'Somebody present carries the vote of somebody absent',
  z.object({ giver: Id, holder: Id, kind: z.enum(['given', 'withdrawn']) }).openapi('EnterProxy'),
);
export const recuseRoute = commandOnItem(
  '/api/meetings/{id}/items/{item}/recusals',
  'Somebody stands aside in this vote',
  z.object({ person: Id, relation: Text(80) }).openapi('EnterRecusal'),
);
export const openVoteRoute = commandOnItem(
  '/api/meetings/{id}/items/{item}/open',
  'Begin the vote on an item',
  z.object({ form: z.enum(['hands', 'paper', 'electronic']) }).openapi('OpenVote'),
);
export const enterCountRoute = createRoute({
  method: 'post',
  path: '/api/meetings/{id}/items/{item}/counts',
  tags: ['meetings'],
  summary: 'Type the count of the slips; a second person types it again',
  request: {
    headers: commandHeaders,
    params: InItem,
    body: jsonBody(SlipFigures, 'the count'),
  },
  responses: {
    200: json(
      z.object({ id: Id, entered: z.number().int(), differences: z.array(FaultView) }).openapi('CountEntered'),
      'kept; where the two differ, both count again',
    ),
    ...refusals,
  },
});
export const closeVoteRoute = createRoute({
  method: 'post',
  path: '/api/meetings/{id}/items/{item}/close',
  tags: ['meetings'],
  summary: 'Close the vote: the result becomes an act on the matter',
  request: {
    headers: commandHeaders,
    params: InItem,
    body: jsonBody(
      z
        .object({
          hands: HandFigures.optional(),
          groups: z.record(z.string().max(64), Count).default({}),
          fields: FieldValues.default({}),
        })
        .openapi('CloseVote'),
      'what was counted',
    ),
  },
  responses: {
    200: json(z.object({ id: Id, result: z.enum(['passed', 'rejected']) }).openapi('VoteClosed'), 'the result'),
    ...refusals,
  },
});
export const adjournRoute = commandOnItem(
  '/api/meetings/{id}/items/{item}/adjourn',
  'Too few came: no vote is taken, and the meeting may be called again',
  z.object({}).openapi('AdjournVote'),
);
export const addTopicRoute = commandOn(
  '/api/meetings/{id}/topics',
  'Add a topic that came up in the meeting; it is talked over, never voted on',
  z.object({ title: Text(200), raisedBy: Text(80).optional() }).openapi('AddTopic'),
);
export const concludeRoute = commandOnItem(
  '/api/meetings/{id}/items/{item}/conclude',
  'Record the conclusion on a topic that is not voted on',
  z.object({ conclusion: Text(2000) }).openapi('ConcludeItem'),
);
export const handOverRoute = createRoute({
  method: 'post',
  path: '/api/meetings/{id}/items/{item}/hand-over',
  tags: ['meetings'],
  summary: 'Hand a conclusion over: open the decision matter that links back to these minutes',
  request: {
    headers: commandHeaders,
    params: InItem,
    body: jsonBody(
      z
        .object({
          procedure: z.string().max(80),
          kind: z.string().max(80).optional(),
          fields: FieldValues.default({}),
        })
        .openapi('HandOver'),
      'what is opened',
    ),
  },
  responses: {
    200: json(z.object({ id: Id, matter: Id, number: z.string() }).openapi('HandedOver'), 'the matter'),
    ...refusals,
  },
});
export const writeMinutesRoute = commandOn(
  '/api/meetings/{id}/minutes',
  'Write the minutes of the meeting or of one vote; every version is kept',
  z.object({ item: Id.optional(), text: Text(20_000) }).openapi('WriteMinutes'),
);
export const endMeetingRoute = commandOn(
  '/api/meetings/{id}/end',
  'End the meeting',
  z.object({}).openapi('EndMeeting'),
);

export type WayView = z.infer<typeof WayView>;
export type MeetingRow = z.infer<typeof MeetingRow>;
export type MinutesView = z.infer<typeof MinutesView>;
export type MeetingItemView = z.infer<typeof MeetingItemView>;
export type RollLine = z.infer<typeof RollLine>;
export type MeetingDetail = z.infer<typeof MeetingDetail>;
export type CallMeeting = z.infer<typeof CallMeeting>;
export type SlipFigures = z.infer<typeof SlipFigures>;
