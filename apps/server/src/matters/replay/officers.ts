import { countyDate, isWithin, scopeOf } from '@lianxin/domain';
import { personKey, type Office, type SessionActor } from '../../access/index.js';
import { inContext, systemContext } from '../../storage/index.js';
import type { MatterDeps } from '../act-context.js';

/**
 * Officers over a village as they may import (补录人): each person with an office there, in the order of appointment. The administrator who runs
 * the tool answers for it; every act is kept with the office it was entered for and marked as a late entry.
 */
export const importersOf = async (deps: MatterDeps, village: string): Promise<SessionActor[]> => {
  const county = village.slice(0, 6);
  const today = countyDate(deps.clock());
  const rows = await inContext(deps, systemContext(county), (tx) =>
    tx.rows<Omit<Office, 'before' | 'standsFor'> & { person: string } & Record<string, unknown>>(
      `select a.id as appointment, a.person, a.post, p.title as "postTitle", a.body, b.name as "bodyName", b.kind as "bodyKind", a.division,
         d.name as "divisionName", d.level, p.capabilities
       from lx.appointment a join lx.body b on b.county = a.county and b.id = a.body join lx.post p on p.id = a.post
       join lx.division d on d.code = left(a.division, 12)
       where a.county = $1 and a.valid_from <= $2::date and (a.valid_to is null or a.valid_to > $2::date)
         and left(a.division, 12) in ($3, $4, $5)
       order by length(rtrim(left(a.division, 12), '0')) desc, a.id`,
      [county, today, village, `${village.slice(0, 9)}000`, `${county}000000`],
    ),
  );
  const persons = [...new Set(rows.filter((row) => isWithin(village, scopeOf(row.division))).map((row) => row.person))];
  return persons.map((person) => {
    const offices: readonly Office[] = rows
      .filter((row) => row.person === person && isWithin(village, scopeOf(row.division)))
      // Messages of before a merge belong to the place they name, which is the village given.
      .map((row) => ({ ...row, before: [], standsFor: [] }));
    const [office] = offices;
    if (office === undefined) throw new Error('a person without office was listed');
    return {
      key: personKey(person),
      // Complaints go above the village, and an entry of theirs belongs there; hence the county's range.
      context: { role: 'rt_office', county, uid: person, ...scopeOf(`${county}000000`), caps: ['import'] },
      session: {
        account: '',
        username: 'import',
        county,
        person,
        name: '',
        division: village,
        offices,
        capabilities: ['import'],
        expiresAt: deps.clock(),
      },
      office,
    };
  });
};
