import { isPartyKind } from '../party-tree.js';
import { holdsOn } from '../dated-row.store.js';
import { columnsOf, countOf, rangeValues, villages, type Coverage } from './report.js';

/** One village, one branch 一村一支部: villages with a Party branch or committee, and those without one [NQ-06]. */
export const villagesWithoutBranch: Coverage = async (tx, query) => {
  const rows = await tx.rows<{ code: string; name: string; covered: boolean }>(
    `select v.code, v.name, exists (select 1 from lx.body b where b.county = $1 and b.division = v.code
       and b.kind in ('branch', 'committee') and b.place is null and ${holdsOn('b', 2)}) as covered
     from (${villages}) v order by v.code`,
    rangeValues(tx, query),
  );
  return {
    title: '一村一支部',
    figures: [{ id: 'villages', title: '已建党支部的村', count: countOf(rows, (row) => row.covered), of: rows.length }],
    columns: columnsOf({ code: '代码', village: '村', gap: '缺口' }),
    rows: rows.filter((row) => !row.covered).map(({ code, name }) => ({ code, village: name, gap: '没有党支部' })),
  };
};

/**
 * Party bodies that are not where the tree wants them 体系缺口: no parent, a parent that has ended, or no place [NQ-05, XQ-02].
 * Saving refuses these; an import or an ending can still leave one, so the list says the truth.
 */
export const partyTreeGaps: Coverage = async (tx, query) => {
  const rows = await tx.rows<{
    name: string;
    kind: string;
    tier: string | null;
    village: string;
    parent: boolean;
    placed: boolean;
  }>(
    `select b.name, b.kind, b.place_tier as tier, d.name as village,
       exists (select 1 from lx.body_link l join lx.body u on u.county = l.county and u.id = l.to_body
         where l.county = $1 and l.from_body = b.id and l.kind = 'party-tree' and ${holdsOn('l', 2)} and ${holdsOn('u', 2)}) as parent,
       b.place_tier is not null as placed
     from lx.body b join lx.division d on d.code = b.division
     where b.county = $1 and b.division >= $3 and b.division < $4 and b.kind in ('committee', 'branch', 'party-group') and ${holdsOn('b', 2)}
     order by b.division, b.kind, b.name, b.id`,
    rangeValues(tx, query),
  );
  const party = rows.filter((row) => isPartyKind(row.kind) && row.tier !== 'township');
  const fits = (row: (typeof rows)[number]): boolean => row.parent && row.placed;
  const level = (tier: string, title: string) => ({
    id: tier,
    title,
    count: countOf(rows, (row) => row.tier === tier && (row.parent || tier === 'township')),
    of: countOf(rows, (row) => row.tier === tier),
  });
  return {
    title: '党组织四级架构',
    figures: [
      level('township', '镇（街道）党（工）委'),
      level('community', '村（社区）党组织'),
      level('estate', '小区党支部'),
      level('building', '楼栋党小组'),
    ],
    columns: columnsOf({ name: '组织', village: '所在地', gap: '缺口' }),
    rows: party
      .filter((row) => !fits(row))
      .map((row) => ({ name: row.name, village: row.village, gap: row.parent ? '没有对应的地方' : '没有上级组织' })),
  };
};

/** Grids and the Party group responsible for each 网格对应党小组; a grid without one is listed [NQ-07]. */
export const gridsWithoutPartyGroup: Coverage = async (tx, query) => {
  const rows = await tx.rows<{
    code: string;
    name: string;
    village: string;
    group: string | null;
    contact: string | null;
  }>(
    `select g.code, g.name, d.name as village, b.name as group, p.name as contact
     from lx.grid g join lx.division d on d.code = g.division
     left join lx.grid_party_group r on r.county = g.county and r.grid = g.id and ${holdsOn('r', 2)}
     left join lx.body b on b.county = r.county and b.id = r.body
     left join lx.person p on p.county = r.county and p.id = r.contact
     where g.county = $1 and g.division >= $3 and g.division < $4 and ${holdsOn('g', 2)}
     order by g.division, g.code, g.id`,
    rangeValues(tx, query),
  );
  return {
    title: '网格对应党小组',
    figures: [
      { id: 'grids', title: '有负责党小组的网格', count: countOf(rows, (row) => row.group !== null), of: rows.length },
    ],
    columns: columnsOf({
      village: '村',
      code: '网格编号',
      grid: '网格',
      group: '负责党小组',
      contact: '联系人',
      gap: '缺口',
    }),
    rows: rows.map((row) => ({
      village: row.village,
      code: row.code,
      grid: row.name,
      group: row.group,
      contact: row.contact,
      gap: row.group === null ? '没有负责的党小组' : null,
    })),
  };
};

/**
 * Organisations not yet linked 有效衔接清单: without a linked branch and contact an organisation stays in the list with all its
 * gaps; once both are recorded it leaves the list [NQ-08].
 */
export const organisationsWithoutLink: Coverage = async (tx, query) => {
  const rows = await tx.rows<{
    name: string;
    village: string;
    party: boolean;
    branch: string | null;
    contact: string | null;
  }>(
    `select o.name, d.name as village, o.party_body is not null as party, b.name as branch, p.name as contact
     from lx.organisation o join lx.division d on d.code = o.division
     left join lx.organisation_link l on l.county = o.county and l.organisation = o.id and ${holdsOn('l', 2)}
     left join lx.body b on b.county = l.county and b.id = l.branch
     left join lx.person p on p.county = l.county and p.id = l.contact
     where o.county = $1 and o.division >= $3 and o.division < $4 and ${holdsOn('o', 2)}
     order by o.division, o.name, o.id`,
    rangeValues(tx, query),
  );
  const linked = (row: (typeof rows)[number]): boolean => row.branch !== null && row.contact !== null;
  return {
    title: '组织衔接',
    figures: [
      { id: 'party', title: '建有党组织', count: countOf(rows, (row) => row.party), of: rows.length },
      { id: 'linked', title: '已与村支部衔接', count: countOf(rows, linked), of: rows.length },
    ],
    columns: columnsOf({ name: '组织', village: '所在地', partyGap: '党组织', linkGap: '衔接' }),
    rows: rows
      .filter((row) => !linked(row))
      .map((row) => ({
        name: row.name,
        village: row.village,
        partyGap: row.party ? null : '没有党组织',
        linkGap: '没有衔接的支部和联系人',
      })),
  };
};
