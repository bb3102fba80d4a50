import { z } from 'zod';
import { PlaceLevel, RuleId, Sources, Title, ruleHeader } from '../identifiers.js';

/** Duty entry 职责: one thing an office answers for; a matter that is sent back cites the entry that says whose it is. */
export const DutyEntry = z.strictObject({
  id: RuleId,
  title: Title,
  matters: z.array(RuleId).optional().describe('哪几类事项；不写就是都算'),
  topics: z.array(z.string().min(1)).optional().describe('登记时用来提示归口的词，只提示，由人决定'),
  source: Sources,
});
export type DutyEntry = z.infer<typeof DutyEntry>;

/** Duty list 职责清单: which office or body answers for what, at which level. */
export const DutyList = z
  .strictObject({
    kind: z.literal('duty-list'),
    ...ruleHeader,
    offices: z
      .array(z.strictObject({ office: RuleId, level: PlaceLevel, answersFor: z.array(DutyEntry).min(1) }))
      .min(1),
  })
  .superRefine((list, context) => {
    const seen = new Set<string>();
    for (const [at, office] of list.offices.entries()) {
      for (const [index, entry] of office.answersFor.entries()) {
        if (seen.has(entry.id)) {
          context.addIssue({
            code: 'custom',
            path: ['offices', at, 'answersFor', index, 'id'],
            message: `the duty ${entry.id} stands twice in the list`,
          });
        }
        seen.add(entry.id);
      }
    }
  });
export type DutyList = z.infer<typeof DutyList>;

/** A duty together with the office that answers for it. */
export type DutyOf = { office: string; level: PlaceLevel; duty: DutyEntry };

/** Every duty of the list with its office, in the order written. */
export function listDuties(list: DutyList): readonly DutyOf[] {
  return list.offices.flatMap(({ office, level, answersFor }) => answersFor.map((duty) => ({ office, level, duty })));
}

/** The duty with this id and the office that answers for it, or undefined: then nothing may be sent back citing it. */
export function findDuty(list: DutyList, id: string): DutyOf | undefined {
  return listDuties(list).find((entry) => entry.duty.id === id);
}

/**
 * Duties that fit a matter, those whose topics occur in the text first.
 *
 * It proposes; a person routes. A duty that names matter kinds fits only those kinds.
 */
export function proposeDuties(list: DutyList, matterKind: string, text: string): readonly DutyOf[] {
  const fits = listDuties(list).filter(({ duty }) => duty.matters === undefined || duty.matters.includes(matterKind));
  const hits = ({ duty }: DutyOf): number => (duty.topics ?? []).filter((topic) => text.includes(topic)).length;
  return fits
    .map((entry, order) => ({ entry, order, hits: hits(entry) }))
    .sort((a, b) => b.hits - a.hits || a.order - b.order)
    .map(({ entry }) => entry);
}
