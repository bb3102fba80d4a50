import { createClient } from '@lianxin/contract/client';
import { currentLanguage } from './language.js';

/** Calls the server in the person's language; a refusal arrives as RefusedError with its faults in words. */
export const call = createClient(currentLanguage);

/** A command id (命令编号), made before the first try and kept until the answer is known, so that a second try does nothing twice. */
export const newCommandId = (): string => crypto.randomUUID();
