import { Register } from '../policy-pack/index.js';

/** The tea club's register of bookings 茶友会订桌登记簿: made up, with one field of each kind that a sheet carries. */
export const teaBookings = Register.parse({
  kind: 'register',
  id: 'tea-bookings',
  title: '订桌登记簿',
  inForce: { from: '2026-01-01' },
  of: 'thing',
  keepers: ['tea-club'],
  key: ['table', 'day', 'slot'],
  fields: [
    { id: 'table', title: '桌名', type: 'text', mostCharacters: 20 },
    { id: 'day', title: '日期', type: 'date' },
    {
      id: 'slot',
      title: '时段',
      type: 'choice',
      choices: [
        { id: 'morning', title: '上午' },
        { id: 'afternoon', title: '下午' },
      ],
    },
    { id: 'guests', title: '人数', type: 'number', unit: '人', atLeast: 1, atMost: 12, optional: true },
    { id: 'paid', title: '已付', type: 'yes-no', optional: true },
    { id: 'teas', title: '茶', type: 'list', optional: true },
    { id: 'served', title: '已上的茶', type: 'list', optional: true },
  ],
  ledgers: [
    { id: 'by-slot', title: '各时段', columns: ['table', 'day'], countBy: 'slot', sums: ['guests'] },
    { id: 'tables-by-slot', title: '各时段的桌', columns: ['table'], countBy: 'slot', once: 'table' },
    { id: 'teas', title: '上茶', columns: ['table'], parts: { of: 'teas', done: 'served' } },
    { id: 'late', title: '未付', columns: ['table'], overdue: { since: 'day', within: '1 month' } },
    { id: 'crowded', title: '每桌', columns: ['day'], quota: { by: 'table', atLeast: 2, atMost: 3 } },
  ],
});
