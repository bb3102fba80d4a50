import { z } from 'zod';

/** A word of the pack language: lower-case words joined by hyphens; the value is kept as written, never turned into camelCase. */
export const Word = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);

/** One value or a list of them; always read as a list, so that a pack may write `by: resident`. */
export const oneOrMany = <T extends z.ZodType>(item: T) =>
  z.union([z.array(item).min(1), item.transform((one) => [one])]) as unknown as z.ZodType<
    z.output<T>[],
    z.input<T> | z.input<T>[]
  >;

/** Sources 依据 of a figure or a duty: ids of articles or clauses. */
export const SourceList = oneOrMany(z.string().min(1));

/**
 * Blank 由地方填写: a value that an overlay must fill before the procedure can run.
 * The document behind a pack often says "within the time limit" and names none; a guess would be a rule nobody made.
 */
export const Blank = z.strictObject({
  setLocally: z.literal(true),
  between: z.tuple([z.union([z.string(), z.number()]), z.union([z.string(), z.number()])]).exactOptional(),
  source: SourceList.exactOptional(),
});
export type Blank = z.infer<typeof Blank>;

/** Whether a value still waits for an overlay. */
export const isBlank = (value: unknown): value is Blank =>
  typeof value === 'object' && value !== null && 'setLocally' in value;

/** Level 办理层级 of a matter: where it is being handled; a matter moves up, never down, except by a transfer the lower office accepts. */
export const MatterLevel = z.enum(['group', 'village', 'township', 'county']);
export type MatterLevel = z.infer<typeof MatterLevel>;

/** The level above, or undefined at the top: 组 → 村 → 镇 → 县. */
export function levelAbove(level: MatterLevel): MatterLevel | undefined {
  return MatterLevel.options[MatterLevel.options.indexOf(level) + 1];
}
