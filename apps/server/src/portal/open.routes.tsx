import { countyDate } from '@lianxin/domain';
import type { App } from '../http/environment.js';
import { listOpenMatters, textsInForce } from '../matters/index.js';
import { documentsFor, rulesOf } from '../policy-packs/index.js';
import { publicLedgersFor } from '../records/index.js';
import { inContext, publicContext } from '../storage/index.js';
import { DocumentsPage, OpenIndexPage, PublicRecordPage, PublicRegisterPage } from './pages/open.js';
import { ProcessPage, ProgressPage, TextsPage } from './pages/process.js';
import { ServiceBookletPage } from './pages/service-booklet.js';
import { onVillage, replyNoVillage } from './places.routes.js';
import { replyPage, settingFor } from './reply.js';
import type { Portal } from './reply.js';
import { serviceBooklet, serviceBookletPdf } from './service-booklet.js';

/** What a village opens to everybody 信息公开: documents, texts in force, the course of matters, ledgers, the service booklet. */
export const openRoutes = (app: App, portal: Portal): void => {
  ledgers(app, portal);
  matters(app, portal);
  booklet(app, portal);
};

const ledgers = (app: App, portal: Portal): void => {
  const { deps } = portal;
  const registerOf = (village: string, id: string) =>
    inContext(deps, publicContext(village), async (tx) =>
      (await publicLedgersFor(deps, tx, village, (register) => register.id === id)).at(0),
    );
  app.get(
    '/v/:code/open',
    onVillage(portal, async (c, village) => {
      const setting = settingFor(portal, c);
      const registers = await inContext(deps, publicContext(village.code), (tx) =>
        publicLedgersFor(deps, tx, village.code, (register) => register.of !== 'document'),
      );
      const has = (await serviceBooklet(deps, village.code, setting.language)) !== undefined;
      return replyPage(c, <OpenIndexPage setting={setting} village={village} registers={registers} booklet={has} />);
    }),
  );
  app.get(
    '/v/:code/documents',
    onVillage(portal, async (c, village) => {
      const { registers, documents } = await inContext(deps, publicContext(village.code), async (tx) => ({
        registers: await publicLedgersFor(deps, tx, village.code, (register) => register.of === 'document'),
        documents: documentsFor(await rulesOf(deps.pool, tx), village.code, countyDate(deps.clock())),
      }));
      const setting = settingFor(portal, c);
      return replyPage(
        c,
        <DocumentsPage setting={setting} village={village} registers={registers} documents={documents} />,
      );
    }),
  );
  app.get(
    '/v/:code/open/:register',
    onVillage(portal, async (c, village) => {
      const register = await registerOf(village.code, c.req.param('register') ?? '');
      if (register === undefined) return replyNoVillage(portal, c);
      return replyPage(c, <PublicRegisterPage setting={settingFor(portal, c)} village={village} register={register} />);
    }),
  );
  app.get(
    '/v/:code/open/:register/:id',
    onVillage(portal, async (c, village) => {
      const register = await registerOf(village.code, c.req.param('register') ?? '');
      const record = register?.records.find((one) => one.id === c.req.param('id'));
      if (register === undefined || record === undefined) return replyNoVillage(portal, c);
      const setting = settingFor(portal, c);
      return replyPage(c, <PublicRecordPage setting={setting} village={village} register={register} record={record} />);
    }),
  );
};

const matters = (app: App, portal: Portal): void => {
  const { deps } = portal;
  const openMatters = (village: string) =>
    inContext(deps, publicContext(village), (tx) => listOpenMatters(deps, tx, village));
  app.get(
    '/v/:code/progress',
    onVillage(portal, async (c, village) => {
      const found = await openMatters(village.code);
      return replyPage(c, <ProgressPage setting={settingFor(portal, c)} village={village} matters={found} />);
    }),
  );
  app.get(
    '/v/:code/progress/:id',
    onVillage(portal, async (c, village) => {
      const matter = (await openMatters(village.code)).find((one) => one.id === c.req.param('id'));
      if (matter === undefined) return replyNoVillage(portal, c);
      return replyPage(c, <ProcessPage setting={settingFor(portal, c)} village={village} matter={matter} />);
    }),
  );
  app.get(
    '/v/:code/texts',
    onVillage(portal, async (c, village) => {
      const texts = textsInForce(await openMatters(village.code));
      return replyPage(c, <TextsPage setting={settingFor(portal, c)} village={village} texts={texts} />);
    }),
  );
};

const booklet = (app: App, portal: Portal): void => {
  const { deps } = portal;
  app.get(
    '/v/:code/service-booklet',
    onVillage(portal, async (c, village) => {
      const setting = settingFor(portal, c);
      const found = await serviceBooklet(deps, village.code, setting.language);
      return replyPage(c, <ServiceBookletPage setting={setting} village={village} booklet={found} />);
    }),
  );
  app.get(
    '/v/:code/service-booklet.pdf',
    onVillage(portal, async (c, village) => {
      const found = await serviceBooklet(deps, village.code, 'zh-CN');
      if (found === undefined) return replyNoVillage(portal, c);
      const issuer = village.path.at(-1)?.name ?? village.name;
      const bytes = await serviceBookletPdf(deps, found, issuer, village.code);
      c.header('content-type', 'application/pdf');
      c.header(
        'content-disposition',
        `inline; filename="services.pdf"; filename*=UTF-8''${encodeURIComponent(`${found.title}.pdf`)}`,
      );
      return c.body(bytes as Uint8Array<ArrayBuffer>);
    }),
  );
};
