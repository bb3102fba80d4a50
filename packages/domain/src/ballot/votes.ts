import { fault, ok, refuse, type Fault, type Result } from '../fault/index.js';

/** An item of the agenda 议题 that is to be voted on, as it was put forward. */
export interface ItemToVote {
  readonly title: string;
  readonly matters: readonly string[];
}

/** One vote on one matter. */
export interface SeparateVote {
  readonly title: string;
  readonly matter: string;
}

/**
 * One vote for each matter 一事一决 [FC-21]: a meeting with three matters has exactly three votes.
 * Refuses an item that bundles several matters, and a matter that stands on the agenda twice.
 */
export function votesOf(items: readonly ItemToVote[]): Result<SeparateVote[]> {
  const seen = new Set<string>();
  const faults: Fault[] = [];
  const votes = items.flatMap(({ title, matters }) => {
    if (matters.length > 1) faults.push(fault('votes-bundled', { count: matters.length }));
    return matters.map((matter) => {
      if (seen.has(matter)) faults.push(fault('matter-twice-on-agenda', { item: title }));
      seen.add(matter);
      return { title, matter };
    });
  });
  const [first, ...more] = faults;
  return first === undefined ? ok(votes) : refuse(first, ...more);
}

/** The forms that may be asked for; `electronic` is asked for and refused. */
export type AskedForm = 'hands' | 'paper' | 'electronic';

/**
 * Why a vote may not be taken in this form; none means it may.
 *
 * Nothing lets a vote of a meeting be cast on a device: whether an electronic ballot is secret and publicly counted is settled in no law we
 * know (LAW-VC-18e), and silence is not leave. A rule that asks for slips or for secrecy is not met by hands.
 */
export function faultsOfForm(
  form: AskedForm,
  rule: { readonly ballot?: 'hands' | 'paper' | 'secret' | undefined; readonly source?: readonly string[] | undefined },
): Fault[] {
  const source = rule.source === undefined ? {} : { source: rule.source };
  if (form === 'electronic') return [fault('electronic-ballot-not-allowed', {}, source)];
  if (form === 'hands' && rule.ballot !== undefined && rule.ballot !== 'hands') {
    return [fault('wrong-ballot-form', { need: rule.ballot === 'secret' ? '无记名投票' : '票决' }, source)];
  }
  if (form === 'paper' && rule.ballot === 'hands') return [fault('wrong-ballot-form', { need: '举手' }, source)];
  return [];
}
