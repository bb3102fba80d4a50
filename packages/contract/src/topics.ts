import { createRoute, z } from '@hono/zod-openapi';
import { ActorView, MatterState } from './matters.js';
import { commandHeaders as headers, json, jsonBody, refusals } from './route-parts.js';
import { DateText, DivisionCode, Id, InstantText } from './shapes.js';

/** Topics (热点): what many requests have in common. Everything here is offered to staff; a resident's view knows nothing of it. */

/** A path in the category tree, from the top down. */
export const CategoryPath = z.array(z.string().min(1).max(60)).min(1).max(5).openapi('CategoryPath');

/** A matter in one line, as it stands beside another. */
const BesideMatter = z
  .object({
    id: Id,
    number: z.string(),
    subject: z.string(),
    division: DivisionCode,
    divisionName: z.string(),
    state: MatterState,
    openedAt: InstantText,
  })
  .openapi('BesideMatter');

/** A request that may be the same matter, with the reasons. */
export const SimilarMatter = BesideMatter.extend({
  nearDuplicate: z
    .boolean()
    .openapi({ description: 'half of all words and pairs of characters are common: a text sent again' }),
  phrases: z.array(z.string()).openapi({ description: 'stand in both texts, most telling first' }),
  percent: z.number().int().min(0).max(100),
  place: z.enum(['same-village', 'same-township', 'elsewhere']),
  daysApart: z.number().int(),
}).openapi('SimilarMatter');

/** What staff said about this matter and another. */
export const MatterLink = z
  .object({ id: Id, same: z.boolean(), matter: BesideMatter, by: ActorView, at: InstantText })
  .openapi('MatterLink');

/** What is known and offered about the topic and the category of one matter. */
export const MatterTopic = z
  .object({
    compared: z.number().int().nullable().openapi({
      description:
        'how many open requests it was compared with; null for what is never compared, e.g. a complaint about a person',
    }),
    similar: z.array(SimilarMatter),
    links: z.array(MatterLink),
    category: z.object({
      settled: z.object({ path: CategoryPath, suggested: z.boolean(), by: ActorView, at: InstantText }).nullable(),
      suggestions: z.array(z.object({ path: CategoryPath, words: z.array(z.string()) })),
      tree: z.array(CategoryPath),
    }),
  })
  .openapi('MatterTopic');

/** One topic of the list. */
export const TopicView = z
  .object({
    subject: z.string().openapi({ description: 'of the request that is most like the others' }),
    phrases: z.array(z.string()),
    count: z.number().int(),
    recent: z.number().int().openapi({ description: 'told in the last thirty days' }),
    from: DateText,
    to: DateText,
    places: z.array(z.object({ division: DivisionCode, name: z.string(), count: z.number().int() })),
    matters: z.array(BesideMatter),
  })
  .openapi('Topic');

/** Topics among the open requests of a place, largest first. */
export const TopicsPage = z
  .object({
    division: DivisionCode,
    divisionName: z.string(),
    date: DateText,
    compared: z.number().int(),
    topics: z.array(TopicView),
    categories: z.array(z.object({ name: z.string(), count: z.number().int() })),
    unsorted: z.number().int(),
  })
  .openapi('TopicsPage');

const byId = z.object({ id: Id });
const Made = z.object({ id: Id });

export const matterTopicRoute = createRoute({
  method: 'get',
  path: '/api/matters/{id}/topic',
  tags: ['topics'],
  summary: 'Which open requests may be the same matter, what staff said, and which category is suggested',
  request: { params: byId },
  responses: { 200: json(MatterTopic, 'offers, with reasons'), ...refusals },
});
export const linkMattersRoute = createRoute({
  method: 'post',
  path: '/api/matters/{id}/links',
  tags: ['topics'],
  summary: 'Say that two requests are the same matter, or that they are not',
  request: { params: byId, headers, body: jsonBody(z.object({ other: Id, same: z.boolean() }), 'what staff say') },
  responses: { 201: json(Made, 'kept'), ...refusals },
});
export const undoLinkRoute = createRoute({
  method: 'post',
  path: '/api/matter-links/{id}/undo',
  tags: ['topics'],
  summary: 'Take back what was said about two requests',
  request: { params: byId, headers },
  responses: { 200: json(Made, 'taken back'), ...refusals },
});
export const settleCategoryRoute = createRoute({
  method: 'post',
  path: '/api/matters/{id}/category',
  tags: ['topics'],
  summary: 'Give a request its category: the one suggested, or another of the tree',
  request: { params: byId, headers, body: jsonBody(z.object({ path: CategoryPath }), 'the category') },
  responses: { 201: json(Made, 'kept'), ...refusals },
});
export const topicsRoute = createRoute({
  method: 'get',
  path: '/api/topics',
  tags: ['topics'],
  summary: 'Topics among the open requests of a place',
  request: { query: z.object({ division: DivisionCode.optional() }) },
  responses: { 200: json(TopicsPage, 'largest first'), ...refusals },
});

export type MatterTopic = z.infer<typeof MatterTopic>;
export type SimilarMatter = z.infer<typeof SimilarMatter>;
export type MatterLink = z.infer<typeof MatterLink>;
export type TopicView = z.infer<typeof TopicView>;
export type TopicsPage = z.infer<typeof TopicsPage>;
