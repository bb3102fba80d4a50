import { createRoute, z } from '@hono/zod-openapi';
import { Datum, Latitude, Longitude } from './grid-maps.js';
import { commandHeaders, commandsOf, formBody, GivenFile, json, refusals, workbook } from './route-parts.js';
import { DateText, DivisionCode, Id } from './shapes.js';

/** Households (户): where their doors are, in which grid, and whether they have a contact card; lists come in and go out as workbooks. */

const tags = ['households'];
const { commandOn } = commandsOf('households', { 201: json(z.object({ id: Id }), 'done') });

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
export const exportHouseholdsRoute = createRoute({
  method: 'get',
  path: '/api/households.xlsx',
  tags,
  summary: 'The same list as a workbook',
  request: { query: HouseholdQuery },
  responses: { 200: workbook('the list'), ...refusals },
});
export const householdTemplateRoute = createRoute({
  method: 'get',
  path: '/api/households/template.xlsx',
  tags,
  summary: 'An empty sheet for the import of households',
  responses: { 200: workbook('the sheet'), ...refusals },
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
    body: formBody(z.object({ division: DivisionCode, datum: Datum, dryRun: z.enum(['yes', 'no']), file: GivenFile })),
  },
  responses: { 200: json(HouseholdImport, 'checked or imported'), 201: json(HouseholdImport, 'imported'), ...refusals },
});

export type HouseholdRow = z.infer<typeof HouseholdRow>;
export type HouseholdImport = z.infer<typeof HouseholdImport>;
