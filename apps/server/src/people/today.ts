import { countyDate } from '@lianxin/domain';
import type { Deps } from '../deps.js';

/** The server's day in the county. */
export const today = (deps: Deps): string => countyDate(deps.clock());
