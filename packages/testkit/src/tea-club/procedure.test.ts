import {
  checkProcedure,
  coverProcedure,
  describeWho,
  drawProcedure,
  explainFault,
  instant,
  Procedure,
  readProcedure,
  toMermaid,
  toSvg,
  type ProcedureText,
} from '@lianxin/domain';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { admission, almanac, charter, errand, guest, host, order, play, wish, WILLOW_HOUSE } from './index.js';

const all = [wish, errand, order, admission, charter];
const setting = { calendar: almanac, opened: instant('2024-06-03T02:00:00Z'), division: WILLOW_HOUSE };

/** A small sound procedure, to be spoiled in one way at a time. */
const sound: ProcedureText = {
  kind: 'procedure',
  id: 'sip',
  title: '品一口',
  inForce: { from: '2024-01-01' },
  forMatters: { kinds: ['sip'] },
  stages: [
    { id: 'pour', title: '倒茶', by: ['officer'], acts: [] },
    { id: 'sip', title: '品茶', by: ['filer'], acts: [] },
  ],
  closes: { results: [{ id: 'sipped', title: '品过' }] },
};

const faultsOf = (change: Partial<ProcedureText>): string[] =>
  checkProcedure(Procedure.parse({ ...sound, ...change })).map((fault) => fault.code);

const act = (over: object) => ({ id: 'extra', title: '另加', kind: 'note' as const, by: 'officer' as const, ...over });

describe('the schema', () => {
  it('is published for editors, and refuses what the vocabulary does not have', () => {
    const schema = JSON.stringify(z.toJSONSchema(Procedure, { io: 'input' }));
    for (const key of ['oneOf', 'standing', 'closes', 'publish', 'witness']) expect(schema).toContain(`"${key}"`);
    expect(Procedure.safeParse({ ...sound, script: 'run()' }).success).toBe(false);
    expect(Procedure.safeParse({ ...sound, standing: [act({ kind: 'punish' })] }).success).toBe(false);
  });
});

describe('what the checker refuses', () => {
  it('nothing in the sound procedure and in those of the tea club', () => {
    expect(faultsOf({})).toEqual([]);
    for (const procedure of all) expect(checkProcedure(procedure)).toEqual([]);
  });

  it('a stage that cannot be reached, and one that cannot be left', () => {
    const [pour, sip] = sound.stages;
    const lost = { id: 'lost', title: '迷路', by: 'officer' as const, acts: [] };
    expect(faultsOf({ stages: [{ ...pour, then: { stage: 'sip' } } as never, lost, sip as never] })).toEqual([
      'stage-unreachable',
    ]);
    const round = [
      { ...pour, then: { stage: 'sip' } },
      { ...sip, then: { backTo: 'pour' } },
    ] as never;
    expect(faultsOf({ stages: round })).toEqual(['stage-without-exit', 'stage-without-exit', 'result-unreachable']);
  });

  it('stages that would be passed over in a circle', () => {
    const [pour, sip] = sound.stages;
    const never = { field: 'matter-level', equals: 'moon' } as const;
    const round = [
      { ...pour, if: never },
      { ...sip, if: never, then: { backTo: 'pour' } },
    ] as never;
    const standing = [act({ kind: 'outcome', then: { end: 'sipped' } })];
    expect(faultsOf({ stages: round, standing })).toEqual(['stage-without-exit', 'stage-without-exit']);
  });

  it('a figure without a source, and a blank that nobody filled', () => {
    expect(faultsOf({ limits: [{ within: '3 days', of: 'opened' }] })).toEqual(['threshold-without-source']);
    expect(faultsOf({ limits: [{ within: { setLocally: true }, of: 'opened', source: 'TEA-1' }] })).toEqual([
      'blank-unfilled',
    ]);
  });

  it('a reference to a stage, an act, a field or a limit that does not exist', () => {
    expect(faultsOf({ standing: [act({ then: { stage: 'nowhere' } })] })).toEqual(['unknown-stage']);
    expect(faultsOf({ standing: [act({ after: [{ act: 'nothing' }] })] })).toEqual(['unknown-act']);
    expect(faultsOf({ standing: [act({ if: { has: 'nothing' } })] })).toEqual(['field-unknown']);
    const late = act({ kind: 'hand-up', by: 'system', expired: 'no-clock', then: { escalateTo: 'next' } });
    expect(faultsOf({ standing: [late] })).toEqual(['clock-without-limit']);
  });

  it('a clock that never starts', () => {
    const limit = { id: 'odd', within: '3 days' as const, of: { act: 'never' }, source: 'TEA-1' };
    expect(faultsOf({ limits: [limit] })).toContain('limit-never-starts');
  });

  it('a result nobody declared, and one nothing leads to', () => {
    expect(faultsOf({ standing: [act({ kind: 'withdraw', by: 'filer' })] })).toEqual(['result-undeclared']);
    const results = [
      { id: 'sipped', title: '品过' },
      { id: 'spilt', title: '洒了' },
    ];
    expect(faultsOf({ closes: { results } })).toEqual(['result-unreachable']);
  });

  it('a condition on a resident’s way up [DY-74]', () => {
    const up = act({ kind: 'hand-up', by: 'filer', then: { escalateTo: 'next' } });
    expect(faultsOf({ standing: [up] })).toEqual([]);
    expect(faultsOf({ standing: [{ ...up, most: 1 }] })).toEqual(['hand-up-blocked']);
    const needs = [{ id: 'why', title: '原因', type: 'text' as const }];
    expect(faultsOf({ standing: [{ ...up, needs }] })).toEqual(['hand-up-blocked']);
  });

  it('a handler who would speak for the resident', () => {
    const confirm = { id: 'ok', title: '确认', kind: 'outcome' as const, onBehalf: 'handler' as const };
    const [pour, sip] = sound.stages;
    expect(faultsOf({ stages: [pour as never, { ...sip, acts: [confirm] } as never] })).toEqual([
      'handler-would-confirm',
    ]);
  });

  it('a pause that never ends, a transfer that nothing accepts, an act of nobody, an act without its facet', () => {
    const ask = act({ kind: 'ask', ask: { cause: '等', longest: '3 days' }, source: 'TEA-1' });
    expect(faultsOf({ standing: [ask] })).toEqual(['pause-never-ends']);
    const needs = [{ id: 'to', title: '给谁', type: 'office' as const }];
    expect(faultsOf({ standing: [act({ kind: 'assign', needs, assign: { how: 'offer', office: 'to' } })] })).toEqual([
      'offer-never-accepted',
    ]);
    const { by: _, ...nobody } = act({});
    expect(faultsOf({ standing: [nobody] })).toEqual(['act-by-nobody']);
    expect(faultsOf({ standing: [act({ kind: 'extend' })] })).toEqual(['act-incomplete']);
  });

  it('two things of one name', () => {
    expect(faultsOf({ standing: [act({}), act({})] })).toEqual(['id-duplicate']);
  });

  it('every fault of the checker explains itself in both languages', () => {
    const faults = checkProcedure(
      Procedure.parse({
        ...sound,
        standing: [act({ kind: 'extend' }), act({ kind: 'withdraw', by: 'filer', id: 'back' })],
      }),
    );
    for (const fault of faults) {
      for (const locale of ['zh-CN', 'en'] as const) expect(explainFault(fault, locale).what).not.toMatch(/[{}]/);
    }
    expect(faults.length).toBeGreaterThan(0);
  });
});

