import { checkProcedure } from '@lianxin/domain';
import { expect, it } from 'vitest';
import { admission, charter, errand, order, wish } from './index.js';

it.each([wish, errand, order, admission, charter])('the tea club’s own procedures have no fault', (procedure) => {
  expect(checkProcedure(procedure)).toEqual([]);
});
