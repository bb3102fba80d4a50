import { Procedure } from '@lianxin/domain';
import { names } from './people.js';

/**
 * The charter 茶规: the decision procedure of the tea club. Two boards look at the draft side by side, one of two meetings resolves it,
 * and the resolution stands on the wall for fifteen full days.
 */
export const charter = Procedure.parse({
  kind: 'procedure',
  id: 'tea-charter',
  title: '订立茶规',
  inForce: { from: '2023-01-01' },
  forMatters: { kinds: ['tea-charter'] },
  opensBy: [{ post: 'host', of: 'house' }],
  names,
  form: [{ id: 'draft', title: '草案', type: 'long-text' }],
  stages: [
    {
      id: 'review',
      title: '审议',
      allOf: [
        { id: 'tasters', title: '品茶组审议', by: [{ body: 'tasting-board' }], acts: [] },
        { id: 'brewers', title: '泡茶人审议', by: [{ post: 'brewer', of: 'house' }], acts: [] },
      ],
    },
    {
      id: 'resolve',
      title: '决议',
      oneOf: [
        {
          id: 'by-representatives',
          title: '代表会决议',
          by: [{ body: 'house' }],
          acts: [],
          vote: {
            roll: 'representatives',
            attendance: { atLeast: '2/3', of: 'entitled' },
            approval: { moreThan: '1/2', of: 'present' },
            ballot: 'hands',
            notice: { atLeast: '10 days', before: 'meeting' },
            convenedBy: [{ post: 'host', of: 'house' }],
            composition: [{ id: 'women', title: '女茶客', share: { atLeast: '1/3', of: 'present' } }],
            proxies: { most: 1 },
            source: ['TEA-30'],
          },
        },
        {
          id: 'by-assembly',
          title: '大会决议',
          by: [{ body: 'house' }],
          acts: [],
          vote: {
            roll: 'assembly',
            attendance: {
              anyOf: [
                { moreThan: '1/2', of: 'entitled' },
                { atLeast: '2/3', of: 'households' },
              ],
            },
            approval: { moreThan: '1/2', of: 'present' },
            source: ['TEA-31'],
          },
        },
      ],
    },
    {
      id: 'publish',
      title: '公示决议',
      by: [{ body: 'house' }],
      publish: {
        what: '决议',
        channels: ['wall', 'portal'],
        noticePeriod: '15 days',
        objections: { within: '15 days', answeredBy: [{ post: 'host', of: 'house' }] },
        source: ['TEA-32'],
      },
      then: { end: 'adopted' },
    },
  ],
  closes: {
    results: [
      { id: 'adopted', title: '通过' },
      { id: 'rejected', title: '未通过' },
    ],
  },
});
