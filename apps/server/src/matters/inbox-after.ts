import {
  countyDate,
  postingsOf,
  postingSteps,
  type Effect,
  type Posting,
  type PostingStep,
  type Progress,
} from '@lianxin/domain';
import { queueEffect } from '../effects/index.js';
import type { PackedProcedure } from '../policy-packs/index.js';
import type { ActContext } from './act-context.js';
import { recordOf, type ActRow, type MatterFile } from './matter-file.js';
import type { NewInboxItem, Writing } from './matters.store.js';
import { lowRatingFollowUp } from './low-rating.js';
import { isConfirming, ruleOf } from './sense.js';

/** Kinds of item that say what has to be done now; each act replaces them. */
const currentKinds = [
  'act-needed',
  'accept-needed',
  'answered',
  'returned',
  'handed-up',
  'gone-higher',
  'disputed',
  'confirm-sampled',
  'overdue',
  'objection',
  'posting-over',
] as const;

const kindAfter = (act: ActRow): (typeof currentKinds)[number] => {
  switch (act.sense) {
    case 'answer':
      return 'answered';
    case 'dispute':
      return 'disputed';
    case 'hand-up':
      return 'handed-up';
    case 'go-higher':
      return 'gone-higher';
    case 'open':
      return 'accept-needed';
    default:
      return 'act-needed';
  }
};

/** One item; body items are seen by whoever holds an office there. */
export const inboxItem = (
  context: ActContext,
  file: MatterFile,
  to: { readonly person?: string | null | undefined; readonly body?: string | null | undefined },
  kind: string,
  what: string,
  act: string | null,
): NewInboxItem | undefined => {
  const person = to.person ?? null;
  const body = person === null ? (to.body ?? null) : null;
  const { matter } = file;
  if ((person === null && body === null) || (person !== null && matter.barred?.includes(person) === true))
    return undefined;
  return {
    county: context.county,
    id: context.deps.newId(),
    division: matter.division,
    person,
    post: null,
    body,
    matter: matter.id,
    kind,
    what,
    due: matter.due,
    provisional: matter.provisional,
    from_act: act,
    barred: matter.barred,
    recorded_at: context.now,
  };
};

/** The posting of the stage the matter is in, with the objections to it; undefined where nothing hangs. */
const runningPosting = (context: ActContext, { procedure }: PackedProcedure, file: MatterFile): Posting | undefined =>
  procedure.stages.some((stage) => stage.publish !== undefined)
    ? postingsOf(procedure, recordOf(file), context.calendar, context.now).find(({ running }) => running)
    : undefined;

/** Objections that wait, one item for each body that may answer them, due with the last day of the notice. */
const objectionItems = (
  context: ActContext,
  packed: PackedProcedure,
  file: MatterFile,
  act: ActRow,
): NewInboxItem[] => {
  const posting = runningPosting(context, packed, file);
  const waiting = posting?.objections.filter(({ answer }) => answer === null).length ?? 0;
  if (posting === undefined || waiting === 0) return [];
  const { matter } = file;
  const bodies = posting.answeredBy.flatMap((who) => context.directory.bodiesOf(who, matter.place, matter.level));
  return [...new Set(bodies.map(({ id }) => id))].flatMap((body) => {
    const item = inboxItem(context, file, { body }, 'objection', `群众提出异议 ${waiting} 件，请答复`, act.id);
    return item === undefined ? [] : [{ ...item, due: posting.until }];
  });
};

/** Postings of a matter with what they still ask for; none where the rule puts nothing up, and none of what was imported. */
export const stepsOfPostings = (context: ActContext, { procedure }: PackedProcedure, file: MatterFile): PostingStep[] =>
  file.matter.channel !== 'import' && procedure.stages.some((stage) => stage.publish !== undefined)
    ? postingSteps(procedure, recordOf(file), context.calendar, context.now)
    : [];

