import type { Given } from '../access/index.js';
import { fault, type FieldValues } from '@lianxin/domain';
import type { Answer } from '../http/command.js';
import { openWithin, type MatterDeps } from '../matters/index.js';
import { done, itemOf, onMeeting } from './command.js';
import { addItem, addMinutes, setItem } from './write-meeting.store.js';

type InItem = { readonly id: string; readonly item: string };

/** Records what a topic that is not voted on came to (结论). Refuses `vote-open` for an item that is put to the vote. */
export const concludeItem = (
  deps: MatterDeps,
  given: Given<InItem & { readonly conclusion: string }>,
): Promise<Answer> =>
  onMeeting(
    deps,
    given,
    'POST /api/meetings/{id}/items/{item}/conclude',
    '记录结论',
    ['open'],
    async ({ tx, file, keep }) => {
      const item = itemOf(file, given.input.item);
      if (item === undefined) return { faults: [fault('not-found')] };
      if (item.matter !== null) return { faults: [fault('vote-open', { item: item.title })] };
      const { conclusion } = given.input;
      await setItem(tx, item.id, { state: 'done', result: 'concluded', conclusion, closedAt: deps.clock() });
      keep('conclude', { item: item.id });
      return done(file.meeting.id);
    },
  );

/** Adds a topic that came up while the meeting is on (临时议题). It can only be talked over: what is voted on was announced. */
export const addTopic = (
  deps: MatterDeps,
  given: Given<{ readonly id: string; readonly title: string; readonly raisedBy?: string | undefined }>,
): Promise<Answer> =>
  onMeeting(deps, given, 'POST /api/meetings/{id}/topics', '加议题', ['open'], async ({ tx, file, keep }) => {
    const { title, raisedBy = null } = given.input;
    const number = Math.max(0, ...file.items.map((item) => item.number)) + 1;
    await addItem(tx, file.meeting, number, { title, raisedBy, matter: null, stage: null });
    keep('topic', { number });
    return done(file.meeting.id);
  });

/** A conclusion as a matter. */
export interface HandedOver extends InItem {
  readonly procedure: string;
  readonly kind?: string | undefined;
  readonly fields: FieldValues;
}

/**
 * Hands a conclusion over (交办) [NQ-12]: opens the matter, a decision to be voted on or a task for somebody, that links back to this item, its minutes and its attendance. Whoever may open it by the
 * procedure does it; a council concludes, it does not propose in the branch's place.
 *
 * Refuses `item-not-voted` without a conclusion, `already-done` for one handed over, and what the procedure refuses.
 */
export const handOver = (deps: MatterDeps, given: Given<HandedOver>): Promise<Answer> =>
  onMeeting(
    deps,
    given,
    'POST /api/meetings/{id}/items/{item}/hand-over',
    '交办结论',
    ['open', 'over'],
    async ({ tx, file, keep }) => {
      const item = itemOf(file, given.input.item);
      if (item === undefined) return { faults: [fault('not-found')] };
      if (item.conclusion === null) return { faults: [fault('field-missing', { field: '结论' })] };
      if (item.handedTo !== null) return { faults: [fault('already-done')] };
      const { procedure, kind, fields } = given.input;
      const { division } = file.meeting;
      const opened = await openWithin(deps, tx, given.actor, {
        division,
        procedure,
        ...(kind === undefined ? {} : { kind }),
        fields,
        commandId: given.commandId,
      });
      if ('faults' in opened) return { faults: opened.faults };
      await setItem(tx, item.id, { handedTo: opened.id });
      keep('hand-over', { item: item.id, matter: opened.id });
      return { status: 200, body: { id: file.meeting.id, matter: opened.id, number: opened.number } };
    },
  );

/** Writes a version of the minutes of the meeting or of one of its votes (会议记录); every version is kept. Refuses `meeting-not-open` before it began. */
export const writeMinutes = (
  deps: MatterDeps,
  given: Given<{ readonly id: string; readonly item?: string | undefined; readonly text: string }>,
): Promise<Answer> =>
  onMeeting(
    deps,
    given,
    'POST /api/meetings/{id}/minutes',
    '写会议记录',
    ['open', 'over'],
    async ({ tx, file, keep }) => {
      const { item: wanted, text } = given.input;
      const item = wanted === undefined ? null : itemOf(file, wanted);
      if (item === undefined) return { faults: [fault('not-found')] };
      const before = file.minutes.filter((one) => one.item === (item?.id ?? null));
      const version = before.length + 1;
      if (before.at(-1)?.text === text) return done(file.meeting.id);
      await addMinutes(tx, file.meeting, { item: item?.id ?? null, version, text });
      keep('minutes', { version, ...(item === null ? {} : { item: item.id }) });
      return done(file.meeting.id);
    },
  );
