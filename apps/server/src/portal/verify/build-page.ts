import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/** The checking page, whole, and what a policy must allow for it. */
export interface VerifyPage {
  readonly html: string;
  readonly policy: string;
}

const folder = import.meta.dirname;
const kernel = path.resolve(folder, '../../../../../packages/domain/src/transparency/verifier.ts');
const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8').trim();
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * Builds the one file: script and style inside, allowed by their hashes, so that a copy on a USB stick is the same page.
 * The policy is inside the page too: also a saved copy can send nothing to anybody but the log's own server.
 */
export const buildVerifyPage = async (): Promise<VerifyPage> => {
  const { outputFiles } = await build({
    entryPoints: [path.join(folder, 'page.js')],
    alias: { '@lianxin/domain': kernel },
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2020',
    charset: 'utf8',
    legalComments: 'none',
  });
  const script = (outputFiles[0]?.text ?? '').trim().replaceAll('</', '<\\/');
  const style = read('page.css').replaceAll(/\n\s*/g, '');
  const policy = [
    `default-src 'none'`,
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    `connect-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  const html = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>核对凭条或证书 · Check a receipt or a certificate</title>
<style>${style}</style>
</head>
<body>
${read('page-body.html')}
<script>${script}</script>
</body>
</html>
`;
  return { html, policy: `${policy}; frame-ancestors 'none'` };
};

/** The generated module, as it is committed. */
export const moduleText = (
  page: VerifyPage,
): string => `/* Made by build-page.ts (npx tsx apps/server/src/portal/verify/build-page.ts); a test compares. */

/** The checking page, whole. */
export const verifyPageHtml = ${JSON.stringify(page.html)};

/** Content-Security-Policy under which it is served. */
export const verifyPagePolicy = ${JSON.stringify(page.policy)};
`;

if (process.argv[1] === import.meta.filename) {
  writeFileSync(path.join(folder, 'verify-page.generated.ts'), moduleText(await buildVerifyPage()));
}