describe('walking a procedure', () => {
  it.each(all.map((procedure) => [procedure.title, procedure] as const))(
    '%s: every stage, act and result is reached and every refusal given (P11)',
    (_, procedure) => {
      const coverage = coverProcedure(procedure, setting);
      expect(coverage.unreached).toEqual([]);
      expect(coverage.unrefused).toEqual([]);
      expect(coverage.refused.length).toBeGreaterThan(0);
    },
  );

  it('finds what a spoiled rule makes impossible (P11)', () => {
    const needsMoney = { ...sound, standing: [act({ if: { field: 'matter-level', equals: 'moon' } })] };
    expect(coverProcedure(Procedure.parse(needsMoney), setting).unreached).toEqual([{ kind: 'act', id: 'extra' }]);
  });

  it('gives each path as steps that can be replayed', () => {
    const path = coverProcedure(order, setting).paths.find(({ reaches }) => reaches.kind === 'result');
    expect(path?.steps.map((step) => step.act)).toEqual(['open', 'accept', 'done', 'confirm']);
  });
});

describe('reading and drawing', () => {
  it('the prose says every stage, every act and every figure with its source', () => {
    for (const procedure of all) {
      const prose = readProcedure(procedure);
      for (const stage of procedure.stages) expect(prose).toContain(stage.title);
      for (const rule of procedure.standing) expect(prose).toContain(rule.title);
    }
    expect(readProcedure(charter)).toContain('到会须达应到人员的三分之二以上');
    expect(readProcedure(charter)).toContain('须满15日，张贴当日不计');
    expect(readProcedure(wish)).toContain('自进入本环节起3个工作日内，起算当日不计；逾期提醒承办人');
  });

  it('the drawing marks where a matter stands and where it has been', () => {
    const game = play(order)
      .does('open', guest, { fields: { tea: '龙井' } })
      .does('accept', host, { fields: { runner: 'pourer' } });
    const { nodes } = drawProcedure(order, game.stands());
    expect(nodes.map(({ id, state }) => [id, state])).toEqual([
      ['opened', 'done'],
      ['accept', 'done'],
      ['run', 'current'],
      ['confirm', 'ahead'],
      ['end-served', 'ahead'],
    ]);
  });

  it('stages stand below what leads to them, and every line joins two points of the drawing', () => {
    for (const procedure of all) {
      const { nodes, edges } = drawProcedure(procedure);
      const layer = new Map(nodes.map((node) => [node.id, node.layer]));
      const joined = edges.filter((edge) => layer.has(edge.from) && layer.has(edge.to));
      expect(joined).toEqual(edges);
      const onward = edges.filter((edge) => edge.kind === 'on' && !edge.standing);
      expect(onward.filter((edge) => (layer.get(edge.to) ?? 0) <= (layer.get(edge.from) ?? 0))).toEqual([]);
    }
  });

  it('the picture fits a phone, carries its own words and escapes what people write', () => {
    const odd = Procedure.parse({ ...sound, title: '<script>&' });
    const svg = toSvg(drawProcedure(odd));
    expect(svg).toContain('viewBox="0 0 360 ');
    expect(svg).toContain('<desc>从“提出”到“倒茶”');
    expect(svg).not.toContain('<script>');
    expect(toMermaid(drawProcedure(odd))).toContain('flowchart TD');
  });
});

it('says the level before a name once: 村民委员会 stands at the village without 村 before it, 党支部 with it', () => {
  const names = [
    { id: 'committee', title: '村民委员会' },
    { id: 'branch', title: '党支部' },
    { id: 'government', title: '乡镇人民政府' },
  ];
  expect(describeWho({ names }, { body: 'committee', at: 'village' })).toBe('村民委员会');
  expect(describeWho({ names }, { body: 'branch', at: 'village' })).toBe('村党支部');
  expect(describeWho({ names }, { body: 'government', at: 'township' })).toBe('乡镇人民政府');
  expect(describeWho({ names }, { body: 'committee' })).toBe('村民委员会');
});
