import { countyDate, fault, latestClaimable, type Result } from '@lianxin/domain';
import type { FieldActDistribution, FieldActInput, FieldRole, MyFieldActs, PeopleGroup } from '@lianxin/contract';
import { writeJournal } from '../journal/index.js';
import type { ContextDeps } from '../storage/in-context.js';
import type { Tx } from '../storage/transaction.js';
import { carryOutForAnyone, Refusing, refuseIf, type Change } from './carry-out.js';
import { mattersOf } from './contact-visit.js';
import { addNew, holdsOn } from './dated-row.store.js';
import type { MattersHolder } from './open-matter.js';
import { checkNote } from './visit-wording.js';

/** Where urgent danger goes instead of into a form. */
const policeNumber = '110';

/** The five roles 五员 in the order of the document: 宣传员 调查员 代理员 巡防员 调解员. */
const fieldRoles: readonly FieldRole[] = ['publicist', 'surveyor', 'agent', 'patroller', 'mediator'];

/** Whether the acting person belongs to a group: three of them are posts, a volunteer is a Party member. */
const isInGroup = async (tx: Tx, group: PeopleGroup, on: string): Promise<boolean> => {
  const row =
    group === 'party-volunteer'
      ? await tx.first(
          `select 1 as found from lx.party_membership m where m.county = $1 and m.person = $3 and ${holdsOn('m', 2)}`,
          [tx.context.county, on, tx.context.uid],
        )
      : await tx.first(
          `select 1 as found from lx.appointment a where a.county = $1 and a.person = $3 and a.post = $4 and ${holdsOn('a', 2)}`,
          [tx.context.county, on, tx.context.uid, group],
        );
  return row !== undefined;
};

/** The branch that sees the distribution: the person's own, else the branch of the village. */
const branchFor = async (tx: Tx, division: string, on: string): Promise<string | undefined> => {
  const row = await tx.first<{ branch: string }>(
    `select branch from (
       select m.branch, 1 as rank from lx.party_membership m where m.county = $1 and m.person = $3 and ${holdsOn('m', 2)}
       union all
       select b.id, 2 from lx.body b where b.county = $1 and b.division = $4 and b.kind = 'branch' and b.place is null and ${holdsOn('b', 2)}
     ) found order by rank limit 1`,
    [tx.context.county, on, tx.context.uid, division],
  );
  return row?.branch;
};

/** The matter of an act: the one named, or one opened now; an act as agent must have one. */
const matterFor = async (tx: Tx, change: Change<FieldActInput>, holder: MattersHolder): Promise<string | undefined> => {
  const { input } = change;
  if (input.matter !== undefined) return input.matter;
  if (input.openMatter !== true) return undefined;
  const opened = await mattersOf(holder).open(tx, {
    division: input.division,
    text: input.note,
    kind: undefined,
    channel: 'field',
    household: null,
    contact: tx.context.uid ?? '',
    commandId: change.commandId,
    // Deadlines run from when the server was told, never from the clock of a phone.
    occurredAt: tx.makers.clock(),
  });
  if (!opened.ok) throw new Refusing(opened.faults);
  return opened.value.matter;
};

/**
 * Logs an act in one of five roles by one of four groups 五员服务 [DY-73].
 *
 * Urgent danger is refused with the police number and nothing is kept; so are notes about persons (`note-not-a-need`), a group one
 * does not belong to (`not-in-people-group`), and an act as agent without a matter (`agent-act-without-matter`).
 */
export const logFieldAct = (deps: ContextDeps, change: Change<FieldActInput>, holder: MattersHolder) =>
  carryOutForAnyone(deps, 'POST /api/field-acts', change, async (tx, input) => {
    refuseIf(input.urgent === true ? fault('urgent-call-police', { number: policeNumber }) : undefined);
    const inRange = input.division >= tx.context.lo && input.division < tx.context.hi;
    refuseIf(inRange ? undefined : fault('not-found'));
    const on = countyDate(tx.makers.clock());
    refuseIf(
      (await isInGroup(tx, input.group, on)) ? undefined : fault('not-in-people-group'),
      checkNote(input.note),
      input.occurredAt > latestClaimable(tx.makers.clock(), change.actor.device?.writtenAt)
        ? fault('date-in-future', { field: '服务时间' })
        : undefined,
    );
    const matter = await matterFor(tx, change, holder);
    refuseIf(input.role === 'agent' && matter === undefined ? fault('agent-act-without-matter') : undefined);
    const id = await addNew(tx, 'field_act', {
      division: input.division,
      person: tx.context.uid,
      branch: await branchFor(tx, input.division, on),
      people_group: input.group,
      role: input.role,
      note: input.note,
      matter,
      occurred_at: input.occurredAt,
    });
    writeJournal(tx, {
      kind: 'record.change',
      division: input.division,
      commandId: change.commandId,
      commitFields: { table: 'field_act', id, role: input.role },
    });
    return { id, matter: matter ?? null };
  });

/** A period of county days, both included. */
export interface DayPeriod {
  readonly from: string;
  readonly to: string;
}

/** The acting person's own acts in a period with counts by role; row-level security shows nobody else's [DY-73]. */
export const readOwnFieldActs = async (tx: Tx, period: DayPeriod): Promise<MyFieldActs> => {
  const acts = await tx.rows<MyFieldActs['acts'][number]>(
    `select id, role, people_group as group, note, matter, occurred_at as "occurredAt" from lx.field_act
     where county = $1 and person = $2 and occurred_at >= $3::date::timestamp at time zone 'Asia/Shanghai'
       and occurred_at < ($4::date + 1)::timestamp at time zone 'Asia/Shanghai'
     order by occurred_at, id limit 2000`,
    [tx.context.county, tx.context.uid, period.from, period.to],
  );
  const counts = Object.fromEntries(
    fieldRoles.map((role) => [role, acts.filter((act) => act.role === role).length]),
  ) as Record<FieldRole, number>;
  return { ...period, counts, acts };
};

/**
 * How much was done in a branch, by role, in bands of counts: no person, no order; nothing below five persons [DY-73].
 * Refuses `not-found` for a branch outside the range of the office.
 */
export const readDistribution = async (
  tx: Tx,
  query: DayPeriod & { readonly branch: string },
): Promise<Result<FieldActDistribution>> => {
  const row = await tx.first<{ found: Pick<FieldActDistribution, 'suppressed' | 'roles'> | null }>(
    `select lx.field_act_distribution($1, $2, $3) as found`,
    [query.branch, query.from, query.to],
  );
  if (!row?.found) return { ok: false, faults: [fault('not-found')] };
  return { ok: true, value: { branch: query.branch, from: query.from, to: query.to, ...row.found } };
};
