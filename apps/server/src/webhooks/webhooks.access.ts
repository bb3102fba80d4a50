import { fault, levelOf, type Fault } from '@lianxin/domain';
import type { SessionActor } from '../access/index.js';

/**
 * Why this office may not see or change where the county's public acts are sent, or undefined when it may: an administrator of the county
 * itself. A resident finds nothing (`not-found`); any other office is told `capability-missing`.
 */
export const mayKeepWebhooks = ({ office, context }: Pick<SessionActor, 'office' | 'context'>): Fault | undefined => {
  if (office === null || context.role !== 'rt_office') return fault('not-found');
  const ofCounty = levelOf(office.division) === 'county' && context.caps.includes('administer');
  return ofCounty ? undefined : fault('capability-missing', { what: '推送设置' });
};
