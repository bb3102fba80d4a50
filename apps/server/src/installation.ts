import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder of the code that runs: `src` under a test, `dist` after a compile, the bundle in an installation. */
export const ownCode = import.meta.dirname;

const withLockFile = (folder: string): string => {
  if (existsSync(path.join(folder, 'package-lock.json'))) return folder;
  const above = path.dirname(folder);
  if (above === folder) throw new Error(`no package-lock.json above ${ownCode}: this is no whole installation`);
  return withLockFile(above);
};

/** Root of the checkout or installation: packs, migrations and what the portal serves as written lie below it. */
export const checkout = withLockFile(ownCode);
