import type { BodyRow, HolderRow } from '@lianxin/contract';
import { sheetOf } from '../sheets/index.js';

/** Bodies as a workbook 组织名册. */
export const bodiesSheet = (rows: readonly BodyRow[]): Promise<Uint8Array> =>
  sheetOf<BodyRow>(
    '组织名册',
    [
      { title: '组织', width: 32, value: (row) => row.name },
      { title: '类别', value: (row) => row.kind },
      { title: '所在地', value: (row) => row.divisionName },
      { title: '隶属', width: 32, value: (row) => row.partyParentName },
      { title: '成立日期', value: (row) => row.validFrom },
      { title: '撤销日期', value: (row) => row.validTo },
    ],
    rows,
  );

/** Terms as a workbook 任职名册. */
export const holdersSheet = (rows: readonly HolderRow[]): Promise<Uint8Array> =>
  sheetOf<HolderRow>(
    '任职名册',
    [
      { title: '姓名', value: (row) => row.name },
      { title: '岗位', value: (row) => row.postTitle },
      { title: '组织', width: 32, value: (row) => row.bodyName },
      { title: '所在地', value: (row) => row.divisionName },
      { title: '任期起', value: (row) => row.validFrom },
      { title: '任期止', value: (row) => row.validTo },
    ],
    rows,
  );
