import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashOfPack } from './pack-texts.js';
import { readPackTexts } from './read-packs.js';

const manifest = (id: string, rest = ''): string =>
  `id: ${id}\ntitle: 章程\nversion: 1.0.0\nmaintainer: 茶友会\n${rest}`;
const settings = (id: string, duration: string, rest = ''): string =>
  `kind: settings\nid: ${id}\ntitle: 设定值\nin-force: { from: 2026-01-01${rest} }\nsettings:\n  - { id: answer, title: 回复, duration: ${duration}, source: TC-ART-3 }\n`;
const sources = 'sources: [{ id: TC-ART-3, title: 章程, confidence: seen, summary: 回复 }]\n';

type Files = Record<string, string>;
/** Reads packs and gives every fault, of reading and of checking, as `file:line code`. */
function faultsOf(packs: Record<string, Files>): string[] {
  const read = readPackTexts(new Map(Object.entries(packs).map(([id, files]) => [id, new Map(Object.entries(files))])));
  const checked = [...read.packs.values()].flatMap((pack) => read.check(pack, new Set(['DY-66'])));
  return [...read.faults, ...checked].map((each) => `${each.file}:${each.line} ${each.fault.code}`);
}

const sound: Files = {
  'pack.yaml': manifest('tea'),
  'sources.yaml': sources,
  'figures/from-2026-01-01.yaml': settings('figures', '7 days'),
};

describe('a pack that is sound', () => {
  test('is read without a fault', () => {
    expect(faultsOf({ tea: sound })).toEqual([]);
  });
});

describe('a fault names the file and the line it stands on (K9)', () => {
  const refused: [string, Files, string][] = [
    [
      'an unknown key',
      { 'figures/from-2026-01-01.yaml': `${settings('figures', '7 days')}colour: red\n` },
      'tea/figures/from-2026-01-01.yaml:7 pack-key-unknown',
    ],
    [
      'a file named by another day',
      { 'figures/from-2026-02-01.yaml': settings('other', '7 days') },
      'tea/figures/from-2026-02-01.yaml:4 rule-date-mismatch',
    ],
    [
      'a rule without in-force',
      {
        'figures/b.from-2026-01-01.yaml':
          'kind: settings\nid: b\ntitle: 乙\nsettings: [{ id: a, title: 甲, number: 1, source: TC-ART-3 }]\n',
      },
      'tea/figures/b.from-2026-01-01.yaml:1 pack-value-missing',
    ],
    ['a file of no known name', { 'figures/notes.yaml': 'a: 1\n' }, 'tea/figures/notes.yaml:1 pack-file-unexpected'],
    [
      'a source nobody lists',
      { 'sources.yaml': 'sources: []\n' },
      'tea/figures/from-2026-01-01.yaml:6 pack-source-unknown',
    ],
    [
      'a pack that is not there',
      { 'pack.yaml': manifest('tea', 'extends: [coffee]\n') },
      'tea/pack.yaml:5 pack-unknown',
    ],
    ['a folder of another name', { 'pack.yaml': manifest('coffee') }, 'tea/pack.yaml:1 pack-value-invalid'],
    [
      'a clause without a folder',
      { 'clauses.yaml': 'clauses:\n  - { id: TC-C1, clause: 一, title: 甲, mechanism: serving }\n' },
      'tea/clauses.yaml:2 mechanism-unknown',
    ],
    [
      'a requirement nobody asked for',
      { 'clauses.yaml': 'clauses:\n  - { id: TC-C1, clause: 一, title: 甲, requirements: [DY-67], none: 无 }\n' },
      'tea/clauses.yaml:2 requirement-unknown',
    ],
    [
      'two versions for one day',
      { 'figures/from-2026-03-01.yaml': settings('figures', '7 days').replace('from: 2026-01-01', 'from: 2026-03-01') },
      'tea/figures/from-2026-03-01.yaml:4 rule-versions-overlap',
    ],
    [
      'one id in two mechanisms',
      { 'others/from-2026-01-01.yaml': settings('figures', '7 days') },
      'tea/others/from-2026-01-01.yaml:2 id-duplicate',
    ],
    [
      'a source listed twice',
      {
        'sources.yaml': `${sources.trimEnd().slice(0, -1)}, { id: TC-ART-3, title: 章程, confidence: seen, summary: 再 }]\n`,
      },
      'tea/sources.yaml:1 id-duplicate',
    ],
  ];
  for (const [what, files, fault] of refused) {
    test(`${what} is refused`, () => {
      expect(faultsOf({ tea: { ...sound, ...files } })).toEqual([fault]);
    });
  }

  test('an overlay that loosens is refused at its own file, and one that tightens is read', () => {
    const overlay = (duration: string): Record<string, Files> => ({
      tea: sound,
      green: {
        'pack.yaml': manifest('green', 'extends: [tea]\n'),
        'figures/from-2026-02-01.yaml': `extends: tea/figures\nin-force: { from: 2026-02-01 }\nsettings:\n  - { id: answer, duration: ${duration} }\n`,
      },
    });
    expect(faultsOf(overlay('9 days'))).toEqual(['green/figures/from-2026-02-01.yaml:1 overlay-changes']);
    const missing = overlay('7 days');
    expect(faultsOf({ green: missing['green'] ?? {} })).toEqual([
      'green/figures/from-2026-02-01.yaml:1 overlay-base-unknown',
      'green/pack.yaml:5 pack-unknown',
    ]);
    expect(faultsOf(overlay('7 days'))).toEqual([]);
  });

  test('packs that extend each other in a circle are refused', () => {
    const circle = faultsOf({
      tea: { 'pack.yaml': manifest('tea', 'extends: [green]\n') },
      green: { 'pack.yaml': manifest('green', 'extends: [tea]\n') },
    });
    expect(circle.map((each) => each.split(' ')[1])).toContain('pack-extends-circle');
  });
});

describe('the content hash of a pack', () => {
  const files = new Map(Object.entries(sound));
  test('changes with every rule text and not with cases, prose or line ends', () => {
    const hash = hashOfPack(files, []);
    expect(
      hashOfPack(new Map([...files, ['figures/from-2026-01-01.yaml', settings('figures', '8 days')]]), []),
    ).not.toBe(hash);
    expect(hashOfPack(new Map([...files, ['figures/cases/a.case.yaml', 'title: 甲\n']]), [])).toBe(hash);
    expect(hashOfPack(new Map([...files].map(([path, text]) => [path, text.replaceAll('\n', '\r\n')])), [])).toBe(hash);
    expect(hashOfPack(files, ['base'])).not.toBe(hash);
  });

  test('does not depend on the order in which files are listed, and no two different folders share it by shifting text between files', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.string(), { maxKeys: 4 }), (texts) => {
        const entries = Object.entries(texts);
        expect(hashOfPack(new Map(entries.toReversed()), [])).toBe(hashOfPack(new Map(entries), []));
      }),
    );
    expect(hashOfPack(new Map([['a', 'x\nb\n']]), [])).not.toBe(
      hashOfPack(
        new Map([
          ['a', 'x'],
          ['b', ''],
        ]),
        [],
      ),
    );
  });
});
