import { Feed } from 'feed';
import type { Deps } from '../deps.js';
import { listCounties } from '../matters/index.js';
import { listDivisionsBelow } from '../people/index.js';
import { inContext, publicContext } from '../storage/index.js';
import { listDisclosures, newestVersions } from './disclosures.store.js';

/** What a village published, newest first, as an Atom feed: one entry a version, so that a correction arrives as news. */
export const atomFor = async (deps: Deps, division: string, village: string): Promise<string> => {
  const versions = await inContext(deps, publicContext(division), (tx) => newestVersions(tx, division, 50));
  const { origin } = deps.config;
  const at = (day: string): Date => new Date(`${day}T00:00:00+08:00`);
  const feed = new Feed({
    id: `${origin}/v/${division}/board`,
    title: `${village}村务公开`,
    link: `${origin}/v/${division}/board`,
    feedLinks: { atom: `${origin}/v/${division}/feed.atom` },
    language: 'zh-CN',
    copyright: village,
    updated: at(versions[0]?.publishedOn ?? '2020-01-01'),
    author: { name: village },
  });
  for (const version of versions) {
    const link = `${origin}/v/${division}/board/${version.disclosure}`;
    feed.addItem({
      id: `${link}#v${version.version}`,
      title: version.version === 1 ? version.title : `${version.title}（第 ${version.version} 版，已更正）`,
      link,
      date: at(version.publishedOn),
      description: version.content.paragraphs[0] ?? version.title,
    });
  }
  return feed.atom1();
};

/** A file of a disclosure as data catalogues describe it. */
const distribution = (address: string, mediaType: string) => ({
  '@type': 'dcat:Distribution',
  'dcat:accessURL': { '@id': address },
  'dcat:downloadURL': { '@id': address },
  'dcat:mediaType': mediaType,
});

/** Everything the villages of a county published, as a DCAT catalogue in JSON-LD, for portals of open data to harvest. */
export const dataCatalogueFor = async (deps: Deps, county: string): Promise<object | undefined> => {
  if (!(await listCounties(deps)).includes(county)) return undefined;
  const { origin } = deps.config;
  const whole = `${county}000000`;
  return inContext(deps, publicContext(whole), async (tx) => {
    const townships = await listDivisionsBelow(tx, whole);
    const villages = (await Promise.all(townships.map((each) => listDivisionsBelow(tx, each.code)))).flat();
    const nameOf = new Map(villages.map((village) => [village.code, village.name]));
    const rows = await listDisclosures(tx, county, `${county}:`, 2000);
    return {
      '@context': {
        dcat: 'http://www.w3.org/ns/dcat#',
        dct: 'http://purl.org/dc/terms/',
        foaf: 'http://xmlns.com/foaf/0.1/',
        xsd: 'http://www.w3.org/2001/XMLSchema#',
      },
      '@id': `${origin}/data/${county}/catalog.jsonld`,
      '@type': 'dcat:Catalog',
      'dct:title': { '@value': '村务公开目录', '@language': 'zh' },
      'dct:language': 'zh',
      'dcat:dataset': rows
        .filter((row) => row.withdrawnOn === null && row.scope === 'residents')
        .map((row) => {
          const here = `${origin}/v/${row.division}/board/${row.id}`;
          return {
            '@id': here,
            '@type': 'dcat:Dataset',
            'dct:identifier': row.id,
            'dct:title': { '@value': row.title, '@language': 'zh' },
            'dct:issued': { '@value': row.publishedOn, '@type': 'xsd:date' },
            'dcat:version': String(row.version),
            'dct:publisher': { '@type': 'foaf:Agent', 'foaf:name': nameOf.get(row.division) ?? row.division },
            'dct:temporal': {
              '@type': 'dct:PeriodOfTime',
              'dcat:startDate': { '@value': row.periodFrom, '@type': 'xsd:date' },
              'dcat:endDate': { '@value': row.periodTo, '@type': 'xsd:date' },
            },
            'dcat:landingPage': { '@id': here },
            'dcat:distribution': [
              distribution(`${here}/print.pdf`, 'application/pdf'),
              distribution(`${here}/table.csv`, 'text/csv'),
              distribution(`${here}/table.xlsx`, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'),
            ],
          };
        }),
    };
  });
};
