import { countyOf } from '@lianxin/domain';
import type { Demonstration } from '@lianxin/pack-reader';
import type { BuiltCounty } from './build-county.js';

const noPlace = { parent: null, site_kind: null, estate_age: null };
const party = { parent: null, code: null, branch_kind: null, enterprise_led: false };

/** Whether an example belongs to the county being built. */
const isOf = (county: BuiltCounty, division: string): boolean => countyOf(division)?.slice(0, 6) === county.rows.county;

/** The community's Party committee, which estate branches stand under; made once beside the community's own branch. */
const committeesOf = (data: Demonstration, county: BuiltCounty) => {
  const made = new Map<string, string>();
  const villages = data.divisions.counties.flatMap((one) => one.townships.flatMap((township) => township.villages));
  return (division: string): string | undefined => {
    const known = made.get(division);
    const branch = county.branches.get(division);
    if (known !== undefined || branch === undefined) return known;
    const { rows } = county;
    const above = rows.rows
      .get('body_link')
      ?.find((row) => row.from_body === branch && row.kind === 'party-tree')?.to_body;
    if (typeof above !== 'string') return undefined;
    const name = villages.find((village) => village.code === division)?.name ?? division;
    const committee = rows.add('body', {
      ...party,
      division,
      kind: 'committee',
      name: `中共${name}委员会`,
      place: null,
      place_tier: 'community',
    });
    rows.add('body_link', { division, from_body: committee, to_body: above, kind: 'party-tree' });
    made.set(division, committee);
    return committee;
  };
};

const addEstates = (data: Demonstration, county: BuiltCounty): void => {
  const { rows } = county;
  const committeeOf = committeesOf(data, county);
  for (const estate of data.people.estates.filter((one) => isOf(county, one.village))) {
    const division = estate.village;
    const place = rows.add('place', {
      ...noPlace,
      division,
      kind: 'estate',
      name: estate.name,
      estate_age: estate.age,
    });
    const committee = estate.led ? committeeOf(division) : undefined;
    let branch: string | undefined;
    if (committee !== undefined) {
      const name = `${estate.name}党支部`;
      branch = rows.add('body', { ...party, division, kind: 'branch', name, place, place_tier: 'estate' });
      rows.add('body_link', { division, from_body: branch, to_body: committee, kind: 'party-tree' });
    }
    for (let number = 1; number <= estate.buildings; number += 1) {
      const building = rows.add('place', {
        ...noPlace,
        division,
        kind: 'building',
        name: `${number}号楼`,
        parent: place,
      });
      if (branch === undefined || number > estate.groups) continue;
      const group = rows.add('body', {
        ...party,
        division,
        kind: 'party-group',
        name: `${estate.name}${number}号楼党小组`,
        place: building,
        place_tier: 'building',
      });
      rows.add('body_link', { division, from_body: group, to_body: branch, kind: 'party-tree' });
    }
    if (estate.way !== undefined) {
      rows.add('service_room', {
        division,
        estate: place,
        way: estate.way,
        area_square_metres: 420,
        state: estate.ready ? 'ready' : 'planned',
      });
    }
  }
};

const addSites = (people: Demonstration['people'], county: BuiltCounty): void => {
  const { rows } = county;
  for (const site of people.sites.filter((one) => isOf(county, one.village))) {
    const division = site.village;
    const place = rows.add('place', { ...noPlace, division, kind: 'site', name: site.name, site_kind: site.kind });
    const above = county.branches.get(division);
    if (!site.covered || above === undefined) continue;
    const group = rows.add('body', {
      ...party,
      division,
      kind: 'party-group',
      name: `${site.name}党小组`,
      place,
      place_tier: 'community',
    });
    rows.add('body_link', { division, from_body: group, to_body: above, kind: 'party-tree' });
  }
};

const addRegisters = (people: Demonstration['people'], county: BuiltCounty): void => {
  const { rows } = county;
  for (const one of people.organisations.filter((each) => isOf(county, each.village))) {
    const division = one.village;
    const organisation = rows.add('organisation', { division, kind: one.kind, name: one.name, party_body: null });
    const branch = county.branches.get(division);
    const contact = county.contacts.get(division);
    if (one.linked && branch !== undefined && contact !== undefined) {
      rows.add('organisation_link', { division, organisation, branch, contact });
    }
  }
  for (const one of people.stations.filter((each) => isOf(county, each.village))) {
    rows.add('convenience_station', {
      division: one.village,
      name: one.name,
      former_village: one.formerVillage,
      facilities_score: one.facilities,
      location_score: one.location,
      is_main: one.main,
    });
  }
  for (const one of people.management.filter((each) => isOf(county, each.township))) {
    const body = county.offices.get(`${one.township} ${one.code}`);
    if (body === undefined) throw new Error(`people.yaml: no office ${one.code} in ${one.township}`);
    for (const dimension of ['people', 'money', 'property'] as const) {
      rows.add('office_management', { division: one.township, body, dimension, managed_by: one[dimension] });
    }
  }
};

/** Adds estates, sites, organisations, stations and office management 示例, so that every coverage report has something to show. */
export const addExamples = (data: Demonstration, county: BuiltCounty): void => {
  addEstates(data, county);
  addSites(data.people, county);
  addRegisters(data.people, county);
};
