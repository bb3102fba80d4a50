import { fault, type Fault } from '@lianxin/domain';
import type { SessionActor } from '../access/index.js';
import type { RequestRow } from './topics.store.js';

/**
 * Why this person may not say anything about the topic or category of a matter: an office in whose range it lies may, whoever handles it;
 * about a complaint against a person nobody may, because a link would lead to it from elsewhere.
 */
export const mayGroup = (
  actor: SessionActor,
  row: (RequestRow & { readonly comparable: boolean }) | undefined,
): Fault | undefined => {
  if (row === undefined || actor.office === null) return fault('not-found');
  return row.comparable ? undefined : fault('complaint-not-grouped');
};
