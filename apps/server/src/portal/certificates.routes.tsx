import { checkedCertificate, listCertificates } from '../certificates/index.js';
import type { App } from '../http/environment.js';
import { inContext, publicContext } from '../storage/index.js';
import { CertificatePage, CertificatesPage } from './pages/certificate.js';
import { onVillage, replyNoCertificate } from './places.routes.js';
import { replyPage, settingFor } from './reply.js';
import type { Portal } from './reply.js';

const isId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Certificates of decisions, for everybody: one, and those of a village. */
export const certificatesPages = (app: App, portal: Portal): void => {
  app.get('/certificates/:county/:id', async (c) => {
    const { county, id: wanted } = c.req.param();
    const known = /^[0-9]{6}$/.test(county) && isId.test(wanted);
    const checked = known ? await checkedCertificate(portal.deps, county, wanted) : undefined;
    if (checked === undefined) return replyNoCertificate(portal, c);
    return replyPage(c, <CertificatePage setting={settingFor(portal, c)} checked={checked} />);
  });

  app.get(
    '/v/:code/certificates',
    onVillage(portal, async (c, village) => {
      const lines = await inContext(portal.deps, publicContext(village.code), async (tx) =>
        listCertificates(tx, village.code),
      );
      return replyPage(c, <CertificatesPage setting={settingFor(portal, c)} village={village} lines={lines} />);
    }),
  );
};
