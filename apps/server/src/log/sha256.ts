import { createHash } from 'node:crypto';
import type { Sha256 } from '@lianxin/domain';

/** SHA-256 of the machine, as the kernel of the log takes it. */
export const sha256: Sha256 = (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest());
