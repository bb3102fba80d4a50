import { z } from 'zod';
import { MatterLevel, Word } from './words.js';

/** At which level an office is meant: a fixed one, or the one at which the matter stands now. */
const At = z.union([MatterLevel, z.literal('current')]);

/** Plain words for parties that need no parameter, so that a pack may write `by: [resident]`. */
const PlainParty = z
  .enum(['resident', 'filer', 'handler', 'first-contact', 'offered', 'officer', 'anyone', 'system'])
  .transform((word): PlainWho => {
    switch (word) {
      case 'resident':
        return { resident: true };
      case 'filer':
        return { filer: true };
      case 'handler':
        return { handler: true };
      case 'first-contact':
        return { firstContact: true };
      case 'offered':
        return { offered: true };
      case 'officer':
        return { officer: true };
      case 'anyone':
        return { anyone: true };
      case 'system':
        return { system: true };
    }
  });

type PlainWho =
  | { resident: true }
  | { filer: true }
  | { handler: true }
  | { firstContact: true }
  | { offered: true }
  | { officer: true; at?: MatterLevel | 'current' }
  | { anyone: true }
  | { system: true };

/**
 * Who 由谁: a party that may act, always relative to the division of the matter.
 *
 * | written | who |
 * |---|---|
 * | `{ body }` | anyone holding a post in that body (or kind of body) over the matter's division |
 * | `{ post, of }` | the holder of that post |
 * | `{ office }` | an office of the service catalogue |
 * | `resident` | any resident, known or not; staff may act for one only where the act says `on-behalf` |
 * | `filer` | the person whose matter it is |
 * | `handler` | the person named as handler; while none is named, the office that holds the matter |
 * | `first-contact` | the person who first took the request |
 * | `offered` | the office or person a transfer has been offered to |
 * | `officer` | anyone holding an office over the matter's division |
 * | `{ someoneNot: 'handler', of }` | an officer who never handled this matter |
 * | `{ sampledFrom }` | a member of that body drawn for this matter, never a handler |
 * | `system` | the deadline itself |
 */
export const Who = z.union([
  PlainParty,
  z.strictObject({ body: Word, at: At.exactOptional() }),
  z.strictObject({ post: Word, of: Word.exactOptional(), at: At.exactOptional() }),
  z.strictObject({ office: Word, at: At.exactOptional() }),
  z.strictObject({ resident: z.literal(true) }),
  z.strictObject({ filer: z.literal(true) }),
  z.strictObject({ handler: z.literal(true) }),
  z.strictObject({ firstContact: z.literal(true) }),
  z.strictObject({ offered: z.literal(true) }),
  z.strictObject({ officer: z.literal(true), at: At.exactOptional() }),
  z.strictObject({ anyone: z.literal(true) }),
  z.strictObject({ someoneNot: z.literal('handler'), of: Word.exactOptional(), at: At.exactOptional() }),
  z.strictObject({ sampledFrom: Word }),
  z.strictObject({ system: z.literal(true) }),
]);
export type Who = z.output<typeof Who>;
