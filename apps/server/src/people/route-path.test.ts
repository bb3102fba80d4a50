import { describe, expect, it } from 'vitest';
import { array, assert as assertProperty, nat, property } from 'fast-check';
import { pathBetween, type ChainOffice } from './route-path.js';

const office = (body: string, level: string, next: string | null): ChainOffice => ({
  body,
  name: body,
  division: '999902000000',
  level,
  next,
});
const chain: readonly ChainOffice[] = [
  office('head', 'county', null),
  office('department', 'county', 'head'),
  office('town', 'township', 'head'),
  office('other-town', 'township', 'head'),
  office('village', 'village', 'town'),
  office('other-village', 'village', 'other-town'),
  office('lost-village', 'village', null),
];
const way = (from: string, to: string): readonly string[] => {
  const found = pathBetween(chain, from, to);
  return found.ok ? found.value.map((station) => station.body) : found.faults.map((one) => one.code);
};

describe('the way a matter takes between offices', () => {
  it('leads from a village office through the town office and the head of the chain to a department: 4 stations [DY-80]', () => {
    expect(way('village', 'department')).toEqual(['village', 'town', 'head', 'department']);
  });

  it('leads back down the same stations, and to a village of another town over the head [DY-80]', () => {
    expect(way('department', 'village')).toEqual(['department', 'head', 'town', 'village']);
    expect(way('village', 'other-village')).toEqual(['village', 'town', 'head', 'other-town', 'other-village']);
  });

  it('does not climb higher than it must: a village reaches its own town directly [DY-80]', () => {
    expect(way('village', 'town')).toEqual(['village', 'town']);
    expect(way('village', 'village')).toEqual(['village']);
  });

  it('names the office above which the chain is broken, and an office that is not in it [DY-80]', () => {
    expect(way('lost-village', 'department')).toEqual(['office-chain-broken']);
    expect(way('village', 'nobody')).toEqual(['unknown-body']);
  });

  it('never passes an office twice, whatever tree of offices there is [DY-80]', () => {
    assertProperty(
      property(array(nat(), { minLength: 1, maxLength: 30 }), nat(), nat(), (parents, a, b) => {
        const offices = parents.map((parent, at) => office(`o${at}`, 'x', at === 0 ? null : `o${parent % at}`));
        const found = pathBetween(offices, `o${a % offices.length}`, `o${b % offices.length}`);
        const stations = found.ok ? found.value.map((station) => station.body) : [];
        expect(stations.length).toBeGreaterThan(0);
        expect(new Set(stations).size).toBe(stations.length);
      }),
    );
  });

  it('throws on a ring of links, which only a bug can make', () => {
    const ring = [office('a', 'x', 'b'), office('b', 'x', 'a')];
    expect(() => pathBetween(ring, 'a', 'b')).toThrow(/ring/);
  });
});
