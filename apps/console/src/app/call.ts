import { createClient, RefusedError, type Call } from '@lianxin/contract/client';
import { v4 } from 'uuid';
import { hearClosed } from './expiry.js';
import { currentLanguage } from './language.js';

const send = createClient(currentLanguage);

/**
 * Calls the server in the person's language; a refusal arrives as RefusedError with its faults in words.
 * A session that has ended or is locked is told to the frame, which asks for the log-in or the password over the page; the refusal still reaches the caller,
 * who keeps what was typed and tries again.
 */
export const call: Call = async (method, path, input) => {
  try {
    return await send(method, path, input);
  } catch (error) {
    // Asking who is here is how the log-in page begins; a wrong password is no session that has ended.
    const asking = path === '/api/session' || path === '/api/me';
    if (error instanceof RefusedError)
      hearClosed(error.faults.map((fault) => fault.code).filter((code) => !(asking && code === 'not-signed-in')));
    throw error;
  }
};

/**
 * A command id (命令编号), made before the first try and kept until the answer is known, so that a second try does nothing twice. Made by a
 * library, since a browser has no `crypto.randomUUID` on a page from the office's network without https.
 */
export const newCommandId = (): string => v4();
