import { createRoute, z } from '@hono/zod-openapi';
import { cardShape } from './card-merge.js';
import { commandsOf, json, refusals } from './route-parts.js';
import { DateText, DivisionCode, Id, InstantText } from './shapes.js';

/**
 * Contact cards of households (民情联系卡): contact staff, channels and needs expressed.
 *
 * The forms are closed, so a field for anything else about a family is refused.
 */

const tags = ['households'];
const { commandOn } = commandsOf('households', { 201: json(z.object({ id: Id }), 'done') });

const Staff = z.strictObject({
  name: z.string().trim().min(1).max(40),
  duty: z.string().trim().min(1).max(80),
  phone: z
    .string()
    .regex(/^[0-9 -]{3,20}$/)
    .optional(),
});
export const ChannelKind = z.enum(['phone', 'office', 'visit', 'portal']);
const Channel = z.strictObject({ kind: ChannelKind, value: z.string().trim().min(1).max(80) });
const Need = z.strictObject({ text: z.string().trim().min(1).max(100), expressedOn: DateText });
/** What a card says; a field beyond these is refused. */
export const CardContent = z
  .strictObject({
    staff: z.array(Staff).min(cardShape.staff.least).max(cardShape.staff.most),
    channels: z.array(Channel).min(cardShape.channels.least).max(cardShape.channels.most),
    needs: z.array(Need).max(cardShape.needs.most),
  })
  .openapi('CardContent');
export const CardView = z
  .object({
    id: Id,
    household: Id,
    division: DivisionCode,
    divisionName: z.string(),
    label: z.string(),
    gridName: z.string().nullable(),
    issuedOn: DateText,
    withdrawnOn: DateText.nullable(),
    content: CardContent.nullable(),
    entries: z.array(
      z.object({ number: z.number().int(), enteredBy: z.enum(['office', 'household']), recordedAt: InstantText }),
    ),
  })
  .openapi('CardView');
export const issueCardRoute = commandOn(
  '/api/households/{id}/card',
  'Issue the contact card of a household; a second one is refused',
  z.strictObject({ ...CardContent.shape, issuedOn: DateText }),
);
export const correctCardRoute = commandOn(
  '/api/household-cards/{id}/corrections',
  'Correct a card, as an office or as the household itself; merged with what others corrected since the entry it was made on',
  z.strictObject({
    ...CardContent.shape,
    base: z.number().int().min(1).openapi({ description: 'number of the entry that was read and corrected' }),
  }),
);
export const withdrawCardRoute = commandOn(
  '/api/household-cards/{id}/withdrawal',
  'Withdraw a card: the household needs no reason; offices read it no longer',
  z.strictObject({ on: DateText }),
);
export const readCardRoute = createRoute({
  method: 'get',
  path: '/api/households/{id}/card',
  tags,
  summary: 'The card of a household; every reading by an office is written down',
  request: { params: z.object({ id: Id }) },
  responses: { 200: json(z.object({ card: CardView.nullable() }), 'the card'), ...refusals },
});
export const printCardsRoute = createRoute({
  method: 'get',
  path: '/api/household-cards',
  tags,
  summary: 'All cards of a grid or a village, to print; the reading is written down',
  request: { query: z.object({ division: DivisionCode, grid: Id.optional() }) },
  responses: { 200: json(z.object({ cards: z.array(CardView) }), 'cards'), ...refusals },
});
export const cardReportRoute = createRoute({
  method: 'get',
  path: '/api/household-cards/report',
  tags,
  summary: 'How many households have a card, and which have none',
  request: { query: z.object({ division: DivisionCode }) },
  responses: {
    200: json(
      z.object({
        division: DivisionCode,
        households: z.number().int(),
        cards: z.number().int(),
        without: z.array(
          z.object({ id: Id, label: z.string(), divisionName: z.string(), gridName: z.string().nullable() }),
        ),
      }),
      'report',
    ),
    ...refusals,
  },
});
export const myCardRoute = createRoute({
  method: 'get',
  path: '/api/households/mine/card',
  tags,
  summary: 'The card of my own household',
  responses: { 200: json(z.object({ cards: z.array(CardView) }), 'cards'), ...refusals },
});

export type CardContent = z.infer<typeof CardContent>;
export type CardView = z.infer<typeof CardView>;
export type ChannelKind = z.infer<typeof ChannelKind>;
