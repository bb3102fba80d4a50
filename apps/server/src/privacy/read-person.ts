import type { PersonRecord } from '@lianxin/contract';
import { fault, ok, refuse, type Result } from '@lianxin/domain';
import { recordReading, type SessionActor } from '../access/index.js';
import type { Deps } from '../deps.js';
import { inContext } from '../storage/index.js';
import { isMinor } from './minor.js';
import { approvedUntil } from './minor-access.store.js';

/**
 * Reads a person's record 查阅人员档案 and writes down who read it and what for, in the same transaction.
 *
 * A record outside the office's range, and a minor's without an approval that still runs, is `not-found`; the second is an alarm: it is
 * written to the access log and to the operator's.
 */
export const readPerson = async (
  deps: Deps,
  actor: SessionActor,
  id: string,
  purpose: string,
): Promise<Result<PersonRecord>> => {
  if (actor.office === null) return refuse(fault('not-found'));
  return inContext(deps, actor.context, async (tx): Promise<Result<PersonRecord>> => {
    const row = await tx.first<Omit<PersonRecord, 'minor'> & Record<string, unknown>>(
      `select p.id, p.name, p.sex, p.birth_year as "birthYear", p.division, d.name as "divisionName"
       from lx.person p join lx.division d on d.code = p.division where p.county = $1 and p.id = $2`,
      [tx.context.county, id],
    );
    if (row === undefined) return refuse(fault('not-found'));
    const minor = isMinor(row.birthYear, tx.makers.clock());
    const reading = { subject: id, division: row.division, purpose, office: actor.office };
    if (minor && (await approvedUntil(tx, id)) === undefined) {
      await recordReading(tx, { ...reading, what: 'minor-record-refused' });
      deps.log('warn', 'minor-record-refused', { office: actor.office?.body, division: row.division });
      return refuse(fault('not-found'));
    }
    await recordReading(tx, { ...reading, what: minor ? 'minor-record' : 'person-record' });
    return ok({ ...row, minor });
  });
};
