import type { Pool } from 'pg';
import type { ContextDeps } from '../storage/in-context.js';
import { attempt, fingerprintOf, runCommand, type Answer, type Command, type Task } from './command.js';

/** A command that waits for its turn, with the one who waits for its answer. */
interface Waiting extends Task {
  readonly resolve: (answer: Answer | Promise<Answer>) => void;
}

/** Commands of one context: those that wait, and how many groups are under way. */
interface Line {
  readonly waiting: Waiting[];
  underWay: number;
}

/** Two groups at once: while the database commits one, the server rules on the next. */
const mostGroups = 2;
/** Commands of a group: beyond, a commit takes longer and saves nothing more. */
const mostTogether = 64;

const linesOf = new WeakMap<Pool, Map<string, Line>>();

const keyOf = ({ command }: Task): string => `${command.actor.key}\n${command.commandId}`;

/** Takes the next group out of the line; of twins with one command id the second waits for the next group, which finds the first one's answer. */
const takeGroup = (line: Line): readonly Waiting[] => {
  const group = new Map<string, Waiting>();
  const left: Waiting[] = [];
  for (const task of line.waiting) {
    const key = keyOf(task);
    if (group.size < mostTogether && !group.has(key)) group.set(key, task);
    else left.push(task);
  }
  line.waiting.splice(0, line.waiting.length, ...left);
  return [...group.values()];
};

/** Carries a group out in one transaction; where that fails, each is carried out alone, so that nobody pays for another's fault. */
const carryOut = async (deps: ContextDeps, group: readonly Waiting[]): Promise<void> => {
  const [first, second] = group;
  if (first === undefined) return;
  const answers =
    second === undefined ? [] : await attempt(deps, first.command.actor.context, group).catch((): Answer[] => []);
  const settled = group.map(async ({ command, work, resolve }, at) => {
    const answer = answers[at];
    const alone = answer === undefined ? runCommand(deps, command, work) : Promise.resolve(answer);
    resolve(alone);
    return alone;
  });
  await Promise.allSettled(settled);
};

const serve = (deps: ContextDeps, lines: Map<string, Line>, name: string, line: Line): void => {
  while (line.underWay < mostGroups && line.waiting.length > 0) {
    line.underWay += 1;
    void carryOut(deps, takeGroup(line)).finally(() => {
      line.underWay -= 1;
      serve(deps, lines, name, line);
    });
  }
  if (line.underWay === 0) lines.delete(name);
};

/**
 * Carries a command out as `runCommand` does, with the same promises, in one transaction with others of the same context that wait at the same
 * moment (成组提交): a busy day's intakes share a commit to disk. Alone it is carried out alone, at once.
 *
 * Sound because row-level security sees one context for all of them: who has another county, person, range or role stands in another line.
 */
export const runTogether = async (deps: ContextDeps, command: Command, work: Task['work']): Promise<Answer> => {
  let lines = linesOf.get(deps.pool);
  if (lines === undefined) linesOf.set(deps.pool, (lines = new Map()));
  const all = lines;
  const name = JSON.stringify(command.actor.context);
  let line = all.get(name);
  if (line === undefined) all.set(name, (line = { waiting: [], underWay: 0 }));
  const mine = line;
  return new Promise((resolve) => {
    mine.waiting.push({ command, fingerprint: fingerprintOf(command), work, resolve });
    // What has arrived together stands in line together.
    setImmediate(() => serve(deps, all, name, mine));
  });
};
