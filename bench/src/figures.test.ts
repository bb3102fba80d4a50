import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { alternate } from './alternated.js';
import { describeFigure, median, type Figure } from './figures.js';
import { firstScripts } from './entry-scripts.js';
import { get, loadAnswered } from './http-load.js';

const figure: Figure = {
  id: 'P0',
  title: 'cups poured',
  asked: '≥ 2',
  ratio: 2.5,
  ours: { unit: 'cups/s', rounds: [4, 5, 90] },
  reference: { title: 'one pot', unit: 'cups/s', rounds: [2, 2, 2] },
};

test('one slow round does not move a figure, and an even number of rounds is read between the two in the middle', () => {
  expect(median([90, 4, 5])).toBe(5);
  expect(median([1, 2, 4, 90])).toBe(3);
  expect(describeFigure(figure)).toContain('ours 5.00 cups/s');
});

test('what could not be measured says why, in words, instead of a ratio', () => {
  const text = describeFigure({
    ...figure,
    ratio: null,
    reference: { ...figure.reference, rounds: [] },
    missing: 'the pot is broken',
  });
  expect(text).toContain('not measured');
  expect(text).toContain('the pot is broken');
});

test('a minute in which the machine is slow does not move a ratio: sides are compared within a round, each first in every other one', async () => {
  const order: string[] = [];
  const machine = [1, 1, 10, 10, 10, 10, 1, 1, 2, 2];
  const side = (name: string, rate: number) => () => rate / (machine[order.push(name) - 1] ?? 1);
  const { ours, reference, ratio } = await alternate(5, side('ours', 200), side('reference', 100));
  expect(ratio).toBe(2);
  expect([ours.length, reference.length]).toEqual([5, 5]);
  expect(order.slice(0, 4)).toEqual(['ours', 'reference', 'reference', 'ours']);
  expect(await alternate(5, side('ours', 200), undefined)).toMatchObject({ reference: [], ratio: null });
});

test('a rate counts only where every answer is the one asked for: one refusal among a hundred ends the measurement', async () => {
  let answered = 0;
  const server = http.createServer((request, response) => {
    response.statusCode = request.url === '/sometimes' && ++answered % 100 === 0 ? 503 : 200;
    response.end('done');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  try {
    const [always, sometimes, otherwise] = await Promise.allSettled([
      loadAnswered(200, port, 2, 0.2, () => get('/always', {})),
      loadAnswered(200, port, 2, 0.2, () => get('/sometimes', {})),
      loadAnswered(201, port, 2, 0.2, () => get('/always', {})),
    ]);
    expect(always).toMatchObject({ status: 'fulfilled' });
    expect(sometimes).toMatchObject({ status: 'rejected' });
    expect(otherwise).toMatchObject({ status: 'rejected' });
  } finally {
    server.close();
  }
});

test('first scripts are those a page names and what these import; what they load later is not counted', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'first-load-'));
  try {
    const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
    write('index.html', '<script type="module" src="/app/entry.js"></script><link rel="icon" href="/app/a.svg">');
    write('entry.js', 'import{a}from"./shared.js";const later=()=>import("./later.js");');
    write('shared.js', 'export const a=1');
    write('later.js', 'export const b=2');
    const names = firstScripts(folder, '/app/').map((file) => path.basename(file));
    expect(names.toSorted()).toEqual(['entry.js', 'shared.js']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
