import type { Feature } from '../http/feature.js';
import { open311Routes } from './open311.routes.js';

export { open311Errors } from './errors.js';

/** Open311 GeoReport v2 开放诉求接口: applications that are not ours tell and follow requests on the same matters. */
export const open311Feature: Feature = { name: 'open311', routes: open311Routes };
