import type { Feature } from './http/feature.js';
import { accessFeature } from './access/index.js';
import { filesFeature } from './files/index.js';

/** Every feature of the server, in the order in which their routes are tried; a new feature adds its line. */
export const features: readonly Feature[] = [accessFeature, filesFeature];
