/** A column 列 of the workbook of people. */
export interface PeopleColumn {
  readonly key: PeopleKey;
  readonly title: string;
  readonly english: string;
  readonly must: boolean;
  readonly most: number;
  readonly allowed?: readonly string[];
  readonly note: string;
  readonly example: string;
  readonly width: number;
}

export type PeopleKey =
  | 'name'
  | 'sex'
  | 'birthDate'
  | 'idNumber'
  | 'phone'
  | 'village'
  | 'group'
  | 'household'
  | 'member'
  | 'branch'
  | 'post'
  | 'body'
  | 'from'
  | 'to';

type Row = readonly [
  key: PeopleKey,
  title: string,
  english: string,
  must: boolean,
  most: number,
  width: number,
  example: string,
  note: string,
  allowed?: readonly string[],
];

const rows: readonly Row[] = [
  ['name', '姓名', 'Name', true, 40, 12, '张三', '必填。'],
  ['sex', '性别', 'Sex', false, 2, 8, '男', '填了身份证号可以不填；填了就要与身份证号一致。', ['男', '女']],
  [
    'birthDate',
    '出生日期',
    'Birth date',
    false,
    20,
    14,
    '1990-01-01',
    '写成 1990-01-01。填了身份证号可以不填。系统只保存年份。',
  ],
  [
    'idNumber',
    '身份证号',
    'Identity number',
    false,
    24,
    24,
    '',
    '18 位。本列已设为文本；加密保存，任何页面都不显示。没有必要收集的，请留空。',
  ],
  ['phone', '电话', 'Phone', false, 24, 16, '', '手机号，或者区号加座机号；加密保存。'],
  ['village', '村（社区）', 'Village', true, 60, 20, '', '必填。12 位代码或者名称；同名的请写“乡镇名+村名”或者代码。'],
  ['group', '村民小组', 'Villagers’ group', false, 10, 10, '3', '只写数字，如 3；没有小组的留空。'],
  ['household', '门牌', 'Household', false, 40, 16, '3组12号', '同一村同一门牌算一户；没有的户会新建。'],
  ['member', '是否党员', 'Party member', false, 2, 10, '否', '填“是”的，要填所在党支部。', ['是', '否']],
  ['branch', '所在党支部', 'Party branch', false, 80, 24, '', '已登记的党支部名称。'],
  ['post', '岗位', 'Post', false, 40, 16, '', '已登记组织里有的岗位，如“文书”；一人一岗，其余岗位在人员页任职。'],
  ['body', '任职组织', 'Body of the post', false, 80, 24, '', '已登记的组织名称；填了岗位就要填。'],
  ['from', '任期起', 'Term from', false, 20, 14, '', '写成 2026-01-01；填了岗位就要填。'],
  ['to', '任期止', 'Term to', false, 20, 14, '', '任期的最后一天；没有定的留空。'],
];

/** The columns in their order; headings are found by either title, in any order. */
export const peopleColumns: readonly PeopleColumn[] = rows.map(
  ([key, title, english, must, most, width, example, note, allowed]) => ({
    key,
    title,
    english,
    must,
    most,
    width,
    example,
    note,
    ...(allowed === undefined ? {} : { allowed }),
  }),
);

/** The heading of a column as people read it. */
export const titleOf = (key: PeopleKey): string => peopleColumns.find((column) => column.key === key)?.title ?? key;

/** The sheet of the workbook that holds the rows. */
export const peopleSheet = '人员';
