import { fault } from '@lianxin/domain';
import type { BodyInput } from '@lianxin/contract';
import { writeJournal } from '../journal/index.js';
import type { ContextDeps } from '../storage/in-context.js';
import type { Tx } from '../storage/transaction.js';
import { tellBodiesChanged } from './bodies-changed.js';
import { bodyOf, levelOfDivision, placeOf, runningLink, type BodyFound } from './body.store.js';
import { carryOut, found, refuseIf, type Change } from './carry-out.js';
import { addNew, addRow, decideAlone, endOnDemand, endRow } from './dated-row.store.js';
import { checkParent, checkPlace, isPartyKind, tierOf, type PartyBody } from './party-tree.js';
import { mayWrite } from './people.access.js';

/** The body as it would stand, with its place and tier; refuses places and divisions that do not fit. */
const bodyAsEntered = async (tx: Tx, input: BodyInput): Promise<PartyBody> => {
  const level = await levelOfDivision(tx, input.division);
  refuseIf(level === undefined ? fault('unknown-division', { code: input.division }) : undefined);
  const place = input.place === undefined ? null : ((await placeOf(tx, input.place)) ?? null);
  const strange = input.place !== undefined && place?.division !== input.division;
  refuseIf(strange ? fault('field-invalid', { field: 'place', reason: '不在所选的村' }) : undefined);
  const tier = isPartyKind(input.kind) ? tierOf(level ?? '', place) : null;
  return { name: input.name, kind: input.kind, tier, place };
};

/** The parent in the Party tree: the one entered, else the one it has; a parent that has ended is none. */
const parentOfEntered = async (tx: Tx, input: BodyInput): Promise<BodyFound | undefined> => {
  const running = input.id === undefined ? undefined : await runningLink(tx, input.id, 'party-tree');
  const wanted = input.partyParent ?? running?.toBody;
  const parent = wanted === undefined ? undefined : await bodyOf(tx, wanted);
  return parent?.validTo === null ? parent : undefined;
};

/** Puts the body under its parent from a day; the link it had ends on that day. */
const standUnder = async (tx: Tx, body: string, division: string, parent: string, from: string): Promise<void> => {
  const running = await runningLink(tx, body, 'party-tree');
  if (running?.toBody === parent) return;
  if (running !== undefined) await endRow(tx, 'body_link', running.id, from);
  await addNew(tx, 'body_link', { division, from_body: body, to_body: parent, kind: 'party-tree', valid_from: from });
};

const changeBody = async (tx: Tx, id: string, input: BodyInput, body: PartyBody): Promise<void> => {
  const before = await bodyOf(tx, id);
  refuseIf(before === undefined || before.division !== input.division ? fault('not-found') : undefined);
  refuseIf(
    before?.kind === input.kind ? undefined : fault('field-invalid', { field: 'kind', reason: '组织类别不能更改' }),
  );
  const changed = await tx.run(
    `update lx.body set name = $3, code = coalesce($4, code), place = $5, place_tier = $6
     where county = $1 and id = $2 and valid_to is null`,
    [tx.context.county, id, input.name, input.code ?? null, body.place?.id ?? null, body.tier],
  );
  refuseIf(changed === 1 ? undefined : fault('already-done'));
};

/** Carries the change out; whatever is told next finds the bodies as they are now, not as they were ten seconds ago. */
const carryOutAndForget: typeof carryOut = async (deps, route, change, work) => {
  const answer = await carryOut(deps, route, change, work);
  tellBodiesChanged(deps.pool);
  return answer;
};

/**
 * Saves a body 登记组织: a new one, or a change of name, place or Party parent.
 *
 * Refuses `party-parent-missing` (naming the parent), `party-parent-wrong`, `party-place-missing`, `unknown-division`,
 * `capability-missing`, `not-found` outside the range. A Party group has exactly one branch, a branch exactly one committee [NQ-05].
 */
