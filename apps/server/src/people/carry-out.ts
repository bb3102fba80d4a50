import { fault, type Fault } from '@lianxin/domain';
import { runCommand, type Answer, type Command, type Outcome } from '../http/command.js';
import type { ContextDeps } from '../storage/in-context.js';
import type { Tx } from '../storage/transaction.js';

/** A change of a register as it arrives: who, which id, what was entered. */
export interface Change<Input> {
  readonly actor: Command['actor'];
  readonly commandId: string;
  readonly input: Input;
}

/** A refusal found while working: thrown so that the command stops where it is; nothing it wrote remains. */
export class Refusing extends Error {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super(faults.map((one) => one.code).join(', '));
    this.faults = faults;
  }
}

/** Stops the command with these faults; does nothing when there are none. */
export const refuseIf = (...found: readonly (Fault | undefined)[]): void => {
  const faults = found.filter((one) => one !== undefined);
  if (faults.length > 0) throw new Refusing(faults);
};

/** What a unique index of the registers means in words, for the case that two commands race past their checks. */
const uniqueFaults: Readonly<Record<string, Fault>> = {
  party_membership_one: fault('member-needs-transfer', { branch: '另一个党支部' }),
};

/** The refusal behind an error of the database, or undefined when it is a bug: what is invisible may still be in the way. */
const refusalOf = (error: unknown): readonly Fault[] | undefined => {
  if (error instanceof Refusing) return error.faults;
  if (!(error instanceof Error) || !('code' in error) || !('constraint' in error)) return undefined;
  const constraint = String(error.constraint);
  if (error.code === '23505' && constraint !== 'command_pkey') {
    return [uniqueFaults[constraint] ?? fault('already-exists', { what: '同样的登记' })];
  }
  return error.code === '23503' ? [fault('not-found')] : undefined;
};

/** The row that was looked for; stops the command with `not-found` when there is none in range. */
export const found = <Row>(row: Row | undefined): Row => {
  if (row === undefined) throw new Refusing([fault('not-found')]);
  return row;
};

/**
 * Carries out one change by whoever is logged in: once, in one transaction with its journal entry, answering 201 with what `work` gives.
 *
 * A rule that refuses does so by `refuseIf`; its faults become the command's answer.
 */
export const carryOutForAnyone = async <Input, Made>(
  deps: ContextDeps,
  route: string,
  change: Change<Input>,
  work: (tx: Tx, input: Input) => Promise<Made>,
): Promise<Answer> =>
  runCommand(
    deps,
    { actor: change.actor, commandId: change.commandId, route, body: change.input },
    async (tx): Promise<Outcome> => {
      try {
        return { status: 201, body: await work(tx, change.input) };
      } catch (error) {
        const faults = refusalOf(error);
        if (faults === undefined) throw error;
        return { faults };
      }
    },
  );

/** Carries out one change of a register, which is an office's to make: to a resident there is nothing here (`not-found`). */
export const carryOut: typeof carryOutForAnyone = (deps, route, change, work) =>
  carryOutForAnyone(deps, route, change, async (tx, input) => {
    refuseIf(tx.context.role === 'rt_office' ? undefined : fault('not-found'));
    return work(tx, input);
  });
