import { holdsOn } from '../dated-row.store.js';
import { columnsOf, countOf, rangeValues, villages, type Coverage } from './report.js';

/** Villages with a main convenience station 主要便民服务站, and every station with the two scores of the choice [YS-36]. */
export const convenienceStations: Coverage = async (tx, query) => {
  const rows = await tx.rows<{
    village: string;
    code: string;
    name: string | null;
    former: string | null;
    facilities: number | null;
    location: number | null;
    main: boolean | null;
  }>(
    `select v.name as village, v.code, s.name, s.former_village as former, s.facilities_score as facilities,
       s.location_score as location, s.is_main as main
     from (${villages}) v left join lx.convenience_station s on s.county = $1 and s.division = v.code and ${holdsOn('s', 2)}
     order by v.code, s.is_main desc, s.name, s.id`,
    rangeValues(tx, query),
  );
  const all = new Set(rows.map((row) => row.code));
  const withMain = new Set(rows.filter((row) => row.main === true).map((row) => row.code));
  return {
    title: '村级便民服务站',
    figures: [{ id: 'main', title: '有主要便民服务站的村', count: withMain.size, of: all.size }],
    columns: columnsOf({
      village: '村',
      station: '站点',
      former: '原村',
      main: '主站',
      facilities: '条件充裕',
      location: '位置便利',
      gap: '缺口',
    }),
    rows: rows.map((row) => ({
      village: row.village,
      station: row.name,
      former: row.former,
      main: row.main,
      facilities: row.facilities,
      location: row.location,
      gap: withMain.has(row.code) ? null : '没有主站',
    })),
  };
};

const managerWords: Readonly<Record<string, string>> = {
  township: '乡镇',
  'line-department': '上级主管部门',
  both: '双重管理',
};

/** Who manages people, money and property of township offices 站办所人财物; those still managed by their line department alone are the gaps [YS-62]. */
export const officeManagement: Coverage = async (tx, query) => {
  const rows = await tx.rows<{
    township: string;
    office: string;
    people: string | null;
    money: string | null;
    property: string | null;
  }>(
    `select d.name as township, b.name as office,
       max(m.managed_by) filter (where m.dimension = 'people') as people,
       max(m.managed_by) filter (where m.dimension = 'money') as money,
       max(m.managed_by) filter (where m.dimension = 'property') as property
     from lx.body b join lx.division d on d.code = b.division and d.level = 'township'
     left join lx.office_management m on m.county = b.county and m.body = b.id and ${holdsOn('m', 2)}
     where b.county = $1 and b.division >= $3 and b.division < $4 and b.kind = 'office' and ${holdsOn('b', 2)}
     group by d.name, b.division, b.name, b.id order by b.division, b.name, b.id`,
    rangeValues(tx, query),
  );
  const sides = (row: (typeof rows)[number]) => [row.people, row.money, row.property];
  const byLineAlone = (row: (typeof rows)[number]): boolean => sides(row).every((side) => side === 'line-department');
  const recorded = (row: (typeof rows)[number]): boolean => sides(row).every((side) => side !== null);
  const word = (side: string | null): string | null => (side === null ? null : (managerWords[side] ?? side));
  const gapOf = (row: (typeof rows)[number]): string | null =>
    byLineAlone(row) ? '仍只由主管部门管理' : recorded(row) ? null : '人财物管理没有登记齐全';
  return {
    title: '站办所人财物管理',
    figures: [
      { id: 'recorded', title: '三项都已登记', count: countOf(rows, recorded), of: rows.length },
      { id: 'line-alone', title: '仍只由主管部门管理', count: countOf(rows, byLineAlone), of: rows.length },
    ],
    columns: columnsOf({ township: '乡镇', office: '站办所', people: '人', money: '财', property: '物', gap: '缺口' }),
    rows: rows.map((row) => ({
      township: row.township,
      office: row.office,
      people: word(row.people),
      money: word(row.money),
      property: word(row.property),
      gap: gapOf(row),
    })),
  };
};

/**
 * Villages and their one office for contact with the people 联系服务群众工作办公室, with its director; the secretary is meant to be
 * the director, so another director, or none, is a gap [DY-81].
 */
export const liaisonOffices: Coverage = async (tx, query) => {
  const rows = await tx.rows<{
    village: string;
    offices: number;
    director: string | null;
    secretary: string | null;
    same: boolean;
  }>(
    `select v.name as village,
       (select count(*)::int from lx.body b where b.county = $1 and b.division = v.code and b.kind = 'liaison-office' and ${holdsOn('b', 2)}) as offices,
       h.name as director, s.name as secretary, coalesce(h.person = s.person, false) as same
     from (${villages}) v
     left join lateral (select a.person, a.holder_name as name from lx.appointment a join lx.body b on b.county = a.county and b.id = a.body
       where a.county = $1 and a.division = v.code and b.kind = 'liaison-office' and a.post = 'liaison-director' and ${holdsOn('a', 2)}
       order by a.valid_from, a.id limit 1) h on true
     left join lateral (select a.person, a.holder_name as name from lx.appointment a
       where a.county = $1 and a.division = v.code and a.post = 'secretary' and ${holdsOn('a', 2)} order by a.valid_from, a.id limit 1) s on true
     order by v.code`,
    rangeValues(tx, query),
  );
  const gapOf = (row: (typeof rows)[number]): string | null => {
    if (row.offices !== 1) return row.offices === 0 ? '没有办公室' : `有 ${row.offices} 个办公室`;
    if (row.director === null) return '没有主任';
    return row.same ? null : '主任不是书记';
  };
  return {
    title: '联系服务群众工作办公室',
    figures: [
      {
        id: 'offices',
        title: '一村一室且书记任主任',
        count: countOf(rows, (row) => gapOf(row) === null),
        of: rows.length,
      },
    ],
    columns: columnsOf({ village: '村', director: '主任', secretary: '书记', gap: '缺口' }),
    rows: rows.map((row) => ({
      village: row.village,
      director: row.director,
      secretary: row.secretary,
      gap: gapOf(row),
    })),
  };
};
