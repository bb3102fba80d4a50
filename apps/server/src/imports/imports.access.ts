import { fault, type Fault } from '@lianxin/domain';
import type { Context } from '../storage/index.js';

/** The duty as people read it. */
const duty = { people: '成批导入人员', terms: '成批导入任职', members: '成批导入党员组织关系' } as const;

/**
 * Why this context may not import people 导入权限, or undefined when it may: an office with the duty `import` (a county's administrator) or
 * `appoint` (who registers persons one by one), inside its range. A resident finds nothing (`not-found`); an office without the duty is
 * told `capability-missing`.
 */
export const mayImport = (context: Context): Fault | undefined => {
  if (context.role !== 'rt_office') return fault('not-found');
  return context.caps.includes('import') || context.caps.includes('appoint')
    ? undefined
    : fault('capability-missing', { what: duty.people });
};

/** Terms and Party memberships ask for the duties that they ask for one by one: the administrator of the system appoints nobody. */
export const mayImportColumns = (
  context: Context,
  has: { readonly terms: boolean; readonly members: boolean },
): readonly Fault[] => [
  ...(has.terms && !context.caps.includes('appoint') ? [fault('capability-missing', { what: duty.terms })] : []),
  ...(has.members && !(context.caps.includes('appoint') && context.caps.includes('read-members'))
    ? [fault('capability-missing', { what: duty.members })]
    : []),
];
