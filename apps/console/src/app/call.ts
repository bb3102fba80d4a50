import { createClient, RefusedError, type Call } from '@lianxin/contract/client';
import { setExpired } from './expiry.js';
import { currentLanguage } from './language.js';

const send = createClient(currentLanguage);

/**
 * Calls the server in the person's language; a refusal arrives as RefusedError with its faults in words.
 * A session that has ended is told to the frame, which asks for the log-in over the page; the refusal still reaches the caller,
 * who keeps what was typed and tries again.
 */
export const call: Call = async (method, path, input) => {
  try {
    return await send(method, path, input);
  } catch (error) {
    // A wrong password on one's own page is no session that has ended.
    const nobody = error instanceof RefusedError && error.faults.some((fault) => fault.code === 'not-signed-in');
    if (nobody && path !== '/api/session' && path !== '/api/me') {
      setExpired(true);
    }
    throw error;
  }
};

/** A command id (命令编号), made before the first try and kept until the answer is known, so that a second try does nothing twice. */
export const newCommandId = (): string => crypto.randomUUID();
