import { fault, isWithin, type Fault } from '@lianxin/domain';
import type { Context } from '../storage/index.js';

/**
 * Why this office may not see or hand out log-ins in a division 账号权限, or undefined when it may: only the administrator's post has the
 * duty, inside its range. A resident and a stranger find nothing (`not-found`); another office is told `capability-missing`.
 */
export const mayAdminister = (context: Context, division: string): Fault | undefined => {
  if (context.role !== 'rt_office' || !isWithin(division, context)) return fault('not-found');
  return context.caps.includes('administer') ? undefined : fault('capability-missing', { what: '开通账号' });
};
