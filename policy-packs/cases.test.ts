import { explainFault } from '@lianxin/domain';
import { openPackTexts, readHolidays, readPackTexts } from '@lianxin/pack-reader';
import { readCases, readLooseCases, titleOfCase } from '@lianxin/testkit/cases';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('.', import.meta.url));
const texts = openPackTexts(root);
const { packs } = readPackTexts(texts);
const calendar = readHolidays(`${root}/cn-public-calendar`);
if (!calendar.ok) throw new Error('the calendar cannot be read; packages/pack-reader tests say why');

for (const pack of packs.values()) {
  const { cases, faults } = readCases(pack, texts.get(pack.manifest.id) ?? new Map(), packs, calendar.holidays);
  if (cases.length === 0 && faults.length === 0) continue;
  describe(pack.manifest.title, () => {
    test(`every case file of ${pack.manifest.id} can be read and is about a rule in force`, () => {
      expect(faults.map((each) => `${each.file}:${each.line} ${explainFault(each.fault, 'zh-CN').what}`)).toEqual([]);
    });
    for (const each of cases) {
      test(titleOfCase(each), () => {
        expect(each.run().map((difference) => `${each.file}: ${difference}`)).toEqual([]);
      });
    }
  });
}

describe('README.md', () => {
  test('holds whole cases that hold: what an author copies out of it runs', () => {
    const examples = readFileSync(`${root}/README.md`, 'utf8').matchAll(/^```yaml\n([\s\S]*?)^```$/gm);
    const whole = [...examples].flatMap(([, text = '']) => (/^pack: /m.test(text) ? [text] : []));
    const files = new Map(whole.map((text, at) => [`example-${at}.case.yaml`, text]));
    const { cases, faults } = readLooseCases(files, packs, calendar.holidays);
    expect(faults).toEqual([]);
    expect(cases.map((each) => each.run())).toEqual([[], []]);
  });
});
