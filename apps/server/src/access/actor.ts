import { fault, ok, refuse, scopeOf, type Result } from '@lianxin/domain';
import type { Context } from '../storage/context.js';
import type { Office, Session, SessionActor } from './session.js';

/** The command scope of a person; the policies of `command` rely on this shape. */
export const personKey = (person: string): string => `person:${person}`;

const residentContext = (session: Session): Context => ({
  role: 'rt_resident',
  county: session.county,
  uid: session.person,
  ...scopeOf(session.division),
  caps: [],
});

const officeContext = (session: Session, office: Office): Context => ({
  role: 'rt_office',
  county: session.county,
  uid: session.person,
  ...scopeOf(office.division),
  caps: office.capabilities,
  before: office.before,
});

/** The office that reaches furthest: the shortest shared prefix of codes, then the oldest appointment by id. */
const widestOffice = (offices: readonly Office[]): Office | undefined =>
  offices.toSorted((a, b) => {
    const byWidth = scopeOf(a.division).lo.length - scopeOf(b.division).lo.length;
    return byWidth === 0 ? (a.appointment < b.appointment ? -1 : 1) : byWidth;
  })[0];

/** The person acting for himself, as a resident, whatever offices he holds. */
export const asResident = (session: Session): SessionActor => ({
  key: personKey(session.person),
  context: residentContext(session),
  session,
  office: null,
});

/**
 * The person acting in an office: the one named by its appointment, else the one that reaches furthest; a person without office
 * acts as a resident. One transaction sees the range of one office, since two ranges are not a range.
 *
 * Refuses `not-your-office` when the named appointment is not held today.
 */
export const asOfficer = (session: Session, appointment?: string): Result<SessionActor> => {
  if (appointment === undefined) {
    const office = widestOffice(session.offices);
    return ok(
      office === undefined
        ? asResident(session)
        : { ...asResident(session), context: officeContext(session, office), office },
    );
  }
  const office = session.offices.find((held) => held.appointment === appointment);
  if (office === undefined) return refuse(fault('not-your-office', { office: appointment }));
  return ok({ ...asResident(session), context: officeContext(session, office), office });
};
