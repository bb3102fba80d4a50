import { describe, expect, it } from 'vitest';
import {
  brewer,
  guest,
  guildMaster,
  hallClerk,
  host,
  kettleWarden,
  neighbour,
  play,
  pourer,
  strangerHost,
  system,
  taster,
  waiter,
  wish,
} from './index.js';
import { lateLimits } from '@lianxin/domain';
import { almanac, OTHER_HOUSE, WILLOW_HOUSE } from './people.js';

const opening = { fields: { 'wish-kind': 'need', subject: '一杯热茶' }, at: '2024-06-03' };
const named = { fields: { responsible: 'brewer' }, at: '2024-06-03' };

const opened = () => play(wish).does('open', guest, opening);
const accepted = () => opened().does('accept', host, named);
const finished = () => accepted().does('finish', brewer, { fields: { evidence: ['photo-1'] } });
const told = (game = accepted()) => game.does('feedback', brewer, { fields: { message: '茶已泡好' } });
const closed = () =>
  told()
    .does('finish', brewer, { fields: { evidence: ['photo-1'] } })
    .does('confirm', guest);

describe('intake', () => {
  it('a wish is one of four kinds [DY-01]', () => {
    expect(play(wish).refuses('open', guest, { fields: { 'wish-kind': 'label', subject: '茶' } })).toEqual([
      'field-invalid',
    ]);
    expect(opened().stands().form['wish-kind']).toBe('need');
  });

  it('a refusal at intake lists everything that is missing, not the first thing (P5)', () => {
    expect(play(wish).refuses('open', guest, {})).toEqual(['field-missing', 'field-missing']);
  });

  it('a matter can be re-classed and keeps what it was before, when, and who changed it [DY-01]', () => {
    const game = accepted().does('reclass', host, {
      fields: { 'wish-kind': 'hardship', reason: '家里没茶' },
      at: '2024-06-04',
    });
    const progress = game.stands();
    expect(progress.form['wish-kind']).toBe('hardship');
    expect(progress.reclassified).toMatchObject([{ from: 'need', to: 'hardship', by: 'host', act: 'act-2' }]);
  });

  it('a matter is accepted only with a named responsible person [DY-01]', () => {
    expect(opened().refuses('accept', host, {})).toEqual(['field-missing']);
    expect(accepted().stands().holder).toMatchObject({ person: 'brewer', accepted: false });
  });

  it('staff may file for a guest and both names are kept (P4)', () => {
    const game = play(wish).does('open', waiter, { ...opening, onBehalfOf: 'guest' });
    expect(game.record.acts[0]).toMatchObject({ by: { person: 'waiter' }, onBehalfOf: 'guest' });
  });

  it('returns a wish only with the entry of the duty list it belongs to', () => {
    expect(opened().refuses('return', host)).toEqual(['field-missing']);
    const ruling = opened().tries('return', host, { fields: { 'duty-item': 'LIST-7' } });
    expect(ruling).toMatchObject({ passes: true, progress: { state: 'ended', result: 'returned' } });
  });

  it('the right office of the wrong house is told that the matter is not in its division', () => {
    expect(opened().refuses('accept', strangerHost, named)).toEqual(['not-your-division']);
    expect(
      play(wish, { division: OTHER_HOUSE }).does('open', guest, opening).does('accept', strangerHost, named),
    ).toBeTruthy();
  });

  it('a guest cannot accept, and is told who can', () => {
    const ruling = opened().tries('accept', guest, named);
    expect(ruling).toMatchObject({ passes: false, faults: [{ code: 'not-your-act' }] });
    expect(!ruling.passes && ruling.faults[0]?.params['who']).toContain('茶馆');
  });
});

