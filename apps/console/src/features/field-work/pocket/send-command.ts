import { RefusedError, type Call } from '@lianxin/contract/client';
import type { Send } from './sender.js';

/** Refusals that wait for the person: to log in again, or to unlock the screen. */
const nobody = new Set(['not-signed-in', 'session-expired', 'session-locked']);
/** Refusals that pass by themselves, whatever the command says. */
const passing = new Set(['command-in-progress', 'rate-limited', 'temporarily-unavailable']);

/**
 * Sends commands by the contract's client. An answer counts as arrived only when it is one of ours: a café's log-in page answers
 * everything with 200, and a proxy refuses without a reason.
 */
export const sendBy =
  (call: Call): Send =>
  async (commandId, path, params, json, writtenAt) => {
    try {
      // The outbox keeps commands as data; which route they are for was checked where they were made.
      const body: unknown = await (
        call as unknown as (method: 'post', path: string, input: object) => Promise<unknown>
      )('post', path, { params, json, commandId, writtenAt });
      const id = typeof body === 'object' && body !== null && 'id' in body ? body.id : undefined;
      return typeof id === 'string' ? { is: 'arrived', answer: id, arrival: body } : { is: 'later' };
    } catch (error) {
      if (!(error instanceof RefusedError)) return { is: 'later' };
      if (error.faults.some(({ code }) => nobody.has(code))) return { is: 'log-in' };
      const ours = error.faults.length > 0 && error.status >= 400 && error.status < 500;
      if (!ours || error.faults.some(({ code }) => passing.has(code))) return { is: 'later' };
      return { is: 'refused', refusal: { status: error.status, faults: error.faults } };
    }
  };
