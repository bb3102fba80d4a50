import { describe, expect, it } from 'vitest';
import { personalDataIn } from '../identity/index.js';
import { isLeafKind, leafKinds, leafProblems } from './index.js';

describe('kinds of leaves', () => {
  it('refuses a kind that has no row, so that nothing unforeseen becomes public (T12)', () => {
    expect(isLeafKind('matter.open')).toBe(false);
    expect(isLeafKind('toString')).toBe(false);
    expect(leafProblems('request.filed', {})).toEqual(['no leaf kind request.filed']);
  });

  it('refuses a public part with a key that its kind does not have, or a fraction of a fen (T12)', () => {
    expect(leafProblems('ledger.post', { amount_fen: 123_400, subject: '道路维修' })).toEqual([]);
    expect(leafProblems('ledger.post', { amount_fen: 123_400, subject: '道路维修', payee: '张三' })).not.toEqual([]);
    expect(leafProblems('ledger.post', { amount_fen: 0.5, subject: '道路维修' })).not.toEqual([]);
  });

  it('has a row for every kind of the plan and shows of an office who may hold it, not who does (T12)', () => {
    const body = '019b0000-0000-7000-8000-000000000001';
    const hash = 'a'.repeat(64);
    const pubs: Readonly<Record<string, object>> = {
      'board.publish': { board: '财务公开', title: '三月收支', doc_sha256: hash, text_sha256: hash, version: 1 },
      'board.withdraw': { board: '财务公开', version: 1, reason: '金额有误，已更正' },
      'ledger.post': { amount_fen: 123_400, subject: '道路维修' },
      decision: {
        matter_kind: 'tea-charter',
        matter: body,
        step: 'resolve/by-representatives',
        act: 'pass',
        rule: hash,
        entitled: 30,
        present: 21,
        for: 12,
        against: 9,
      },
      certificate: { matter_kind: 'tea-charter', matter: body, doc_sha256: hash, result: 'adopted' },
      'ballot.manifest': {
        ballot: body,
        title: '茶规评议',
        rule: hash,
        questions: [{ id: 'q1', title: '赞成吗', choices: ['yes', 'no'] }],
      },
      'ballot.key': { ballot: body, holder: 'issuer-a', question: 'q1', use: 'token', key: 'AYqI4910CfGV' },
      'ballot.board': { ballot: body, question: 'q1', issued: 20, returned: 19, root: 'A'.repeat(43), size: 19 },
      'ballot.result': { ballot: body, question: 'q1', counts: { yes: 12, no: 7 }, valid: 19 },
      'points.batch': { scheme: 'tea-points', entries: 12, sum: 60 },
      'role.grant': { post: 'host', body, from: '2027-03-01' },
      'role.revoke': { post: 'host', body, on: '2028-03-01' },
      'audit.day': { day: '2027-03-01', rows: 0, root: 'A'.repeat(43) },
      'pack.activate': { pack: 'tea-club', version: '1.0.0', hash, from: '2027-01-01' },
      release: { version: '1.2.0', build: hash },
      migration: { number: '0300', schema: hash },
      'body.change': { change: 'add', kind: 'house', body },
    };
    for (const [kind, pub] of Object.entries(pubs)) {
      expect(leafProblems(kind, pub), kind).toEqual([]);
      expect(leafProblems(kind, { ...pub, person: '张三' }), kind).not.toEqual([]);
    }
    expect(Object.keys(leafKinds).toSorted()).toEqual([...Object.keys(pubs), 'log.open', 'private.day'].toSorted());
  });

  it('refuses to tell a number below five of a private day (T12)', () => {
    const pub = { day: '2027-03-01', root: 'A'.repeat(43), size: 8 };
    expect(leafProblems('private.day', { ...pub, entries: 'fewer than 5' })).toEqual([]);
    expect(leafProblems('private.day', { ...pub, entries: 7 })).toEqual([]);
    expect(leafProblems('private.day', { ...pub, entries: 3 })).not.toEqual([]);
  });

  it('refuses a title with an identity number, a mobile number, a bank card or a name of the roll (T12)', () => {
    expect(personalDataIn('身份证 11010519491231002X 已核')).toBe('identity-number');
    expect(personalDataIn('联系电话138 0013 8000')).toBe('phone');
    expect(personalDataIn('电话：１３８００１３８０００')).toBe('phone');
    expect(personalDataIn('卡号6222021234567890129')).toBe(null);
    expect(personalDataIn('卡号4111 1111 1111 1111')).toBe('bank-card');
    expect(personalDataIn('付给茶小满劳务费', ['茶小满'])).toBe('name');
    expect(personalDataIn('凭证 202703010000012345，2027年3月1日，123400 分')).toBe(null);
    expect(leafProblems('board.publish', { board: '财务公开 13800138000' })).not.toEqual([]);
  });
});
