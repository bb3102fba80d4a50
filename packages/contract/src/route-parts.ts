import { createRoute, z } from '@hono/zod-openapi';
import { Id, Refusal } from './shapes.js';

/** An answer in JSON, as a route of the contract describes it. */
export const json = <S extends z.ZodType>(schema: S, description: string) => ({
  content: { 'application/json': { schema } },
  description,
});

/** A body in JSON without which a request is refused. */
export const jsonBody = <S extends z.ZodType>(schema: S, description: string) => ({
  required: true as const,
  ...json(schema, description),
});

/** A file in a form. */
export const GivenFile = z.any().openapi({ type: 'string', format: 'binary' });

/** A body that is a form with a file, without which a request is refused. */
export const formBody = <S extends z.ZodType>(schema: S) => ({
  required: true as const,
  content: { 'multipart/form-data': { schema } },
});

/** The content type of a workbook (xlsx). */
export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** An answer that is a workbook (xlsx). */
export const workbook = (description: string) => ({
  content: { [workbookType]: { schema: z.string().openapi({ format: 'binary' }) } },
  description,
});

/** What any route may answer instead: every refusal is a list of faults, whatever its status. */
export const refusals = {
  400: json(Refusal, 'not readable'),
  401: json(Refusal, 'no session'),
  403: json(Refusal, 'the office held may not do this'),
  404: json(Refusal, 'not there, or not in the range of the office'),
  409: json(Refusal, 'another command is at work, or it changed meanwhile'),
  422: json(Refusal, 'refused by a rule, with every reason'),
};

/** What every command carries: its id, made and kept by the client before the first try; without it the command is refused. */
export const commandHeaders = z.object({
  'idempotency-key': z
    .string()
    .optional()
    .openapi({ description: 'made and kept by the client before the first try; without it the command is refused' }),
  'device-written-at': z.string().optional().openapi({
    description: 'when it was written, by the clock of the device, in ISO 8601; kept as evidence, decides nothing',
  }),
  'device-sent-at': z.string().optional().openapi({
    description:
      'what the clock of the device says at this try, in ISO 8601; more than five minutes off is said to people',
  }),
});

/**
 * The commands of one feature as routes: a command id in the header, a body in JSON, the same answer for all. `command` names what it is about
 * in its body, `commandOn` in its path: an `id`, or what `params` says.
 */
export const commandsOf = <A extends Readonly<Record<number, ReturnType<typeof json>>>>(tag: string, answers: A) => {
  const responses = { ...answers, ...refusals };
  const command = <P extends string, B extends z.ZodType>(path: P, summary: string, body: B) =>
    createRoute({
      method: 'post',
      path,
      tags: [tag],
      summary,
      request: { headers: commandHeaders, body: jsonBody(body, summary) },
      responses,
    });
  const commandIn =
    <W extends z.ZodObject>(params: W) =>
    <P extends string, B extends z.ZodType>(path: P, summary: string, body: B) =>
      createRoute({
        method: 'post',
        path,
        tags: [tag],
        summary,
        request: { headers: commandHeaders, params, body: jsonBody(body, summary) },
        responses,
      });
  return { command, commandIn, commandOn: commandIn(z.object({ id: Id })) };
};
