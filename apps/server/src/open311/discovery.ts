import type { DivisionRow } from '../people/index.js';
import type { Node } from './xml.js';

/** Day on which what these addresses answer last changed its shape. */
const changeset = '2026-11-27T00:00:00Z';

/**
 * What clients read first 服务发现: where the interface is, and the counties it serves with their `jurisdiction_id`. The standard's document
 * has no list of jurisdictions; it stands beside the endpoints, where clients that do not know it pass over it.
 */
export const discoveryOf = (origin: string, counties: readonly DivisionRow[]): Node => ({
  changeset,
  contact: '各村、乡镇的联系方式见门户首页。 Offices and their numbers are on the portal.',
  key_service:
    '不需要 api_key：与门户一样，群众不用账号就能提出诉求。 No api_key is needed: as on the portal, nobody needs an account to tell a need.',
  endpoints: (['production', 'test'] as const).map((type) => ({
    specification: 'http://wiki.open311.org/GeoReport_v2',
    url: `${origin}/open311/v2`,
    changeset,
    type,
    formats: ['text/xml', 'application/json'],
  })),
  jurisdictions: counties.map(({ code, name }) => ({ jurisdiction_id: code.slice(0, 6), name })),
});
