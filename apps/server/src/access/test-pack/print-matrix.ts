import { people, systems, type Reach } from './askers.js';
import type { MatrixRow } from './matrix.js';

/** How a cell is printed. */
const words: Readonly<Record<Reach | '-', string>> = {
  none: '—',
  own: '本人',
  village: '本村',
  township: '本乡镇',
  county: '本县',
  all: '所有人',
  '-': '',
};

const actionWords: Readonly<Record<string, string>> = {
  GET: '查看',
  POST: '办理',
  PUT: '修改',
  PATCH: '修改',
  DELETE: '删除',
  read: '读取',
  add: '新增',
  change: '修改',
  remove: '删除',
};

/** States of a thing, in words. */
const stateWords: Readonly<Record<string, string>> = {
  '-': '',
  'about-asker': '反映对象就是本人',
  'asker-reads': '指定本人可看联系方式',
  form: '来自门户表单',
  frozen: '已封存',
  full: '已写满',
  'of-hidden-matter': '所属事项不可见',
  'of-village-matter': '属于本村的事项',
  'own-elsewhere': '本人在别处',
  published: '已公开',
  sealed: '已入册',
  system: '后台',
  unclaimed: '刚上传、未归属',
  unpublished: '未公布',
  unused: '未附于任何事项',
  'about-self': '与本人有关',
  'by-another': '由他人提出',
  joint: '共同规则',
  'for-residents': '面向全体村民',
  'open-to-all': '公开的会议',
  party: '党内会议',
  'under-way': '正在开的公开会议',
  'by-phone': '本人用手机签到',
  answering: '登记单位的答复',
  administers: '管理系统的岗位',
};

const table = (rows: readonly MatrixRow[], columns: readonly { id: string; title: string }[]): string =>
  [
    `| 事物 | 事 | 情形 | ${columns.map((one) => one.title).join(' | ')} |`,
    `|---|---|---|${columns.map(() => '---|').join('')}`,
    ...rows.map((row) =>
      [
        '',
        ` ${row.title} \`${row.resource}\` `,
        ` ${actionWords[row.action] ?? row.action} `,
        ` ${stateWords[row.state] ?? row.state} `,
        ...columns.map((one) => ` ${words[row.cells[one.id] ?? 'none']} `),
        '',
      ].join('|'),
    ),
  ].join('\n');

const held = (row: MatrixRow) => people.filter(({ id }) => !['none', '-'].includes(row.cells[id] ?? 'none'));

/** At how many kinds of asker a right is rare enough to be looked at first. */
const few = 4;

/** What few may do, or see: the rows an auditor reads first, each with everybody who may and how far. */
const rare = (rows: readonly MatrixRow[], reading: boolean): string => {
  const found = rows.filter((row) => {
    const holders = held(row);
    const own = holders.some(({ id }) => ['own', 'all'].includes(row.cells[id] ?? ''));
    return (row.action === 'GET') === reading && holders.length > 0 && holders.length <= few && !own;
  });
  const things = new Map<string, Set<string>>();
  for (const row of found) {
    const who = held(row)
      .map(({ id, title }) => `${title}（${words[row.cells[id] ?? 'none']}）`)
      .join('、');
    const state = row.state === '-' ? '' : `（${stateWords[row.state] ?? row.state}）`;
    things.set(who, (things.get(who) ?? new Set()).add(row.title + state));
  }
  const lines = [...things].map(([who, what]) => `| ${who} | ${[...what].join('、')} |`);
  return ['| 谁可以，最远到哪里 | 什么 |', '|---|---|', ...lines].join('\n');
};

/** The matrix as a page that a county's auditor reads. */
export const printMatrix = (rows: readonly MatrixRow[]): string => `# 谁可以看什么、办什么

本页由 [access.matrix.csv](access.matrix.csv) 生成（\`npm run access -- --print\`），请勿直接修改。表格是人写的规定；\`npm run access\` 逐格核对：
接口一侧用真实登录逐个请求，数据库一侧用同一身份逐表读、增、改、删；再把每一条访问策略逐一删去或放宽，看核对能否发现。

- **本人**：只限本人的；**本村／本乡镇／本县**：最远到这个范围；**所有人**：不属于任何县的公共数据；**—**：不可以。
- 岗位能办什么由岗位目录中的职责决定，账号本身没有权限；一个账号同时只以一个岗位办事，看到的范围就是该岗位所在的村、乡镇或县。
- 不可以时：未登录答 401；在范围之外答 404，与不存在的东西完全一样；在范围之内但没有这项职责答 403，并说明缺哪项职责。清单则只是少了看不到的那些行。
- 任何人都不能越过本县；被反映的人看不到反映他的事项，也数不出来。

## 先看这两张

只有少数岗位（至多${few}种）可以的，抽出来列在前面；两张小表由下面的大表算出，不另写。

### 只有少数岗位能办的事

${rare(
  rows.filter((row) => row.kind === 'route'),
  false,
)}

### 只有少数岗位能看的东西

${rare(
  rows.filter((row) => row.kind === 'route'),
  true,
)}

## 接口

${table(
  rows.filter((row) => row.kind === 'route'),
  people,
)}

## 数据表

没有列出的操作谁也不能做。最后几列是系统程序所用的数据库角色。

${table(
  rows.filter((row) => row.kind === 'table'),
  [...people, ...systems],
)}
`;
