import { z } from 'zod';
import { Duration } from '../../date/index.js';
import { Blank } from '../../procedure/index.js';
import { RuleId, Sources, Title, ruleHeader } from '../identifiers.js';

/** A period that boards are kept by: a month, a quarter, half a year, a year. */
const EveryPeriod = Duration.refine(
  (every) => ('months' in every && [1, 3, 6, 12].includes(every.months)) || ('years' in every && every.years === 1),
  { message: 'a period of 1, 3 or 6 months, or 1 year' },
);

/** Where the content of an item is cut from: the public columns of a ledger, by the field that dates its entries. */
const CutFrom = z.strictObject({
  register: RuleId,
  ledger: RuleId,
  by: RuleId,
  accounts: z
    .strictObject({ amount: RuleId, way: RuleId, income: RuleId, expense: RuleId, sort: RuleId })
    .optional()
    .describe('收支台账：金额、收支方向（收入、支出两个选项）和类别各是哪个栏目'),
});

/**
 * Disclosure item 公开事项: what is published, by whom, how often, cut from which ledger, after whose check.
 *
 * `every` is missing for what is published whenever it happens 随时. `by-day` counts days after the period; 0 is its last day.
 */
export const DisclosureItem = z.strictObject({
  id: RuleId,
  formerly: z.array(RuleId).min(1).optional().describe('以前的目录里叫什么：按旧名公布过的，算已经公布'),
  title: Title,
  board: z.enum(['party', 'village', 'finance']).describe('党务、村务、财务'),
  scope: z.enum(['residents', 'members']).default('residents').describe('向村民公开，还是只向党员公开'),
  body: z
    .union([z.array(RuleId).min(1), RuleId.transform((one) => [one])])
    .describe('由哪个组织公布；村、社区叫法不同的写几个'),
  responsible: z.strictObject({ post: RuleId, of: RuleId }).describe('责任岗位'),
  every: EveryPeriod.optional(),
  byDay: z
    .union([z.int().min(0).max(92), Blank])
    .optional()
    .describe('周期结束后几日内公布'),
  often: z
    .strictObject({ every: EveryPeriod, entries: z.union([z.int().min(1), Blank]), source: Sources.optional() })
    .optional()
    .describe('往来多的缩短周期：一个周期里达到多少笔'),
  from: CutFrom.optional(),
  mask: z.array(RuleId).default([]).describe('公布前脱敏的栏目'),
  checkedBy: RuleId.describe('公布前由谁审核'),
  channels: z.array(z.enum(['wall', 'portal', 'meeting', 'letter'])).min(1),
  noticePeriod: Duration.refine((period) => 'days' in period, { message: 'a board is counted in days' }),
  source: Sources,
});
export type DisclosureItem = z.infer<typeof DisclosureItem>;

/** Small power 小微权力: a power of village officers whose steps everybody may see; drawn from the procedure it runs on. */
export const SmallPower = z.strictObject({
  id: RuleId,
  procedure: RuleId,
  holder: z.strictObject({ post: RuleId, of: RuleId }),
  limits: z.string().min(1).optional().describe('限额和限制'),
  source: Sources,
});
export type SmallPower = z.infer<typeof SmallPower>;

const InDays = z.union([Duration.refine((within) => 'days' in within, { message: 'counted in days' }), Blank]);

/** Late 未按期公开: whom in the village it reaches, and whom above once it has been late for so many days. */
export const LateDisclosure = z.strictObject({
  tells: z.array(RuleId).min(1).describe('告诉村里的哪些组织'),
  above: z
    .strictObject({ within: InDays, tells: z.array(RuleId).min(1) })
    .describe('迟了多少日还没有公布的，告诉上一级的哪些组织'),
  source: Sources,
});
export type LateDisclosure = z.infer<typeof LateDisclosure>;

/** Answers 答复: within how many days a question or an objection is answered. */
export const DisclosureAnswers = z.strictObject({ within: InDays, source: Sources });
export type DisclosureAnswers = z.infer<typeof DisclosureAnswers>;

/** Disclosure catalogue 公开目录: everything a village publishes, and the powers whose flow it shows. */
export const DisclosureCatalogue = z
  .strictObject({
    kind: z.literal('disclosure-catalogue'),
    ...ruleHeader,
    items: z.array(DisclosureItem).min(1),
    powers: z.array(SmallPower).default([]),
    late: LateDisclosure.optional(),
    answers: DisclosureAnswers.optional(),
  })
  .superRefine((catalogue, context) => {
    for (const [index, item] of catalogue.items.entries()) {
      const wants = (key: string, message: string): void =>
        context.addIssue({ code: 'custom', path: ['items', index, key], message });
      if (!item.channels.includes('wall'))
        wants('channels', 'the board on the wall is a duty, other channels come beside it');
      if (item.scope === 'members' && item.channels.includes('portal'))
        wants('channels', 'the portal is open to everyone');
      if (item.often !== undefined && item.every === undefined) wants('often', 'a shorter period needs a period');
    }
  });
export type DisclosureCatalogue = z.infer<typeof DisclosureCatalogue>;
