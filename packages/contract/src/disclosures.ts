import { createRoute, z } from '@hono/zod-openapi';
import { commandsOf, json, refusals } from './route-parts.js';
import { DateText, DivisionCode, Id } from './shapes.js';

/**
 * Disclosure (公开): what a village owes, the drafts cut from its ledgers, the check, what was published with every version, where it
 * hangs, and what residents asked. Residents read and ask on the portal; these routes are for offices.
 */

const Board = z.enum(['party', 'village', 'finance']);
const Title = z.string().trim().min(1).max(200);
const Reason = z.string().trim().max(200);
const ItemId = z.string().regex(/^[a-z][a-z0-9-]{0,79}$/);

export const DutyView = z
  .object({
    item: ItemId,
    title: z.string(),
    board: Board,
    scope: z.enum(['residents', 'members']),
    periodTitle: z.string(),
    from: DateText,
    to: DateText,
    dueBy: DateText,
    state: z.enum(['running', 'open', 'late', 'in-time', 'published-late']),
    daysLate: z.number().int(),
    publishedOn: DateText.nullable(),
    responsible: z.string(),
    cut: z.boolean().openapi({ description: 'a draft is cut from a ledger; otherwise it is written' }),
    drafts: z.boolean().openapi({ description: 'the office held draws it up and publishes it' }),
  })
  .openapi('DisclosureDuty');

export const PaperTableView = z.object({
  kind: z.literal('table'),
  caption: z.string().optional(),
  head: z.array(z.string()),
  rows: z.array(z.array(z.string())),
  widths: z.array(z.number()).optional(),
  right: z.array(z.number().int()).optional(),
});
/** What a draft says: paragraphs people write, a table that is cut, the sums of it, and bars to look at. */
export const DisclosureContent = z
  .object({
    paragraphs: z.array(z.string().max(2000)).max(40),
    table: PaperTableView.nullable(),
    bars: z.array(z.object({ title: z.string(), income: z.number(), expense: z.number() })),
    gaps: z.array(z.string()).openapi({ description: 'numbers missing in the vouchers of the period' }),
  })
  .openapi('DisclosureContent');

export const DraftView = z
  .object({
    id: Id,
    division: DivisionCode,
    item: ItemId,
    title: z.string(),
    periodTitle: z.string(),
    content: DisclosureContent,
    state: z.enum(['draft', 'submitted', 'agreed', 'sent-back', 'published']),
    version: z.number().int(),
    corrects: Id.nullable(),
    reason: z.string(),
    checker: z.string(),
    checks: z.array(z.object({ agrees: z.boolean(), note: z.string(), by: z.string(), at: z.string() })),
    may: z.object({ edit: z.boolean(), check: z.boolean(), publish: z.boolean() }),
  })
  .openapi('DisclosureDraft');

export const PublishedRow = z
  .object({
    id: Id,
    item: z.string(),
    title: z.string(),
    board: Board,
    from: DateText,
    to: DateText,
    version: z.number().int(),
    publishedOn: DateText,
    postedOn: DateText.nullable(),
    until: DateText,
    daysLeft: z.number().int(),
    withdrawnOn: DateText.nullable(),
    copies: z.number().int(),
    open: z.number().int().openapi({ description: 'questions and objections without an answer' }),
  })
  .openapi('PublishedDisclosure');

export const QuestionView = z
  .object({
    id: Id,
    disclosure: Id,
    title: z.string(),
    kind: z.enum(['question', 'objection']),
    entry: z.string(),
    text: z.string(),
    due: DateText.nullable(),
    answer: z.string().nullable(),
  })
  .openapi('DisclosureQuestion');

/** A matter that can close only once its result is published, and nothing hangs yet. */
export const UnpublishedResult = z
  .object({
    matter: Id,
    number: z.string(),
    subject: z.string(),
    divisionName: z.string(),
    what: z.string(),
    since: DateText,
  })
  .openapi('UnpublishedResult');

/** The month-end page of one village. */
export const DisclosureDesk = z
  .object({
    division: DivisionCode,
    divisionName: z.string(),
    duties: z.array(DutyView),
    drafts: z.array(DraftView),
    published: z.array(PublishedRow),
    questions: z.array(QuestionView),
    anytime: z.array(z.object({ item: ItemId, title: z.string(), drafts: z.boolean() })),
    unpublished: z.array(UnpublishedResult),
  })
  .openapi('DisclosureDesk');

