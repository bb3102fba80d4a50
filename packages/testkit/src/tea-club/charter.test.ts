import { instant, postingsOf, postingSteps } from '@lianxin/domain';
import { describe, expect, it } from 'vitest';
import { almanac, brewer, charter, guest, host, neighbour, play, system, taster } from './index.js';

const opened = () =>
  play(charter, { filer: 'host' }).does('open', host, { fields: { draft: '一人一杯' }, at: '2024-06-03' });
const reviewed = () =>
  opened().does('done', taster, { stage: 'review/tasters' }).does('done', brewer, { stage: 'review/brewers' });
const called = () =>
  reviewed().does('convene', host, {
    stage: 'resolve/by-representatives',
    fields: { 'meeting-on': '2024-06-14' },
    at: '2024-06-03',
  });
const vote = (fields: Record<string, number | string | string[]>, at = '2024-06-14') => ({
  stage: 'resolve/by-representatives',
  at,
  fields: { present: 20, approve: 11, ballot: 'hands', women: 7, ...fields },
});
const adopted = () => called().does('pass', host, vote({}));

describe('branches', () => {
  it('all branches of an all-of stage must be done before the matter goes on (P10)', () => {
    const game = opened().does('done', brewer, { stage: 'review/brewers' });
    expect(game.stands()).toMatchObject({
      stage: 'review',
      branches: { 'review/tasters': 'open', 'review/brewers': 'done' },
    });
    game.does('done', taster, { stage: 'review/tasters' });
    expect(game.stands().stage).toBe('resolve');
  });

  it('a branch that is done takes no second outcome (P10)', () => {
    const game = opened().does('done', brewer, { stage: 'review/brewers' });
    expect(game.refuses('done', brewer, { stage: 'review/brewers' })).toEqual(['stage-not-open']);
  });

  it('of the ways of a one-of stage, the first that is begun is the one that holds (P10)', () => {
    expect(
      called().refuses('pass', host, { stage: 'resolve/by-assembly', fields: { present: 60, approve: 40 } }),
    ).toEqual(['other-way-chosen']);
  });
});

describe('votes', () => {
  it('nineteen of thirty is not two thirds; twenty is', () => {
    const refused = called().tries('pass', host, vote({ present: 19, approve: 19 }));
    expect(refused).toMatchObject({
      passes: false,
      faults: [{ code: 'attendance-too-low', params: { need: 20, have: 19 }, source: ['TEA-30'] }],
    });
    expect(called().tries('pass', host, vote({})).passes).toBe(true);
  });

  it('half of those present is not a majority', () => {
    const refused = called().tries('pass', host, vote({ approve: 10 }));
    expect(refused).toMatchObject({
      passes: false,
      faults: [{ code: 'approval-too-low', params: { need: 11, have: 10 } }],
    });
  });

  it('a vote that fails in three ways is told all three (P5)', () => {
    expect(called().refuses('pass', host, vote({ present: 19, approve: 9, women: 2, ballot: 'secret' }))).toEqual([
      'wrong-ballot-form',
      'attendance-too-low',
      'composition-not-met',
      'approval-too-low',
    ]);
  });

  it('a notice of nine full days is too short for ten, and the first possible day is told', () => {
    const refused = called().tries('pass', host, vote({}, '2024-06-13'));
    expect(refused).toMatchObject({
      passes: false,
      faults: [{ code: 'notice-too-short', params: { need: 10, have: 9, earliest: '2024-06-14' } }],
    });
  });

  it('a meeting cannot be called for a day that is too near', () => {
    const near = { stage: 'resolve/by-representatives', fields: { 'meeting-on': '2024-06-10' } };
    expect(reviewed().refuses('convene', host, near)).toEqual(['notice-too-short']);
  });

  it('a meeting nobody gave notice of decides nothing', () => {
    expect(reviewed().refuses('pass', host, vote({}))).toEqual(['act-missing']);
  });

  it('only the one who may convene convenes', () => {
    const near = { stage: 'resolve/by-representatives', fields: { 'meeting-on': '2024-06-20' } };
    expect(reviewed().refuses('convene', brewer, near)).toContain('wrong-convener');
  });

  it('more present than entitled, and more votes than present, cannot be', () => {
    expect(called().refuses('pass', host, vote({ present: 31, women: 15, approve: 20 }))).toEqual(['count-above-base']);
    expect(called().refuses('pass', host, vote({ approve: 15, against: 6 }))).toEqual(['votes-do-not-add-up']);
  });

  it('nobody carries more proxies than the rule allows', () => {
    const proxies = { proxies: ['Li/Wang', 'Li/Zhao'] };
    expect(called().refuses('pass', host, vote(proxies))).toEqual(['too-many-proxies']);
  });

  it('of two ways to count attendance one is enough', () => {
    const assembly = (fields: Record<string, number>) => ({ stage: 'resolve/by-assembly', fields });
    expect(reviewed().refuses('pass', host, assembly({ present: 50, approve: 40 }))).toEqual(['attendance-too-low']);
    expect(reviewed().tries('pass', host, assembly({ present: 51, approve: 40 })).passes).toBe(true);
    expect(
      reviewed().tries('pass', host, assembly({ present: 40, approve: 30, 'households-present': 27 })).passes,
    ).toBe(true);
  });

  it('a lost vote is a decision and ends the matter; a carried one cannot be recorded as lost', () => {
    expect(called().refuses('reject', host, vote({}))).toEqual(['vote-was-carried']);
    const game = called().does('reject', host, vote({ approve: 5 }));
    expect(game.stands()).toMatchObject({ state: 'ended', result: 'rejected' });
  });
});

