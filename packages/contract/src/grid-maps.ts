import { createRoute, z } from '@hono/zod-openapi';
import { commandHeaders, commandsOf, json, jsonBody, refusals } from './route-parts.js';
import { DateText, DivisionCode, Id } from './shapes.js';

/**
 * Grid maps (网格示意图): drawing the grids of a village, checking and saving a version, posting its charts.
 *
 * Shapes and points are stored in WGS-84; whoever sends or asks for GCJ-02 says so.
 */

const tags = ['households'];
const { commandOn } = commandsOf('households', { 201: json(z.object({ id: Id }), 'done') });

export const Datum = z.enum(['wgs-84', 'gcj-02']).openapi({ description: '坐标系' });
/** Degrees east. */
export const Longitude = z.number().min(-180).max(180);
/** Degrees north. */
export const Latitude = z.number().min(-90).max(90);
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
  request: { params: z.object({ division: DivisionCode }), body: jsonBody(GridDrawing, 'drawing') },
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
    body: jsonBody(GridMapInput, 'the map'),
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

export type Datum = z.infer<typeof Datum>;
export type GridMapInput = z.infer<typeof GridMapInput>;
export type GridDrawing = z.infer<typeof GridDrawing>;
export type GridCheck = z.infer<typeof GridCheck>;
export type GridMapView = z.infer<typeof GridMapView>;
export type Chart = z.infer<typeof Chart>;
export type PostingChannel = z.infer<typeof PostingChannel>;
