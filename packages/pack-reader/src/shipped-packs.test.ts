import { explainFault, readFaultsForCases, readForCases, readMechanism } from '@lianxin/domain';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readHolidays } from './read-holidays.js';
import { readPacks } from './read-packs.js';

const root = fileURLToPath(new URL('../../../policy-packs', import.meta.url));
const requirementIds = new Set(readFileSync(`${root}/requirement-ids.txt`, 'utf8').trim().split('\n'));
const read = readPacks(root);

describe('the packs that ship', () => {
  test('every file of every pack can be read', () => {
    expect(read.faults.map((each) => `${each.file}:${each.line} ${explainFault(each.fault, 'zh-CN').what}`)).toEqual(
      [],
    );
    expect([...read.packs.keys()]).toContain('cn-statute');
  });

  for (const pack of read.packs.values()) {
    test(`${pack.manifest.id} has no fault that pack check knows`, () => {
      const faults = read.check(pack, requirementIds);
      expect(faults.map((each) => `${each.file}:${each.line} ${explainFault(each.fault, 'zh-CN').what}`)).toEqual([]);
    });
  }

  test('the statute pack says of each article how surely its wording is known', () => {
    const sources = read.packs.get('cn-statute')?.sources ?? [];
    expect(sources.length).toBeGreaterThan(240);
    expect(sources.find((source) => source.id === 'LAW-XF-34')).toMatchObject({
      confidence: 'seen',
      article: '第三十四条',
    });
  });

  test('the calendar of the years 2011 to 2026 is loaded', () => {
    const calendar = readHolidays(`${root}/cn-public-calendar`);
    expect(calendar.ok && Math.min(...calendar.holidays.loadedYears)).toBe(2011);
    expect(calendar.ok && calendar.holidays.loadedYears.has(2026)).toBe(true);
  });

  for (const pack of read.packs.values()) {
    for (const mechanism of pack.mechanisms) {
      test(`the prose and drawings of ${pack.manifest.id}/${mechanism} are current: npx lianxin pack read policy-packs writes them`, () => {
        const stale = readMechanism(mechanism, pack, read.packs).filter((file) => {
          const path = `${root}/${pack.manifest.id}/${file.path}`;
          return !existsSync(path) || readFileSync(path, 'utf8') !== file.text;
        });
        expect(stale.map((file) => file.path)).toEqual([]);
      });
    }
  }

  test('what case authors read is current: npx lianxin pack read policy-packs writes it', () => {
    const references = [...read.packs].flatMap(([id, pack]) => {
      const reference = readForCases(pack);
      return reference === undefined ? [] : [{ path: `${id}/${reference.path}`, text: reference.text }];
    });
    const stale = [readFaultsForCases(), ...references].filter(
      ({ path, text }) => !existsSync(`${root}/${path}`) || readFileSync(`${root}/${path}`, 'utf8') !== text,
    );
    expect(stale.map(({ path }) => path)).toEqual([]);
    expect(references.length).toBeGreaterThan(4);
  });
});
