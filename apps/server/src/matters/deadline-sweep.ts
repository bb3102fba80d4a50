import {
  countyDate,
  endOfCountyDay,
  lateLimits,
  type ActRule,
  type LateLimit,
  type MatterLevel,
  type OnLate,
  type PostingStep,
  type Procedure,
} from '@lianxin/domain';
import { queueEffect } from '../effects/index.js';
import { runCommand } from '../http/command.js';
import { inContext, systemContext } from '../storage/index.js';
import type { ActContext, MatterDeps } from './act-context.js';
import { actAsSystem, contextFor, pinnedTo } from './act-on-matter.js';
import { inboxItem, overItems, stepsOfPostings } from './inbox-after.js';
import { recordOf, type MatterFile } from './matter-file.js';
import { readFile, write, type Writing } from './matters.store.js';
import { projectionOf } from './projection.js';
import { listRules } from './sense.js';
import { deriveProgress } from '@lianxin/domain';

/** What a sweep did. */
export interface Swept {
  readonly looked: number;
  readonly reminded: number;
  readonly handedUp: number;
}

const batch = 200;

/** The act that a passed limit carries out: the one it names, else the hand-up that the deadline itself may do. */
const actFor = (procedure: Procedure, late: LateLimit, stage: string | null): ActRule | undefined => {
  const rules = listRules(procedure).filter((one) => one.stage === null || one.stage === stage);
  const bySystem = (rule: ActRule): boolean => (rule.by ?? []).some((who) => 'system' in who);
  for (const follow of late.follow) {
    if ('act' in follow) return rules.find((one) => one.rule.id === follow.act && bySystem(one.rule))?.rule;
    if ('escalateTo' in follow) {
      return rules.find(
        ({ rule }) =>
          rule.kind === 'hand-up' && bySystem(rule) && (rule.expired === undefined || rule.expired === late.clock),
      )?.rule;
    }
  }
  return undefined;
};

const words = (late: LateLimit, follow: OnLate): string =>
  'recordProblem' in follow
    ? follow.recordProblem
    : 'propose' in follow
      ? `已超过办理期限（${late.due}），可以提请核查原因，先听承办人说明`
      : `已超过办理期限（${late.due}），请尽快办理并说明原因`;

/** Reminds whoever the rule names that a limit has passed, once for each limit; never a penalty. */
const remind = async (
  deps: MatterDeps,
  county: string,
  id: string,
  late: readonly LateLimit[],
  key: string,
): Promise<number> => {
  let reminded = 0;
  await runCommand(
    deps,
    {
      actor: { key: 'system:deadlines', context: systemContext(county) },
      commandId: key,
      route: 'deadline',
      body: { id, key },
    },
    async (tx) => {
      const file = await readFile(tx, id);
      if (file === undefined) return { status: 200, body: null };
      const context = await contextFor(deps, tx, file);
      const writing: Writing = { county, at: context.now };
      for (const limit of late) {
        for (const follow of limit.follow) reminded += put(context, file, limit, follow, writing);
      }
      (writing.changes ??= []).push({
        id,
        base: file.matter.version,
        set: { ...looked(context, file), updated_at: context.now },
      });
      await write(tx, writing);
      return { status: 200, body: { reminded } };
    },
  );
  return reminded;
};

/** Tells whoever may go on that the days of a posting are over, once for each posting. */
const tellOver = (deps: MatterDeps, county: string, id: string, steps: readonly PostingStep[]) =>
  runCommand(
    deps,
    {
      actor: { key: 'system:deadlines', context: systemContext(county) },
      commandId: `posting-${id}-${steps.map(({ what, from }) => `${what}-${from}`).join('-')}`.slice(0, 190),
      route: 'deadline',
      body: { id },
    },
    async (tx) => {
      const file = await readFile(tx, id);
      if (file === undefined) return { status: 200, body: null };
      const context = await contextFor(deps, tx, file);
      const set = { ...looked(context, file), updated_at: context.now };
      await write(tx, {
        county,
        at: context.now,
        inbox_done: [{ matter: id, kinds: ['posting-over'] }],
        inbox: overItems(context, file, steps, null),
        changes: [{ id, base: file.matter.version, set }],
      });
      return { status: 200, body: null };
    },
  );

const put = (context: ActContext, file: MatterFile, late: LateLimit, follow: OnLate, writing: Writing): number => {
  const { matter } = file;
  const level: MatterLevel = matter.level;
  const parties =
    'remind' in follow
      ? follow.remind
      : 'recordProblem' in follow || 'propose' in follow
        ? [{ handler: true } as const]
        : [];
  let count = 0;
  for (const who of parties) {
    if ('filer' in who || 'resident' in who) {
      const payload = { matter: matter.id, about: 'reminder', wording: null };
      queueEffect(context.tx, { effect: 'tell-resident', division: matter.division, payload });
      count += 1;
      continue;
    }
    const targets =
      'handler' in who || 'firstContact' in who
        ? [{ person: 'firstContact' in who ? matter.first_contact : matter.holder_person, body: matter.holder_body }]
        : context.directory.bodiesOf(who, matter.place, level).map((body) => ({ person: null, body: body.id }));
    for (const to of targets) {
      const item = inboxItem(context, file, to, 'reminder', words(late, follow), null);
      if (item === undefined) continue;
      (writing.inbox ??= []).push(item);
      count += 1;
    }
  }
  return count;
};

