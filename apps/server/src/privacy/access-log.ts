import type { AccessLogRow } from '@lianxin/contract';
import { fault, isWithin, ok, refuse, scopeOf, type Result } from '@lianxin/domain';
import { asResident, type Session, type SessionActor } from '../access/index.js';
import type { Deps } from '../deps.js';
import { inContext, systemContext, type Context, type Tx } from '../storage/index.js';

/** One page of readings. */
export interface LogPage {
  readonly rows: AccessLogRow[];
  readonly next: string | null;
}

const pageOf = 100;
interface Line {
  readonly id: string;
  readonly at: string;
  readonly what: string;
  readonly purpose: string;
  readonly person: string;
  readonly body: string | null;
  readonly subject: string | null;
  readonly divisionName: string;
}

const select = `select l.id, l.recorded_at as at, l.what, l.purpose, l.person, l.office_body as body, l.subject,
  coalesce(d.name, l.division) as "divisionName" from lx.access_log l left join lx.division d on d.code = l.division`;

/** Names of who read, and of the offices they read in: looked up by the system, since the log itself holds ids alone. */
const namedBy = async (deps: Deps, { county }: Context, lines: readonly Line[]): Promise<LogPage> => {
  const names = await inContext(deps, systemContext(county), async (tx) => {
    const people = await tx.rows<{ person: string; name: string }>(
      `select distinct on (person) person, holder_name as name from lx.appointment where county = $1 and person = any ($2::uuid[]) order by person, valid_from desc`,
      [county, lines.map((line) => line.person)],
    );
    const bodies = await tx.rows<{ id: string; name: string }>(
      `select id, name from lx.body where county = $1 and id = any ($2::uuid[])`,
      [county, lines.flatMap((line) => line.body ?? [])],
    );
    return {
      people: new Map(people.map((row) => [row.person, row.name])),
      bodies: new Map(bodies.map((row) => [row.id, row.name])),
    };
  });
  const rows = lines.slice(0, pageOf).map(({ person, body, ...line }) => ({
    ...line,
    reader: names.people.get(person) ?? '',
    office: body === null ? null : (names.bodies.get(body) ?? null),
  }));
  return { rows, next: lines.length > pageOf ? (rows.at(-1)?.id ?? null) : null };
};

/** Readings in a division, for whoever audits 审计查阅记录. Refuses `not-found` outside the range, `capability-missing` without the duty. */
export const readAccessLog = async (
  deps: Deps,
  actor: SessionActor,
  query: { readonly division: string; readonly before?: string | undefined },
): Promise<Result<LogPage>> => {
  const { context } = actor;
  if (actor.office === null || !isWithin(query.division, context)) return refuse(fault('not-found'));
  if (!context.caps.includes('audit')) return refuse(fault('capability-missing', { what: '查看个人信息查阅记录' }));
  const { lo, hi } = scopeOf(query.division);
  const lines = await inContext(deps, { ...context, role: 'rt_audit' }, (tx: Tx) =>
    tx.rows<Line & Record<string, unknown>>(
      `${select} where l.county = $1 and l.division >= $2 and l.division < $3 and ($4::uuid is null or l.id < $4)
       order by l.id desc limit ${pageOf + 1}`,
      [context.county, lo, hi, query.before ?? null],
    ),
  );
  return ok(await namedBy(deps, context, lines));
};

/** Readings of one's own data 谁看过我的信息; only what is about oneself, whatever office is held. */
export const readOwnAccessLog = async (deps: Deps, session: Session, before?: string): Promise<LogPage> => {
  const { context } = asResident(session);
  const lines = await inContext(deps, context, (tx: Tx) =>
    tx.rows<Line & Record<string, unknown>>(
      `${select} where l.county = $1 and l.subject = $2 and ($3::uuid is null or l.id < $3) order by l.id desc limit ${pageOf + 1}`,
      [context.county, session.person, before ?? null],
    ),
  );
  return namedBy(deps, context, lines);
};
