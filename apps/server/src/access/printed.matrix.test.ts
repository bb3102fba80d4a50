import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { printedFile, readMatrix } from './test-pack/matrix.js';
import { printMatrix } from './test-pack/print-matrix.js';

it('prints the access matrix for auditors, and the printed page is current', () => {
  const page = printMatrix(readMatrix());
  if (process.env.LIANXIN_PRINT === 'yes') writeFileSync(printedFile, page);
  expect(readFileSync(printedFile, 'utf8') === page, 'npm run access -- --print writes it anew').toBe(true);
});
