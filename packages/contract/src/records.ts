import { createRoute, z } from '@hono/zod-openapi';
import { commandHeaders, formBody, GivenFile, json, jsonBody, refusals, workbook } from './route-parts.js';
import { DateText, DivisionCode, FieldValue, FieldValues, FieldView, Id, InstantText } from './shapes.js';

/**
 * Records (登记): the registers that packs define, as one form, one table and one sheet for any of them.
 *
 * A record is entered, changed and ended by commands; every change is dated and has a reason, and a correction points at what it corrects.
 */

const RuleId = z.string().regex(/^[a-z][a-z0-9-]{0,79}$/);
const Reason = z.string().trim().max(500);
/** Values a change sets; null empties a field. */
const Changed = z.record(z.string().max(64), FieldValue.nullable());
const InRegister = z.object({ register: RuleId });
const Where = z.object({ division: DivisionCode });

/** A register as a page needs it: its fields, its ledgers, and what the office held may do. */
export const RegisterView = z
  .object({
    id: RuleId,
    title: z.string(),
    about: z.string().nullable(),
    pack: z.string(),
    packTitle: z.string(),
    of: z.enum(['body', 'person', 'household', 'place', 'asset', 'document', 'thing']),
    key: z.array(z.string()),
    fields: z.array(
      FieldView.extend({
        known: z.boolean().openapi({ description: 'looked up from another register; shown, never typed' }),
      }),
    ),
    ledgers: z.array(z.object({ id: RuleId, title: z.string() })),
    keeps: z.boolean().openapi({ description: 'the office held keeps this register and reads all of it' }),
  })
  .openapi('Register');

export const RecordRow = z
  .object({
    id: Id,
    division: DivisionCode,
    divisionName: z.string(),
    placeNames: z
      .record(z.string(), z.string())
      .openapi({ description: 'names of the places that fields name by code' }),
    fields: FieldValues,
    since: DateText,
    endedOn: DateText.nullable(),
    version: z.number().int(),
  })
  .openapi('RecordRow');

/** One change as history shows it. */
export const RecordChangeView = z
  .object({
    id: Id,
    kind: z.enum(['enter', 'change', 'end']),
    on: DateText,
    recordedAt: z.string(),
    reason: z.string(),
    by: z.string(),
    corrects: Id.nullable(),
    correctedBy: Id.nullable(),
    fields: z.array(
      z.object({ id: z.string(), title: z.string(), from: z.string().nullable(), to: z.string().nullable() }),
    ),
  })
  .openapi('RecordChange');

/** What whom a record is about said of it. */
export const RecordWordView = z
  .object({
    id: Id,
    kind: z.enum(['confirmed', 'objection']),
    text: z.string(),
    recordedAt: InstantText,
    current: z.boolean().openapi({ description: 'about the record as it stands now' }),
    answer: z.string().nullable().openapi({ description: 'of those who keep the record, to what is wrong with it' }),
    answeredAt: InstantText.nullable(),
  })
  .openapi('RecordWord');

/** The paper slip of a record: what to hand over to whom it is about. */
export const RecordSlip = z.object({ code: z.string(), address: z.string() }).openapi('RecordSlip');

export const RecordDetail = RecordRow.extend({
  register: RegisterView,
  advice: z.array(z.string()).openapi({ description: 'what a person should look at; it refuses nothing' }),
  asOf: DateText.openapi({ description: 'the day whose values `fields` shows' }),
  history: z.array(RecordChangeView),
  words: z.array(RecordWordView),
  hasSlip: z.boolean().openapi({ description: 'about a person or household, who may read it by a code' }),
}).openapi('RecordDetail');

export const LedgerPage = z
  .object({
    title: z.string(),
    columns: z.array(z.string()),
    rows: z.array(
      z.object({
        id: Id,
        cells: z.array(z.string().nullable()),
        overdue: z.boolean(),
      }),
    ),
    groups: z.array(
      z.object({
        title: z.string(),
        rows: z.number().int(),
        atMost: z.number().int().nullable(),
        standing: z.enum(['short', 'within', 'over']),
      }),
    ),
    answered: z.number().int(),
    once: z.number().int().nullable(),
    sums: z.array(z.object({ title: z.string(), total: z.number() })),
    composition: z
      .array(
        z.object({
          title: z.string(),
          parts: z.array(
            z.object({ title: z.string(), said: z.string(), standing: z.enum(['short', 'within', 'over']) }),
          ),
        }),
      )
      .openapi({ description: 'how the records of each place are made up: 5/5, 0 of at least 1' }),
  })
  .openapi('LedgerPage');

/** What an import found, row by row; nothing is kept unless every row may be. */
export const RecordImport = z
  .object({
    rows: z.number().int().openapi({ description: 'rows that may be taken in' }),
    imported: z.number().int(),
    faults: z.array(
      z.object({ row: z.number().int(), column: z.string(), reason: z.string(), suggestion: z.string() }),
    ),
  })
  .openapi('RecordImport');

export const EnterRecord = z
  .strictObject({ division: DivisionCode, on: DateText, fields: FieldValues, reason: Reason.optional() })
  .openapi('EnterRecord');
export const ChangeRecord = z
  .strictObject({ on: DateText, reason: Reason, fields: Changed, corrects: Id.optional() })
  .openapi('ChangeRecord');
export const EndRecord = z.strictObject({ on: DateText, reason: Reason }).openapi('EndRecord');

const read = <P extends string, I extends Parameters<typeof createRoute>[0]['request'], R extends z.ZodType>(
  path: P,
  summary: string,
  request: I,
  answer: R,
) =>
  createRoute({
    method: 'get',
    path,
    tags: ['records'],
    summary,
    request: request as NonNullable<I>,
    responses: { 200: json(answer, summary), ...refusals },
  });

