import type { Fault } from '@lianxin/domain';

/** A fault of a pack with the file and line it stands at, as an editor counts. `file` is relative to the folder of packs. */
export type PlacedFault = { fault: Fault; file: string; line: number; column: number };
