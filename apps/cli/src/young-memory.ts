import { setFlagsFromString } from 'node:v8';

/** By how much the engine enlarges the memory of young objects when many of them live on. */
const growth = (factor: 1 | 2): void => setFlagsFromString(`--semi-space-growth-factor=${factor}`);

/**
 * Keeps the memory of young objects as small as it begins, for the time of a start: whatever is loaded then lives on, the engine takes that for load and
 * reserves 32 MB, which an idle server never gives back.
 */
export const keepYoungMemorySmall = (): void => growth(1);

/** Lets it grow with the load again, as the engine does by itself. */
export const letYoungMemoryGrow = (): void => growth(2);
