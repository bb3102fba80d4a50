import { Procedure } from '@lianxin/domain';
import { names } from './people.js';

/** An order 点单: placed by a guest, accepted by the house, run by whoever is named, confirmed by the guest. */
export const order = Procedure.parse({
  kind: 'procedure',
  id: 'tea-order',
  title: '点单',
  inForce: { from: '2023-01-01' },
  forMatters: { kinds: ['tea-order'] },
  opensBy: ['resident'],
  onBehalf: ['officer'],
  names,
  form: [{ id: 'tea', title: '点什么', type: 'text' }],
  stages: [
    {
      id: 'accept',
      title: '茶馆接单',
      by: [{ body: 'house' }],
      acts: [
        {
          id: 'accept',
          title: '接单',
          kind: 'assign',
          needs: [{ id: 'runner', title: '跑单人', type: 'person' }],
          assign: { how: 'name', person: 'runner' },
          then: { stage: 'run' },
        },
      ],
    },
    {
      id: 'run',
      title: '跑单',
      by: ['handler'],
      acts: [{ id: 'done', title: '跑单完成', kind: 'outcome' }],
    },
    {
      id: 'confirm',
      title: '茶客确认',
      by: ['filer'],
      acts: [{ id: 'confirm', title: '确认', kind: 'outcome', onBehalf: [{ someoneNot: 'handler' }] }],
    },
  ],
  closes: { results: [{ id: 'served', title: '已上茶', settled: true }] },
});
