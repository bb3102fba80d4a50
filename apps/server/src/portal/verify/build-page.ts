import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/** A page that is one file, whole, and the policy under which it is served. */
export interface StaticPage {
  readonly html: string;
  readonly policy: string;
}

/** What a static page is made of. */
export interface PageParts {
  readonly folder: string;
  readonly script: string;
  readonly body: string;
  readonly styles: readonly string[];
  /** The part of the domain that the page runs. */
  readonly kernel: string;
  readonly title: string;
  /** Whether the policy stands in the page too, so that a saved copy keeps to it; not for a page that talks to hosts of an installation's own. */
  readonly closed: boolean;
}

const domain = path.resolve(import.meta.dirname, '../../../../../packages/domain/src');
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Builds the one file: script and style inside, allowed by their hashes, so that a copy on a USB stick is the same page. */
export const buildStaticPage = async (parts: PageParts): Promise<StaticPage> => {
  const read = (name: string): string => readFileSync(path.join(parts.folder, name), 'utf8').trim();
  const { outputFiles } = await build({
    entryPoints: [path.join(parts.folder, parts.script)],
    alias: { '@lianxin/domain': path.join(domain, parts.kernel) },
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2020',
    charset: 'utf8',
    legalComments: 'none',
  });
  const script = (outputFiles[0]?.text ?? '').trim().replaceAll('</', '<\\/');
  const style = parts.styles.map(read).join('\n').replaceAll(/\n\s*/g, '');
  const policy = [
    `default-src 'none'`,
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    `connect-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  const meta = parts.closed ? `<meta http-equiv="Content-Security-Policy" content="${policy}">\n` : '';
  const html = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
${meta}<title>${parts.title}</title>
<style>${style}</style>
</head>
<body>
${read(parts.body)}
<script>${script}</script>
</body>
</html>
`;
  return { html, policy: `${policy}; frame-ancestors 'none'` };
};

/** The checking page. The policy is inside the page too: also a saved copy can send nothing to anybody but the log's own server. */
export const buildVerifyPage = (): Promise<StaticPage> =>
  buildStaticPage({
    folder: import.meta.dirname,
    script: 'page.js',
    body: 'page-body.html',
    styles: ['page.css'],
    kernel: 'transparency/verifier.ts',
    title: '核对凭条或证书 · Check a receipt or a certificate',
    closed: true,
  });

/** The generated module, as it is committed. */
export const moduleText = (
  page: StaticPage,
): string => `/* Made by build-page.ts (npx tsx apps/server/src/portal/verify/build-page.ts); a test compares. */

/** The checking page, whole. */
export const verifyPageHtml = ${JSON.stringify(page.html)};

/** Content-Security-Policy under which it is served. */
export const verifyPagePolicy = ${JSON.stringify(page.policy)};
`;

if (process.argv[1] === import.meta.filename) {
  writeFileSync(path.join(import.meta.dirname, 'verify-page.generated.ts'), moduleText(await buildVerifyPage()));
}