describe('first contact and the chain of hands', () => {
  it('who takes the request first answers for it until another person has accepted it [DY-68]', () => {
    const game = play(wish)
      .does('open', waiter, { ...opening, onBehalfOf: 'guest' })
      .does('accept', host, named);
    expect(game.stands()).toMatchObject({ firstContact: { person: 'waiter' }, responsible: { person: 'waiter' } });
    told(game);
    expect(game.stands()).toMatchObject({ firstContact: { person: 'waiter' }, responsible: { person: 'brewer' } });
  });

  it('a transfer changes hands only when the other office accepts it [DY-68]', () => {
    const game = told().does('transfer', brewer, { fields: { 'to-office': 'kettle-office' }, at: '2024-06-04' });
    expect(game.stands()).toMatchObject({ holder: { person: 'brewer' }, offer: { office: 'kettle-office' } });
    expect(game.refuses('transfer', brewer, { fields: { 'to-office': 'hall' } })).toEqual(['transfer-already-offered']);
    expect(game.refuses('accept-transfer', hallClerk)).toEqual(['not-your-act']);
    game.does('accept-transfer', kettleWarden, { at: '2024-06-05' });
    expect(game.stands()).toMatchObject({ holder: { person: 'kettle-warden' }, offer: null });
    expect(game.stands().responsible).toMatchObject({ person: 'kettle-warden' });
  });

  it('an office that declines a transfer cites the duty list and nothing changes hands', () => {
    const game = told().does('transfer', brewer, { fields: { 'to-office': 'kettle-office' } });
    expect(game.refuses('decline-transfer', kettleWarden)).toEqual(['field-missing']);
    game.does('decline-transfer', kettleWarden, { fields: { 'duty-item': 'LIST-2' } });
    expect(game.stands()).toMatchObject({ holder: { person: 'brewer' }, offer: null });
    expect(game.refuses('accept-transfer', kettleWarden)).toContain('no-transfer-offered');
  });

  it('every hand it went through is on record with its dates (P3)', () => {
    const game = told(accepted())
      .does('transfer', brewer, { fields: { 'to-office': 'kettle-office' }, at: '2024-06-04' })
      .does('accept-transfer', kettleWarden, { at: '2024-06-05' });
    expect(
      game.stands().stations.map(({ person, how, from, to }) => [person, how, from.slice(0, 10), to?.slice(0, 10)]),
    ).toEqual([
      ['brewer', 'named', '2024-06-03', '2024-06-05'],
      ['kettle-warden', 'transferred', '2024-06-05', undefined],
    ]);
  });
});

describe('clocks', () => {
  it('three working days from Monday end on Thursday, and Friday is late [BZ-55]', () => {
    const game = accepted();
    const clockAt = (at: string) => game.stands(at).clocks.find((clock) => clock.id === 'handle-limit');
    expect(clockAt('2024-06-06T15:59')).toMatchObject({ due: '2024-06-06', late: false, state: 'running' });
    expect(clockAt('2024-06-06T16:00')).toMatchObject({ late: true });
  });

  it('the clock stands still while the guest is asked, and the cause is shown', () => {
    const game = accepted().does('ask-guest', brewer, { fields: { question: '红茶还是绿茶？' }, at: '2024-06-04' });
    expect(game.stands('2024-06-07')).toMatchObject({
      state: 'paused',
      paused: { cause: '等待茶客答复', until: '2024-06-09' },
    });
    game.does('answer', guest, { fields: { reply: '绿茶' }, at: '2024-06-06' });
    const clock = game.stands().clocks.find((one) => one.id === 'handle-limit');
    expect(clock).toMatchObject({ due: '2024-06-10', state: 'running' });
  });

  it('a question pauses no longer than its longest pause, answered or not', () => {
    const game = accepted().does('ask-guest', brewer, { fields: { question: '？' }, at: '2024-06-04' });
    expect(game.stands('2024-06-10')).toMatchObject({ state: 'open', paused: null });
    expect(game.refuses('answer', guest, { fields: { reply: '晚了' }, at: '2024-06-10' })).toEqual([
      'matter-not-paused',
    ]);
  });

  it('a second question while one is open is refused with its cause', () => {
    const game = accepted().does('ask-guest', brewer, { fields: { question: '？' } });
    expect(game.refuses('ask-guest', brewer, { fields: { question: '？？' } })).toEqual(['matter-paused']);
  });

  it('an extension moves the limit once, before it has passed, and only by its approver', () => {
    const extension = { fields: { reason: '水还没开' }, at: '2024-06-05' };
    expect(accepted().refuses('extend', brewer, extension)).toEqual(['not-your-act']);
    const game = accepted().does('extend', host, extension);
    expect(game.stands().clocks.find((one) => one.id === 'handle-limit')).toMatchObject({
      due: '2024-06-10',
      extended: 1,
    });
    expect(game.refuses('extend', host, extension)).toEqual(['too-many-extensions']);
    expect(accepted().refuses('extend', host, { ...extension, at: '2024-06-07' })).toEqual(['extension-too-late']);
  });

  it('a limit that reaches into a year without an almanac is provisional (P8)', () => {
    const december = play(wish, { opened: '2026-12-31T02:00:00Z' as never }).does('open', guest, {
      ...opening,
      at: '2026-12-31',
    });
    december.does('accept', host, { ...named, at: '2026-12-31' });
    expect(december.stands().clocks.find((one) => one.id === 'handle-limit')).toMatchObject({ provisional: true });
  });

  it('a limit that passed says what follows: a reminder and a hand-up, never a penalty [DY-70, DY-74]', () => {
    const game = accepted();
    const late = lateLimits(wish, game.record, almanac, '2024-06-07T02:00:00Z' as never);
    expect(late).toMatchObject([
      { clock: 'handle-limit', follow: [{ remind: [{ handler: true }] }, { act: 'hand-up-late' }] },
    ]);
  });
});

