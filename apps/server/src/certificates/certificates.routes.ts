import type { Deps } from '../deps.js';
import type { App } from '../http/environment.js';
import { readCertificate } from './certificate-file.js';
import { certificatePdf } from './certificate-paper.js';

const fileName = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(?:json|pdf)$/;

/** `GET /certificates/<county>/<id>.json` and `.pdf`: public, for everybody who wants to check. */
export const certificatesRoutes = (app: App, deps: Deps): void => {
  app.get('/certificates/:county/:file', async (call, next) => {
    const { county, file: name } = call.req.param();
    // The page of the same address is the portal's.
    if (!/^[0-9]{6}$/.test(county) || !fileName.test(name)) return next();
    const read = await readCertificate(deps, county, name.slice(0, 36));
    if (read === undefined) return call.notFound();
    const { text, certificate } = read;
    // The proofs grow better when witnesses come, so a copy is kept for a moment only.
    const headers = { 'cache-control': 'public, max-age=10', 'access-control-allow-origin': '*' };
    if (name.endsWith('.json'))
      return call.body(text, 200, { ...headers, 'content-type': 'application/json; charset=utf-8' });
    const pdf = await certificatePdf(text, certificate, deps.config.origin);
    return call.body(Uint8Array.from(pdf).buffer, 200, {
      ...headers,
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="certificate-${name.slice(0, 8)}.pdf"`,
    });
  });
};
