import { z } from 'zod';

/** Rule id 规则标识： lower-case words joined by hyphens, the same in a file name, a URL and a case. */
export const RuleId = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .describe('小写英文词，用连字符连接，例如 proxy-service');

/** Source id 依据编号： an article in sources.yaml or a clause in clauses.yaml, such as `LAW-VC-30b` or `DY-C13`. */
export const SourceId = z
  .string()
  .regex(/^[A-Z]{2,4}(-[A-Za-z0-9]+)+$/)
  .describe('sources.yaml 的条目或 clauses.yaml 的条款编号，例如 LAW-VC-30b');

/** Requirement id 需求编号： the number a requirement has in the catalogue, such as `DY-66`. */
export const RequirementId = z
  .string()
  .regex(/^[A-Z]{2}-[0-9]{2,3}$/)
  .describe('需求目录里的编号，例如 DY-66');

/** Date text 日期： `YYYY-MM-DD`, a day that exists. */
export const DateText = z.iso.date().describe('日期，写作 2026-01-01');

/** Sources 依据： one source or several; a rule without one is an opinion. */
export const Sources = z.union([SourceId, z.array(SourceId).min(1)]).describe('依据');

/** Period in force 有效期间： first day, and the last day it still answers for; open when `to` is missing. */
export const InForce = z
  .strictObject({ from: DateText, to: DateText.optional() })
  .refine((period) => period.to === undefined || period.to >= period.from, {
    message: 'in-force ends before it begins',
  });
export type InForce = z.infer<typeof InForce>;

/** Title 标题： what people read; never empty. */
export const Title = z.string().min(1).describe('给人看的名称(中文)');

/** Level 层级： the tier of the place tree on which something stands. */
export const PlaceLevel = z.enum(['province', 'city', 'county', 'township', 'village', 'group']);
export type PlaceLevel = z.infer<typeof PlaceLevel>;

/** Whether a rule with this period answers for the day; both ends are included. */
export function isInForceOn(period: InForce, date: string): boolean {
  return period.from <= date && (period.to === undefined || date <= period.to);
}

/** The keys every rule file carries, whatever its kind. */
export const ruleHeader = {
  id: RuleId,
  title: Title,
  inForce: InForce,
  covers: z.array(RequirementId).default([]).describe('本文件落实的需求编号'),
  extends: z.string().optional().describe('细则所依据的规则：政策包/规则标识'),
  source: Sources.optional(),
  about: z.string().min(1).optional().describe('一两句话说明这条规则管什么'),
  madeFor: z.literal('replay').optional().describe('只为回放旧数据而写，不是当时的真实规定'),
};
