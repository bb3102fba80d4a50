import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin, Rolldown } from 'vite';

type Bundle = Rolldown.OutputBundle;
interface ShellFile {
  readonly url: string;
  readonly revision: string | null;
}

/** Where the worker's source says that the list of files belongs; minifying may change the quotes round it. */
const place = /(["'`])@@shell-files@@\1/;

/** A chunk with all it needs before it can run. */
const withImports = (bundle: Bundle, name: string, found = new Set<string>()): Set<string> => {
  const chunk = bundle[name];
  if (found.has(name) || chunk?.type !== 'chunk') return found;
  found.add(name);
  for (const css of chunk.viteMetadata?.importedCss ?? []) found.add(css);
  for (const next of chunk.imports) withImports(bundle, next, found);
  return found;
};

const fingerprint = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 16);

/** Files of the public folder that an installed console shows: its manifest and pictures. */
const publicFiles = (folder: string, inside = ''): string[] =>
  readdirSync(path.join(folder, inside), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(inside, entry.name);
    return entry.isDirectory() ? publicFiles(folder, name) : [name];
  });

/**
 * Builds the service worker beside the console and tells it which files to keep: the page, what it loads at once, and the pages of
 * field work. The rest is fetched when somebody goes there: an old phone on a slow line should not carry the county's maps.
 */
export const shellFiles = (options: { readonly worker: string; readonly pages: RegExp }): Plugin => {
  let base = '/';
  let publicDir = '';
  return {
    name: 'lianxin-shell-files',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      ({ base, publicDir } = config);
    },
    buildStart() {
      this.emitFile({ type: 'chunk', id: options.worker, fileName: 'service-worker.js' });
    },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const worker = bundle['service-worker.js'];
        if (worker?.type !== 'chunk') throw new Error('the service worker was not built');
        if (worker.imports.length > 0)
          throw new Error(`the service worker must stand alone, but needs ${worker.imports.join()}`);
        const names = new Set<string>();
        for (const [name, file] of Object.entries(bundle)) {
          if (file.type !== 'chunk' || file === worker) continue;
          if (file.isEntry || options.pages.test(file.facadeModuleId ?? '')) withImports(bundle, name, names);
        }
        const page = bundle['index.html'];
        if (page?.type !== 'asset') throw new Error('index.html is not in the bundle');
        const files: ShellFile[] = [
          { url: `${base}index.html`, revision: fingerprint(page.source) },
          ...[...names].sort().map((name) => ({ url: base + name, revision: null })),
          ...publicFiles(publicDir)
            .sort()
            .map((name) => ({ url: base + name, revision: fingerprint(readFileSync(path.join(publicDir, name))) })),
        ];
        if (!place.test(worker.code)) throw new Error('the service worker has no place for its list of files');
        worker.code = worker.code.replace(place, () => JSON.stringify(JSON.stringify(files)));
      },
    },
  };
};
