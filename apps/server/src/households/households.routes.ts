import { onCommand, onQuery } from '../access/index.js';
import {
  checkGridMapRoute,
  divisionHistoryRoute,
  exportHouseholdsRoute,
  gridMapGeoJsonRoute,
  gridMapTasksRoute,
  householdTemplateRoute,
  importHouseholdsRoute,
  listHouseholdsRoute,
  locateHouseholdRoute,
  postChartRoute,
  readGridMapRoute,
  saveGridMapRoute,
} from '@lianxin/contract';
import { fault } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App } from '../http/environment.js';
import { sendSheet } from '../sheets/index.js';
import { checkDrawing } from './check-grid-map.js';
import { importHouseholds, householdTemplate } from './import-households.js';
import { locateHousehold } from './locate-household.js';
import { listChartTasks, postChart } from './post-chart.js';
import { readDivisionHistory } from './read-history.js';
import { gridMapGeoJson, readGridMap } from './read-grid-map.js';
import { householdsSheet, listHouseholds } from './read-households.js';
import { saveGridMap } from './save-grid-map.js';

/** A workbook larger than this is no list of a village. */
const mostSheetBytes = 5_242_880;

/** Grid maps, households and what a division was before, over HTTP. */
export const householdsRoutes = (app: App, deps: Deps): void => {
  app.openapi(readGridMapRoute, async (c) => {
    const query = { ...c.req.valid('param'), ...c.req.valid('query') };
    const view = await onQuery(deps, c, (tx) => readGridMap(deps, tx, query));
    return view.ok ? c.json(view.value, 200) : refuseWith(c, view.faults);
  });
  app.openapi(checkGridMapRoute, async (c) => {
    const { division } = c.req.valid('param');
    const drawing = c.req.valid('json');
    const view = await onQuery(deps, c, (tx) => checkDrawing(deps, tx, division, drawing, c.get('locale')));
    return view.ok ? c.json(view.value, 200) : refuseWith(c, view.faults);
  });
  app.openapi(saveGridMapRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (change) => saveGridMap(deps, change)),
  );
  app.openapi(postChartRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (change) => postChart(deps, change)),
  );
  app.openapi(gridMapTasksRoute, async (c) => {
    const { division } = c.req.valid('query');
    const tasks = await onQuery(deps, c, (tx) => listChartTasks(tx, division));
    return tasks.ok ? c.json({ tasks: tasks.value }, 200) : refuseWith(c, tasks.faults);
  });
  app.openapi(gridMapGeoJsonRoute, async (c) => {
    const query = { ...c.req.valid('param'), ...c.req.valid('query') };
    const view = await onQuery(deps, c, (tx) => readGridMap(deps, tx, query));
    if (!view.ok) return refuseWith(c, view.faults);
    c.header('content-disposition', `attachment; filename="grids-${query.division}.geojson"`);
    c.header('content-type', 'application/geo+json');
    return c.body(JSON.stringify(gridMapGeoJson(view.value, query.datum ?? 'wgs-84')), 200) as never;
  });
  app.openapi(locateHouseholdRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (change) => locateHousehold(deps, change)),
  );
  app.openapi(listHouseholdsRoute, async (c) => {
    const found = await onQuery(deps, c, (tx) => listHouseholds(tx, c.req.valid('query')));
    return found.ok ? c.json(found.value, 200) : refuseWith(c, found.faults);
  });
  app.openapi(exportHouseholdsRoute, async (c) => {
    const sheet = await onQuery(deps, c, (tx) => householdsSheet(tx, c.req.valid('query')));
    return sheet.ok ? sendSheet(c, 'households', sheet.value) : refuseWith(c, sheet.faults);
  });
  app.openapi(householdTemplateRoute, async (c) => sendSheet(c, 'households-template', await householdTemplate()));
  app.openapi(importHouseholdsRoute, async (c) => {
    const { division, datum, dryRun, file } = c.req.valid('form');
    if (!(file instanceof File)) return refuseWith(c, [fault('field-missing', { field: 'file' })]);
    if (file.size > mostSheetBytes) return refuseWith(c, [fault('body-too-large', { most: mostSheetBytes })]);
    const bytes = new Uint8Array(await file.arrayBuffer());
    return onCommand(deps, c, { division, datum, dryRun: dryRun === 'yes', bytes }, (change) =>
      importHouseholds(deps, change, c.get('locale')),
    );
  });
  app.openapi(divisionHistoryRoute, async (c) => {
    const { code } = c.req.valid('param');
    const view = await onQuery(deps, c, (tx) => readDivisionHistory(tx, code));
    return view.ok ? c.json(view.value, 200) : refuseWith(c, view.faults);
  });
};
