import type { App } from '../http/environment.js';
import { listVillagePostings, readRequestForm } from '../matters/index.js';
import { GridMapPage } from './pages/grid-map.js';
import { certificateWords } from './pages/certificate-words.js';
import { FindVillage } from './pages/find-village.js';
import { PaperForm } from './pages/paper-form.js';
import { FormerVillagePage } from './pages/former-village.js';
import { AccessibilityPage, HelpPage, ProblemPage } from './pages/reading.js';
import { VillagePage, VillagePoster } from './pages/village.js';
import { replyPage, settingFor } from './reply.js';
import type { C, Portal } from './reply.js';
import { choosePlace, findByName, findFormerVillage, findVillage, readGridCharts, readVillage } from './villages.js';
import type { FoundVillage } from './villages.js';
import { formInWords } from './words/terms.js';

/** No such village: said on a page that leads on. */
export const replyNoVillage = (portal: Portal, c: C) => {
  const setting = settingFor(portal, c, {}, '/');
  const { problem, home, village } = setting.words;
  const page = (
    <ProblemPage
      setting={setting}
      title={problem.villageTitle}
      items={[{ message: problem.village, cure: problem.villageCure, code: 'unknown-division' }]}
      next={[
        { href: '/', label: home },
        { href: '/r', label: village.follow },
      ]}
    />
  );
  return replyPage(c, page, 404);
};

/** No such certificate, or one whose leaf is not signed yet. */
export const replyNoCertificate = (portal: Portal, c: C) => {
  const setting = settingFor(portal, c, {}, '/');
  const words = certificateWords(setting.language);
  const page = (
    <ProblemPage
      setting={setting}
      title={words.title}
      items={[{ message: words.none, cure: words.noneCure, code: 'not-found' }]}
      next={[{ href: '/', label: setting.words.home }]}
    />
  );
  return replyPage(c, page, 404);
};

/** Runs a page of a village, or says that there is none. */
export const onVillage =
  (portal: Portal, page: (c: C, village: FoundVillage) => Promise<Response>) =>
  async (c: C): Promise<Response> => {
    const village = await findVillage(portal.deps, c.req.param('code') ?? '');
    if (village !== undefined) return page(c, village);
    const former = await findFormerVillage(portal.deps, c.req.param('code') ?? '');
    if (former === undefined) return replyNoVillage(portal, c);
    return replyPage(c, <FormerVillagePage setting={settingFor(portal, c)} village={former} />, 410);
  };

/** Pages anybody may read: finding a village, the village, its poster and paper form, help. */
export const placesRoutes = (app: App, portal: Portal): void => {
  const { deps } = portal;

  app.get('/', async (c) => {
    const name = (c.req.query('name') ?? '').trim().slice(0, 40);
    const setting = settingFor(portal, c);
    const choosing = await choosePlace(deps, c.req.query('in') ?? '');
    const found = name === '' ? null : await findByName(deps, name);
    return replyPage(
      c,
      <FindVillage
        setting={setting}
        name={name}
        found={
          found?.map((village) => ({
            name: village.name,
            href: `/v/${village.code}`,
            within: `${village.countyName} · ${village.township}`,
          })) ?? null
        }
        level={choosing.level}
        places={choosing.places.map((place) => ({
          name: place.name,
          href: place.level === 'village' ? `/v/${place.code}` : `/?in=${place.code}`,
        }))}
        trail={
          choosing.path.length === 0
            ? []
            : [
                { href: '/', label: setting.words.home },
                ...choosing.path.map((place) => ({ href: `/?in=${place.code}`, label: place.name })),
              ]
        }
      />,
    );
  });

  app.get(
    '/v/:code',
    onVillage(portal, async (c, village) => {
      const setting = settingFor(portal, c);
      const view = await readVillage(deps, village, setting.language);
      const postings = await listVillagePostings(deps, village.code);
      return replyPage(c, <VillagePage setting={setting} village={{ ...view, postings }} />);
    }),
  );

  app.get(
    '/v/:code/grids',
    onVillage(portal, async (c, village) => {
      const charts = await readGridCharts(deps, village.code);
      return replyPage(c, <GridMapPage setting={settingFor(portal, c)} village={village} charts={charts} />);
    }),
  );

  app.get(
    '/v/:code/poster',
    onVillage(portal, async (c, village) => {
      const setting = settingFor(portal, c);
      const view = await readVillage(deps, village, setting.language);
      return replyPage(c, <VillagePoster setting={setting} village={view} />);
    }),
  );

  app.get(
    '/v/:code/requests/paper',
    onVillage(portal, async (c, village) => {
      const form = await readRequestForm(deps, village.code);
      if (!form.ok) return replyNoVillage(portal, c);
      const setting = settingFor(portal, c);
      const inWords = formInWords(form.value, setting.language);
      return replyPage(c, <PaperForm setting={setting} village={village} form={inWords} />);
    }),
  );

  app.get('/help', (c) => replyPage(c, <HelpPage setting={settingFor(portal, c)} />));
  app.get('/accessibility', (c) => replyPage(c, <AccessibilityPage setting={settingFor(portal, c)} />));
};
