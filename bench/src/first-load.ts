import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkout } from '@lianxin/server';
import type { BenchDatabase } from './database.js';
import { installedDirectusApp } from './directus.js';
import { fetchedBy, firstScripts } from './entry-scripts.js';
import { median, type Figure } from './figures.js';
import { openRequestServer } from './request-server.js';

const kib = (bytes: number): number => bytes / 1024;

const zipped = (file: string): number => kib(gzipSync(readFileSync(file)).byteLength);

/** Kilobytes of a page and all it fetches, each zipped, and how much text it shows without any script. */
const pageLoad = async (base: string, address: string): Promise<{ kilobytes: number; letters: number }> => {
  const html = await (await fetch(base + address)).text();
  let kilobytes = kib(gzipSync(html).byteLength);
  for (const file of new Set(fetchedBy(html)))
    kilobytes += kib(
      gzipSync(new Uint8Array(await (await fetch(new URL(file, base + address))).arrayBuffer())).byteLength,
    );
  const letters = html.replace(/<(script|style|head)[\s\S]*?<\/\1>|<[^>]+>|\s/g, '').length;
  return { kilobytes, letters };
};

const sum = (files: readonly string[]): number => files.map(zipped).reduce((all, one) => all + one, 0);

/** P10: what a resident's and an officer's first visit loads. Files, so one round says all. */
export const measureFirstLoad = async (database: BenchDatabase): Promise<Figure[]> => {
  const none = { title: 'no reference', unit: '', rounds: [], missing: 'a size, not a ratio' };
  const opened = await openRequestServer(database, 'lianxin');
  try {
    const village = opened.counties[0]?.villages[0] ?? '';
    const addresses = ['/', `/v/${village}`, `/v/${village}/tell`];
    const pages: { kilobytes: number; letters: number }[] = [];
    for (const address of addresses) {
      const page = await fetch(opened.base + address);
      if (page.ok) pages.push(await pageLoad(opened.base, address));
    }
    const silent = pages.some((page) => page.letters < 100);
    if (silent) throw new Error('a page of the portal says nothing without JavaScript');
    const folder = path.join(checkout, 'apps/console/dist');
    // Log-in and today page are part of the entry; what its frame loads right after it counts too.
    const later = readdirSync(path.join(folder, 'assets')).filter((name) =>
      /^(pocket-keeper|offline-door)-[^/]*\.js$/.test(name),
    );
    const files = new Set([
      ...firstScripts(folder, '/console/'),
      ...later.map((name) => path.join(folder, 'assets', name)),
    ]);
    const console = sum([...files]);
    const directus = installedDirectusApp();
    const theirs = directus === undefined ? [] : [sum(firstScripts(directus, './'))];
    return [
      {
        id: 'P10/portal',
        title: `first load of a resident's page, gzipped, readable without JavaScript (the heaviest of ${pages.length})`,
        asked: '≤ 50 KiB',
        ratio: null,
        ours: { unit: 'KiB', rounds: [Math.max(...pages.map((page) => page.kilobytes))] },
        reference: none,
      },
      {
        id: 'P10/console',
        title: 'JavaScript of the console until log-in and today page stand, gzipped',
        asked: '≤ 300 KiB',
        ratio: theirs.length === 0 ? null : console / median(theirs),
        ours: { unit: 'KiB', rounds: [console] },
        reference: { title: 'scripts the entry page of Directus loads', unit: 'KiB', rounds: theirs },
        ...(theirs.length === 0 ? { missing: 'Directus is not installed here' } : {}),
      },
    ];
  } finally {
    await opened.server.stop();
  }
};
