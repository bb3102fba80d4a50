import { createRoute, z } from '@hono/zod-openapi';
import { commandHeaders, json, jsonBody, refusals } from './route-parts.js';
import { DateText, DivisionCode, Id, InstantText } from './shapes.js';

/** What residents do with a village decision on its public page, as the village's offices see it (知情、参与、表达、监督). */

/** How often each channel was used: the file opened, a meeting signed up for, comments, queries to the supervision committee. */
export const ChannelUses = z
  .object({
    file: z.number().int(),
    meeting: z.number().int(),
    comment: z.number().int(),
    query: z.number().int(),
  })
  .openapi('DecisionChannelUses');

export const DecisionWord = z
  .object({
    id: Id,
    kind: z.enum(['sign-up', 'comment', 'query']),
    text: z.string(),
    recordedAt: InstantText,
    due: DateText.nullable().openapi({ description: 'the last day for the answer to a query' }),
    answer: z.string().nullable(),
    answeredAt: InstantText.nullable(),
    sealed: z.boolean().openapi({ description: 'a name was left, which an auditor alone may open' }),
  })
  .openapi('DecisionWord');

export const DecisionChannels = z
  .object({
    page: z.string().nullable().openapi({ description: 'address of the public page; null while it has none' }),
    uses: ChannelUses,
    words: z.array(DecisionWord),
    mayAnswer: z.boolean(),
    mayOpenSender: z.boolean(),
  })
  .openapi('DecisionChannels');

export const readChannelsRoute = createRoute({
  method: 'get',
  path: '/api/matters/{id}/channels',
  tags: ['decisions'],
  summary: 'How the four channels of a decision were used, and what was said',
  request: { params: z.object({ id: Id }) },
  responses: { 200: json(DecisionChannels, 'uses and words'), ...refusals },
});

/** What hangs in a place, with the days that matter (公示): the last of the notice, and the last on which one may object. */
export const PostingRow = z
  .object({
    matter: Id,
    division: DivisionCode,
    divisionName: z.string(),
    subject: z.string().nullable().openapi({ description: 'null where it holds personal data' }),
    what: z.string(),
    posted: DateText,
    until: DateText.openapi({ description: 'the last of its full days' }),
    objectUntil: DateText.nullable().openapi({
      description: 'the last day for an objection; null where none is taken now',
    }),
    waiting: z.number().int().openapi({ description: 'objections that nobody has answered' }),
  })
  .openapi('PostingRow');

export const listPostingsRoute = createRoute({
  method: 'get',
  path: '/api/postings',
  tags: ['decisions'],
  summary: 'Postings of a place that hang now, the first to end at the head',
  request: { query: z.object({ division: DivisionCode }) },
  responses: { 200: json(z.object({ postings: z.array(PostingRow) }), 'the postings'), ...refusals },
});

export const answerWordRoute = createRoute({
  method: 'post',
  path: '/api/decision-words/{id}/answer',
  tags: ['decisions'],
  summary: 'The supervision committee answers a query',
  request: {
    params: z.object({ id: Id }),
    headers: commandHeaders,
    body: jsonBody(z.strictObject({ answer: z.string().trim().min(1).max(1000) }), 'the answer, which everybody reads'),
  },
  responses: { 201: json(z.object({ id: Id }), 'answered'), ...refusals },
});

export const WordSender = z.object({ name: z.string(), contact: z.string() }).openapi('DecisionWordSender');

export const openSenderRoute = createRoute({
  method: 'get',
  path: '/api/decision-words/{id}/sender',
  tags: ['decisions'],
  summary: 'An auditor opens who said something; written to the access log',
  request: { params: z.object({ id: Id }), query: z.object({ purpose: z.string().trim().min(2).max(300) }) },
  responses: { 200: json(WordSender, 'what was left'), ...refusals },
});

export type ChannelUses = z.infer<typeof ChannelUses>;
export type DecisionWord = z.infer<typeof DecisionWord>;
export type DecisionChannels = z.infer<typeof DecisionChannels>;
export type PostingRow = z.infer<typeof PostingRow>;
export type WordSender = z.infer<typeof WordSender>;
