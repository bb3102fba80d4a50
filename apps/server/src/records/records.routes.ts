import {
  answerRecordWordRoute,
  changeRecordRoute,
  endRecordRoute,
  enterRecordRoute,
  exportLedgerRoute,
  exportRecordsRoute,
  importRecordsRoute,
  importReportRoute,
  listRecordsRoute,
  listRegistersRoute,
  readLedgerRoute,
  readRecordRoute,
  readSlipRoute,
  recordTemplateRoute,
} from '@lianxin/contract';
import { fault, ok, refuse, type Result } from '@lianxin/domain';
import { onCommand, onQuery, actorOf } from '../access/index.js';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App } from '../http/environment.js';
import { sendSheet } from '../sheets/index.js';
import { answerOwnWord } from './answer-own-word.js';
import { changeRecord, endRecord } from './change-record.js';
import { enterRecord } from './enter-record.js';
import { importRecords, importReportSheet } from './import-records.js';
import { listRecords, listRegisters, readLedger, readRecord, readStanding } from './read-records.js';
import { readSlip } from './own-record.js';
import { ledgerSheet, recordsSheet } from './record-sheets.js';

/** Registers and records over HTTP, each list also as a workbook. */
export const recordsRoutes = (app: App, deps: Deps): void => {
  queryRoutes(app, deps);
  sheetRoutes(app, deps);
  commandRoutes(app, deps);
};

const queryRoutes = (app: App, deps: Deps): void => {
  app.openapi(listRegistersRoute, async (c) => {
    const { division } = c.req.valid('query');
    const found = await onQuery(deps, c, (tx, actor) => listRegisters(deps, tx, actor, division));
    return found.ok ? c.json({ registers: found.value }, 200) : refuseWith(c, found.faults);
  });
  app.openapi(listRecordsRoute, async (c) => {
    const query = { ...c.req.valid('param'), ...c.req.valid('query') };
    const found = await onQuery(deps, c, (tx, actor) => listRecords(deps, tx, actor, query));
    return found.ok ? c.json(found.value, 200) : refuseWith(c, found.faults);
  });
  app.openapi(readRecordRoute, async (c) => {
    const query = { ...c.req.valid('param'), ...c.req.valid('query') };
    const found = await onQuery(deps, c, (tx, actor) => readRecord(deps, tx, actor, query));
    return found.ok ? c.json(found.value, 200) : refuseWith(c, found.faults);
  });
  app.openapi(readSlipRoute, async (c) => {
    const found = await onQuery(deps, c, (tx, actor) => readSlip(deps, tx, actor, c.req.valid('param').id));
    return found.ok ? c.json(found.value, 200) : refuseWith(c, found.faults);
  });
  app.openapi(readLedgerRoute, async (c) => {
    const query = { ...c.req.valid('param'), ...c.req.valid('query') };
    const found = await onQuery(deps, c, (tx, actor) => readLedger(deps, tx, actor, query));
    return found.ok ? c.json(found.value, 200) : refuseWith(c, found.faults);
  });
};

const sheetRoutes = (app: App, deps: Deps): void => {
  app.openapi(exportRecordsRoute, async (c) => {
    const where = { ...c.req.valid('param'), ...c.req.valid('query') };
    const found = await onQuery(deps, c, (tx, actor) => readStanding(deps, tx, actor, where));
    if (!found.ok) return refuseWith(c, found.faults);
    return sendSheet(c, where.register, await recordsSheet(found.value.found.register, found.value.records));
  });
  app.openapi(recordTemplateRoute, async (c) => {
    const where = { ...c.req.valid('param'), ...c.req.valid('query') };
    const found = await onQuery(deps, c, (tx, actor) => readStanding(deps, tx, actor, where));
    if (!found.ok) return refuseWith(c, found.faults);
    return sendSheet(c, `${where.register}-template`, await recordsSheet(found.value.found.register, []));
  });
  app.openapi(exportLedgerRoute, async (c) => {
    const where = { ...c.req.valid('param'), ...c.req.valid('query') };
    const found = await onQuery(deps, c, (tx, actor) => readLedger(deps, tx, actor, where));
    if (!found.ok) return refuseWith(c, found.faults);
    return sendSheet(c, where.ledger, await ledgerSheet(found.value));
  });
};

/** Bytes of the sheet that was sent; a workbook larger than this is no list of a village. */
const mostSheetBytes = 5_242_880;

const sheetBytes = async (file: unknown): Promise<Result<Uint8Array>> => {
  if (!(file instanceof File)) return refuse(fault('field-missing', { field: 'file' }));
  if (file.size > mostSheetBytes) return refuse(fault('body-too-large', { most: mostSheetBytes }));
  return ok(new Uint8Array(await file.arrayBuffer()));
};

const commandRoutes = (app: App, deps: Deps): void => {
  app.openapi(enterRecordRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) => enterRecord(deps, given)),
  );
  app.openapi(changeRecordRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) => changeRecord(deps, given)),
  );
  app.openapi(endRecordRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) => endRecord(deps, given)),
  );
  app.openapi(answerRecordWordRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) => answerOwnWord(deps, given)),
  );
  app.openapi(importRecordsRoute, async (c) => {
    const { division, dryRun, file } = c.req.valid('form');
    const bytes = await sheetBytes(file);
    if (!bytes.ok) return refuseWith(c, bytes.faults);
    const input = { ...c.req.valid('param'), division, dryRun: dryRun === 'yes', bytes: bytes.value };
    return onCommand(deps, c, input, (given) => importRecords(deps, given));
  });
  app.openapi(importReportRoute, async (c) => {
    const actor = await actorOf(deps, c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    const { division, file } = c.req.valid('form');
    const bytes = await sheetBytes(file);
    if (!bytes.ok) return refuseWith(c, bytes.faults);
    const input = { ...c.req.valid('param'), division, bytes: bytes.value };
    const report = await importReportSheet(deps, actor.value, input);
    return report.ok ? sendSheet(c, 'import-report', report.value) : refuseWith(c, report.faults);
  });
};
