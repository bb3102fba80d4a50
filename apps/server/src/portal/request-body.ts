import type { C } from './reply.js';

/** Bytes of a form that are read at all; beyond, the rest is let pass by unread. */
const mostKept = 16 * 1_048_576;

const boundaryOf = (type: string): string | undefined => /boundary="?([^";]+)"?/i.exec(type)?.[1];

/** Reads up to `most` bytes and lets the rest pass, so that the browser can finish sending and hear the answer. */
const readUpTo = async (body: ReadableStream<Uint8Array>, most: number) => {
  const parts: Uint8Array[] = [];
  let left = most;
  let whole = true;
  for await (const part of body as unknown as AsyncIterable<Uint8Array>) {
    if (part.length > left) whole = false;
    if (left > 0) parts.push(part.subarray(0, left));
    left = Math.max(0, left - part.length);
  }
  return { bytes: Buffer.concat(parts), whole };
};

/** A form as sent, and whether all of it could be taken. */
export interface SentForm {
  readonly form: FormData;
  readonly whole: boolean;
}

/**
 * Reads a form; of one that is too large it still gives the texts, which stand before the photo.
 * Why: a photo that is too large must not cost the words that came with it.
 */
export const readForm = async (c: C): Promise<SentForm> => {
  const type = c.req.header('content-type') ?? '';
  const { body } = c.req.raw;
  const boundary = boundaryOf(type);
  if (body === null) return { form: new FormData(), whole: true };
  if (boundary === undefined) return { form: await c.req.formData(), whole: true };
  const { bytes, whole } = await readUpTo(body, mostKept);
  const closed = whole ? bytes : Buffer.concat([bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  try {
    return { form: await new Response(closed, { headers: { 'content-type': type } }).formData(), whole };
  } catch {
    return { form: new FormData(), whole: false };
  }
};
