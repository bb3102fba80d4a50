import { ok, refuse, type Result } from '@lianxin/domain';
import type { HouseholdRow } from '@lianxin/contract';
import { mayRead } from '../people/index.js';
import { sheetOf, type Column } from '../sheets/index.js';
import type { Tx } from '../storage/index.js';
import { listStoredHouseholds, type HouseholdFilter } from './household.store.js';

const page = 100;
/** Rows of one workbook or report; a township has fewer households. */
const most = 20_000;

/** Households of a division by page: door, grid, grid worker, whether there is a card. No card is opened for it. */
export const listHouseholds = async (
  tx: Tx,
  filter: HouseholdFilter,
): Promise<Result<{ households: HouseholdRow[]; next: string | null }>> => {
  const strange = mayRead(tx.context, filter.division);
  if (strange !== undefined) return refuse(strange);
  const rows = await listStoredHouseholds(tx, filter, page + 1);
  const households = rows.slice(0, page);
  return ok({ households, next: rows.length > page ? (households.at(-1)?.id ?? null) : null });
};

const columns: readonly Column<HouseholdRow>[] = [
  { title: '村（社区）', width: 20, value: (row) => row.divisionName },
  { title: '门牌', width: 24, value: (row) => row.label },
  { title: '网格', width: 24, value: (row) => row.gridName },
  { title: '网格长', value: (row) => row.worker },
  { title: '已定位', value: (row) => (row.located ? '是' : '') },
  { title: '联系卡发放日期', width: 18, value: (row) => row.issuedOn },
];

/** The list as a workbook. */
export const householdsSheet = async (tx: Tx, filter: HouseholdFilter): Promise<Result<Uint8Array>> => {
  const strange = mayRead(tx.context, filter.division);
  if (strange !== undefined) return refuse(strange);
  return ok(await sheetOf('住户', columns, await listStoredHouseholds(tx, filter, most)));
};

/** How many households have a card, and which have none [DY-63]. */
export const cardReport = async (tx: Tx, division: string) => {
  const strange = mayRead(tx.context, division);
  if (strange !== undefined) return refuse(strange);
  const rows = await listStoredHouseholds(tx, { division }, most);
  const without = rows.filter((row) => row.card === null);
  return ok({
    division,
    households: rows.length,
    cards: rows.length - without.length,
    without: without.map(({ id, label, divisionName, gridName }) => ({ id, label, divisionName, gridName })),
  });
};
