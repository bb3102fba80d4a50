import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** How long a journey waits for what it expects to see: a slow machine is no fault, and a green run never waits so long. Milliseconds. */
export const patience = 60_000;

/** Everything unpacked or cached for the journeys lies in the checkout's own `.tmp`, so that deleting it is enough to start afresh. */
const scratch = fileURLToPath(new URL('../../.tmp/', import.meta.url));

/** Where a system's own Chromium usually is; preferred, because it is kept up to date by the system. */
const systemBrowsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const folderOf = (packageName: string): string =>
  path.dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`));

/** Looks for the executable in a folder that the package has unpacked into. */
const unpackedIn = (folder: string): string => path.join(folder, 'chromium');

/**
 * Unpacks the Chromium that came with `npm ci`, once.
 * Why by way of a folder of its own and a rename: two test runs may start together, and half an executable must never be run.
 */
const unpackBrowser = async (): Promise<string> => {
  const home = path.join(scratch, 'chromium');
  if (existsSync(unpackedIn(home))) return unpackedIn(home);
  await mkdir(scratch, { recursive: true });
  const fresh = await mkdtemp(path.join(scratch, 'unpacking-'));
  const before = process.env.TMPDIR;
  process.env.TMPDIR = fresh;
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    await packed.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  try {
    await rename(fresh, home);
  } catch {
    // Another run was faster: its folder is complete, ours is not needed.
    await rm(fresh, { recursive: true, force: true });
  }
  return unpackedIn(home);
};

/** A font configuration that holds the system's fonts and a Chinese one, so that no page shows boxes. */
const writeFontConfig = async (): Promise<string> => {
  const fonts = folderOf('@expo-google-fonts/noto-sans-sc');
  const cuts = (await readdir(fonts)).filter((name) => /^(400Regular|700Bold)$/.test(name));
  const file = path.join(scratch, 'fonts.conf');
  const folders = ['/usr/share/fonts', ...cuts.map((cut) => path.join(fonts, cut))];
  await mkdir(scratch, { recursive: true });
  await writeFile(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${folders.map((folder) => `  <dir>${folder}</dir>`).join('\n')}
  <cachedir>${path.join(scratch, 'font-cache')}</cachedir>
  <match target="pattern">
    <edit name="family" mode="append_last"><string>Noto Sans SC</string></edit>
  </match>
</fontconfig>
`,
  );
  return file;
};

/** Which Chromium the journeys run in. */
const findBrowser = async (): Promise<string> =>
  systemBrowsers.find((candidate) => existsSync(candidate)) ?? (await unpackBrowser());

/**
 * Opens a real browser 浏览器 for journeys and screenshots; close it when done.
 * Runs without its sandbox, because a container's root user has none to offer; it only ever visits our own server.
 */
export const openBrowser = async (): Promise<Browser> => {
  const [executablePath, fontConfig] = await Promise.all([findBrowser(), writeFontConfig()]);
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'],
    env: { ...process.env, FONTCONFIG_FILE: fontConfig },
  });
};