describe('going higher', () => {
  it('when the limit expires the deadline hands the matter up with its file, and the guest is told [DY-74]', () => {
    const game = accepted();
    expect(game.refuses('hand-up-late', system, { at: '2024-06-06' })).toEqual(['must-wait']);
    const ruling = game.tries('hand-up-late', system, { at: '2024-06-07' });
    expect(ruling).toMatchObject({ passes: true, progress: { level: 'township', stage: 'accept', holder: null } });
    expect(ruling.passes && ruling.effects).toEqual(
      expect.arrayContaining([
        { kind: 'hand-up', from: 'village', to: 'township' },
        { kind: 'tell', to: { filer: true }, about: 'hand-up-late' },
      ]),
    );
    expect(game.refuses('accept', host, { ...named, at: '2024-06-07' })).toEqual(['not-your-act']);
    game.does('accept', hallClerk, { fields: { responsible: 'hall-clerk' }, at: '2024-06-07' });
    expect(game.stands().form['subject']).toBe('一杯热茶');
  });

  it('a deadline that stands still hands nothing up', () => {
    const game = accepted().does('ask-guest', brewer, { fields: { question: '？' }, at: '2024-06-06' });
    expect(game.refuses('hand-up-late', system, { at: '2024-06-10' })).toEqual(['matter-paused']);
  });

  it('a guest may go higher at any time, and it is no negative mark [DY-74]', () => {
    for (const game of [opened(), accepted(), finished()]) {
      const ruling = game.tries('go-higher', guest);
      expect(ruling).toMatchObject({ passes: true, progress: { level: 'township', counts: { breaches: 0 } } });
    }
  });

  it('at the top there is no higher level, and the guest is told so', () => {
    const game = opened().does('go-higher', guest).does('go-higher', guest);
    expect(game.stands().level).toBe('county');
    expect(game.refuses('go-higher', guest)).toEqual(['no-level-above']);
    game.does('accept', guildMaster, { fields: { responsible: 'guild-master' } });
  });

  it('from the table to the house, the hall and the guild, it goes one level at a time [DY-74]', () => {
    const game = play(wish, { division: `${WILLOW_HOUSE}-group-003` }).does('open', guest, opening);
    const levels = [game.stands().level];
    for (let step = 0; step < 3; step += 1) levels.push(game.does('go-higher', guest).stands().level);
    expect(levels).toEqual(['group', 'village', 'township', 'county']);
    const { record } = game;
    expect(record.acts.map((act) => act.act)).toEqual(['open', 'go-higher', 'go-higher', 'go-higher']);
  });

  it('who took the request first answers for it until the higher level has accepted [DY-68]', () => {
    const game = told().does('hand-up-late', system, { at: '2024-06-07' });
    expect(game.stands().responsible).toMatchObject({ person: 'brewer' });
  });
});

