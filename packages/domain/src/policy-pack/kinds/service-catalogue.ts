import { z } from 'zod';
import { Duration } from '../../date/index.js';
import { Blank, Field } from '../../procedure/index.js';
import { PlaceLevel, RuleId, Sources, Title, ruleHeader } from '../identifiers.js';

/** Material 申报材料: a paper the resident brings; `known-from` names the register that already holds it, so that it is not asked for. */
export const Material = z.strictObject({
  id: RuleId,
  title: Title,
  copies: z.int().min(1).default(1),
  original: z.boolean().default(false).describe('是否要看原件'),
  knownFrom: z.string().min(1).optional(),
  source: Sources.optional(),
});
export type Material = z.infer<typeof Material>;

/** Fee 收费: fen (hundredths of a yuan), 0 when free; a fee above 0 names its source. */
export const Fee = z
  .strictObject({ fen: z.int().min(0), source: Sources.optional(), note: z.string().min(1).optional() })
  .refine((fee) => fee.fen === 0 || fee.source !== undefined, { message: 'a fee names its source' });
export type Fee = z.infer<typeof Fee>;

/**
 * Service 服务事项: what residents may have done for them.
 *
 * An included service has its four parts (steps, materials, limit, fee) or is not published [DY-67]; leaving one out needs a
 * reason and the name of the office that approved it [NQ-32].
 */
export const Service = z
  .strictObject({
    id: RuleId,
    title: Title,
    department: RuleId.describe('主管部门，bodies.yaml 的 office'),
    area: RuleId.optional().describe('一本通的哪一章'),
    field: z.enum(['administrative', 'production', 'enquiry']).default('administrative'),
    levels: z.array(PlaceLevel).min(1).optional().describe('在哪几级能办'),
    finishedInVillage: z.boolean().default(false).describe('不出村办结'),
    priority: z.boolean().default(false).describe('优先纳入'),
    steps: z.array(z.string().min(1)).min(1).optional(),
    materials: z.array(Material).optional(),
    limit: z.union([Duration, Blank]).optional(),
    fee: Fee.optional(),
    form: z.array(Field).optional(),
    leftOut: z.strictObject({ reason: z.string().min(1), approvedBy: RuleId }).optional(),
    source: Sources.optional(),
  })
  .superRefine((service, context) => {
    if (service.leftOut !== undefined) return;
    for (const part of ['levels', 'steps', 'materials', 'limit', 'fee'] as const) {
      if (service[part] === undefined) {
        context.addIssue({ code: 'custom', path: [part], message: `a published service has ${part}` });
      }
    }
  });
export type Service = z.infer<typeof Service>;

/**
 * Service booklet 一本通: the catalogue bound for households, a chapter for each area under the goal it serves; a chapter without a service is
 * printed as empty, because the gap is the message. `deliveries` names the register in which copies given to households stand.
 */
export const ServiceBooklet = z.strictObject({
  title: Title,
  goals: z
    .array(
      z.strictObject({
        id: RuleId,
        title: Title,
        areas: z.array(z.strictObject({ id: RuleId, title: Title })).min(1),
      }),
    )
    .min(1),
  deliveries: RuleId.optional(),
  source: Sources,
});
export type ServiceBooklet = z.infer<typeof ServiceBooklet>;

/** Service catalogue 服务目录: services by department and level. */
export const ServiceCatalogue = z.strictObject({
  kind: z.literal('service-catalogue'),
  ...ruleHeader,
  priorityDepartments: z.array(RuleId).default([]).describe('优先纳入的部门'),
  services: z.array(Service).min(1),
  booklet: ServiceBooklet.optional(),
});
export type ServiceCatalogue = z.infer<typeof ServiceCatalogue>;

/** Services a resident may ask for, narrowed to a department or a level. */
export function listServices(
  catalogue: ServiceCatalogue,
  only: { department?: string; level?: PlaceLevel } = {},
): readonly Service[] {
  return catalogue.services.filter(
    (service) =>
      service.leftOut === undefined &&
      (only.department === undefined || service.department === only.department) &&
      (only.level === undefined || (service.levels ?? []).includes(only.level)),
  );
}

/** A chapter of the booklet: an area under its goal, with its services in the order of the catalogue. */
export interface BookletChapter {
  readonly goal: string;
  readonly area: string;
  readonly services: readonly Service[];
}

/** The chapters of a catalogue's booklet, every area of it, also those without a service. */
export function chaptersOf(catalogue: ServiceCatalogue): readonly BookletChapter[] {
  const services = listServices(catalogue);
  return (catalogue.booklet?.goals ?? []).flatMap((goal) =>
    goal.areas.map((area) => ({
      goal: goal.title,
      area: area.title,
      services: services.filter((service) => service.area === area.id),
    })),
  );
}

/** How many services each priority department has; a department with none counts 0, because the gap is the message. */
export function countByPriorityDepartment(
  catalogue: ServiceCatalogue,
): readonly { department: string; services: number }[] {
  return catalogue.priorityDepartments.map((department) => ({
    department,
    services: listServices(catalogue, { department }).length,
  }));
}
