import { fault } from '@lianxin/domain';
import type { LinkKind } from '@lianxin/contract';
import { writeJournal } from '../journal/index.js';
import type { ContextDeps } from '../storage/in-context.js';
import { bodyOf, runningLink } from './body.store.js';
import { carryOut, found, refuseIf, type Change } from './carry-out.js';
import { addNew, decideAlone, endOnDemand } from './dated-row.store.js';
import { checkParent } from './party-tree.js';
import { mayWrite } from './people.access.js';
import { reasonOf, type Ending } from './save-body.js';

/** A link between two bodies as entered. */
export interface LinkInput {
  readonly fromBody: string;
  readonly toBody: string;
  readonly kind: LinkKind;
  readonly validFrom: string;
}

/**
 * Links two bodies 建立联系: liaison (the next office of the chain), line (line department), serves, or party-tree.
 * A Party link obeys the same rules as saving a body. Refuses `already-done` when the body has one where one is all it may have.
 */
export const linkBodies = (deps: ContextDeps, change: Change<LinkInput>) =>
  carryOut(deps, 'POST /api/body-links', change, async (tx, input) => {
    const from = found(await bodyOf(tx, input.fromBody));
    const to = found(await bodyOf(tx, input.toBody));
    refuseIf(mayWrite(tx.context, 'keep-bodies', from.division));
    refuseIf(to.validTo === null ? undefined : fault('unknown-body', { body: to.name }));
    refuseIf(from.id === to.id ? fault('field-invalid', { field: 'toBody', reason: '不能与自己建立联系' }) : undefined);
    await decideAlone(tx, `body ${input.fromBody}`);
    if (input.kind === 'party-tree') refuseIf(...checkParent(from, to));
    if (input.kind === 'party-tree' || input.kind === 'liaison') {
      refuseIf((await runningLink(tx, from.id, input.kind)) === undefined ? undefined : fault('already-done'));
    }
    const id = await addNew(tx, 'body_link', {
      division: from.division,
      from_body: from.id,
      to_body: to.id,
      kind: input.kind,
      valid_from: input.validFrom,
    });
    writeJournal(tx, {
      kind: 'body.change',
      division: from.division,
      commandId: change.commandId,
      pub: { change: 'link', body: from.id, kind: input.kind },
      commitFields: { to: to.id },
    });
    return { id };
  });

/** Ends a link 解除联系, on its first day with a reason alone (`ended-as-it-began`); a link of the Party tree is moved by saving the body, never left open. */
export const endLink = (deps: ContextDeps, change: Change<Ending>) =>
  carryOut(deps, 'POST /api/body-links/{id}/end', change, async (tx, input) => {
    const link = found(
      await tx.first<{ division: string; kind: string; name: string }>(
        `select l.division, l.kind, b.name from lx.body_link l join lx.body b on b.county = l.county and b.id = l.from_body
       where l.county = $1 and l.id = $2`,
        [tx.context.county, input.id],
      ),
    );
    refuseIf(mayWrite(tx.context, 'keep-bodies', link.division));
    refuseIf(
      link.kind === 'party-tree'
        ? fault('party-parent-missing', { name: link.name, missing: '新的上级组织 (new parent)' })
        : undefined,
    );
    await endOnDemand(tx, 'body_link', input);
    writeJournal(tx, {
      kind: 'body.change',
      division: link.division,
      commandId: change.commandId,
      pub: { change: 'unlink', kind: link.kind },
      commitFields: { on: input.on, ...reasonOf(input) },
    });
    return { id: input.id };
  });
