import { explainFault } from '@lianxin/domain';
import { describe, expect, it } from 'vitest';
import {
  admission,
  errand,
  guest,
  guildMaster,
  hallClerk,
  host,
  kettleWarden,
  order,
  play,
  pourer,
  WILLOW_HOUSE,
} from './index.js';

const opened = () =>
  play(errand)
    .does('open', guest, { fields: { what: '去茶楼换茶票' } })
    .does('take', host);
const signed = { fields: { signature: 'file-1' } };
const listed = (papers: string[]) => ({ fields: { papers } });

describe('an errand with a signature at each hand-over', () => {
  it('the papers leave the house only with the guest’s signature [YS-41]', () => {
    const refused = opened().tries('set-out', host);
    expect(refused).toMatchObject({ passes: false, faults: [{ code: 'handover-unsigned', source: ['TEA-21'] }] });
    const [fault] = refused.passes ? [] : refused.faults;
    expect(fault && explainFault(fault, 'zh-CN').cure).toBe('请先办理“茶客签字交件”。');
    expect(opened().does('guest-signs', host, signed).tries('set-out', host).passes).toBe(true);
  });

  it('without the window’s signature it cannot be marked delivered [YS-41]', () => {
    const atWindow = opened().does('guest-signs', host, signed).does('set-out', host);
    expect(atWindow.refuses('delivered', host)).toEqual(['handover-unsigned']);
    atWindow.does('window-signs', host, signed).does('delivered', host);
    expect(atWindow.stands().stage).toBe('hand-back');
  });

  it('a witness may sign for a guest who cannot, and is named [YS-41]', () => {
    const game = opened().does('guest-signs', host, { fields: { signature: 'file-1', witness: 'neighbour' } });
    expect(game.stands().signatures).toMatchObject([{ title: '茶客', witness: 'neighbour' }]);
  });

  it('the handler is no witness, and a window signs for itself [YS-41]', () => {
    const byHandler = { fields: { signature: 'file-1', witness: 'host' } };
    expect(opened().refuses('guest-signs', host, byHandler)).toEqual(['witness-is-handler']);
    const atWindow = opened().does('guest-signs', host, signed).does('set-out', host);
    const forWindow = { fields: { signature: 'file-1', witness: 'neighbour' } };
    expect(atWindow.refuses('window-signs', host, forWindow)).toEqual(['witness-only-for-residents']);
  });

  it('a signature of an earlier hand-over does not serve for the next one [YS-41]', () => {
    const game = opened()
      .does('guest-signs', host, signed)
      .does('set-out', host)
      .does('window-signs', host, signed)
      .does('delivered', host);
    expect(game.refuses('handed-back', host)).toEqual(['handover-unsigned']);
    game.does('guest-receives', host, signed).does('handed-back', host);
    expect(game.stands()).toMatchObject({ state: 'ended', result: 'done' });
  });
});

describe('one list of what is missing', () => {
  const returned = () =>
    opened()
      .does('list-missing', host, { ...listed(['绿茶', '红茶']), at: '2024-06-04' })
      .does('bring-missing', guest, { fields: { brought: ['绿茶', '红茶'] }, at: '2024-06-05' });

  it('a second list of other papers needs a reason and counts as a breach [DY-69]', () => {
    const game = returned();
    expect(game.refuses('list-missing', host, listed(['白茶']))).toEqual(['second-notice-needs-reason']);
    const ruling = game.tries('list-missing', host, { fields: { papers: ['白茶'], reason: '规定当天改了' } });
    expect(ruling).toMatchObject({ passes: true, progress: { counts: { breaches: 1 } } });
    expect(ruling.passes && ruling.effects).toContainEqual({ kind: 'record-breach', what: 'one-time-notice' });
  });

  it('asking again for what was on the first list is no breach [DY-69]', () => {
    const game = returned().does('list-missing', host, listed(['绿茶']));
    expect(game.stands().counts.breaches).toBe(0);
  });
});

describe('an order is placed, accepted, run and confirmed', () => {
  const placed = () => play(order).does('open', guest, { fields: { tea: '龙井' } });

  it('an order not accepted cannot be marked done; the refusal names what comes first [XQ-13]', () => {
    const refused = placed().tries('done', pourer);
    expect(refused).toMatchObject({
      passes: false,
      faults: [{ code: 'act-comes-later', params: { first: '茶馆接单' } }, {}],
    });
  });

  it('after accept, run and confirm it closes with three dated stages [XQ-13]', () => {
    const game = placed()
      .does('accept', host, { fields: { runner: 'pourer' }, at: '2024-06-03T03:00' })
      .does('done', pourer, { at: '2024-06-03T04:00' })
      .does('confirm', guest, { at: '2024-06-03T05:00' });
    expect(game.stands()).toMatchObject({ state: 'ended', result: 'served' });
    expect(game.stands().visits.map((visit) => visit.to)).toEqual([
      '2024-06-03T03:00:00Z',
      '2024-06-03T04:00:00Z',
      '2024-06-03T05:00:00Z',
    ]);
  });
});

describe('admission of tasks', () => {
  const asked = { task: '每周报茶', 'legal-basis': 'TEA-LAW-1', funds: 300, from: '2024-07-01', until: '2024-12-31' };
  const apply = (fields: Record<string, string | number>) =>
    play(admission, { division: '110101000000', filer: 'kettle-warden' }).tries(
      'open',
      { ...kettleWarden, offices: kettleWarden.offices.map((one) => ({ ...one, division: '110101000000' })) },
      { fields },
    );

  it('an application names its basis, its money and its period [DY-86]', () => {
    const { 'legal-basis': _, funds: __, ...bare } = asked;
    const refused = apply(bare);
    expect(!refused.passes && refused.faults.map(({ code }) => code)).toEqual(['field-missing', 'field-missing']);
    expect(apply(asked).passes).toBe(true);
  });

  it('a task without money is not admitted; the refusal says which condition fails [DY-86]', () => {
    const game = play(admission, { division: WILLOW_HOUSE }).does('open', hallClerk, {
      fields: { ...asked, funds: 0 },
    });
    const refused = game.tries('admit', guildMaster);
    expect(refused).toMatchObject({
      passes: false,
      faults: [{ code: 'condition-not-met', params: { condition: '“经费”超过0' } }],
    });
    expect(game.tries('refuse', guildMaster, { fields: { why: '没有经费' } }).passes).toBe(true);
  });
});
