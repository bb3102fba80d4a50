import { readFileTree, readHolidays } from '@lianxin/pack-reader';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { CaseShortcuts, CoverageCase, DisclosureCase, ProcedureCase, RegisterCase } from './case-file.js';
import { readCases, titleOfCase } from './read-cases.js';
import { readTeaClub, teaClubTexts } from './tea-club-pack.js';

const calendar = readHolidays(fileURLToPath(new URL('../../../../policy-packs/cn-public-calendar', import.meta.url)));
if (!calendar.ok) throw new Error(JSON.stringify(calendar.faults));
const { holidays } = calendar;

const shortcuts = `people:
  steward: { post: steward, body: tea-club }
  steward-next-door: { post: steward, body: tea-club, division: '320102001006' }
acts:
  opened: { act: open, by: resident, at: 2026-06-05 10:00, fields: { tea: 碧螺春 } }
  accepted: { act: accept, by: steward, at: 2026-06-05 11:00 }
  served: { act: serve, by: steward, at: 2026-06-05 12:00 }
`;

/** Reads one case of the tea club and plays it. */
function play(text: string, folder = 'order'): { differences: readonly string[]; faults: string[]; title?: string } {
  const texts = teaClubTexts({ 'order/cases/shortcuts.yaml': shortcuts, [`${folder}/cases/one.case.yaml`]: text });
  const { pack, packs } = readTeaClub(texts);
  const { cases, faults } = readCases(pack, texts, packs, holidays);
  const [first] = cases;
  return {
    differences: first === undefined ? [] : first.run(),
    faults: faults.map((each) => `${each.file}:${each.line} ${each.fault.code}`),
    ...(first === undefined ? {} : { title: titleOfCase(first) }),
  };
}

describe('a case on a procedure', () => {
  test('holds when the act passes and the matter stands where it should', () => {
    const held = play(`title: 送到后由点单人确认才算完
covers: [DY-01]
on: 2026-06-05 13:00
record: [opened, accepted, served]
act: { act: confirm, by: resident }
then: { passes: true, effects: [end], progress: { stage: null, state: ended, result: served, stations: 1 } }
`);
    expect(held).toEqual({ differences: [], faults: [], title: '送到后由点单人确认才算完 [DY-01]' });
  });

  test('holds when the act is refused with exactly the faults expected', () => {
    const text = (expected: string): string => `title: 管事不能替点单人确认
on: 2026-06-05 13:00
record: [opened, accepted, served]
act: { act: confirm, by: steward }
then: { refused: ${expected} }
`;
    expect(play(text('[not-the-filer]')).differences).toEqual([]);
    expect(play(text('[not-the-handler]')).differences).toHaveLength(2);
  });

  test('fails when the act passes and should be refused, and the other way round', () => {
    const head = 'title: 接单\non: 2026-06-05 11:00\nrecord: [opened]\nact: { act: accept, by: steward }\n';
    expect(play(`${head}then: { refused: [recused] }\n`).differences).toEqual(['应当被拒绝，实际通过']);
    const stranger = head.replace('by: steward', 'by: steward-next-door');
    expect(play(`${stranger}then: { passes: true }\n`).differences[0]).toContain('not-your-division');
  });

  test('fails on an act of the record that the rule refuses, because then the story cannot have happened', () => {
    const broken = play(
      'title: 未接单就送\non: 2026-06-05\nrecord: [opened, served]\nthen: { progress: { stage: serve } }\n',
    );
    expect(broken.differences[0]).toContain('前面的动作 serve 被拒绝');
  });

  test('fails on every part of the progress that is not as stated', () => {
    const wrong = play(
      'title: 接单以后\non: 2026-06-05 13:00\nrecord: [opened, accepted]\nthen: { progress: { stage: accept, holder: steward, form: { tea: 龙井 } } }\n',
    );
    expect(wrong.differences).toEqual(['stage 应为 accept，实际为 serve', '栏目 tea 应为 "龙井"，实际为 "碧螺春"']);
  });

  test('knows the first day on which a limit is late: Friday plus one working day is late on Tuesday', () => {
    const text = (due: string, late: string): string =>
      `title: 一个工作日内接单\non: 2026-06-05 10:30\nrecord: [opened]\ndue: { accept: ${due} }\noverdue-on: { accept: ${late} }\n`;
    expect(play(text('2026-06-08', '2026-06-09')).differences).toEqual([]);
    expect(play(text('2026-06-08', '2026-06-08')).differences).toHaveLength(1);
    expect(play(text('2026-06-08', '2026-06-10')).differences).toHaveLength(1);
    expect(play(text('2026-06-06', '2026-06-09')).differences).toHaveLength(1);
  });

  test('says what may be done next and why the rest may not', () => {
    const next = (rest: string): readonly string[] =>
      play(`title: 接单以后\non: 2026-06-05 13:00\nrecord: [opened, accepted]\nnext: [{ by: steward, ${rest} }]\n`)
        .differences;
    expect(next('may: [serve], may-not: { confirm: [not-the-filer] }')).toEqual([]);
    expect(next('may: [confirm]')).toHaveLength(1);
    expect(next('may-not: { serve: [] }')).toHaveLength(1);
    expect(next('may: [pour]')).toEqual(['规则里没有动作 pour']);
  });

  test('names a person or shortcut that nobody defined', () => {
    const head = 'title: 接单\non: 2026-06-05 11:00\n';
    expect(play(`${head}record: [started]\n`).differences[0]).toContain('started');
    expect(
      play(`${head}record: [opened]\nact: { act: accept, by: boss }\nthen: { passes: true }\n`).differences[0],
    ).toContain('boss');
  });
});

