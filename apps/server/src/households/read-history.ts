import { fault, isWithin, ok, refuse, type Result } from '@lianxin/domain';
import type { DivisionHistory } from '@lianxin/contract';
import type { Tx } from '../storage/index.js';

type Part = DivisionHistory['parts'][number];

const links = `with recursive chain (code, other, relation, cause, files) as (
    select s.successor, s.code, 'before', s.cause, s.takes_files from lx.division_successor s where s.successor = $1
    union
    select c.code, s.code, 'before', s.cause, c.files and s.takes_files
    from chain c join lx.division_successor s on s.successor = c.other where c.relation = 'before'),
  ahead (code, other, cause) as (
    select s.code, s.successor, s.cause from lx.division_successor s where s.code = $1
    union
    select a.code, s.successor, s.cause from ahead a join lx.division_successor s on s.code = a.other)
  select d.code, d.name, d.valid_from::text as "from", d.valid_to::text as "to", found.relation, found.cause, found.files as counted
  from (select $1::text as code, 'itself' as relation, null::text as cause, true as files
    union select other, relation, cause, files from chain
    union select other, 'after', cause, false from ahead) found
  join lx.division d on d.code = found.code
  order by case found.relation when 'before' then 1 when 'itself' then 2 else 3 end, d.valid_from, d.code`;

/** Matters, standing households and standing records of one code, as far as the reader may see them. */
const countOf = async (tx: Tx, code: string) =>
  (await tx.first<{ matters: number; households: number; records: number }>(
    `select (select count(*)::int from lx.matter m where m.county = $1 and m.village = $2) as matters,
       (select count(*)::int from lx.household h where h.county = $1 and h.division = $2 and h.valid_to is null) as households,
       (select count(*)::int from lx.record r where r.county = $1 and r.division = $2 and r.ended_on is null) as records`,
    [tx.context.county, code],
  )) ?? { matters: 0, households: 0, records: 0 };

/**
 * What a division was before and became 沿革, each part with its totals under its own code, and the sum over what it answers for.
 * History keeps the code it happened under; this is where old and new are read together. Refuses `not-found` outside the range.
 */
export const readDivisionHistory = async (tx: Tx, code: string): Promise<Result<DivisionHistory>> => {
  if (tx.context.role !== 'rt_office' || !isWithin(code, tx.context)) return refuse(fault('not-found'));
  const found = await tx.rows<Omit<Part, 'matters' | 'households' | 'records'> & Record<string, unknown>>(links, [
    code,
  ]);
  const itself = found.find((part) => part.relation === 'itself');
  if (itself === undefined) return refuse(fault('unknown-division', { code }));
  const parts: Part[] = [];
  // One after another: a transaction has one connection.
  for (const part of found) {
    const seen = isWithin(part.code, tx.context);
    const counts = seen ? await countOf(tx, part.code) : { matters: 0, households: 0, records: 0 };
    parts.push({ ...part, counted: part.counted && seen, ...counts });
  }
  const sum = (what: 'matters' | 'households' | 'records'): number =>
    parts.filter((part) => part.counted).reduce((total, part) => total + part[what], 0);
  return ok({
    division: code,
    name: itself.name,
    parts,
    totals: { matters: sum('matters'), households: sum('households'), records: sum('records') },
  });
};
