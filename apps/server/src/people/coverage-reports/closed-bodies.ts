import { holdsOn } from '../dated-row.store.js';
import { columnsOf, countOf, rangeValues, type Coverage } from './report.js';

const partyKinds = `('committee', 'branch', 'party-group')`;

/** Branches without a member 空壳党组织: the list from which a township looks closer; nothing is closed by it [XQ-17]. */
export const emptyPartyBodies: Coverage = async (tx, query) => {
  const rows = await tx.rows<{ name: string; village: string; since: string; members: number }>(
    `select b.name, d.name as village, b.valid_from::text as since,
       (select count(*)::int from lx.party_membership m where m.county = $1 and m.branch = b.id and ${holdsOn('m', 2)}) as members
     from lx.body b join lx.division d on d.code = b.division
     where b.county = $1 and b.division >= $3 and b.division < $4 and b.kind = 'branch' and ${holdsOn('b', 2)}
     order by b.division, b.name, b.id`,
    rangeValues(tx, query),
  );
  return {
    title: '没有党员的党支部',
    figures: [{ id: 'empty', title: '没有党员', count: countOf(rows, (row) => row.members === 0), of: rows.length }],
    columns: columnsOf({ village: '所在地', name: '党支部', since: '成立日期', gap: '缺口' }),
    rows: rows
      .filter((row) => row.members === 0)
      .map(({ village, name, since }) => ({ village, name, since, gap: '没有党员' })),
  };
};

/** Party bodies that were closed 撤并: when, and to which branch each of their members went; the body stays in history [XQ-17]. */
export const closedPartyBodies: Coverage = async (tx, query) => {
  const rows = await tx.rows<{
    name: string;
    village: string;
    closed: string;
    members: number;
    placed: number;
    to: string | null;
  }>(
    `select b.name, d.name as village, b.valid_to::text as closed, count(m.id)::int as members, count(n.id)::int as placed,
       string_agg(distinct o.name, '、') as to
     from lx.body b join lx.division d on d.code = b.division
       left join lx.party_membership m on m.county = b.county and m.branch = b.id and m.valid_to is not null
         and not exists (select from lx.party_membership later where later.county = m.county and later.person = m.person
           and later.branch = b.id and later.valid_from > m.valid_from)
       left join lx.party_membership n on n.county = m.county and n.person = m.person and n.branch <> b.id and ${holdsOn('n', 2)}
       left join lx.body o on o.county = n.county and o.id = n.branch
     where b.county = $1 and b.division >= $3 and b.division < $4 and b.kind in ${partyKinds} and b.valid_to <= $2::date and b.valid_to > b.valid_from
     group by b.id, b.name, b.valid_to, d.name, b.division order by b.valid_to desc, b.division, b.name, b.id`,
    rangeValues(tx, query),
  );
  return {
    title: '撤并的党组织',
    figures: [
      {
        id: 'placed',
        title: '党员都已转接',
        count: countOf(rows, (row) => row.placed === row.members),
        of: rows.length,
      },
    ],
    columns: columnsOf({
      village: '所在地',
      name: '党组织',
      closed: '撤并日期',
      members: '原有党员',
      placed: '已转接',
      to: '转到',
      gap: '缺口',
    }),
    rows: rows.map((row) => ({ ...row, gap: row.placed === row.members ? null : '还有党员没有转接' })),
  };
};
