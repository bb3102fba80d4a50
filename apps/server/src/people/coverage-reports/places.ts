import { holdsOn } from '../dated-row.store.js';
import { columnsOf, countOf, rangeValues, type Coverage } from './report.js';

/** Estates with a Party body and buildings with a Party group 小区与楼栋覆盖, and every place without one [XQ-03]. */
export const estatesAndBuildings: Coverage = async (tx, query) => {
  const rows = await tx.rows<{
    kind: 'estate' | 'building';
    name: string;
    estate: string | null;
    village: string;
    covered: boolean;
  }>(
    `select p.kind, p.name, e.name as estate, d.name as village, exists (select 1 from lx.body b where b.county = $1 and b.place = p.id
       and b.kind = case p.kind when 'estate' then 'branch' else 'party-group' end and ${holdsOn('b', 2)}) as covered
     from lx.place p join lx.division d on d.code = p.division
     left join lx.place e on e.county = p.county and e.id = p.parent
     where p.county = $1 and p.division >= $3 and p.division < $4 and p.kind in ('estate', 'building') and ${holdsOn('p', 2)}
     order by p.division, p.kind desc, e.name nulls first, p.name, p.id`,
    rangeValues(tx, query),
  );
  const figure = (kind: string, title: string) => ({
    id: kind,
    title,
    count: countOf(rows, (row) => row.kind === kind && row.covered),
    of: countOf(rows, (row) => row.kind === kind),
  });
  return {
    title: '小区和楼栋的党组织',
    figures: [figure('estate', '有党组织的小区'), figure('building', '有党小组的楼栋')],
    columns: columnsOf({ kind: '类别', village: '社区', estate: '小区', name: '名称', gap: '缺口' }),
    rows: rows
      .filter((row) => !row.covered)
      .map((row) => ({
        kind: row.kind === 'estate' ? '小区' : '楼栋',
        village: row.village,
        estate: row.estate,
        name: row.name,
        gap: row.kind === 'estate' ? '没有党支部' : '没有党小组',
      })),
  };
};

/** What the seven kinds of site are called. */
const siteWords: Readonly<Record<string, string>> = {
  'industrial-park': '园区',
  'industry-cluster': '产业集聚区',
  'office-building': '商务楼宇',
  'shopping-area': '大型商贸区',
  'production-base': '生产基地',
  'trade-association': '专业协会',
  'resettlement-estate': '拆迁集中居住区',
};

/** Sites of seven kinds with a branch or Party group 七类场所覆盖, by kind, and the gaps [DY-51]. */
export const sitesWithoutPartyBody: Coverage = async (tx, query) => {
  const rows = await tx.rows<{ siteKind: string; name: string; village: string; covered: boolean }>(
    `select p.site_kind as "siteKind", p.name, d.name as village, exists (select 1 from lx.body b where b.county = $1 and b.place = p.id
       and b.kind in ('branch', 'party-group') and ${holdsOn('b', 2)}) as covered
     from lx.place p join lx.division d on d.code = p.division
     where p.county = $1 and p.division >= $3 and p.division < $4 and p.kind = 'site' and ${holdsOn('p', 2)}
     order by p.site_kind, p.division, p.name, p.id`,
    rangeValues(tx, query),
  );
  return {
    title: '七类场所的党组织',
    figures: [
      { id: 'sites', title: '有支部或者党小组的场所', count: countOf(rows, (row) => row.covered), of: rows.length },
      ...Object.entries(siteWords).map(([id, title]) => ({
        id,
        title,
        count: countOf(rows, (row) => row.siteKind === id && row.covered),
        of: countOf(rows, (row) => row.siteKind === id),
      })),
    ],
    columns: columnsOf({ kind: '类别', village: '所在地', name: '场所', gap: '缺口' }),
    rows: rows
      .filter((row) => !row.covered)
      .map((row) => ({
        kind: siteWords[row.siteKind] ?? row.siteKind,
        village: row.village,
        name: row.name,
        gap: '没有支部或者党小组',
      })),
  };
};

const wayWords: Readonly<Record<string, string>> = {
  'planning-precondition': '规划前置',
  rent: '租赁',
  rebuild: '改建',
  extend: '扩建',
};
const departmentWords: Readonly<Record<string, string>> = {
  planning: '规划',
  housing: '住建',
  land: '国土',
  'civil-affairs': '民政',
};

/**
 * Estates and their service rooms 综合服务用房: how far new ones (planning precondition) and old ones (rent, rebuild, extend) are,
 * and for those lacking one, which of the four departments still owes its task [DY-55].
 */
export const serviceRooms: Coverage = async (tx, query) => {
  const rows = await tx.rows<{
    name: string;
    village: string;
    age: string | null;
    way: string | null;
    area: number | null;
    ready: boolean;
    owing: string[] | null;
  }>(
    `select p.name, d.name as village, p.estate_age as age, r.way, r.area_square_metres as area, coalesce(r.state = 'ready', false) as ready,
       (select array_agg(t.department order by t.department) from lx.service_room_task t
        where t.county = $1 and t.estate = p.id and (t.done_on is null or t.done_on > $2::date)) as owing
     from lx.place p join lx.division d on d.code = p.division
     left join lx.service_room r on r.county = p.county and r.estate = p.id and ${holdsOn('r', 2)}
     where p.county = $1 and p.division >= $3 and p.division < $4 and p.kind = 'estate' and ${holdsOn('p', 2)}
     order by p.division, p.name, p.id`,
    rangeValues(tx, query),
  );
  const figure = (age: string, title: string) => ({
    id: age,
    title,
    count: countOf(rows, (row) => row.age === age && row.ready),
    of: countOf(rows, (row) => row.age === age),
  });
  return {
    title: '小区综合服务用房',
    figures: [figure('new', '新建小区已落实'), figure('old', '老旧小区已落实')],
    columns: columnsOf({
      village: '社区',
      estate: '小区',
      age: '新旧',
      way: '方式',
      area: '面积（平方米）',
      gap: '缺口',
      owing: '待办部门',
    }),
    rows: rows
      .filter((row) => !row.ready)
      .map((row) => ({
        village: row.village,
        estate: row.name,
        age: row.age === 'new' ? '新建' : row.age === 'old' ? '老旧' : null,
        way: row.way === null ? null : (wayWords[row.way] ?? row.way),
        area: row.area,
        gap: row.way === null ? '没有确定方式' : '尚未落实',
        owing: (row.owing ?? []).map((department) => departmentWords[department] ?? department).join('、') || null,
      })),
  };
};
