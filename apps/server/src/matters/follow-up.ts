import { countyDate, fault } from '@lianxin/domain';
import type { FollowUpInput, FollowUpView } from '@lianxin/contract';
import { bodiesAnsweredFor, type SessionActor } from '../access/index.js';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import type { Tx } from '../storage/index.js';
import type { MatterDeps } from './act-context.js';
import { directoryFor, type Directory } from './directory.js';
import { momentOf } from './matter-file.js';
import { readNames, write, type NewFollowUp, type Writing } from './matters.store.js';
import { actorView } from './matters.view.js';

interface Target {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly division: string;
  readonly holder_body: string | null;
  readonly holder_person: string | null;
  readonly due: string | null;
  readonly provisional: boolean;
  readonly barred: string[] | null;
}

/** A row of `follow_up` with what was answered. */
type KeptFollowUp = NewFollowUp & { readonly answer: string | null; readonly answered_at: string | null };

const kept = `select county, id, division, matter, cause, text, due, person, office_post, office_body, to_body, recorded_at, answer, answered_at
  from lx.follow_up`;

const viewOf = (row: KeptFollowUp, names: ReadonlyMap<string, string>, directory: Directory): FollowUpView => ({
  id: row.id,
  matter: row.matter,
  text: row.text,
  due: row.due,
  at: momentOf(row.recorded_at),
  by: actorView(
    {
      kind: row.person === null ? 'system' : 'officer',
      person: row.person,
      post: row.office_post,
      body: row.office_body,
    },
    names,
    directory,
  ),
  cause: row.cause,
  doneAt: row.answered_at === null ? null : momentOf(row.answered_at),
  answer: row.answer,
});

/** Whether one of the viewer's offices answers for the body it was addressed to; addressed to none, any may. */
const isAddressedTo = (session: SessionActor, body: string | null): boolean =>
  body === null || session.session.offices.some((office) => bodiesAnsweredFor(office).includes(body));

const targetOf = `select id, division, holder_body, holder_person, due, provisional, barred from lx.matter where county = $1 and id = $2`;

/**
 * Somebody above writes a follow-up with a date (督办; T2): it lands in the inbox of whoever has the matter.
 * Refuses `not-found` outside the range or without an office, `field-invalid` for a date that has passed.
 */
export const writeFollowUp = async (
  deps: MatterDeps,
  session: SessionActor,
  commandId: string,
  matter: string,
  input: FollowUpInput,
): Promise<Answer> =>
  runCommand(
    deps,
    { actor: session, commandId, route: 'POST /api/matters/{id}/follow-ups', body: { matter, ...input } },
    async (tx) => {
      const target = await tx.first<Target>(targetOf, [tx.context.county, matter]);
      if (target === undefined || session.office === null) return { faults: [fault('not-found')] };
      const now = deps.clock();
      if (input.due < countyDate(now))
        return { faults: [fault('field-invalid', { field: '期限', reason: '日期已过' })] };
      const row: NewFollowUp = {
        county: tx.context.county,
        id: deps.newId(),
        division: target.division,
        matter,
        cause: 'written',
        text: input.text,
        due: input.due,
        person: session.session.person,
        office_post: session.office.post,
        office_body: session.office.body,
        to_body: target.holder_body,
        recorded_at: now,
      };
      const writing: Writing = { county: tx.context.county, at: now, follow_ups: [row] };
      if (target.holder_person !== null || target.holder_body !== null) {
        writing.inbox = [
          {
            county: tx.context.county,
            id: deps.newId(),
            division: target.division,
            person: target.holder_person,
            post: null,
            body: target.holder_person === null ? target.holder_body : null,
            matter,
            kind: 'follow-up',
            what: input.text.slice(0, 200),
            due: input.due,
            provisional: false,
            from_act: null,
            barred: target.barred,
            recorded_at: now,
          },
        ];
      }
      writeJournal(tx, {
        kind: 'matter.act',
        division: target.division,
        commitFields: { matter, followUp: row.id, due: input.due },
        commandId,
      });
      await write(tx, writing);
      const directory = await directoryFor(deps, tx.context.county);
      const names = new Map([[session.session.person, session.session.name]]);
      const view = viewOf({ ...row, answer: null, answered_at: null }, names, directory);
      return { status: 201, body: view };
    },
  );

/** An office answers a follow-up. Refuses `not-found`, `not-your-office`, and `already-done` for one that is answered. */
export const answerFollowUp = async (
  deps: MatterDeps,
  session: SessionActor,
  commandId: string,
  id: string,
  text: string,
): Promise<Answer> =>
  runCommand(
    deps,
    { actor: session, commandId, route: 'POST /api/follow-ups/{id}/answer', body: { id, text } },
    async (tx) => {
      const now = deps.clock();
      // A follow-up is an office's to answer; to a resident there is nothing here.
      if (session.office === null) return { faults: [fault('not-found')] };
      const found = await tx.first<KeptFollowUp>(`${kept} where county = $1 and id = $2`, [tx.context.county, id]);
      if (found === undefined) return { faults: [fault('not-found')] };
      const addressee = found.to_body;
      if (addressee !== null && !isAddressedTo(session, addressee)) {
        const directory = await directoryFor(deps, tx.context.county);
        return { faults: [fault('not-your-office', { office: directory.body(addressee)?.name ?? '承办单位' })] };
      }
      if (found.answered_at !== null) return { faults: [fault('already-done')] };
      const changed = await tx.run(
        `update lx.follow_up set answer = $3, answered_by = $4, answered_at = $5 where county = $1 and id = $2 and answered_at is null`,
        [tx.context.county, id, text, session.session.person, now],
      );
      if (changed !== 1) return { faults: [fault('already-done')] };
      const kind = found.cause === 'written' ? 'follow-up' : 'low-rating';
      await write(tx, { county: tx.context.county, at: now, inbox_done: [{ matter: found.matter, kinds: [kind] }] });
      writeJournal(tx, {
        kind: 'matter.act',
        division: found.division,
        commitFields: { matter: found.matter, followUp: id, answered: true },
        commandId,
      });
      const directory = await directoryFor(deps, tx.context.county);
      const view = viewOf({ ...found, answer: text, answered_at: now }, new Map(), directory);
      return { status: 200, body: view };
    },
  );

/** The follow-ups of a matter, oldest first, and whether this viewer is the one to answer. */
export const readFollowUps = async (
  tx: Tx,
  session: SessionActor,
  matter: string,
  directory: Directory,
): Promise<(FollowUpView & { mine: boolean })[]> => {
  const rows = await tx.rows<KeptFollowUp>(`${kept} where county = $1 and matter = $2 order by recorded_at, id`, [
    tx.context.county,
    matter,
  ]);
  const names = await readNames(
    tx,
    rows.map((row) => row.person).filter((one) => one !== null),
  );
  return rows.map((row) => ({
    ...viewOf(row, names, directory),
    mine: row.answered_at === null && isAddressedTo(session, row.to_body),
  }));
};
