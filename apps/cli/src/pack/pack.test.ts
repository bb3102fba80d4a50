import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CommandIo } from '../command.js';
import { main } from '../main.js';

const shipped = fileURLToPath(new URL('../../../../policy-packs', import.meta.url));
let folder: string;
let printed: string[];
let complained: string[];

/** A folder of packs with the calendar and the tea club. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianxin-pack-'));
  cpSync(join(shipped, 'cn-public-calendar'), join(folder, 'cn-public-calendar'), {
    recursive: true,
    filter: (path) => !path.endsWith('.ts'),
  });
  write('tea-club/pack.yaml', 'id: tea-club\ntitle: 茶友会章程\nversion: 1.0.0\nmaintainer: 茶友会\n');
  write('tea-club/sources.yaml', 'sources: [{ id: TC-ART-3, title: 章程, confidence: seen, summary: 一日内接单 }]\n');
  write(
    'tea-club/bodies.yaml',
    'bodies: [{ id: tea-club, title: 茶友会, level: village, posts: [{ id: steward, title: 管事 }] }]\n',
  );
  write('tea-club/order/from-2026-01-01.yaml', order);
  write('tea-club/order/cases/accept.case.yaml', acceptCase);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const order = `kind: procedure
id: tea-order
title: 茶友点单
in-force: { from: 2026-01-01 }
for-matters: { kinds: [tea-order] }
form: [{ id: tea, title: 要什么茶, type: text }]
stages:
  - id: accept
    title: 接单
    by: { post: steward, of: tea-club }
    limit: { within: 1 working-days, source: TC-ART-3 }
    acts: [{ id: accept, title: 接单, kind: outcome, assign: { how: take }, then: { end: accepted } }]
closes: { results: [{ id: accepted, title: 已接单, settled: true }] }
`;
const acceptCase = `title: 管事接单后办结
on: 2026-06-05
people: { steward: { post: steward, body: tea-club } }
record: [{ act: open, by: resident, fields: { tea: 龙井 } }]
act: { act: accept, by: steward }
then: { passes: true, progress: { result: accepted } }
`;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

async function lianxin(...args: string[]): Promise<number> {
  printed = [];
  complained = [];
  const io: CommandIo = {
    out: (text) => printed.push(text),
    err: (text) => complained.push(text),
    cwd: folder,
    env: {},
  };
  return main(args, io);
}

describe('lianxin', () => {
  test('lists its commands, and refuses one it does not have', async () => {
    expect(await lianxin('help')).toBe(0);
    expect(printed.join('\n')).toContain('pack');
    expect(await lianxin('dance')).toBe(2);
    expect(complained.join('\n')).toContain('dance');
    expect(await lianxin('pack', 'dance')).toBe(2);
    expect(complained.join('\n')).toContain('lianxin pack check');
  });
});

describe('lianxin pack check', () => {
  test('finds nothing wrong with a sound pack and plays its cases', async () => {
    expect([await lianxin('pack', 'check', folder), printed]).toEqual([0, ['2 个政策包，1 个案例，0 项不符。']]);
  });

  test('says in words what is wrong, in which file and line, and what to do', async () => {
    write('tea-club/order/from-2026-01-01.yaml', order.replace('of: tea-club', 'of: coffee-club'));
    expect(await lianxin('pack', 'check', '.')).toBe(1);
    expect(printed).toContain(
      'tea-club/order/from-2026-01-01.yaml:10:26  没有名为“coffee-club”的组织或者站办所。在 bodies.yaml 里登记，或者更正名称。',
    );
  });

  test('gives the same to a program, with stable codes', async () => {
    write('tea-club/order/from-2026-01-01.yaml', order.replace(', source: TC-ART-3', ''));
    expect(await lianxin('pack', 'check', 'tea-club', '--json')).toBe(1);
    const answer = JSON.parse(printed.join('\n')) as {
      packs: { id: string }[];
      faults: { code: string; line: number }[];
    };
    expect(answer.packs.map((pack) => pack.id)).toEqual(['tea-club']);
    expect(answer.faults).toMatchObject([{ code: 'threshold-without-source', line: 11 }]);
  });

  test('counts a case that does not hold as a fault of the pack', async () => {
    write('tea-club/order/cases/accept.case.yaml', acceptCase.replace('result: accepted', 'result: declined'));
    expect(await lianxin('pack', 'check', '.')).toBe(1);
    expect(printed[0]).toContain('result 应为 declined，实际为 accepted');
  });

  test('refuses a folder that is not there, or has no pack, or an option it does not know', async () => {
    expect(await lianxin('pack', 'check', 'nowhere')).toBe(2);
    mkdirSync(join(folder, 'empty'));
    expect(await lianxin('pack', 'check', 'empty')).toBe(2);
    expect(await lianxin('pack', 'check', '.', '--fast')).toBe(2);
    expect(await lianxin('pack', 'check')).toBe(2);
  });
});

describe('lianxin pack cases', () => {
  test('plays the cases of packs and shows each', async () => {
    expect(await lianxin('pack', 'cases', '.')).toBe(0);
    expect(printed[0]).toBe('✓ 管事接单后办结  tea-club/order/cases/accept.case.yaml');
  });

  test('plays cases from a folder that is no pack, when they name their pack and rule', async () => {
    write('mine/one.case.yaml', `pack: tea-club\nprocedure: tea-order\n${acceptCase}`);
    write('mine/two.case.yaml', `pack: coffee-club\n${acceptCase}`);
    expect(await lianxin('pack', 'cases', 'mine', '--packs', '.', '--json')).toBe(1);
    const answer = JSON.parse(printed.join('\n')) as { cases: { holds: boolean }[]; faults: { code: string }[] };
    expect(answer.cases).toMatchObject([{ holds: true }]);
    expect(answer.faults).toMatchObject([{ code: 'pack-unknown' }]);
  });

  test('does not call a folder without cases a success', async () => {
    rmSync(join(folder, 'tea-club/order/cases'), { recursive: true });
    expect(await lianxin('pack', 'cases', 'tea-club')).toBe(1);
  });
});

describe('lianxin pack read', () => {
  test('writes prose and a drawing beside each mechanism, and then finds them current', async () => {
    expect(await lianxin('pack', 'read', '.', '--check')).toBe(1);
    expect(await lianxin('pack', 'read', '.')).toBe(0);
    const reading = readFileSync(join(folder, 'tea-club/order/reading.md'), 'utf8');
    expect(reading).toContain('茶友点单');
    expect(reading).toContain('```mermaid');
    expect(reading).toContain('《章程》（已见条文）');
    expect(existsSync(join(folder, 'tea-club/order/tea-order.svg'))).toBe(true);
    expect(await lianxin('pack', 'read', '.', '--check')).toBe(0);
  });
});

describe('lianxin pack explain', () => {
  test('says the rule that was in force on the day', async () => {
    expect(await lianxin('pack', 'explain', 'tea-order', '2026-03-01', '--packs', '.')).toBe(0);
    expect(printed.join('\n')).toContain('2026-01-01起施行');
  });

  test('refuses a day on which no version was in force, and a rule that nobody has', async () => {
    expect(await lianxin('pack', 'explain', 'tea-club/tea-order', '2025-12-31', '--packs', '.')).toBe(1);
    expect(printed.join('\n')).toContain('2025-12-31 没有施行中的规则');
    expect(await lianxin('pack', 'explain', 'coffee-order', '2026-03-01', '--packs', '.')).toBe(1);
    expect(await lianxin('pack', 'explain', 'tea-order', 'today')).toBe(2);
  });
});

describe('lianxin pack compare', () => {
  test('says old and new of a rule in the words of its reading, and nothing of what stayed', async () => {
    const changed = mkdtempSync(join(tmpdir(), 'lianxin-pack-changed-'));
    try {
      cpSync(folder, changed, { recursive: true });
      const later = order.replace('from: 2026-01-01', 'from: 2026-07-01').replace('1 working-days', '2 working-days');
      write(
        'tea-club/order/from-2026-01-01.yaml',
        order.replace('from: 2026-01-01', 'from: 2026-01-01, to: 2026-06-30'),
      );
      write('tea-club/order/from-2026-07-01.yaml', later);
      expect(await lianxin('pack', 'compare', changed, folder)).toBe(0);
      const said = printed.join('\n');
      expect(said).toMatch(/《茶友点单》2026-07-01 起[\s\S]*－[^\n]*1个工作日[\s\S]*＋[^\n]*2个工作日/u);
      expect(said).not.toContain('要什么茶');
      expect(await lianxin('pack', 'compare', folder, folder)).toBe(0);
      expect(printed.join('\n')).toContain('两边的规则读起来一样');
      expect(await lianxin('pack', 'compare', folder)).toBe(2);
    } finally {
      rmSync(changed, { recursive: true, force: true });
    }
  });
});
