import { z } from '@hono/zod-openapi';

/** A 12 digit division code (行政区划代码). */
export const DivisionCode = z
  .string()
  .regex(/^\d{12}(-group-\d{3}|-grid-\d{3}(-\d{2})?)?$/)
  .openapi({ example: '431122102201' });

/** An id made by the application. */
export const Id = z.uuid();

/** A moment in UTC. */
export const InstantText = z.iso.datetime({ offset: true });

/**
 * A moment that comes in: written with any offset, handed on in UTC as the rules reckon it; a year that no act can have is refused here.
 */
export const MomentInput = InstantText.refine((text) => /^(?:19|20|21)\d\d/.test(text), {
  message: '年份应在 1900 至 2199 之间 (a year from 1900 to 2199)',
}).transform((text) => new Date(text).toISOString());

/** A day in county time (UTC+8). */
export const DateText = z.iso.date();

/** Where a keyset page goes on; opaque to the caller. */
export const Cursor = z.string().min(1).max(400);

/** One reason of a refusal in words (不符合项): what is wrong, why, and what would cure it. */
export const FaultView = z
  .object({
    code: z.string(),
    what: z.string(),
    why: z.string().nullable(),
    cure: z.string().nullable(),
    source: z.array(z.string()),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
  })
  .openapi('MatterFault');

/** The body of every refusal. */
export const Refusal = z.object({ faults: z.array(FaultView) }).openapi('MatterRefusal');

/** A value of a form field: text, number, yes/no, or several texts (choices, file ids, missing papers). */
export const FieldValue = z.union([
  z.string().max(20_000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(2_000)).max(200),
]);

/** Values by field id. */
export const FieldValues = z.record(z.string().max(64), FieldValue);

/** A field of a form, as a page needs it to ask for it. */
export const FieldView = z
  .object({
    id: z.string(),
    title: z.string(),
    type: z.string().openapi({
      description: 'text, long-text, number, date, choice, choices, yes-no, file, phone, body, person, money',
    }),
    required: z.boolean(),
    choices: z.array(z.object({ value: z.string(), title: z.string() })),
    unit: z.string().nullable(),
    help: z.string().nullable(),
    personal: z
      .boolean()
      .openapi({ description: 'contact or identity data, shown to the assigned handler only and only until closure' }),
  })
  .openapi('MatterField');

export type FaultView = z.infer<typeof FaultView>;
export type FieldValue = z.infer<typeof FieldValue>;
export type FieldValues = z.infer<typeof FieldValues>;
export type FieldView = z.infer<typeof FieldView>;
