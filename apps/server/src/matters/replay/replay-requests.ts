import {
  countyDate,
  explainFault,
  fault,
  instantOf,
  ok,
  refuse,
  type Fault,
  type Instant,
  type Locale,
  type Result,
} from '@lianxin/domain';
import type { Opened } from '@lianxin/contract';
import type { SessionActor } from '../../access/index.js';
import { inContext } from '../../storage/index.js';
import { actAsPerson, contextFor, pinnedTo } from '../act-on-matter.js';
import { actContext, type MatterDeps } from '../act-context.js';
import { standingsOf } from '../actors.js';
import { recordOf } from '../matter-file.js';
import { readFile } from '../matters.store.js';
import { intakeFields } from '../intake-fields.js';
import { chooseProcedure } from '../offered.js';
import { openByStaff } from '../open-matter.js';
import { readMessages, refusedLine, type LineProblem, type Message, type ReadMessage } from './message.js';
import { importersOf } from './officers.js';
import { fieldsOf, planAnswer, type PlannedAct } from './plan-answer.js';

/** How a replay goes on: which messages it classes how, and what it tells while it works. */
export interface ReplayOptions {
  readonly village: string;
  readonly kindOf: (text: string) => string | undefined;
  readonly locale?: Locale;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What a replay did. `already` were in from an earlier run and were not doubled. */
export interface Replayed {
  readonly read: number;
  readonly opened: number;
  readonly already: number;
  readonly answered: number;
  readonly problems: readonly LineProblem[];
}

/** How an answer is given under one procedure, by whom; found once for each procedure and starting stage. */
interface Way {
  readonly officer: SessionActor;
  readonly plan: readonly PlannedAct[];
}

const instantFrom = (text: string): Instant => instantOf(Date.parse(text));

const commandId = (message: Message, step: string): string =>
  `replay-${String(message.id).replaceAll(/[^A-Za-z0-9._~-]/gu, '_')}-${step}`;

const words = (locale: Locale) => (one: Fault) => {
  const said = explainFault(one, locale);
  return { what: said.what, cure: said.cure };
};

const open = async (
  deps: MatterDeps,
  officer: SessionActor,
  options: ReplayOptions,
  message: Message,
): Promise<{ readonly opened: Opened; readonly repeated: boolean } | { readonly faults: readonly Fault[] }> => {
  const kind = options.kindOf(`${message.title} ${message.text}`);
  const occurredAt = instantFrom(message.filed_at);
  const chosen = await inContext(deps, officer.context, async (tx) =>
    chooseProcedure(await actContext(deps, tx), { place: options.village, kind, occurredAt }),
  );
  if (!chosen.ok) return chosen;
  const answer = await openByStaff(deps, officer, commandId(message, 'open'), {
    division: options.village,
    ...(kind === undefined ? {} : { kind }),
    fields: { ...intakeFields(chosen.value.packed.procedure, message.text, message.title) },
    channel: 'import',
    onBehalfOf: { name: message.user ?? '匿名' },
    occurredAt,
  });
  return 'faults' in answer ? answer : { opened: answer.body as Opened, repeated: answer.repeated };
};

/** Somebody over the village who may answer, and how, from where opening left the matter; undefined when the rules leave no way. */
const findWay = async (
  deps: MatterDeps,
  officers: readonly SessionActor[],
  matter: string,
  at: Instant,
): Promise<Way | undefined> => {
  for (const officer of officers) {
    const plan = await inContext(deps, officer.context, async (tx) => {
      const file = await readFile(tx, matter);
      if (file === undefined) return undefined;
      // A run that died may have left some of the acts; the way is the same and their command ids answer again.
      const opened = { ...file, acts: file.acts.slice(0, 1) };
      const context = await contextFor(deps, tx, opened);
      const { procedure } = pinnedTo(context, opened);
      for (const standing of standingsOf(officer, context.directory, opened.matter)) {
        const found = planAnswer(procedure, recordOf(opened), standing, at, context.calendar);
        if (found !== undefined) return found;
      }
      return undefined;
    });
    if (plan !== undefined) return { officer, plan };
  }
  return undefined;
};

/** Carries the answer out, act by act; acts that an earlier run has done answer again and are not doubled. */
const giveAnswer = async (deps: MatterDeps, way: Way, matter: string, message: Message): Promise<Result<number>> => {
  const at = instantFrom(message.replied_at);
  const given = { text: message.reply, person: way.officer.session.person, day: countyDate(at) };
  for (const [step, planned] of way.plan.entries()) {
    const done = await actAsPerson(deps, way.officer, commandId(message, String(step + 1)), matter, {
      act: planned.act,
      fields: { ...fieldsOf(planned.needs, given, planned.choices) },
      baseVersion: step + 1,
      occurredAt: at,
    });
    if (!('faults' in done)) continue;
    const [first, ...more] = done.faults;
    if (first === undefined) throw new Error('a refusal without a reason');
    return refuse(first, ...more);
  }
  return ok(way.plan.length);
};

/**
 * Sends old messages and their answers through the real commands with their own dates (回放; issue section 5): the matter is opened at `filed_at`, answered
 * at `replied_at`, both marked as late entries. Command ids are made of the message's id, so a second run, or one after a crash, doubles nothing.
 * A file with bad lines is imported not at all: every problem is named first.
 */
export const replayRequests = async (deps: MatterDeps, text: string, options: ReplayOptions): Promise<Replayed> => {
  const { messages, problems } = readMessages(text);
  if (problems.length > 0) return { read: messages.length, opened: 0, already: 0, answered: 0, problems };
  const officers = await importersOf(deps, options.village);
  const say = words(options.locale ?? 'zh-CN');
  if (officers.length === 0) {
    const none = refusedLine(0, [fault('unknown-division', { code: options.village })], say);
    return { read: messages.length, opened: 0, already: 0, answered: 0, problems: none };
  }
  const sum = { opened: 0, already: 0, answered: 0 };
  const refused: LineProblem[] = [];
  const ways = new Map<string, Way>();
  let done = 0;
  await inParallel(messages, atOnce, async ({ line, message }) => {
    const result = await one(deps, officers, options, ways, { line, message });
    if ('faults' in result) refused.push(...refusedLine(line, result.faults, say));
    else {
      sum[result.repeated ? 'already' : 'opened'] += 1;
      sum.answered += 1;
    }
    done += 1;
    options.onProgress?.(done, messages.length);
  });
  return { read: messages.length, ...sum, problems: refused };
};

/** Messages at work at once: each is a matter of its own, so they wait only for the disk. */
const atOnce = 4;

const inParallel = async <T>(items: readonly T[], most: number, work: (item: T) => Promise<void>): Promise<void> => {
  let next = 0;
  const run = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) await work(items[at] as T);
  };
  const runs = await Promise.allSettled(Array.from({ length: Math.min(most, items.length) }, run));
  for (const result of runs) if (result.status === 'rejected') throw result.reason;
};

const one = async (
  deps: MatterDeps,
  officers: readonly SessionActor[],
  options: ReplayOptions,
  ways: Map<string, Way>,
  { message }: ReadMessage,
): Promise<{ readonly repeated: boolean } | { readonly faults: readonly Fault[] }> => {
  const [clerk] = officers;
  if (clerk === undefined) return { faults: [fault('not-found')] };
  const made = await open(deps, clerk, options, message);
  if ('faults' in made) return made;
  const { id } = made.opened;
  // A way holds for one kind under the rules of one year; versions change with their dates.
  const key = `${options.kindOf(`${message.title} ${message.text}`) ?? ''} ${message.filed_at.slice(0, 4)}`;
  const way = ways.get(key) ?? (await findWay(deps, officers, id, instantFrom(message.replied_at)));
  if (way === undefined) return { faults: [fault('act-not-possible', { act: '答复' })] };
  ways.set(key, way);
  const answered = await giveAnswer(deps, way, id, message);
  return answered.ok ? { repeated: made.repeated } : { faults: answered.faults };
};
