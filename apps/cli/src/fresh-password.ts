import { randomBytes } from 'node:crypto';

const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password nobody chose: twelve characters that are not mistaken for each other when read aloud. */
export const freshPassword = (): string => [...randomBytes(12)].map((byte) => letters[byte % letters.length]).join('');
