import { createRoute, z } from '@hono/zod-openapi';
import { commandHeaders, formBody, GivenFile, json } from './route-parts.js';
import { DivisionCode, Id, Refusal } from './shapes.js';

/** Attachments (附件): sent before the act that carries them, and named by their id in it. */

/** An attachment as kept. */
export const FileView = z
  .object({
    id: Id,
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .openapi({ description: 'of the bytes as kept' }),
    mediaType: z.string(),
    bytes: z.number().int(),
    width: z.number().int().nullable(),
    height: z.number().int().nullable(),
    name: z.string(),
  })
  .openapi('File');

export const addFileRoute = createRoute({
  method: 'post',
  path: '/api/files',
  tags: ['files'],
  summary: 'Send an attachment; images are written anew without their metadata',
  request: {
    headers: commandHeaders,
    body: formBody(z.object({ division: DivisionCode, file: GivenFile })),
  },
  responses: {
    201: json(FileView, 'kept'),
    401: json(Refusal, 'nobody is logged in'),
    413: json(Refusal, 'too large'),
    415: json(Refusal, 'not an accepted type'),
    422: json(Refusal, 'the name lies about the content'),
  },
});

export const readFileRoute = createRoute({
  method: 'get',
  path: '/api/files/{file}',
  tags: ['files'],
  summary: 'Fetch an attachment',
  request: { params: z.object({ file: Id }), query: z.object({ name: z.string().max(200).optional() }) },
  responses: {
    200: { description: 'the bytes', content: { 'application/octet-stream': { schema: z.any() } } },
    404: json(Refusal, 'not there, or not yours to see'),
  },
});
