import { z } from 'zod';
import { DateText, InForce, PlaceLevel, RequirementId, RuleId, SourceId, Sources, Title } from './identifiers.js';

/** Pack manifest 政策包说明： which document a pack carries out and which packs it builds on (`pack.yaml`). */
export const PackManifest = z.strictObject({
  id: RuleId,
  title: Title,
  version: z.string().regex(/^[0-9]+\.[0-9]+\.[0-9]+$/),
  maintainer: z.string().min(1),
  about: z.string().min(1).optional(),
  template: z.boolean().default(false).describe('只供其他政策包引用，可以留空白'),
  extends: z.array(RuleId).default([]),
  document: z
    .strictObject({
      title: Title,
      number: z.string().optional(),
      issuer: z.string().min(1),
      date: DateText.optional(),
    })
    .optional(),
});
export type PackManifest = z.infer<typeof PackManifest>;

/** Confidence 可信度： how surely the wording of a source is known; decides whether it may be cited to a resident as law. */
export const Confidence = z.enum(['seen', 'quoted', 'reported', 'local', 'practice', 'memory']);
export type Confidence = z.infer<typeof Confidence>;

/** Source 依据： one article or document, paraphrased, with the dates between which it binds. */
export const SourceEntry = z.strictObject({
  id: SourceId,
  title: Title,
  article: z.string().min(1).optional(),
  inForce: InForce.optional(),
  confidence: Confidence,
  place: z.string().min(1).optional().describe('只在某地有效的，写明地方'),
  summary: z.string().min(1),
  note: z.string().min(1).optional(),
  document: z
    .strictObject({
      issuer: z.string().min(1).optional(),
      number: z.string().min(1).optional(),
      version: z.string().min(1).optional(),
      original: z.enum(['kept', 'missing']),
    })
    .optional()
    .describe('政策文件所依据的上级文件；原文没有的写明缺失'),
});
export type SourceEntry = z.infer<typeof SourceEntry>;
export const SourcesFile = z.strictObject({ sources: z.array(SourceEntry) });

/** Post 岗位： a seat in a body that a person holds for a term; `most` is how many persons may hold it together. */
export const PostEntry = z.strictObject({
  id: RuleId,
  title: Title,
  most: z.int().min(1).optional(),
  source: Sources.optional(),
});
export type PostEntry = z.infer<typeof PostEntry>;

/** Power 权责： something a body may decide or do by its own list 权责清单; an act that takes a power is refused to every other body. */
export const PowerEntry = z.strictObject({ id: RuleId, title: Title, source: Sources.optional() });
export type PowerEntry = z.infer<typeof PowerEntry>;

/** Body 组织： an organisation that can act; `is` names the base body it stands for under a local name. */
export const BodyEntry = z.strictObject({
  id: RuleId,
  title: Title,
  level: PlaceLevel,
  kind: RuleId.optional(),
  is: RuleId.optional(),
  posts: z.array(PostEntry).default([]),
  powers: z.array(PowerEntry).default([]),
  source: Sources.optional(),
});
export type BodyEntry = z.infer<typeof BodyEntry>;

/** Relation 回避关系： a tie to a matter that bars a person from acting on it. */
export const RelationEntry = z.strictObject({ id: RuleId, title: Title, source: Sources.optional() });

export const BodiesFile = z.strictObject({
  bodies: z.array(BodyEntry).default([]),
  offices: z.array(BodyEntry).default([]),
  relations: z.array(RelationEntry).default([]),
});
export type BodiesFile = z.infer<typeof BodiesFile>;

/** Clause 条款： a passage of the policy document, carried out by a mechanism or set aside for a stated reason. */
export const ClauseEntry = z
  .strictObject({
    id: SourceId,
    clause: z.string().min(1),
    title: Title,
    requirements: z.array(RequirementId).default([]),
    mechanism: z.union([RuleId, z.array(RuleId).min(1)]).optional(),
    none: z.string().min(1).optional(),
  })
  .refine((clause) => (clause.mechanism === undefined) !== (clause.none === undefined), {
    message: 'a clause names its mechanism, or says under none why there is none; not both',
  });
export type ClauseEntry = z.infer<typeof ClauseEntry>;
export const ClausesFile = z.strictObject({ clauses: z.array(ClauseEntry) });
