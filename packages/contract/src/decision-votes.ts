import { createRoute, z } from '@hono/zod-openapi';
import { RollWord } from './meetings.js';
import { json, refusals } from './route-parts.js';
import { DivisionCode, FaultView, Id } from './shapes.js';

/**
 * Matters decided by votes (议决事项): which bodies decide a kind of matter in which order, and the votes that matters of a place wait for.
 */

/** A step of a decision procedure as the start page shows it. */
export const DecisionStep = z
  .object({
    title: z.string(),
    ways: z.array(
      z.object({
        title: z.string(),
        by: z.string(),
        body: z.string().nullable().openapi({ description: 'whose members vote; null where nobody votes' }),
        attendance: z.string().nullable(),
        approval: z.string().nullable(),
        notice: z.string().nullable(),
        posted: z.string().nullable(),
        source: z.array(z.string()),
      }),
    ),
    together: z.boolean().openapi({ description: 'all ways are needed, not one of them' }),
  })
  .openapi('DecisionStep');

/** A kind of matter that is decided by votes, with who decides in which order. */
export const DecisionView = z
  .object({
    procedure: z.string(),
    title: z.string(),
    about: z.string().nullable(),
    packTitle: z.string(),
    hash: z.string(),
    kinds: z.array(z.object({ id: z.string(), title: z.string() })),
    opensBy: z.string(),
    mayOpen: z.boolean(),
    steps: z.array(DecisionStep),
    svg: z.string(),
  })
  .openapi('Decision');

/** A vote that a matter waits for. */
export const WaitingVote = z
  .object({
    matter: Id,
    number: z.string(),
    subject: z.string(),
    division: DivisionCode,
    stage: z.string(),
    title: z.string(),
    roll: RollWord,
    body: z.string(),
    attendance: z.string().nullable(),
    approval: z.string(),
    notice: z.string().nullable(),
    mayBeShortened: z.boolean(),
    convener: z.string(),
    mine: z.boolean(),
    faults: z.array(FaultView),
    source: z.array(z.string()),
    demand: z
      .object({ by: z.string(), source: z.array(z.string()) })
      .nullable()
      .openapi({ description: 'who has demanded the meeting; whoever convenes it must call it' }),
  })
  .openapi('WaitingVote');

export const decisionsRoute = createRoute({
  method: 'get',
  path: '/api/divisions/{code}/decisions',
  tags: ['meetings'],
  summary: 'Kinds of matter decided by votes: which bodies, in which order, with which quorum',
  request: { params: z.object({ code: DivisionCode }) },
  responses: { 200: json(z.object({ decisions: z.array(DecisionView) }), 'the decisions'), ...refusals },
});
export const waitingVotesRoute = createRoute({
  method: 'get',
  path: '/api/divisions/{code}/waiting-votes',
  tags: ['meetings'],
  summary: 'Votes that matters of a place wait for',
  request: { params: z.object({ code: DivisionCode }), query: z.object({ matter: Id.optional() }) },
  responses: { 200: json(z.object({ votes: z.array(WaitingVote) }), 'the votes'), ...refusals },
});

export type DecisionStep = z.infer<typeof DecisionStep>;
export type DecisionView = z.infer<typeof DecisionView>;
export type WaitingVote = z.infer<typeof WaitingVote>;
