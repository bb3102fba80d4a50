import { createRoute, z } from '@hono/zod-openapi';
import { cardShape } from './card-merge.js';
import { commandHeaders, commandsOf, json, refusals } from './route-parts.js';
import { DateText, DivisionCode, Id, InstantText } from './shapes.js';

/**
 * Households and grids (网格与联系户): the grid map of a village, where households are, their contact cards.
 *
 * Shapes and points are stored in WGS-84; whoever sends or asks for GCJ-02 says so. A card holds contact staff, channels and needs
 * expressed; the forms are closed, so a field for anything else about a family is refused.
 */

const tags = ['households'];
const { commandOn } = commandsOf('households', { 201: json(z.object({ id: Id }), 'done') });

export const Datum = z.enum(['wgs-84', 'gcj-02']).openapi({ description: '坐标系' });
const Longitude = z.number().min(-180).max(180);
const Latitude = z.number().min(-90).max(90);
export const Position = z.tuple([Longitude, Latitude]);
/** A polygon of several parts, as GeoJSON's MultiPolygon has it; a closed ring has at least four positions. */
export const ShapeInput = z
  .array(z.array(z.array(Position).min(4).max(2000)).min(1).max(50))
  .min(1)
  .max(50);
const ShapeRead = z.array(z.array(z.array(z.array(z.number()))));
const Name = z.string().trim().min(1).max(80);
const GridCode = z.string().regex(/^[0-9a-z-]{1,20}$/);

const Drawn = z.strictObject({ code: GridCode, name: Name, shape: ShapeInput });
const drawing = { datum: Datum, boundary: ShapeInput, grids: z.array(Drawn).max(200) };
/** A drawing to be checked or saved. A grid is known by its code; one that is left out ends. */
export const GridMapInput = z
  .strictObject({
    ...drawing,
    base: z.number().int().min(0).openapi({ description: 'number of the version that was changed; 0 for the first' }),
    flow: z.array(z.string().trim().min(1).max(80)).min(1).max(20),
    validFrom: DateText,
  })
  .openapi('GridMapInput');
export const GridDrawing = z.strictObject(drawing).openapi('GridDrawing');

const Load = z.object({
  code: z.string(),
  households: z.number().int(),
  percent: z.number().int(),
  tooMany: z.boolean(),
});
/** What is wrong with a drawing: each piece with the area and what would cure it; and the loads as they would be. */
export const GridCheck = z
  .object({
    sound: z.boolean(),
    faults: z.array(z.object({ code: z.string(), what: z.string(), cure: z.string() })),
    pieces: z.array(
      z.object({
        kind: z.enum(['overlap', 'gap', 'outside']),
        squareMetres: z.number().int(),
        shape: ShapeRead,
        grids: z.array(z.string()),
        cure: z.object({ code: z.string(), shape: ShapeRead }).nullable(),
      }),
    ),
    boundary: ShapeRead,
    grids: z.array(z.object({ code: z.string(), name: z.string(), shape: ShapeRead })),
    loads: z.array(Load),
  })
  .openapi('GridCheck');

export const Chart = z.enum(['grid-map', 'service-flow']);
export const PostingChannel = z.enum(['board', 'portal']);
const Posting = z.object({ chart: Chart, channel: PostingChannel, postedOn: DateText });
const GridOnMap = z.object({
  id: Id,
  code: z.string(),
  name: z.string(),
  shape: ShapeRead,
  squareMetres: z.number().int(),
  worker: z.string().nullable(),
  phone: z.string().nullable(),
});
const MapVersion = z.object({
  id: Id,
  number: z.number().int(),
  validFrom: DateText,
  boundary: ShapeRead,
  flow: z.array(z.string()),
  originalDatum: Datum,
  madeUp: z.boolean(),
  postings: z.array(Posting),
  grids: z.array(GridOnMap),
});
const ToPost = z.object({ chart: Chart, channel: PostingChannel });
/** The grid map of a village as its offices see it: the newest version, loads, what is still to be posted. */
export const GridMapView = z
  .object({
    division: DivisionCode,
    divisionName: z.string(),
    map: MapVersion.nullable(),
    versions: z.array(z.object({ number: z.number().int(), validFrom: DateText })),
    toPost: z.array(ToPost),
    loads: z.array(Load),
    points: z.array(
      z.object({ household: Id, label: z.string(), position: z.array(z.number()), grid: z.string().nullable() }),
    ),
    unlocated: z.number().int(),
    tolerance: z.number(),
    unevenLoad: z.number(),
  })
  .openapi('GridMapView');
