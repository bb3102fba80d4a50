import type { Hook } from '@hono/zod-openapi';
import { fault, type Fault } from '@lianxin/domain';
import { refuseWith } from './answer.js';
import type { Environment } from './environment.js';

/** An issue of the schema library, as far as it is read here. */
interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly input?: unknown;
  readonly keys?: readonly string[];
}

const faultsOf = (issue: Issue): Fault[] => {
  const field = issue.path.map(String).join('.') || 'body';
  if (issue.code === 'unrecognized_keys')
    return (issue.keys ?? []).map((key) => fault('field-unknown', { field: key }));
  const missing = issue.code === 'invalid_type' && /received undefined/.test(issue.message);
  return [missing ? fault('field-missing', { field }) : fault('field-invalid', { field, reason: issue.message })];
};

/** Answers a request that its schema does not take: every field at fault, each by name. */
export const onInvalid: Hook<unknown, Environment, string, unknown> = (result, c) => {
  if (result.success) return undefined;
  const faults = result.error.issues.flatMap((issue) => faultsOf(issue as Issue)).slice(0, 50);
  return refuseWith(c, faults.length === 0 ? [fault('malformed-json')] : faults);
};
