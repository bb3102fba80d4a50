import { readPackTexts, type PackTexts } from '@lianxin/pack-reader';
import type { PolicyPack } from '@lianxin/domain';

/** The tea club 茶友会 as a small pack: one procedure, one register, one coverage report, and the given cases. */
export function teaClubTexts(cases: Readonly<Record<string, string>>): PackTexts {
  const texts: [string, string][] = [
    ['pack.yaml', 'id: tea-club\ntitle: 茶友会章程\nversion: 1.0.0\nmaintainer: 茶友会\n'],
    [
      'bodies.yaml',
      `bodies:
  - { id: tea-club, title: 茶友会, level: village, kind: club, posts: [{ id: steward, title: 管事 }, { id: member, title: 茶友 }] }
`,
    ],
    [
      'sources.yaml',
      'sources: [{ id: TC-ART-3, title: 茶友会章程, article: 第三条, confidence: seen, summary: 一个工作日内接单 }]\n',
    ],
    ['order/from-2026-01-01.yaml', order],
    ['tables/from-2026-01-01.yaml', tables],
    ['coverage/from-2026-01-01.yaml', coverage],
    ...Object.entries(cases),
  ];
  return new Map(texts);
}

/** The tea club read; throws when it does not read, because then the test is wrong. */
export function readTeaClub(texts: PackTexts): { pack: PolicyPack; packs: ReadonlyMap<string, PolicyPack> } {
  const read = readPackTexts(new Map([['tea-club', texts]]));
  const pack = read.packs.get('tea-club');
  if (pack === undefined || read.faults.length > 0) throw new Error(JSON.stringify(read.faults));
  return { pack, packs: read.packs };
}

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
    limit: { id: accept, within: 1 working-days, of: opened, source: TC-ART-3 }
    acts:
      - { id: accept, title: 接单, kind: outcome, assign: { how: take }, then: { stage: serve } }
  - id: serve
    title: 送茶
    acts:
      - { id: serve, title: 送到, kind: outcome, by: handler, then: { stage: confirm } }
  - id: confirm
    title: 确认
    acts:
      - { id: confirm, title: 确认收到, kind: outcome, by: filer, then: { end: served } }
      - { id: dispute, title: 没有收到, kind: outcome, by: filer, then: { back-to: serve } }
closes: { results: [{ id: served, title: 已送达, settled: true }] }
`;

const tables = `kind: register
id: tea-tables
title: 茶桌登记簿
in-force: { from: 2026-01-01 }
of: thing
keepers: [tea-club]
key: [name]
fields:
  - { id: name, title: 桌名, type: text }
  - { id: room, title: 所在房间, type: text }
  - { id: main, title: 是否主桌, type: yes-no }
guards:
  - { id: one-main-table, title: 每个房间只有一张主桌, if: { field: main, equals: true }, at-most: { count: 1, per: [room] } }
`;

const coverage = `kind: coverage
id: table-in-every-room
title: 每个房间一张茶桌
in-force: { from: 2026-01-01 }
places: { level: group }
parts: [{ id: table, title: 茶桌, has: { register: tea-tables, by: room } }]
`;
