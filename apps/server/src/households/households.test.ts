import type { HouseholdImport } from '@lianxin/contract';
import { made, codesIn } from '@lianxin/testkit/database';
import { describe, expect, it } from 'vitest';
import type { Command } from '../http/command.js';
import { readSheet, sheetOf } from '../sheets/index.js';
import { householdTemplate, importHouseholds } from './import-households.js';
import { locateHousehold } from './locate-household.js';
import { householdsSheet, listHouseholds } from './read-households.js';
import {
  clerk,
  division,
  gridVillage,
  household,
  keeper,
  neighbour,
  plane,
  validFrom,
} from './test-pack/grid-village.js';

const { by, everything, read, server } = gridVillage({ drawn: true });

describe('households on the map', () => {
  it('are moved by an office with the duty, into the grid that holds the door; a door outside is refused', async () => {
    const before = await everything();
    const locate = (actor: Command['actor'], point: readonly [number, number]) => {
      const [longitude, latitude] = plane.toDegrees(point);
      return locateHousehold(
        server().deps,
        by(actor, { id: household(300), longitude, latitude, datum: 'wgs-84' as const, validFrom }),
      );
    };
    expect(codesIn(await locate(neighbour, [700, 10]))).toEqual(['not-found']);
    expect(codesIn(await locate(clerk, [700, 10]))).toEqual(['capability-missing']);
    expect(codesIn(await locate(keeper, [950, 10]))).toEqual(['household-outside-grids']);
    expect(await everything()).toEqual(before);
    made(await locate(keeper, [700, 10]));
    const found = await read(keeper, (tx) => listHouseholds(tx, { division, label: '300号' }));
    expect(found).toMatchObject({ ok: true, value: { households: [{ gridName: '第003网格', located: true }] } });
  });

  it('come in from a sheet, all rows or none, with a report by row', async () => {
    const sheet = (rows: readonly (readonly (string | number | null)[])[]) =>
      sheetOf(
        '住户',
        ['门牌', '网格代码', '经度', '纬度'].map((title, at) => ({
          title,
          value: (row: (typeof rows)[number]) => row[at] ?? null,
        })),
        rows,
      );
    const send = async (
      actor: Command['actor'],
      rows: readonly (readonly (string | number | null)[])[],
      dryRun = false,
    ) =>
      importHouseholds(
        server().deps,
        by(actor, { division, datum: 'wgs-84' as const, dryRun, bytes: await sheet(rows) }),
        'zh-CN',
      );
    const [x, y] = plane.toDegrees([100, 100]);
    const good = [['新一号', '003', null, null], ['新二号', null, x, y]] as const; // prettier-ignore
    const before = await everything();
    expect(codesIn(await send(neighbour, good))).toEqual(['not-found']);
    expect(codesIn(await send(clerk, good))).toEqual(['capability-missing']);
    const bad = await send(keeper, [...good, ['5号', '009', 0, 0]]);
    expect('body' in bad ? (bad.body as HouseholdImport) : null).toMatchObject({
      imported: 0,
      problems: [
        { row: 4, column: '门牌' },
        { row: 4, column: '网格代码' },
        { row: 4, column: '经度' },
      ],
    });
    expect((await send(keeper, good, true)).status).toBe(200);
    expect(await everything()).toEqual(before);
    expect((await send(keeper, good)).status).toBe(201);
    const out = await read(keeper, (tx) => householdsSheet(tx, { division, label: '新' }));
    if (!out.ok) throw new Error('refused');
    expect((await readSheet(out.value, 10))?.rows.map((row) => row.slice(1, 3))).toEqual([
      ['新一号', '第003网格'],
      ['新二号', '第001网格'],
    ]);
    expect((await readSheet(await householdTemplate(), 10))?.head).toEqual(['门牌', '网格代码', '经度', '纬度']);
  });
});
