import { createHmac } from 'node:crypto';
import type { Keys } from '../storage/keys.js';

/** Letters and figures that are not mistaken for each other when read aloud or off a slip. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/**
 * The first password 初始密码 that a command hands out: twelve characters, the same for the same command.
 *
 * Made from the installation's key and the command's id, so that an answer repeated after a lost line shows it again although it is kept
 * nowhere: neither with the answers of commands nor in the journal.
 */
export const firstPassword = (keys: Keys, person: string, commandId: string): string => {
  const bytes = createHmac('sha256', keys.keyFor('first-password/v1')).update(`${person}\n${commandId}`).digest();
  return [...bytes.subarray(0, 12)].map((byte) => letters[byte % letters.length]).join('');
};
