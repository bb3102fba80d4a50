import { outcomeOf, tally, valueOf } from '@lianxin/domain';
import { expect, it } from 'vitest';
import { brewer, charter, host, play, taster } from './index.js';

const stage = 'resolve/by-representatives';
const convened = () =>
  play(charter, { filer: 'host' })
    .does('open', host, { fields: { draft: '一人一杯' }, at: '2024-06-03' })
    .does('done', taster, { stage: 'review/tasters' })
    .does('done', brewer, { stage: 'review/brewers' })
    .does('convene', host, { stage, fields: { 'meeting-on': '2024-06-14' }, at: '2024-06-03' });

it('what the ballot kernel makes of a vote is what the procedure kernel lets be recorded, and nothing else', () => {
  const rule = {
    attendance: { atLeast: '2/3', of: 'entitled' },
    approval: { moreThan: '1/2', of: 'present' },
  } as const;
  for (let present = 16; present <= 30; present += 1) {
    for (let approve = 0; approve <= present; approve += 1) {
      const count = { approve, against: present - approve, abstain: 0 };
      const { result } = outcomeOf(rule, { entitled: 30 }, valueOf(tally({ form: 'hands', present, count })));
      const fields = { present, ...count, ballot: 'hands', women: present };
      const game = convened();
      const passes = (act: string) => game.tries(act, host, { stage, at: '2024-06-14', fields }).passes;
      const recorded = passes('pass') ? 'passed' : passes('reject') ? 'rejected' : 'no-quorum';
      expect([present, approve, recorded]).toEqual([present, approve, result]);
    }
  }
});
