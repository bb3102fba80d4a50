import { DisclosureCatalogue, Register } from '@lianxin/domain';
import { addAccount, sharedHash } from '../../access/index.js';
import { activateTeaPack } from '@lianxin/testkit/database';
import type { Sql } from '../../policy-packs/index.js';

const inForce = { from: '2020-01-01' };

const accounts = Register.parse({
  kind: 'register',
  id: 'tea-accounts',
  title: '茶资账',
  inForce,
  of: 'thing',
  keepers: ['villagers-committee'],
  key: ['voucher'],
  fields: [
    { id: 'date', title: '日期', type: 'date' },
    { id: 'voucher', title: '凭证号', type: 'text' },
    {
      id: 'way',
      title: '收支',
      type: 'choice',
      choices: [
        { id: 'in', title: '收入' },
        { id: 'out', title: '支出' },
      ],
    },
    { id: 'sort', title: '类别', type: 'choice', choices: [{ id: 'tea', title: '茶叶' }] },
    { id: 'about', title: '事由', type: 'text' },
    { id: 'amount', title: '金额', type: 'money' },
    { id: 'payee', title: '对方', type: 'text', optional: true, personal: true },
  ],
  ledgers: [
    {
      id: 'public',
      title: '明细',
      columns: ['date', 'voucher', 'way', 'sort', 'about', 'amount', 'payee'],
      sortBy: ['date', 'voucher'],
      seenBy: 'public',
    },
    { id: 'vouchers', title: '凭证册', columns: ['voucher', 'about', 'amount', 'payee'], seenBy: 'village' },
  ],
});

const common = {
  body: ['villagers-committee'],
  responsible: { post: 'tea-village-clerk', of: 'villagers-committee' },
  checkedBy: 'supervision-committee',
  noticePeriod: '15 days',
  source: 'LAW-VC-35d',
};

const boards = DisclosureCatalogue.parse({
  kind: 'disclosure-catalogue',
  id: 'tea-boards',
  title: '茶会公开目录',
  inForce,
  late: {
    tells: ['villagers-committee'],
    above: { within: '30 days', tells: ['office'] },
    source: 'LAW-VC-36',
  },
  answers: { within: '15 days', source: 'LAW-VC-35e' },
  items: [
    {
      ...common,
      id: 'tea-money',
      formerly: ['leaf-money'],
      title: '茶资收支',
      board: 'finance',
      every: '3 months',
      byDay: 10,
      often: { every: '1 month', entries: 20, source: 'LAW-VC-35c' },
      from: {
        register: 'tea-accounts',
        ledger: 'public',
        by: 'date',
        accounts: { amount: 'amount', way: 'way', income: 'in', expense: 'out', sort: 'sort' },
      },
      mask: ['payee'],
      channels: ['wall', 'portal'],
    },
    { ...common, id: 'tea-decisions', title: '会议决定', board: 'village', channels: ['wall', 'portal'] },
    { ...common, id: 'tea-members', title: '会员内部情况', board: 'party', scope: 'members', channels: ['wall'] },
  ],
});

const cups = DisclosureCatalogue.parse({
  kind: 'disclosure-catalogue',
  id: 'tea-boards',
  title: '茶具公开目录',
  inForce,
  items: [
    {
      ...common,
      id: 'tea-money',
      title: '茶资',
      board: 'finance',
      every: '3 months',
      byDay: 5,
      channels: ['wall'],
      noticePeriod: '20 days',
      source: 'TEA-9',
    },
    { ...common, id: 'tea-cups', title: '茶具', board: 'village', every: '3 months', byDay: 10, channels: ['wall'] },
  ],
});

/** One more document with a catalogue of the same id, set for a division: the money by the fifth day, and the cups. */
export const addTeaCups = (owner: Sql, division: string, activation: string): Promise<string> =>
  activateTeaPack(owner, division, activation, {
    id: 'tea-cups',
    title: '茶具公开',
    mechanism: 'boards',
    rules: [cups],
  });

/** The committee that watches the upper village, and its member; ids are the same in every run. */
export const supervisor = { username: 'upper.supervisor', person: '00000001-0000-7000-8000-000000000091' } as const;

/** Keeps the pack, activates it in the county, and seats a supervisor in one village. */
export const addTeaBoards = async (owner: Sql, county: string, village: string): Promise<void> => {
  const at = '2020-01-01T00:00:00Z';
  await activateTeaPack(owner, `${county}000000`, '00000009-0000-7000-8000-000000000720', {
    id: 'tea-boards',
    title: '茶会公开',
    mechanism: 'boards',
    rules: [accounts, boards],
  });
  const body = '00000002-0000-7000-8000-000000000091';
  await owner.query(
    `insert into lx.body (county, id, division, kind, name, valid_from, recorded_at)
     values ($1, $2, $3, 'supervision-committee', '上茶村村务监督委员会', '2020-01-01', $4)`,
    [county, body, village, at],
  );
  await owner.query(
    `insert into lx.post (id, title, title_en, body_kind, level) values ('tea-supervisor', '监督员', 'supervisor', 'supervision-committee', 'village')`,
  );
  await owner.query(
    `insert into lx.person (county, id, division, name, made_up, valid_from, recorded_at) values ($1, $2, $3, '茶监督', true, '2020-01-01', $4)`,
    [county, supervisor.person, village, at],
  );
  await owner.query(
    `insert into lx.appointment (county, id, division, person, post, body, holder_name, valid_from, recorded_at)
     values ($1, '00000003-0000-7000-8000-000000000091', $2, $3, 'tea-supervisor', $4, '茶监督', '2020-01-01', $5)`,
    [county, village, supervisor.person, body, at],
  );
  const account = {
    username: supervisor.username,
    name: '茶监督',
    person: supervisor.person,
    county,
    password: 'tea-and-biscuits',
  };
  await addAccount(owner as Parameters<typeof addAccount>[0], account, sharedHash());
};