/** Postings whose days are over, one item for each body that may do what comes next; without a due day, since no rule sets one. */
export const overItems = (
  context: ActContext,
  file: MatterFile,
  steps: readonly PostingStep[],
  act: string | null,
): NewInboxItem[] => {
  const { matter } = file;
  const today = countyDate(context.now);
  return steps
    .filter(({ from }) => from <= today)
    .flatMap(({ title, what, by }) => {
      const bodies = by.flatMap((who) => context.directory.bodiesOf(who, matter.place, matter.level));
      return [...new Set(bodies.map(({ id }) => id))].flatMap((body) => {
        const item = inboxItem(
          context,
          file,
          { body },
          'posting-over',
          `${what}的公示天数已满，现在可以办“${title}”`,
          act,
        );
        return item === undefined ? [] : [{ ...item, due: null }];
      });
    });
};

const push = (writing: Writing, item: NewInboxItem | undefined): void => {
  if (item !== undefined) (writing.inbox ??= []).push(item);
};

/**
 * Puts what an act leaves to be done into the right inboxes (待办), and takes out what it has done; tells the resident through the
 * outbox. Nothing is addressed to a person the matter is about.
 */
export const inboxAfter = (
  context: ActContext,
  packed: PackedProcedure,
  file: MatterFile,
  progress: Progress,
  act: ActRow,
  effects: readonly Effect[],
  writing: Writing,
): void => {
  const { procedure } = packed;
  const { matter } = file;
  // What is imported happened long ago: nobody has to act on it and nobody is told.
  if (matter.channel === 'import') return;
  if (act.seq > 0) (writing.inbox_done ??= []).push({ matter: matter.id, kinds: currentKinds });
  for (const item of objectionItems(context, packed, file, act)) push(writing, item);
  for (const item of overItems(context, file, stepsOfPostings(context, packed, file), act.id)) push(writing, item);
  const stage = procedure.stages.find((one) => one.id === progress.stage)?.title ?? procedure.title;
  const done = ruleOf(procedure, act.act, act.stage)?.title ?? act.act;
  const waitsOutside = isConfirming(procedure, progress.stage);
  if (progress.state === 'open' && !waitsOutside) {
    if (progress.offer !== null) {
      const offered =
        context.directory.body(progress.offer.office ?? '')?.id ??
        context.directory.bodiesOf({ body: progress.offer.office ?? '' }, matter.place, progress.level)[0]?.id;
      push(
        writing,
        inboxItem(context, file, { body: offered }, 'accept-needed', `转来事项，请接收或者说明理由：${stage}`, act.id),
      );
    } else {
      push(
        writing,
        inboxItem(
          context,
          file,
          { person: matter.holder_person, body: matter.holder_body },
          kindAfter(act),
          stage,
          act.id,
        ),
      );
    }
  }
  for (const effect of effects) {
    if (effect.kind === 'tell') {
      if ('filer' in effect.to || 'resident' in effect.to) {
        queueEffect(context.tx, {
          effect: 'tell-resident',
          division: matter.division,
          act: act.id,
          payload: { matter: matter.id, about: effect.about, wording: effect.wording ?? null },
        });
      } else if ('handler' in effect.to) {
        push(
          writing,
          inboxItem(
            context,
            file,
            { person: matter.holder_person, body: matter.holder_body },
            'reminder',
            done,
            act.id,
          ),
        );
      } else {
        for (const body of context.directory.bodiesOf(effect.to, matter.place, progress.level)) {
          push(writing, inboxItem(context, file, { body: body.id }, 'reminder', done, act.id));
        }
      }
    }
  }
  if (act.sense === 'rate' && progress.rating !== undefined) {
    const followUp = lowRatingFollowUp(context, file, progress.rating.level, countyDate(context.now));
    if (followUp !== undefined) {
      (writing.follow_ups ??= []).push(followUp);
      push(writing, inboxItem(context, file, { body: followUp.to_body }, 'low-rating', followUp.text, act.id));
    }
  }
};
