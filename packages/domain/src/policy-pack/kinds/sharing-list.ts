import { z } from 'zod';
import { RuleId, Sources, Title, ruleHeader } from '../identifiers.js';

/**
 * Shared item 共享事项: which fields of one register go to one other system, and what for.
 *
 * A security system gets nothing without an article that allows it; the least that the purpose needs is what is listed.
 */
export const SharedItem = z
  .strictObject({
    id: RuleId,
    title: Title,
    to: Title.describe('给哪个系统'),
    security: z.boolean().default(false).describe('综治、公安等系统'),
    purpose: z.string().min(1).max(200).describe('用途'),
    register: RuleId,
    fields: z.array(RuleId).min(1),
    legalBasis: Sources.optional(),
    source: Sources,
  })
  .refine((item) => !item.security || item.legalBasis !== undefined, {
    message: 'what goes to a security system names its legal basis',
    path: ['legalBasis'],
  });
export type SharedItem = z.infer<typeof SharedItem>;

/** Sharing list 数据共享清单: all that leaves for other systems; what is not listed is not in an export, and each export is written into the log. */
export const SharingList = z.strictObject({
  kind: z.literal('sharing-list'),
  ...ruleHeader,
  log: RuleId.describe('记下每次导出的登记簿'),
  items: z.array(SharedItem).min(1),
});
export type SharingList = z.infer<typeof SharingList>;
