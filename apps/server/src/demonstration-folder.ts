import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** The folder of the demonstration among the packs, by a file that it has; undefined where there is none. */
export const demonstrationFolder = (packs: string, file: string): string | undefined =>
  readdirSync(packs, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(packs, entry.name))
    .find((folder) => existsSync(path.join(folder, file)));