describe('joint sub-matters', () => {
  it('the parent cannot be finished while a sub-matter is open', () => {
    const game = accepted();
    const split = game.tries('split', brewer, { fields: { offices: ['hall', 'kettle-office'] } });
    expect(split.passes && split.effects).toContainEqual(
      expect.objectContaining({ kind: 'open-child', procedure: 'tea-errand', wait: 'all' }),
    );
    game.record = {
      ...game.record,
      children: [
        { id: 'c1', openedBy: 'act-2', ended: null },
        { id: 'c2', openedBy: 'act-2', ended: '2024-06-03T02:00:00Z' as never },
      ],
    };
    const refused = game.tries('finish', brewer, { fields: { evidence: ['e'] } });
    expect(refused).toMatchObject({ passes: false, faults: [{ code: 'children-still-open', params: { count: 1 } }] });
    expect(game.tries('withdraw', guest).passes).toBe(true);
  });

  it('a sub-matter does not bind what happened before it was opened', () => {
    const game = accepted();
    const openedByRule = [{ id: 'c1', openedBy: 'split', ended: null }];
    game.record = { ...game.record, children: openedByRule };
    expect(game.tries('finish', brewer, { fields: { evidence: ['e'] } }).passes).toBe(true);
    const later = accepted().does('split', brewer, { fields: { offices: ['hall'] } });
    later.record = { ...later.record, children: openedByRule };
    expect(later.refuses('finish', brewer, { fields: { evidence: ['e'] } })).toEqual(['children-still-open']);
  });

  it('of sub-matters that wait for any, one that has ended is enough', () => {
    const game = accepted();
    game.record = {
      ...game.record,
      children: [
        { id: 'c1', wait: 'any', ended: null },
        { id: 'c2', wait: 'any', ended: null },
      ],
    };
    expect(game.refuses('finish', brewer, { fields: { evidence: ['e'] } })).toEqual(['children-still-open']);
    game.record = {
      ...game.record,
      children: [
        { id: 'c1', wait: 'any', ended: null },
        { id: 'c2', wait: 'any', ended: '2024-06-03T01:00:00Z' as never },
      ],
    };
    expect(game.tries('finish', brewer, { fields: { evidence: ['e'] } }).passes).toBe(true);
  });
});