describe('policy-packs/README.md', () => {
  const readme = readFileSync(new URL('../../../../policy-packs/README.md', import.meta.url), 'utf8');
  const examples = [...readme.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');

  test('shows cases and shortcuts that the reader accepts', () => {
    const kinds = examples.map((text) => {
      const file = readFileTree('readme.yaml', text);
      if (!file.ok) return JSON.stringify(file.faults);
      const schemas = { ProcedureCase, RegisterCase, CoverageCase, DisclosureCase, CaseShortcuts };
      return Object.entries(schemas).find(([, schema]) => schema.safeParse(file.tree.tree).success)?.[0];
    });
    expect(kinds).toEqual([
      'ProcedureCase',
      'ProcedureCase',
      'CaseShortcuts',
      'RegisterCase',
      'RegisterCase',
      'CoverageCase',
      'DisclosureCase',
    ]);
  });
});

describe('a case file that cannot be read', () => {
  test('is a fault with its line, never a case that is skipped', () => {
    expect(play('title: 接单\non: 2026-06-05\nwhen: now\n').faults).toEqual([
      'tea-club/order/cases/one.case.yaml:3 pack-key-unknown',
    ]);
    expect(play('title: 接单\non: tomorrow\n').faults).toEqual([
      'tea-club/order/cases/one.case.yaml:2 pack-value-invalid',
    ]);
  });

  test('is refused when no rule was in force on its day', () => {
    expect(play('title: 章程以前\non: 2025-12-31\n').faults).toEqual([
      'tea-club/order/cases/one.case.yaml:1 case-failed',
    ]);
  });
});

describe('a case on a register or a coverage report', () => {
  test('holds the guards of the register', () => {
    const text = (main: boolean): string => `title: 每个房间只有一张主桌
on: 2026-06-05
register: tea-tables
records: [{ id: a, fields: { name: 甲桌, room: 东房, main: true } }]
save: { id: b, fields: { name: 乙桌, room: 东房, main: ${main} } }
then: { ${main ? 'refused: [record-guard-failed]' : 'passes: true'} }
`;
    expect(play(text(true), 'tables').differences).toEqual([]);
    expect(play(text(false), 'tables').differences).toEqual([]);
    expect(play(text(true).replace('record-guard-failed', 'record-locked'), 'tables').differences).toHaveLength(2);
  });

  test('counts places with and without', () => {
    const text = (have: number): string => `title: 两间房一张桌
on: 2026-06-05
coverage: table-in-every-room
places: [{ code: east, counts: { table: 1 } }, { code: west, counts: {} }]
then: { complete: ${have}, counted: { table: { with: ${have}, of: 2, missing: [west] } } }
`;
    expect(play(text(1), 'coverage').differences).toEqual([]);
    expect(play(text(2), 'coverage').differences).toHaveLength(2);
  });
});
