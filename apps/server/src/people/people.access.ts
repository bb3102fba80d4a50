import { fault, isWithin, type Fault } from '@lianxin/domain';
import type { Context } from '../storage/context.js';

/** What an office may do here 职责; a post of the catalogue carries them, and an appointment brings them (tables.md, `post`). */
const capabilityWords = {
  'keep-bodies': '登记组织和隶属关系',
  appoint: '登记人员、任职和组织关系',
  'keep-places': '登记小区、网格、站点和其他组织',
  'assign-contacts': '安排党员联系户',
  'read-members': '查看党员组织关系',
  'keep-cards': '发放和查看民情联系卡',
} as const;
export type Capability = keyof typeof capabilityWords;

/**
 * Why this office may not write here, or undefined when it may.
 *
 * Outside its range the answer is `not-found`, so that a stranger learns nothing; inside it, without the duty, it is told
 * `capability-missing` and what duty is meant.
 */
export const mayWrite = (context: Context, needs: Capability, division: string): Fault | undefined => {
  if (context.role !== 'rt_office' || !isWithin(division, context)) return fault('not-found');
  return context.caps.includes(needs) ? undefined : fault('capability-missing', { what: capabilityWords[needs] });
};

/** Why this context may not read a division's registers: outside its range there is nothing. */
export const mayRead = (context: Context, division: string): Fault | undefined =>
  context.role === 'rt_office' && isWithin(division, context) ? undefined : fault('not-found');