export const readGridMapRoute = createRoute({
  method: 'get',
  path: '/api/villages/{division}/grid-map',
  tags,
  summary: 'The grid map of a village, with loads and what is still to be posted',
  request: {
    params: z.object({ division: DivisionCode }),
    query: z.object({ datum: Datum.optional(), number: z.coerce.number().int().min(1).optional() }),
  },
  responses: { 200: json(GridMapView, 'the map'), ...refusals },
});
export const checkGridMapRoute = createRoute({
  method: 'post',
  path: '/api/villages/{division}/grid-map/check',
  tags,
  summary: 'Check a drawing: gaps, overlaps, households outside; nothing is saved, shapes come back in WGS-84',
  request: { params: z.object({ division: DivisionCode }), body: { required: true, ...json(GridDrawing, 'drawing') } },
  responses: { 200: json(GridCheck, 'what is wrong'), ...refusals },
});
export const saveGridMapRoute = createRoute({
  method: 'post',
  path: '/api/villages/{division}/grid-map',
  tags,
  summary: 'Save a new version of the grid map and service flow chart; refused with a gap or an overlap',
  request: {
    headers: commandHeaders,
    params: z.object({ division: DivisionCode }),
    body: { required: true, ...json(GridMapInput, 'the map') },
  },
  responses: { 201: json(z.object({ id: Id, number: z.number().int() }), 'saved'), ...refusals },
});
export const postChartRoute = commandOn(
  '/api/grid-maps/{id}/postings',
  'Say that a chart has been posted on the board, or post it on the portal',
  z.strictObject({ chart: Chart, channel: PostingChannel, on: DateText }),
);
export const gridMapTasksRoute = createRoute({
  method: 'get',
  path: '/api/grid-map-tasks',
  tags,
  summary: 'Villages whose newest charts are not posted everywhere yet',
  request: { query: z.object({ division: DivisionCode }) },
  responses: {
    200: json(
      z.object({
        tasks: z.array(
          z.object({
            division: DivisionCode,
            divisionName: z.string(),
            map: Id,
            number: z.number().int(),
            validFrom: DateText,
            toPost: z.array(ToPost),
          }),
        ),
      }),
      'tasks',
    ),
    ...refusals,
  },
});
export const gridMapGeoJsonRoute = createRoute({
  method: 'get',
  path: '/api/villages/{division}/grid-map.geojson',
  tags,
  summary: 'The newest grid map as GeoJSON, in WGS-84 unless GCJ-02 is asked for',
  request: { params: z.object({ division: DivisionCode }), query: z.object({ datum: Datum.optional() }) },
  responses: {
    200: { content: { 'application/geo+json': { schema: z.any() } }, description: 'a FeatureCollection' },
    ...refusals,
  },
});

export const locateHouseholdRoute = commandOn(
  '/api/households/{id}/location',
  'Say where a household’s door is',
  z.strictObject({ longitude: Longitude, latitude: Latitude, datum: Datum, validFrom: DateText }),
);

const HouseholdQuery = z.object({
  division: DivisionCode,
  grid: Id.optional(),
  card: z.enum(['with', 'without']).optional(),
  label: z.string().max(40).optional(),
});
export const HouseholdRow = z
  .object({
    id: Id,
    division: DivisionCode,
    divisionName: z.string(),
    label: z.string(),
    grid: Id.nullable(),
    gridName: z.string().nullable(),
    worker: z.string().nullable(),
    located: z.boolean(),
    card: Id.nullable(),
    issuedOn: DateText.nullable(),
  })
  .openapi('HouseholdRow');