describe('closing', () => {
  it('a matter without feedback to the guest cannot be closed [DY-81]', () => {
    const refused = finished().tries('confirm', guest);
    expect(refused).toMatchObject({ passes: false, faults: [{ code: 'feedback-missing', source: ['TEA-10'] }] });
  });

  it('feedback given before a dispute does not count for the second closing [DY-81]', () => {
    const game = told()
      .does('finish', brewer, { fields: { evidence: ['photo'] } })
      .does('dispute', guest, { fields: { why: '还是凉的' } })
      .does('finish', brewer, { fields: { evidence: ['photo-2'] } });
    expect(game.refuses('confirm', guest)).toEqual(['feedback-missing']);
    game.does('late-feedback', brewer, { fields: { message: '换了一杯' } });
    expect(game.refuses('confirm', guest)).toEqual(['feedback-missing']);
  });

  it('the handler may not confirm their own work, whoever handled it before included', () => {
    const done = () => told().does('finish', brewer, { fields: { evidence: ['photo'] } });
    expect(done().refuses('confirm', brewer)).toEqual(['handler-cannot-confirm']);
    expect(done().tries('confirm', pourer).passes).toBe(true);
    expect(done().refuses('confirm', neighbour)).toEqual(['not-your-act']);
  });

  it('a member drawn for the check may confirm, one who was not drawn may not', () => {
    const drawn = told().does('finish', brewer, { fields: { evidence: ['photo'] } });
    expect(drawn.refuses('confirm', taster)).toEqual(['not-your-act']);
    drawn.record = { ...drawn.record, sampled: ['taster'] };
    expect(drawn.tries('confirm', taster).passes).toBe(true);
  });

  it('a disputed result goes back to its handler', () => {
    const game = told().does('finish', brewer, { fields: { evidence: ['photo'] } });
    game.does('dispute', guest, { fields: { why: '还是凉的' } });
    expect(game.stands()).toMatchObject({ stage: 'handle', state: 'open', holder: { person: 'brewer' } });
  });

  it('only the filer takes a wish back', () => {
    expect(accepted().refuses('withdraw', neighbour)).toEqual(['not-the-filer']);
    expect(accepted().does('withdraw', guest).stands()).toMatchObject({ state: 'ended', result: 'withdrawn' });
  });

  it('a closed matter takes one rating of five levels and refuses a second [BZ-55, DY-71]', () => {
    expect(accepted().refuses('rate', guest, { fields: { stars: 5 } })).toEqual(['matter-not-closed']);
    expect(closed().refuses('rate', guest, { fields: { stars: 6 } })).toEqual(['field-invalid']);
    const game = closed().does('rate', guest, { fields: { stars: 4 } });
    expect(game.stands().rating).toMatchObject({ level: 4 });
    expect(game.refuses('rate', guest, { fields: { stars: 5 } })).toEqual(['already-rated']);
  });

  it('nobody who handled the matter rates it in the guest’s name', () => {
    expect(closed().refuses('rate', brewer, { fields: { stars: 5 }, onBehalfOf: 'guest' })).toEqual([
      'handler-cannot-confirm',
    ]);
    expect(closed().tries('rate', pourer, { fields: { stars: 2 }, onBehalfOf: 'guest' }).passes).toBe(true);
  });

  it('a closed matter refuses everything its closing does not allow (P6)', () => {
    expect(closed().refuses('feedback', brewer, { fields: { message: '再说' }, stage: 'handle' })).toContain(
      'matter-closed',
    );
    expect(closed().refuses('withdraw', guest)).toEqual(['matter-closed']);
  });

  it('a closed wish can be raised again within thirty days of its end, and not after', () => {
    const again = { fields: { why: '又凉了' } };
    const game = closed().does('reopen', guest, { ...again, at: '2024-07-03' });
    expect(game.stands()).toMatchObject({ state: 'open', stage: 'handle', counts: { reopened: 1 } });
    expect(closed().refuses('reopen', guest, { ...again, at: '2024-07-04' })).toEqual(['act-too-late']);
  });
});

describe('times', () => {
  it('an act is judged by when it happened: a late entry stands where it belongs (P7)', () => {
    const game = accepted().does('ask-guest', brewer, { fields: { question: '？' }, at: '2024-06-06' });
    game.does('feedback', brewer, { fields: { message: '在泡了' }, at: '2024-06-04', recordedAt: '2024-06-07' });
    expect(game.stands('2024-06-05').counts.acts['feedback']).toBe(1);
  });

  it('a late entry is refused where a later act could then not have been done (P7)', () => {
    const game = accepted().does('feedback', brewer, { fields: { message: '好了' }, at: '2024-06-06' });
    const refused = game.tries('withdraw', guest, { at: '2024-06-04', recordedAt: '2024-06-07' });
    expect(refused).toMatchObject({
      passes: false,
      faults: [{ code: 'late-entry-contradicts', params: { act: '反馈' } }],
    });
  });

  it('an act of the future is refused', () => {
    expect(accepted().refuses('go-higher', guest, { at: '2024-06-05', recordedAt: '2024-06-04' })).toEqual([
      'date-in-future',
    ]);
  });
});
