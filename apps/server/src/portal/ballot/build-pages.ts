import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildStaticPage, type StaticPage } from '../verify/build-page.js';

const folder = import.meta.dirname;
const styles = ['../verify/page.css', 'page.css'];
const kernel = 'secret-ballot/phone.ts';

/** The voter's page and the trustee's, each one file. */
export const buildBallotPages = async (): Promise<{ readonly voter: StaticPage; readonly trustee: StaticPage }> => ({
  voter: await buildStaticPage({
    folder,
    script: 'page.js',
    body: 'page-body.html',
    styles,
    kernel,
    title: '无记名投票 · Secret ballot',
    closed: false,
  }),
  trustee: await buildStaticPage({
    folder,
    script: 'trustee.js',
    body: 'trustee-body.html',
    styles,
    kernel: 'transparency/bytes.ts',
    title: '监票人的钥匙 · Key of a trustee',
    closed: true,
  }),
});

/** The generated module, as it is committed. */
export const moduleText = (pages: {
  readonly voter: StaticPage;
  readonly trustee: StaticPage;
}): string => `/* Made by build-pages.ts (npx tsx apps/server/src/portal/ballot/build-pages.ts); a test compares. */

/** The voter's page, with the policy under which it is served. */
export const voterPage = ${JSON.stringify(pages.voter)};

/** The trustee's page, with its policy. */
export const trusteePage = ${JSON.stringify(pages.trustee)};
`;

if (process.argv[1] === import.meta.filename) {
  writeFileSync(path.join(folder, 'ballot-pages.generated.ts'), moduleText(await buildBallotPages()));
}