/** How every village of a range stands. */
export const DisclosureOverview = z
  .object({
    villages: z.array(
      z.object({
        division: DivisionCode,
        name: z.string(),
        due: z.number().int(),
        inTime: z.number().int(),
        percent: z.number().int().nullable(),
        late: z.array(z.object({ title: z.string(), dueBy: DateText, daysLate: z.number().int() })),
        waiting: z.number().int(),
      }),
    ),
    unpublished: z.array(UnpublishedResult),
  })
  .openapi('DisclosureOverview');

export const CutDraft = z
  .strictObject({
    division: DivisionCode,
    item: ItemId,
    from: DateText,
    to: DateText.optional().openapi({
      description: 'last day of the period, where an item has periods of two lengths',
    }),
    title: Title.optional(),
    paragraphs: z.array(z.string().trim().max(2000)).max(40).optional(),
    corrects: Id.optional(),
    reason: Reason.optional(),
  })
  .openapi('CutDraft');
export const EditDraft = z
  .strictObject({
    version: z.number().int(),
    title: Title,
    paragraphs: z.array(z.string().trim().max(2000)).max(40),
    submit: z.boolean(),
  })
  .openapi('EditDraft');
export const CheckDraft = z
  .strictObject({ version: z.number().int(), agrees: z.boolean(), note: z.string().trim().max(1000) })
  .openapi('CheckDraft');
export const PublishDraft = z.strictObject({ version: z.number().int() }).openapi('PublishDraft');
export const Withdraw = z.strictObject({ reason: Reason }).openapi('WithdrawDisclosure');
export const Posting = z
  .strictObject({
    kind: z.enum(['wall', 'copies']),
    place: z.string().trim().min(1).max(100),
    copies: z.number().int().min(0).max(100_000),
    photo: Id.optional(),
  })
  .openapi('DisclosurePosting');
export const AnswerQuestion = z.strictObject({ answer: z.string().trim().min(1).max(1000) }).openapi('AnswerQuestion');

const Where = z.object({ division: DivisionCode });

const read = <P extends string, R extends z.ZodType>(path: P, summary: string, answer: R) =>
  createRoute({
    method: 'get',
    path,
    tags: ['disclosures'],
    summary,
    request: { query: Where },
    responses: { 200: json(answer, summary), ...refusals },
  });
export const disclosureDeskRoute = read(
  '/api/disclosures/desk',
  'What a village owes, draws up and has published',
  DisclosureDesk,
);
export const disclosureOverviewRoute = read(
  '/api/disclosures/overview',
  'How the villages of a range stand',
  DisclosureOverview,
);

const { command, commandOn } = commandsOf('disclosures', { 201: json(z.object({ id: Id }), 'done') });
export const cutDraftRoute = command(
  '/api/disclosures/drafts',
  'Draw up a draft: cut from its ledger for the period, or written; also to correct what was published',
  CutDraft,
);
export const editDraftRoute = commandOn(
  '/api/disclosures/drafts/{id}/text',
  'Change the words of a draft, or submit it',
  EditDraft,
);
export const checkDraftRoute = commandOn(
  '/api/disclosures/drafts/{id}/check',
  'Agree to a draft or send it back',
  CheckDraft,
);
export const publishDraftRoute = commandOn(
  '/api/disclosures/drafts/{id}/publish',
  'Publish a draft that was agreed to',
  PublishDraft,
);
export const withdrawRoute = commandOn(
  '/api/disclosures/{id}/withdraw',
  'Take a disclosure down, with the reason',
  Withdraw,
);
export const postingRoute = commandOn(
  '/api/disclosures/{id}/postings',
  'Note that it hangs on the wall, or how many copies went out',
  Posting,
);
export const answerQuestionRoute = commandOn(
  '/api/disclosures/questions/{id}/answer',
  'Answer a question or an objection',
  AnswerQuestion,
);

export type DutyView = z.infer<typeof DutyView>;
export type DraftView = z.infer<typeof DraftView>;
export type DisclosureContent = z.infer<typeof DisclosureContent>;
export type PublishedRow = z.infer<typeof PublishedRow>;
export type QuestionView = z.infer<typeof QuestionView>;
export type DisclosureDesk = z.infer<typeof DisclosureDesk>;
export type UnpublishedResult = z.infer<typeof UnpublishedResult>;
export type DisclosureOverview = z.infer<typeof DisclosureOverview>;
export type CutDraft = z.infer<typeof CutDraft>;
export type EditDraft = z.infer<typeof EditDraft>;
export type CheckDraft = z.infer<typeof CheckDraft>;
export type Posting = z.infer<typeof Posting>;
