import { z } from '@hono/zod-openapi';
import { Refusal } from './shapes.js';

/** An answer in JSON, as a route of the contract describes it. */
export const json = <S extends z.ZodType>(schema: S, description: string) => ({
  content: { 'application/json': { schema } },
  description,
});

/** An answer that is a workbook (xlsx). */
export const workbook = (description: string) => ({
  content: { 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { schema: z.string() } },
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
});