/** The projection as it stands today: the due date of a provisional year may have moved, and the next look is later than this one. */
const looked = (context: ActContext, file: MatterFile) => {
  const packed = pinnedTo(context, file);
  const progress = deriveProgress(packed.procedure, recordOf(file), context.calendar, context.now);
  return projectionOf({
    procedure: packed.procedure,
    progress,
    acts: file.acts,
    place: file.matter.place,
    kind: file.matter.kind,
    directory: context.directory,
    postings: stepsOfPostings(context, packed, file),
    seen: context.now,
  });
};

/** One matter whose day has come: its passed limits are acted on, each once. */
const sweepOne = async (deps: MatterDeps, county: string, id: string): Promise<Omit<Swept, 'looked'>> => {
  const now = deps.clock();
  const found = await inContext(deps, systemContext(county), async (tx) => {
    const file = await readFile(tx, id);
    if (file === undefined) return undefined;
    const context = await contextFor(deps, tx, file);
    const packed = pinnedTo(context, file);
    const { procedure } = packed;
    const late = lateLimits(procedure, recordOf(file), context.calendar, now);
    const over = stepsOfPostings(context, packed, file).filter(({ from }) => from <= countyDate(now));
    return { late, over, act: late.map((one) => ({ late: one, rule: actFor(procedure, one, file.matter.stage) })) };
  });
  if (found === undefined) return { reminded: 0, handedUp: 0 };
  const key = `late-${id}-${found.late.map((one) => `${one.clock}-${one.due}`).join('-') || countyDate(now)}`.slice(
    0,
    190,
  );
  const reminded = await remind(deps, county, id, found.late, key);
  if (found.over.length > 0) await tellOver(deps, county, id, found.over);
  let handedUp = 0;
  for (const { late, rule } of found.act) {
    if (rule === undefined) continue;
    const at = endOfCountyDay(late.due);
    const answer = await actAsSystem(
      deps,
      county,
      `up-${id}-${late.clock}-${late.due}`.slice(0, 190),
      id,
      rule.id,
      at < now ? now : at,
    );
    if (!('faults' in answer) && !answer.repeated) handedUp += 1;
    // One hand-up moves the whole matter; its other limits are looked at anew from there.
    if (!('faults' in answer)) break;
  }
  return { reminded, handedUp };
};

/**
 * The deadline sweep (到期处理): every matter of a county whose day has come is looked at; reminders go out, what has expired is handed up with its
 * file and the resident is told [DY-74], [XQ-14]. Every step has a command id made of matter and limit, so a sweep that died or ran twice doubles nothing.
 */
export const sweepDeadlines = async (deps: MatterDeps, county: string): Promise<Swept> => {
  const today = countyDate(deps.clock());
  let looked = 0;
  let reminded = 0;
  let handedUp = 0;
  const seen = new Set<string>();
  for (;;) {
    const due = await inContext(deps, systemContext(county), (tx) =>
      tx.rows<{ id: string }>(
        'select id from lx.matter where county = $1 and next_check <= $2::date order by next_check, id limit $3',
        [county, today, batch],
      ),
    );
    const fresh = due.filter(({ id }) => !seen.has(id));
    if (fresh.length === 0) return { looked, reminded, handedUp };
    for (const { id } of fresh) {
      seen.add(id);
      const done = await sweepOne(deps, county, id);
      looked += 1;
      reminded += done.reminded;
      handedUp += done.handedUp;
    }
  }
};

/**
 * Counts provisional due dates (暂定期限) again: once the notice of a coming year is loaded they become final, and may move. Writes only where something
 * changed; gives how many matters it was.
 */
export const recountProvisional = async (deps: MatterDeps, county: string): Promise<number> => {
  let after: string | null = null;
  let changed = 0;
  for (;;) {
    const page: { id: string }[] = await inContext(deps, systemContext(county), (tx) =>
      tx.rows<{ id: string }>(
        'select id from lx.matter where county = $1 and provisional and ($2::uuid is null or id > $2::uuid) order by id limit $3',
        [county, after, batch],
      ),
    );
    const last = page.at(-1);
    if (last === undefined) return changed;
    for (const { id } of page) if (await recountOne(deps, county, id)) changed += 1;
    after = last.id;
  }
};

const recountOne = async (deps: MatterDeps, county: string, id: string): Promise<boolean> =>
  inContext(deps, systemContext(county), async (tx) => {
    const file = await readFile(tx, id);
    if (file === undefined) return false;
    const context = await contextFor(deps, tx, file);
    const now = looked(context, file);
    if (now.due === file.matter.due && now.provisional === file.matter.provisional) return false;
    const set = { ...now, updated_at: context.now };
    await write(tx, { county, at: context.now, changes: [{ id, base: file.matter.version, set }] });
    return true;
  });

/** The counties in which this installation is at work; a list of the whole country does not make three thousand of them. */
export const listCounties = async (
  deps: Pick<MatterDeps, 'pool' | 'clock' | 'newId' | 'random'>,
): Promise<string[]> => {
  const rows = await inContext(deps, systemContext('000000'), (tx) =>
    tx.rows<{ county: string }>(`select county from lx.counties_at_work() as county order by county`),
  );
  return rows.map((row) => row.county);
};

/** Sweeps every county there is. */
export const sweepCounties = async (deps: MatterDeps): Promise<void> => {
  for (const county of await listCounties(deps)) {
    await sweepDeadlines(deps, county);
    await recountProvisional(deps, county);
  }
};
