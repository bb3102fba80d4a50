import { branchWords, isDueForCommittee } from '../village-committee.js';
import { holdsOn } from '../dated-row.store.js';
import { columnsOf, countOf, rangeValues, villages, type Coverage } from './report.js';

/** Villages that meet the three conditions for a Party committee and have none 应建党委 [DY-49]. */
export const committeesDue: Coverage = async (tx, query) => {
  const rows = await tx.rows<{
    code: string;
    name: string;
    members: number;
    economy: boolean | null;
    place: boolean | null;
    committee: boolean;
  }>(
    `select v.code, v.name,
       (select count(*)::int from lx.party_membership m where m.county = $1 and m.division = v.code and ${holdsOn('m', 2)}) as members,
       s.larger_economy as economy, s.place_up_to_standard as place,
       exists (select 1 from lx.body b where b.county = $1 and b.division = v.code and b.kind = 'committee' and ${holdsOn('b', 2)}) as committee
     from (${villages}) v
     left join lx.village_standing s on s.county = $1 and s.division = v.code and ${holdsOn('s', 2)}
     order by v.code`,
    rangeValues(tx, query),
  );
  const meeting = rows.filter((row) =>
    isDueForCommittee({
      members: row.members,
      largerEconomy: row.economy === true,
      placeUpToStandard: row.place === true,
    }),
  );
  return {
    title: '村（社区）党委设置',
    figures: [
      {
        id: 'committees',
        title: '符合三项条件且已建党委',
        count: countOf(meeting, (row) => row.committee),
        of: meeting.length,
      },
    ],
    columns: columnsOf({
      code: '代码',
      village: '村',
      members: '党员数',
      economy: '经济规模较大',
      place: '阵地达标',
      gap: '缺口',
    }),
    rows: meeting
      .filter((row) => !row.committee)
      .map((row) => ({
        code: row.code,
        village: row.name,
        members: row.members,
        economy: row.economy,
        place: row.place,
        gap: '应建党委',
      })),
  };
};

/** Branches under village committees by kind 七类支部, with the committees led by an enterprise [DY-50]. */
export const branchKinds: Coverage = async (tx, query) => {
  const rows = await tx.rows<{
    village: string;
    committee: string;
    led: boolean;
    branch: string | null;
    kind: string | null;
  }>(
    `select d.name as village, c.name as committee, c.enterprise_led as led, b.name as branch, b.branch_kind as kind
     from lx.body c join lx.division d on d.code = c.division and d.level = 'village'
     left join lx.body_link l on l.county = c.county and l.to_body = c.id and l.kind = 'party-tree' and ${holdsOn('l', 2)}
     left join lx.body b on b.county = l.county and b.id = l.from_body and b.kind = 'branch' and ${holdsOn('b', 2)}
     where c.county = $1 and c.division >= $3 and c.division < $4 and c.kind = 'committee' and ${holdsOn('c', 2)}
     order by c.division, c.name, b.branch_kind, b.name`,
    rangeValues(tx, query),
  );
  const branches = rows.filter((row) => row.branch !== null);
  const committees = new Map(rows.map((row) => [`${row.village} ${row.committee}`, row.led]));
  return {
    title: '村党委下设支部',
    figures: [
      {
        id: 'enterprise-led',
        title: '以企带村型党委',
        count: [...committees.values()].filter(Boolean).length,
        of: committees.size,
      },
      ...Object.entries(branchWords).map(([id, title]) => ({
        id,
        title,
        count: countOf(branches, (row) => row.kind === id),
        of: branches.length,
      })),
    ],
    columns: columnsOf({ village: '村', committee: '党委', led: '以企带村', branch: '支部', kind: '类别' }),
    rows: rows.map((row) => ({
      village: row.village,
      committee: row.committee,
      led: row.led,
      branch: row.branch,
      kind: row.kind === null ? null : (branchWords[row.kind] ?? row.kind),
    })),
  };
};
