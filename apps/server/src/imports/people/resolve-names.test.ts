import { describe, expect, it } from 'vitest';
import type { VillageFound } from './people.store.js';
import { nameFinder } from './resolve-names.js';

const villageCalled = (code: string, name: string, shortName = name): VillageFound => ({
  code,
  name,
  shortName,
  township: '演示镇',
});

describe('the name of a village in a sheet', () => {
  const finder = nameFinder(
    [
      villageCalled('990101001001', '紫水社区'),
      villageCalled('990101001002', '南桥居委会'),
      villageCalled('990101001201', '柳溪村村委会', '柳溪村'),
      villageCalled('990101001202', '双溪村'),
      villageCalled('990101001203', '南溪村'),
    ],
    [],
    [],
  );
  const found = (entered: string): string => {
    const village = finder.village(entered);
    return village.ok ? village.value.code : village.faults.map((one) => one.code).join();
  };

  it.each([
    ['紫水社区居委会', '990101001001'],
    ['紫水社区居民委员会', '990101001001'],
    ['演示镇紫水社区居委会', '990101001001'],
    ['南桥社区', '990101001002'],
    ['柳溪村民委员会', '990101001201'],
    ['双溪村委会', '990101001202'],
    ['双溪村村委会', '990101001202'],
  ])('%s is found under what the list calls it', (entered, code) => {
    expect(found(entered)).toBe(code);
  });

  it('is not taken for a community, or the other way round', () => {
    expect([found('南桥村'), found('南溪社区'), found('紫水村委会')]).toEqual(Array(3).fill('village-unknown'));
  });
});
