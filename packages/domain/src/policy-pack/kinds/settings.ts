import { z } from 'zod';
import { Duration } from '../../date/index.js';
import { Blank } from '../../procedure/index.js';
import { RuleId, Sources, Title, ruleHeader } from '../identifiers.js';

/** Setting 设定值: one named figure that is not part of a procedure; the law or a document leaves it to the place. */
export const Setting = z
  .strictObject({
    id: RuleId,
    title: Title,
    duration: z.union([Duration, Blank]).optional(),
    number: z.union([z.number(), Blank]).optional(),
    unit: z.string().min(1).optional(),
    choice: RuleId.optional(),
    source: Sources,
  })
  .refine((setting) => [setting.duration, setting.number, setting.choice].filter((v) => v !== undefined).length === 1, {
    message: 'a setting has exactly one of: duration, number, choice',
  });
export type Setting = z.infer<typeof Setting>;

/** Settings 设定: figures that the place fills in, each with its source. */
export const Settings = z.strictObject({
  kind: z.literal('settings'),
  ...ruleHeader,
  settings: z.array(Setting).min(1),
});
export type Settings = z.infer<typeof Settings>;
