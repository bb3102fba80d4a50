import { z } from 'zod';
import { Instant } from '../date/index.js';
import { Wait } from './act-rule.js';
import { FieldValue } from './field.js';
import { MatterLevel } from './words.js';

/** The id of the act that opens a matter; every record begins with it. */
export const OPEN = 'open';

/** An office as it was held when someone acted: post and body, with the body's kind, division and level. */
export const OfficeHeld = z.strictObject({
  post: z.string(),
  body: z.string(),
  bodyKind: z.string(),
  division: z.string(),
  level: z.string(),
});
export type OfficeHeld = z.infer<typeof OfficeHeld>;

/** Who did an act, as kept: the person (absent for an unnamed resident or a deadline) and the office they acted in. */
export const ActorRef = z.strictObject({
  kind: z.enum(['resident', 'officer', 'system']),
  person: z.string().exactOptional(),
  office: z.strictObject({ post: z.string(), body: z.string() }).exactOptional(),
});
export type ActorRef = z.infer<typeof ActorRef>;

/**
 * Act 办理记录: one thing done on a matter; appended, never edited.
 * Rules, rolls and deadlines are judged by `occurredAt`; `recordedAt` is the server's and orders the log (补录 when later).
 * `act` is the rule's id or `open`; `stage` is the stage (or `stage/branch`) it was done in, null for opening and afterwards.
 */
export const Act = z.strictObject({
  seq: z.int().nonnegative(),
  id: z.string(),
  act: z.string(),
  stage: z.string().nullable(),
  by: ActorRef,
  onBehalfOf: z.string().exactOptional(),
  fields: z.record(z.string(), FieldValue),
  occurredAt: Instant,
  recordedAt: Instant,
});
export type Act = z.infer<typeof Act>;

/** Actor 办理人: who is trying, with every office they hold at that moment. `isFiler` is proved by account or receipt. */
export const Actor = z.strictObject({
  kind: z.enum(['resident', 'officer', 'system']),
  person: z.string().exactOptional(),
  offices: z.array(OfficeHeld),
  isFiler: z.boolean(),
  relations: z.array(z.string()).exactOptional(),
});
export type Actor = z.infer<typeof Actor>;

/** A sub-matter 子事项 as its parent sees it: which act opened it, how it binds the parent, and when it ended. */
export const ChildMatter = z.strictObject({
  id: z.string(),
  openedBy: z.string().exactOptional(),
  wait: Wait.exactOptional(),
  ended: Instant.nullable(),
});
export type ChildMatter = z.infer<typeof ChildMatter>;

/**
 * Matter record 事项卷宗: all the kernel knows of one matter; every conclusion is derived from it.
 * `procedure` pins the version the matter began under. `sampled` lists persons drawn to confirm results.
 */
export const MatterRecord = z.strictObject({
  procedure: z.string(),
  opened: Instant,
  division: z.string(),
  kind: z.string().exactOptional(),
  level: MatterLevel.exactOptional(),
  filer: z.string().exactOptional(),
  channel: z.string(),
  acts: z.array(Act),
  children: z.array(ChildMatter),
  sampled: z.array(z.string()).exactOptional(),
});
export type MatterRecord = z.infer<typeof MatterRecord>;
