import { Register, SharingList } from '@lianxin/domain';
import { activateTeaPack } from '@lianxin/testkit/database';
import type { Sql } from '../../policy-packs/index.js';

const inForce = { from: '2020-01-01' };

/** Registers of the made-up county: rooms that villages book, helpers, who are people, and shifts, which know the seats of their room. */
const registers = [
  {
    kind: 'register',
    id: 'tea-rooms',
    title: '茶室登记簿',
    inForce,
    of: 'thing',
    keepers: ['villagers-committee', 'office'],
    key: ['room', 'slot'],
    fields: [
      { id: 'room', title: '茶室', type: 'text' },
      {
        id: 'slot',
        title: '时段',
        type: 'choice',
        choices: [
          { id: 'morning', title: '上午' },
          { id: 'afternoon', title: '下午' },
        ],
      },
      { id: 'seats', title: '座位', type: 'number', unit: '人', atLeast: 1, atMost: 40 },
      { id: 'opened', title: '启用日期', type: 'date', optional: true },
    ],
    guards: [{ id: 'two-a-room', title: '一间茶室至多两条', atMost: { count: 2, per: ['room'] } }],
    ledgers: [
      {
        id: 'by-slot',
        title: '各时段茶室',
        columns: ['room', 'seats'],
        countBy: 'slot',
        sums: ['seats'],
        seenBy: 'county',
      },
      { id: 'own', title: '登记单位台账', columns: ['room'] },
    ],
  },
  {
    kind: 'register',
    id: 'tea-helpers',
    title: '茶室帮手登记簿',
    inForce,
    of: 'person',
    keepers: ['villagers-committee'],
    key: ['name'],
    fields: [{ id: 'name', title: '姓名', type: 'text', personal: true }],
  },
  {
    kind: 'register',
    id: 'tea-cadres',
    title: '茶村干部名册',
    inForce,
    of: 'thing',
    keepers: ['villagers-committee'],
    key: ['person', 'village'],
    fields: [
      { id: 'person', title: '姓名', type: 'text' },
      { id: 'village', title: '村', type: 'place' },
      {
        id: 'posts',
        title: '职务',
        type: 'choices',
        choices: [{ id: 'tea-village-clerk', title: '文书' }],
        knownFrom: 'appointments.posts',
      },
      { id: 'in-post-from', title: '任职日期', type: 'date', knownFrom: 'appointments.in-post-from' },
    ],
  },
  {
    kind: 'register',
    id: 'tea-shifts',
    title: '茶室值班登记簿',
    inForce,
    of: 'thing',
    keepers: ['villagers-committee'],
    key: ['room', 'slot', 'helper'],
    fields: [
      { id: 'helper', title: '谁值班', type: 'text' },
      { id: 'room', title: '茶室', type: 'text' },
      { id: 'slot', title: '时段', type: 'choice', choices: [{ id: 'morning', title: '上午' }] },
      { id: 'decision', title: '加人的决定', type: 'text', optional: true },
      { id: 'seats', title: '座位', type: 'number', knownFrom: 'tea-rooms.seats' },
    ],
    guards: [
      {
        id: 'seated',
        title: '值班的人不比座位多',
        atMost: { count: { field: 'seats' }, per: ['room', 'slot'], unless: { has: 'decision' } },
      },
    ],
    advice: [{ id: 'crowded', title: '值班的人比座位多', if: { has: 'decision' } }],
    ledgers: [
      {
        id: 'rooms',
        title: '各茶室值班',
        columns: ['helper', 'seats'],
        composition: { by: 'room', parts: [{ id: 'all', title: '值班', atMost: { field: 'seats' } }] },
      },
    ],
  },
  {
    kind: 'register',
    id: 'tea-gifts',
    title: '六样茶礼登记簿',
    inForce,
    of: 'household',
    keepers: ['villagers-committee'],
    key: ['door'],
    fields: [
      { id: 'door', title: '门牌号', type: 'text' },
      ...['red', 'green', 'white', 'black', 'yellow', 'oolong'].map((id) => ({
        id,
        title: `${id}茶`,
        type: 'date' as const,
        optional: true,
      })),
    ],
    ledgers: [
      {
        id: 'board',
        title: '茶礼进度',
        columns: ['door'],
        parts: ['red', 'green', 'white', 'black', 'yellow', 'oolong'],
      },
    ],
    confirmation: { title: '农户确认' },
  },
  {
    kind: 'register',
    id: 'tea-exports',
    title: '茶县导出记录',
    inForce,
    of: 'thing',
    keepers: ['villagers-committee'],
    key: ['export'],
    fields: [
      { id: 'export', title: '导出编号', type: 'text' },
      { id: 'item', title: '共享事项', type: 'text' },
      { id: 'to', title: '给哪个系统', type: 'text' },
      { id: 'purpose', title: '用途', type: 'text' },
      { id: 'records', title: '条数', type: 'number' },
      { id: 'fields', title: '栏目', type: 'list', atLeast: 1 },
      { id: 'on', title: '日期', type: 'date' },
    ],
    ledgers: [{ id: 'all', title: '导出', columns: ['item', 'purpose', 'records', 'fields'], sums: ['records'] }],
  },
].map((text) => Register.parse(text));

/** What the tea county gives to others: rooms and their slots, never when they were opened. */
const sharing = SharingList.parse({
  kind: 'sharing-list',
  id: 'tea-sharing',
  title: '茶县共享清单',
  inForce,
  log: 'tea-exports',
  items: [
    {
      id: 'rooms-to-guide',
      title: '茶室位置',
      to: '茶县导览',
      purpose: '在导览图上显示茶室',
      register: 'tea-rooms',
      fields: ['room', 'slot'],
      source: 'TC-ART-3',
    },
    {
      id: 'helpers-to-watch',
      title: '帮手名单',
      to: '茶县治安平台',
      security: true,
      purpose: '活动值守',
      register: 'tea-helpers',
      fields: ['name'],
      legalBasis: 'TC-ART-4',
      source: 'TC-ART-3',
    },
  ],
});

/** Keeps the pack and activates it in a whole county. */
export const addTeaRegisters = async (owner: Sql, county: string): Promise<void> => {
  await activateTeaPack(owner, `${county}000000`, '00000009-0000-7000-8000-000000000002', {
    id: 'tea-registers',
    title: '茶县登记簿',
    mechanism: 'registers',
    rules: [...registers, sharing],
  });
};
