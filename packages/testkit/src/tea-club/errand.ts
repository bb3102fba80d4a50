import { Procedure } from '@lianxin/domain';
import { names } from './people.js';

/**
 * An errand 跑腿: the agency case of the tea club. One list of missing leaves, a signature at each hand-over, the cup back at the same window.
 */
export const errand = Procedure.parse({
  kind: 'procedure',
  id: 'tea-errand',
  title: '跑腿代办',
  inForce: { from: '2023-01-01' },
  forMatters: { kinds: ['tea-errand'] },
  opensBy: ['resident'],
  onBehalf: ['officer'],
  names,
  form: [{ id: 'what', title: '要办的事', type: 'text' }],
  stages: [
    {
      id: 'check',
      title: '查验茶叶',
      by: [{ body: 'house' }],
      acts: [
        {
          id: 'take',
          title: '接件',
          kind: 'assign',
          assign: { how: 'take' },
        },
        {
          id: 'list-missing',
          title: '一次性告知',
          kind: 'ask',
          needs: [
            { id: 'papers', title: '缺少的茶叶', type: 'list' },
            { id: 'reason', title: '再次告知的理由', type: 'text', optional: true },
          ],
          ask: { cause: '等待补齐', longest: '10 days', oneTime: { list: 'papers', reason: 'reason' } },
          tells: 'filer',
          source: 'TEA-20',
        },
        {
          id: 'bring-missing',
          title: '补齐',
          kind: 'answer',
          by: ['filer', 'handler'],
          needs: [{ id: 'brought', title: '补来的茶叶', type: 'list' }],
        },
        {
          id: 'guest-signs',
          title: '茶客签字交件',
          kind: 'sign',
          by: ['handler'],
          needs: [{ id: 'signature', title: '签字照片', type: 'file' }],
          sign: { party: 'filer', title: '茶客', witness: true },
        },
        {
          id: 'set-out',
          title: '出发',
          kind: 'outcome',
          by: ['handler'],
          after: [{ act: 'take' }, { act: 'guest-signs', since: 'stage-entered', source: ['TEA-21'] }],
        },
      ],
    },
    {
      id: 'window',
      title: '送到窗口',
      by: ['handler'],
      acts: [
        {
          id: 'window-signs',
          title: '窗口签收',
          kind: 'sign',
          needs: [{ id: 'signature', title: '签字照片', type: 'file' }],
          sign: { party: { body: 'hall' }, title: '窗口' },
        },
        {
          id: 'delivered',
          title: '已送达窗口',
          kind: 'outcome',
          after: [{ act: 'window-signs', since: 'stage-entered', source: ['TEA-21'] }],
        },
      ],
    },
    {
      id: 'hand-back',
      title: '取回并交还',
      by: ['handler'],
      acts: [
        {
          id: 'guest-receives',
          title: '茶客签收结果',
          kind: 'sign',
          needs: [{ id: 'signature', title: '签字照片', type: 'file' }],
          sign: { party: 'filer', title: '茶客', witness: true },
        },
        {
          id: 'handed-back',
          title: '结果已交还',
          kind: 'outcome',
          after: [{ act: 'guest-receives', since: 'stage-entered', source: ['TEA-21'] }],
          then: { end: 'done' },
        },
      ],
    },
  ],
  closes: { results: [{ id: 'done', title: '办结', settled: true }] },
});
