import { z } from '@hono/zod-openapi';

/** What the browser's `navigator.credentials` gives back (通行密钥的应答), as WebAuthn writes it in JSON. */
export const PasskeyAnswer = z
  .looseObject({
    id: z.string().min(1).max(1400),
    rawId: z.string().min(1).max(1400),
    type: z.literal('public-key'),
    response: z.record(z.string(), z.unknown()),
  })
  .openapi('PasskeyAnswer');

export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>;
