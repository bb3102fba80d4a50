import type { Feature } from '../http/feature.js';
import { logInsRoutes } from './log-ins.routes.js';

/** Log-ins that an administrator hands out. */
export const logInsFeature: Feature = { name: 'log-ins', routes: logInsRoutes };