export const listRegistersRoute = read(
  '/api/registers',
  'Registers that apply in a division',
  { query: Where },
  z.object({ registers: z.array(RegisterView) }),
);
export const RecordFilter = Where.extend({
  after: Id.optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
  ended: z.enum(['yes', 'no']).optional(),
});
export const listRecordsRoute = read(
  '/api/registers/{register}/records',
  'Records of a register, one page at a time',
  { params: InRegister, query: RecordFilter },
  z.object({ records: z.array(RecordRow), next: Id.nullable() }),
);
export const readRecordRoute = read(
  '/api/records/{id}',
  'One record with its history',
  { params: z.object({ id: Id }), query: z.object({ on: DateText.optional() }) },
  RecordDetail,
);
export const readSlipRoute = read(
  '/api/records/{id}/slip',
  'The code by which whom a record is about reads it and says what they think of it',
  { params: z.object({ id: Id }) },
  RecordSlip,
);
export const readLedgerRoute = read(
  '/api/registers/{register}/ledgers/{ledger}',
  'A ledger of a register',
  { params: InRegister.extend({ ledger: RuleId }), query: Where },
  LedgerPage,
);

const sheetRoute = <P extends string, S extends z.ZodObject>(path: P, summary: string, params: S) =>
  createRoute({
    method: 'get',
    path,
    tags: ['records'],
    summary,
    request: { params, query: Where },
    responses: { 200: workbook(summary), ...refusals },
  });
export const exportRecordsRoute = sheetRoute(
  '/api/registers/{register}/records.xlsx',
  'All records of a register that stand, as a spreadsheet that can be read in again',
  InRegister,
);
export const recordTemplateRoute = sheetRoute(
  '/api/registers/{register}/template.xlsx',
  'An empty spreadsheet with the columns of a register',
  InRegister,
);
export const exportLedgerRoute = sheetRoute(
  '/api/registers/{register}/ledgers/{ledger}/sheet.xlsx',
  'A ledger as a spreadsheet',
  InRegister.extend({ ledger: RuleId }),
);

export const enterRecordRoute = createRoute({
  method: 'post',
  path: '/api/registers/{register}/records',
  tags: ['records'],
  summary: 'Enter a record',
  request: {
    params: InRegister,
    headers: commandHeaders,
    body: jsonBody(EnterRecord, 'the record'),
  },
  responses: {
    201: json(z.object({ id: Id, advice: z.array(z.string()) }), 'entered, and what a person should look at'),
    ...refusals,
  },
});
export const changeRecordRoute = createRoute({
  method: 'post',
  path: '/api/records/{id}/changes',
  tags: ['records'],
  summary: 'Change a record from a day on, or correct an earlier change',
  request: {
    params: z.object({ id: Id }),
    headers: commandHeaders,
    body: jsonBody(ChangeRecord, 'the change'),
  },
  responses: { 201: json(z.object({ id: Id, change: Id }), 'changed'), ...refusals },
});
export const endRecordRoute = createRoute({
  method: 'post',
  path: '/api/records/{id}/end',
  tags: ['records'],
  summary: 'End a record on a day',
  request: {
    params: z.object({ id: Id }),
    headers: commandHeaders,
    body: jsonBody(EndRecord, 'the ending'),
  },
  responses: { 201: json(z.object({ id: Id, change: Id }), 'ended'), ...refusals },
});

export const answerRecordWordRoute = createRoute({
  method: 'post',
  path: '/api/record-words/{id}/answer',
  tags: ['records'],
  summary: 'Those who keep a record answer what is wrong with it',
  request: {
    params: z.object({ id: Id }),
    headers: commandHeaders,
    body: {
      required: true,
      ...json(
        z.strictObject({ answer: z.string().trim().min(1).max(500) }),
        'the answer, for whom the record is about',
      ),
    },
  },
  responses: { 201: json(z.object({ id: Id }), 'answered'), ...refusals },
});

const importRequest = {
  params: InRegister,
  headers: commandHeaders,
  body: formBody(z.object({ division: DivisionCode, dryRun: z.enum(['yes', 'no']), file: GivenFile })),
};
export const importRecordsRoute = createRoute({
  method: 'post',
  path: '/api/registers/{register}/import',
  tags: ['records'],
  summary: 'Read a spreadsheet in: all of its rows or none; a dry run only reports',
  request: importRequest,
  responses: {
    200: json(RecordImport, 'what was found; nothing was kept'),
    201: json(RecordImport, 'every row was kept'),
    ...refusals,
  },
});
export const importReportRoute = createRoute({
  method: 'post',
  path: '/api/registers/{register}/import-report.xlsx',
  tags: ['records'],
  summary: 'What an import would find, row by row, as a spreadsheet; nothing is kept',
  request: importRequest,
  responses: { 200: workbook('row, column, reason, suggestion'), ...refusals },
});

export type RegisterView = z.infer<typeof RegisterView>;
export type RecordRow = z.infer<typeof RecordRow>;
export type RecordWordView = z.infer<typeof RecordWordView>;
export type RecordSlip = z.infer<typeof RecordSlip>;
export type RecordDetail = z.infer<typeof RecordDetail>;
export type RecordChangeView = z.infer<typeof RecordChangeView>;
export type LedgerPage = z.infer<typeof LedgerPage>;
export type RecordImport = z.infer<typeof RecordImport>;
export type EnterRecord = z.infer<typeof EnterRecord>;
export type ChangeRecord = z.infer<typeof ChangeRecord>;
export type EndRecord = z.infer<typeof EndRecord>;