export const listHouseholdsRoute = createRoute({
  method: 'get',
  path: '/api/households',
  tags,
  summary: 'Households of a division and below: grid, grid worker, whether there is a card',
  request: { query: HouseholdQuery.extend({ after: Id.optional() }) },
  responses: {
    200: json(z.object({ households: z.array(HouseholdRow), next: Id.nullable() }), 'households'),
    ...refusals,
  },
});
const xlsx = {
  200: {
    content: { 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { schema: z.any() } },
    description: 'a workbook',
  },
  ...refusals,
};
export const exportHouseholdsRoute = createRoute({
  method: 'get',
  path: '/api/households.xlsx',
  tags,
  summary: 'The same list as a workbook',
  request: { query: HouseholdQuery },
  responses: xlsx,
});
export const householdTemplateRoute = createRoute({
  method: 'get',
  path: '/api/households/template.xlsx',
  tags,
  summary: 'An empty sheet for the import of households',
  responses: xlsx,
});
export const HouseholdImport = z
  .object({
    rows: z.number().int(),
    imported: z.number().int(),
    problems: z.array(z.object({ row: z.number().int(), column: z.string(), what: z.string(), cure: z.string() })),
  })
  .openapi('HouseholdImport');
export const importHouseholdsRoute = createRoute({
  method: 'post',
  path: '/api/households/import',
  tags,
  summary: 'Read households from a workbook: all of its rows or none; a dry run writes nothing',
  request: {
    headers: commandHeaders,
    body: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: z.object({ division: DivisionCode, datum: Datum, dryRun: z.enum(['yes', 'no']), file: z.any() }),
        },
      },
    },
  },
  responses: { 200: json(HouseholdImport, 'checked or imported'), 201: json(HouseholdImport, 'imported'), ...refusals },
});

const Staff = z.strictObject({
  name: z.string().trim().min(1).max(40),
  duty: Name,
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

/** What a division was before and became, each with its totals; the sum is what its offices answer for. */
export const DivisionHistory = z
  .object({
    division: DivisionCode,
    name: z.string(),
    parts: z.array(
      z.object({
        code: DivisionCode,
        name: z.string(),
        relation: z.enum(['itself', 'before', 'after']),
        cause: z.enum(['merge', 'split', 'recode']).nullable(),
        from: DateText,
        to: DateText.nullable(),
        counted: z.boolean().openapi({ description: 'whether it is in the totals below' }),
        matters: z.number().int(),
        households: z.number().int(),
        records: z.number().int(),
      }),
    ),
    totals: z.object({ matters: z.number().int(), households: z.number().int(), records: z.number().int() }),
  })
  .openapi('DivisionHistory');
export const divisionHistoryRoute = createRoute({
  method: 'get',
  path: '/api/divisions/{code}/history',
  tags,
  summary: 'What a division was before and became, with totals',
  request: { params: z.object({ code: DivisionCode }) },
  responses: { 200: json(DivisionHistory, 'history'), ...refusals },
});

export type Datum = z.infer<typeof Datum>;
export type GridMapInput = z.infer<typeof GridMapInput>;
export type GridDrawing = z.infer<typeof GridDrawing>;
export type GridCheck = z.infer<typeof GridCheck>;
export type GridMapView = z.infer<typeof GridMapView>;
export type Chart = z.infer<typeof Chart>;
export type PostingChannel = z.infer<typeof PostingChannel>;
export type HouseholdRow = z.infer<typeof HouseholdRow>;
export type HouseholdImport = z.infer<typeof HouseholdImport>;
export type CardContent = z.infer<typeof CardContent>;
export type CardView = z.infer<typeof CardView>;
export type ChannelKind = z.infer<typeof ChannelKind>;
export type DivisionHistory = z.infer<typeof DivisionHistory>;
