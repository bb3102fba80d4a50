#!/usr/bin/env node
import { statSync } from 'node:fs';

/** When a file was written; 0 when it is not there. */
const writtenAt = (file) => statSync(new URL(file, import.meta.url), { throwIfNoEntry: false })?.mtimeMs ?? 0;

// The bundle is the same code in a few files, which start in half the time (scripts/bundle.mjs). It runs where it is, unless the compiler
// has been at work since: then it would be yesterday's code.
const workspaces = ['packages/domain', 'packages/pack-reader', 'packages/contract', 'apps/server', 'apps/cli'];
const compiledAt = Math.max(...workspaces.map((one) => writtenAt(`../../../${one}/dist/.tsbuildinfo`)));
const bundle = '../dist/bundle/main.js';
const { main } = await import(writtenAt(bundle) > compiledAt ? bundle : '../dist/main.js');

process.exitCode = await main(process.argv.slice(2));