describe('notices', () => {
  const posted = () => adopted().does('post', host, { fields: { channels: ['wall', 'portal'] }, at: '2024-06-14' });

  it('fourteen full days on the wall are not fifteen', () => {
    const refused = posted().tries('finish-posting', system, { at: '2024-06-29' });
    expect(refused).toMatchObject({
      passes: false,
      faults: [{ code: 'publication-too-short', params: { need: 15, have: 14, earliest: '2024-06-30' } }],
    });
    expect(posted().does('finish-posting', system, { at: '2024-06-30' }).stands()).toMatchObject({ result: 'adopted' });
  });

  it('the days count from when the last channel had it', () => {
    const game = adopted().does('post', host, { fields: { channels: ['wall'] }, at: '2024-06-14' });
    expect(game.refuses('finish-posting', host, { at: '2024-06-30' })).toEqual(['notice-channel-missing']);
    game.does('post', host, { fields: { channels: ['portal'] }, at: '2024-06-20' });
    expect(game.refuses('finish-posting', host, { at: '2024-07-05' })).toEqual(['publication-too-short']);
  });

  it('a notice that was never posted cannot end', () => {
    expect(adopted().refuses('finish-posting', host, { at: '2024-07-30' })).toEqual(['notice-not-posted']);
  });

  it('an unanswered objection holds the notice open', () => {
    const game = posted().does('object', guest, { fields: { objection: '一杯不够' }, at: '2024-06-20' });
    expect(game.refuses('finish-posting', host, { at: '2024-06-30' })).toEqual(['objection-unanswered']);
    game.does('answer-objection', host, { fields: { answer: '可以续杯' }, at: '2024-06-30' });
    expect(game.tries('finish-posting', host).passes).toBe(true);
  });

  it('an answer without an objection is told that none waits, before the first one and after the last was answered', () => {
    const answer = { fields: { answer: '可以续杯' }, at: '2024-06-21' };
    expect(posted().refuses('answer-objection', host, answer)).toEqual(['no-objection-waiting']);
    const game = posted().does('object', guest, { fields: { objection: '一杯不够' }, at: '2024-06-20' });
    game.does('answer-objection', host, answer);
    expect(game.refuses('answer-objection', host, { ...answer, at: '2024-06-22' })).toEqual(['no-objection-waiting']);
  });

  it('what a posting asks for next waits for the day after its last full day, and for every answer', () => {
    const steps = (game: ReturnType<typeof posted>, at: string) =>
      postingSteps(charter, game.record, almanac, instant(`${at}T02:00:00Z`)).map(({ title, from }) => [title, from]);
    const game = posted();
    expect(steps(game, '2024-06-14')).toEqual([['公示期满', '2024-06-30']]);
    game.does('object', guest, { fields: { objection: '一杯不够' }, at: '2024-06-20' });
    expect(steps(game, '2024-06-30')).toEqual([]);
    game.does('answer-objection', host, { fields: { answer: '可以续杯' }, at: '2024-06-22' });
    expect(game.refuses('finish-posting', host, { at: '2024-06-29' })).toEqual(['publication-too-short']);
    expect(steps(game, '2024-06-30')).toEqual([['公示期满', '2024-06-30']]);
    game.does('finish-posting', host, { at: '2024-06-30' });
    expect(steps(game, '2024-06-30')).toEqual([]);
  });

  it('whoever reads the board sees its days, until when to object, and each objection beside its answer', () => {
    const board = (game: ReturnType<typeof posted>, at: string) =>
      postingsOf(charter, game.record, almanac, instant(`${at}T02:00:00Z`));
    expect(board(adopted(), '2024-06-14')).toEqual([]);
    const game = posted();
    expect(board(game, '2024-06-14')).toMatchObject([
      { what: '决议', posted: '2024-06-14', until: '2024-06-29', running: true, objecting: { until: '2024-06-29' } },
    ]);
    expect(board(game, '2024-06-30')).toMatchObject([{ running: true, down: false, objecting: null }]);
    game.does('object', guest, { fields: { objection: '一杯不够' }, at: '2024-06-20' });
    game.does('object', neighbour, { fields: { objection: '杯子小' }, at: '2024-06-21' });
    game.does('answer-objection', host, { fields: { answer: '可以续杯' }, at: '2024-06-22' });
    expect(board(game, '2024-06-23')[0]?.objections.map(({ text, answer }) => [text, answer?.text])).toEqual([
      ['一杯不够', '可以续杯'],
      ['杯子小', undefined],
    ]);
    game.does('answer-objection', host, { fields: { answer: '换大杯' }, at: '2024-06-24' });
    game.does('finish-posting', system, { at: '2024-06-30' });
    expect(board(game, '2024-06-30')).toMatchObject([{ running: false, down: true, objecting: null }]);
  });

  it('objections are taken while their days last, and not after', () => {
    const late = { fields: { objection: '晚了' }, at: '2024-06-30' };
    expect(posted().refuses('object', neighbour, late)).toEqual(['objection-window-closed']);
    expect(posted().tries('object', neighbour, { ...late, at: '2024-06-29' }).passes).toBe(true);
  });
});
