import { createRoute, z } from '@hono/zod-openapi';
import { commandsOf, json, refusals } from './route-parts.js';
import { DateText, DivisionCode, Id, Refusal } from './shapes.js';

/** Places (小区、楼栋、场所), grids, stations, organisations and service rooms of a village. */

const Saved = z.object({ id: Id }).openapi('SavedPlaceRow');
const Name = z.string().trim().min(1).max(80);

const { command, commandOn } = commandsOf('places', { 201: json(Saved, 'done') });

/** The seven kinds of site (七类场所). */
export const SiteKind = z.enum([
  'industrial-park',
  'industry-cluster',
  'office-building',
  'shopping-area',
  'production-base',
  'trade-association',
  'resettlement-estate',
]);
export const PlaceInput = z
  .strictObject({
    division: DivisionCode,
    kind: z.enum(['estate', 'building', 'site']),
    name: Name,
    parent: Id.optional().openapi({ description: 'the estate of a building' }),
    siteKind: SiteKind.optional(),
    estateAge: z.enum(['new', 'old']).optional(),
    validFrom: DateText,
  })
  .openapi('PlaceInput');
export const PlaceRow = z
  .object({
    id: Id,
    division: DivisionCode,
    kind: z.string(),
    name: z.string(),
    parent: Id.nullable(),
    siteKind: SiteKind.nullable(),
    estateAge: z.string().nullable(),
  })
  .openapi('PlaceRow');
export const listPlacesRoute = createRoute({
  method: 'get',
  path: '/api/places',
  tags: ['places'],
  summary: 'Estates, buildings and sites',
  request: { query: z.object({ division: DivisionCode, on: DateText.optional() }) },
  responses: { 200: json(z.object({ places: z.array(PlaceRow) }), 'places'), ...refusals },
});
export const savePlaceRoute = command('/api/places', 'Enter an estate, a building or a site', PlaceInput);

/** Ways in which an estate comes to its service room: planning for a new one, three ways for an old one. */
export const ServiceRoomInput = z
  .strictObject({
    estate: Id,
    way: z.enum(['planning-precondition', 'rent', 'rebuild', 'extend']),
    areaSquareMetres: z.number().int().min(0).max(1_000_000),
    state: z.enum(['planned', 'ready']),
    validFrom: DateText,
  })
  .openapi('ServiceRoomInput');
export const saveServiceRoomRoute = command(
  '/api/service-rooms',
  'Record the service room of an estate',
  ServiceRoomInput,
);
export const Department = z.enum(['planning', 'housing', 'land', 'civil-affairs']);
export const saveServiceRoomTaskRoute = command(
  '/api/service-room-tasks',
  'Give one of four departments its task for an estate',
  z.strictObject({ estate: Id, department: Department, task: z.string().trim().min(1).max(200), dueOn: DateText }),
);
export const finishServiceRoomTaskRoute = commandOn(
  '/api/service-room-tasks/{id}/done',
  'A department has done its task',
  z.strictObject({ on: DateText }),
);

export const saveGridRoute = command(
  '/api/grids',
  'Enter a grid',
  z.strictObject({
    division: DivisionCode,
    code: z.string().regex(/^[0-9a-z-]{1,20}$/),
    name: Name,
    validFrom: DateText,
  }),
);
export const assignGridRoute = commandOn(
  '/api/grids/{id}/party-group',
  'Make a Party group responsible for a grid, through a contact',
  z.strictObject({ body: Id, contact: Id, validFrom: DateText }),
);
export const publishDutyContactRoute = commandOn(
  '/api/grids/{id}/duty-contact',
  'Publish who is on duty for a grid: a name, a duty, an office phone',
  z.strictObject({
    name: z.string().trim().min(1).max(40),
    duty: Name,
    officePhone: z
      .string()
      .regex(/^[0-9 -]{3,20}$/)
      .optional(),
    validFrom: DateText,
  }),
);
/** What anybody may see about a grid: the duty contact, nothing of Party membership. */
export const DutyContact = z
  .object({
    grid: Id.nullable(),
    gridName: z.string().nullable(),
    body: Id.nullable(),
    bodyName: z.string().nullable(),
    name: z.string(),
    duty: z.string(),
    officePhone: z.string().nullable(),
  })
  .openapi('DutyContact');
export const listDutyContactsRoute = createRoute({
  method: 'get',
  path: '/api/duty-contacts',
  tags: ['places'],
  summary: 'Duty contacts of a village, for everyone',
  request: { query: z.object({ division: DivisionCode }) },
  responses: {
    200: json(z.object({ contacts: z.array(DutyContact) }), 'contacts'),
    400: json(Refusal, 'not readable'),
  },
});

export const saveOrganisationRoute = command(
  '/api/organisations',
  'Register an association or organisation: facts about it alone',
  z.strictObject({
    division: DivisionCode,
    kind: z.enum(['trade-association', 'mobile-people-service', 'economic', 'social']),
    name: Name,
    partyBody: Id.optional(),
    validFrom: DateText,
  }),
);
export const linkOrganisationRoute = commandOn(
  '/api/organisations/{id}/link',
  'Link a village branch to an organisation through a contact person',
  z.strictObject({ branch: Id, contact: Id, validFrom: DateText }),
);

const Score = z.number().int().min(0).max(100);
export const saveStationRoute = command(
  '/api/convenience-stations',
  'Enter a former village office as a convenience station',
  z.strictObject({
    division: DivisionCode,
    name: Name,
    formerVillage: Name,
    facilitiesScore: Score.optional(),
    locationScore: Score.optional(),
    validFrom: DateText,
  }),
);
export const markMainStationRoute = commandOn(
  '/api/convenience-stations/{id}/main',
  'Mark or unmark the main convenience station of a village',
  z.strictObject({ main: z.boolean() }),
);
export const StationRow = z
  .object({
    id: Id,
    division: DivisionCode,
    name: z.string(),
    formerVillage: z.string(),
    facilitiesScore: z.number().int().nullable(),
    locationScore: z.number().int().nullable(),
    main: z.boolean(),
  })
  .openapi('StationRow');
export const listStationsRoute = createRoute({
  method: 'get',
  path: '/api/convenience-stations',
  tags: ['places'],
  summary: 'Convenience stations of a village with the scores of the choice',
  request: { query: z.object({ division: DivisionCode }) },
  responses: { 200: json(z.object({ stations: z.array(StationRow) }), 'stations'), 400: json(Refusal, 'not readable') },
});

export const recordManagementRoute = command(
  '/api/office-management',
  'Record who manages the people, money or property of a township office (人财物)',
  z.strictObject({
    body: Id,
    dimension: z.enum(['people', 'money', 'property']),
    managedBy: z.enum(['township', 'line-department', 'both']),
    validFrom: DateText,
  }),
);
export const recordStandingRoute = command(
  '/api/village-standings',
  'Record economy and service place of a village, two of the three conditions for a Party committee',
  z.strictObject({
    division: DivisionCode,
    largerEconomy: z.boolean(),
    placeUpToStandard: z.boolean(),
    basis: z.string().trim().min(1).max(200),
    validFrom: DateText,
  }),
);

export type PlaceInput = z.infer<typeof PlaceInput>;
export type PlaceRow = z.infer<typeof PlaceRow>;
export type ServiceRoomInput = z.infer<typeof ServiceRoomInput>;
export type DutyContact = z.infer<typeof DutyContact>;
export type StationRow = z.infer<typeof StationRow>;
