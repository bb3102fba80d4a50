import { ok, refuse, type Instant, type Result } from '@lianxin/domain';
import type { MattersForPeople, NeedAsMatter } from '../people/index.js';
import { rulesOf } from '../policy-packs/index.js';
import { inContext, systemContext, type Tx } from '../storage/index.js';
import { actContext, type MatterDeps } from './act-context.js';
import type { Standing } from './actors.js';
import { intakeFields } from './intake-fields.js';
import { dayOf } from './matter-file.js';
import { chooseProcedure } from './offered.js';
import { stageTitle } from './matters.view.js';
import { write } from './matters.store.js';
import { codesOf, prepareOpening } from './open-matter.js';

/** The offices of a person, as the ways in which he may open a matter. */
const standingsFor = async (tx: Tx, person: string): Promise<Standing[]> => {
  const rows = await tx.rows<{ post: string; body: string; kind: string; division: string; level: string }>(
    `select a.post, a.body, b.kind, a.division, d.level from lx.appointment a
     join lx.body b on b.county = a.county and b.id = a.body join lx.division d on d.code = left(a.division, 12)
     where a.county = $1 and a.person = $2 and a.valid_from <= $3::date and (a.valid_to is null or a.valid_to > $3::date)
     order by a.id`,
    [tx.context.county, person, tx.makers.clock()],
  );
  return rows.map((row) => ({
    actor: {
      kind: 'officer' as const,
      person,
      isFiler: false,
      offices: [{ post: row.post, body: row.body, bodyKind: row.kind, division: row.division, level: row.level }],
    },
    by: { kind: 'officer' as const, person, office: { post: row.post, body: row.body } },
  }));
};

const open =
  (deps: MatterDeps) =>
  async (tx: Tx, need: NeedAsMatter): Promise<Result<{ matter: string }>> => {
    const context = await actContext(deps, tx);
    const standings = await standingsFor(tx, need.contact);
    const occurredAt = need.occurredAt as Instant;
    const chosen = chooseProcedure(context, { place: need.division, kind: need.kind, occurredAt });
    if (!chosen.ok) return chosen;
    const made = await prepareOpening(context, deps, {
      place: need.division,
      kind: need.kind,
      fields: intakeFields(chosen.value.packed.procedure, need.text),
      channel: need.channel,
      standings,
      filer: need.contact,
      // A need heard at a door is somebody else's: it is confirmed by a person who never handled it.
      onBehalfOf: need.household === null ? undefined : { name: need.household },
      occurredAt,
      lateEntry: false,
      commandId: need.commandId,
      codes: codesOf(deps, context.county, `person:${need.contact}`, need.commandId, false),
    });
    if ('faults' in made) {
      const [first, ...more] = made.faults;
      if (first === undefined) throw new Error('a refusal without a reason');
      return refuse(first, ...more);
    }
    await write(tx, made.writing);
    return ok({ matter: made.carried.file.matter.id });
  };

const states = { open: '办理中', paused: '等待补充', ended: '已办结' } as const;

const stateOf =
  (deps: MatterDeps) =>
  async (asked: Tx, matters: readonly string[]): Promise<ReadonlyMap<string, string>> =>
    // A household has no right to the file, only to how it stands; which matters are its own, its visits have said.
    inContext(deps, systemContext(asked.context.county), async (tx) => {
      const rows = await tx.rows<{
        id: string;
        state: keyof typeof states;
        stage: string | null;
        procedure: string;
        hash: string;
        opened_at: string;
      }>(
        `select id, state, stage, procedure, encode(pack_hash, 'hex') as hash, opened_at from lx.matter
         where county = $1 and id = any ($2::uuid[])`,
        [tx.context.county, matters],
      );
      const rules = await rulesOf(deps.pool, tx, [...new Set(rows.map((row) => row.hash))]);
      return new Map(
        rows.map((row) => {
          const packed = rules.pinned(row.hash, row.procedure, dayOf(row.opened_at));
          const stage = packed === undefined ? row.stage : stageTitle(packed.procedure, row.stage);
          return [row.id, stage === null ? states[row.state] : `${states[row.state]}：${stage}`];
        }),
      );
    });

/** How field work opens matters and tells households how they stand, inside its own transaction [NQ-74], [DY-73]. */
export const mattersForPeople = (deps: MatterDeps): MattersForPeople => ({ open: open(deps), stateOf: stateOf(deps) });
