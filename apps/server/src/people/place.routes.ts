import { onCommand, onOpenQuery, onQuery } from '../access/index.js';
import {
  assignGridRoute,
  finishServiceRoomTaskRoute,
  linkOrganisationRoute,
  listDutyContactsRoute,
  listPlacesRoute,
  listStationsRoute,
  markMainStationRoute,
  publishDutyContactRoute,
  recordManagementRoute,
  recordStandingRoute,
  saveGridRoute,
  saveOrganisationRoute,
  savePlaceRoute,
  saveServiceRoomRoute,
  saveServiceRoomTaskRoute,
  saveStationRoute,
} from '@lianxin/contract';
import { ok } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App } from '../http/environment.js';
import { today } from './today.js';
import { assignGrid, listDutyContacts, publishDutyContact, saveGrid } from './save-grid.js';
import { linkOrganisation, recordManagement, saveOrganisation } from './save-organisation.js';
import { finishServiceRoomTask, listPlaces, savePlace, saveServiceRoom, saveServiceRoomTask } from './save-place.js';
import { listStations, markMainStation, recordStanding, saveStation } from './save-station.js';

/** Estates, buildings, sites, service rooms, grids, stations and registers of a village over HTTP. */
export const placeRoutes = (app: App, deps: Deps): void => {
  app.openapi(listPlacesRoute, async (c) => {
    const { division, on } = c.req.valid('query');
    const found = await onQuery(deps, c, async (tx) => ok(await listPlaces(tx, division, on ?? today(deps))));
    return found.ok ? c.json({ places: found.value }, 200) : refuseWith(c, found.faults);
  });
  app.openapi(savePlaceRoute, (c) => onCommand(deps, c, c.req.valid('json'), (change) => savePlace(deps, change)));
  app.openapi(saveServiceRoomRoute, (c) =>
    onCommand(deps, c, c.req.valid('json'), (change) => saveServiceRoom(deps, change)),
  );
  app.openapi(saveServiceRoomTaskRoute, (c) =>
    onCommand(deps, c, c.req.valid('json'), (change) => saveServiceRoomTask(deps, change)),
  );
  app.openapi(finishServiceRoomTaskRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (change) =>
      finishServiceRoomTask(deps, change),
    ),
  );
  app.openapi(saveGridRoute, (c) => onCommand(deps, c, c.req.valid('json'), (change) => saveGrid(deps, change)));
  app.openapi(assignGridRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (change) => assignGrid(deps, change)),
  );
  app.openapi(publishDutyContactRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (change) =>
      publishDutyContact(deps, change),
    ),
  );
  app.openapi(listDutyContactsRoute, async (c) => {
    const { division } = c.req.valid('query');
    return c.json({ contacts: await onOpenQuery(deps, division, (tx) => listDutyContacts(tx, division)) }, 200);
  });
  app.openapi(saveOrganisationRoute, (c) =>
    onCommand(deps, c, c.req.valid('json'), (change) => saveOrganisation(deps, change)),
  );
  app.openapi(linkOrganisationRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (change) => linkOrganisation(deps, change)),
  );
  app.openapi(saveStationRoute, (c) => onCommand(deps, c, c.req.valid('json'), (change) => saveStation(deps, change)));
  app.openapi(markMainStationRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (change) => markMainStation(deps, change)),
  );
  app.openapi(listStationsRoute, async (c) => {
    const { division } = c.req.valid('query');
    return c.json({ stations: await onOpenQuery(deps, division, (tx) => listStations(tx, division)) }, 200);
  });
  app.openapi(recordManagementRoute, (c) =>
    onCommand(deps, c, c.req.valid('json'), (change) => recordManagement(deps, change)),
  );
  app.openapi(recordStandingRoute, (c) =>
    onCommand(deps, c, c.req.valid('json'), (change) => recordStanding(deps, change)),
  );
};