export const saveBody = (deps: ContextDeps, change: Change<BodyInput>) =>
  carryOutAndForget(deps, 'POST /api/bodies', change, async (tx, input) => {
    refuseIf(mayWrite(tx.context, 'keep-bodies', input.division));
    if (input.id !== undefined) await decideAlone(tx, `body ${input.id}`);
    const body = await bodyAsEntered(tx, input);
    const parent = await parentOfEntered(tx, input);
    if (isPartyKind(input.kind)) {
      refuseIf(...checkParent(body, parent), checkPlace(body));
    } else {
      const given = input.partyParent !== undefined || input.branchKind !== undefined;
      refuseIf(
        given ? fault('field-invalid', { field: 'partyParent', reason: '只有党组织才有上级党组织' }) : undefined,
      );
    }
    refuseIf(
      input.branchKind !== undefined && input.kind !== 'branch'
        ? fault('field-invalid', { field: 'branchKind', reason: '只有党支部分七类' })
        : undefined,
      input.enterpriseLed === true && input.kind !== 'committee'
        ? fault('field-invalid', { field: 'enterpriseLed', reason: '只有党委可以是以企带村型' })
        : undefined,
    );
    const id = input.id ?? tx.makers.newId();
    if (input.id === undefined) {
      await addRow(tx, 'body', {
        id,
        division: input.division,
        kind: input.kind,
        name: input.name,
        parent: input.parent,
        code: input.code,
        branch_kind: input.branchKind,
        enterprise_led: input.enterpriseLed ?? false,
        place: body.place?.id,
        place_tier: body.tier,
        valid_from: input.validFrom,
      });
    } else {
      await changeBody(tx, id, input, body);
    }
    if (parent !== undefined) await standUnder(tx, id, input.division, parent.id, input.validFrom);
    writeJournal(tx, {
      kind: 'body.change',
      division: input.division,
      commandId: change.commandId,
      pub: { change: input.id === undefined ? 'add' : 'save', body: id, kind: input.kind },
      commitFields: { name: input.name, ...(parent === undefined ? {} : { parent: parent.id }) },
    });
    return { id };
  });

/** What an ending says. */
export interface Ending {
  readonly id: string;
  readonly on: string;
  /** Why something entered by mistake is withdrawn on the day it began. */
  readonly reason?: string | undefined;
}

/** What the journal commits to of an ending. */
export const reasonOf = ({ reason }: Ending): Readonly<Record<string, string>> =>
  reason === undefined ? {} : { reason };

/**
 * Ends a body 撤销组织 on a day; it stays in history. Refuses `bodies-still-below` while bodies stand under it, so that none is left without a
 * parent, `ended-as-it-began` on its first day without a reason, and `members-not-transferred` while a Party member is in it, for an office that may not see members `capability-missing` [XQ-17].
 */
export const endBody = (deps: ContextDeps, change: Change<Ending & { readonly decision?: string | undefined }>) =>
  carryOutAndForget(deps, 'POST /api/bodies/{id}/end', change, async (tx, input) => {
    const body = found(await bodyOf(tx, input.id));
    refuseIf(mayWrite(tx.context, 'keep-bodies', body.division));
    await decideAlone(tx, `body ${input.id}`);
    const below = await tx.first<{ count: number }>(
      `select count(*)::int as count from lx.body_link where county = $1 and to_body = $2 and kind = 'party-tree' and valid_to is null`,
      [tx.context.county, input.id],
    );
    refuseIf((below?.count ?? 0) === 0 ? undefined : fault('bodies-still-below', { count: below?.count ?? 0 }));
    if (isPartyKind(body.kind)) {
      // To an office that may not read members there are none, and a full branch would look empty.
      refuseIf(mayWrite(tx.context, 'read-members', body.division));
      const members = await tx.first<{ count: number }>(
        `select count(*)::int as count from lx.party_membership
         where county = $1 and (branch = $2 or party_group = $2) and valid_to is null`,
        [tx.context.county, input.id],
      );
      const count = members?.count ?? 0;
      refuseIf(count === 0 ? undefined : fault('members-not-transferred', { count }));
    }
    await endOnDemand(tx, 'body', input);
    const link = await runningLink(tx, input.id, 'party-tree');
    if (link !== undefined) await endRow(tx, 'body_link', link.id, input.on);
    writeJournal(tx, {
      kind: 'body.change',
      division: body.division,
      commandId: change.commandId,
      pub: { change: 'end', body: input.id, kind: body.kind },
      commitFields: {
        on: input.on,
        ...reasonOf(input),
        ...(input.decision === undefined ? {} : { decision: input.decision }),
      },
    });
    return { id: input.id };
  });
