import type { DivisionRow } from '@lianxin/contract';
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { TownshipGroups } from './township-groups.js';

afterEach(cleanup);

const place = (code: string, name: string): DivisionRow => ({ code, name, level: 'village' });
const townships = [place('999901001000', '甲镇'), place('999901002000', '乙镇'), place('999901003000', '丙镇')];
const villages = [place('999901001201', '新建村'), place('999901002201', '新建村'), place('999901009201', '飞地村')];
const show = (whole: boolean) =>
  render(
    <select aria-label="村">
      <TownshipGroups townships={townships} villages={villages} whole={whole} />
    </select>,
  );
const namesIn = (group: string) =>
  within(screen.getByRole('group', { name: group }))
    .getAllByRole('option')
    .map((option) => option.textContent);

it('stands two villages of one name below their townships, and leaves out townships without any', () => {
  show(false);
  expect(namesIn('甲镇')).toEqual(['新建村']);
  expect(namesIn('乙镇')).toEqual(['新建村']);
  expect(screen.queryByRole('group', { name: '丙镇' })).toBeNull();
  expect(screen.getAllByRole('option')).toHaveLength(3);
});

it('offers each township itself where a whole one can be chosen, also one whose villages are elsewhere', () => {
  show(true);
  expect(namesIn('甲镇')).toEqual(['甲镇', '新建村']);
  expect(namesIn('丙镇')).toEqual(['丙镇']);
  expect(screen.getByRole('option', { name: '飞地村' }).closest('optgroup')).toBeNull();
});
