import { describe, expect, it } from 'vitest';
import { stagesOnTheWay } from './drawing.js';

const node = (id: string, state: 'done' | 'current' | 'ahead', kind = 'stage') => ({ id, title: id, state, kind });
const stands = (...nodes: ReturnType<typeof node>[]) => stagesOnTheWay(nodes).map((one) => [one.id, one.stands]);

describe('the stages of a matter', () => {
  it('say of one that was passed over that it was not needed, and of one left before the matter went up that it comes again', () => {
    expect(
      stands(
        node('open', 'done', 'start'),
        node('sort', 'ahead'),
        node('accept', 'current'),
        node('handle', 'done'),
        node('confirm', 'ahead'),
      ),
    ).toEqual([
      ['open', 'done'],
      ['sort', 'skipped'],
      ['accept', 'current'],
      ['handle', 'again'],
      ['confirm', 'ahead'],
    ]);
  });

  it('leave out results that did not come, and call nothing open once the matter has ended', () => {
    expect(
      stands(
        node('accept', 'done'),
        node('handle', 'ahead'),
        node('done', 'current', 'end'),
        node('lost', 'ahead', 'end'),
      ),
    ).toEqual([
      ['accept', 'done'],
      ['handle', 'skipped'],
      ['done', 'current'],
    ]);
  });
});
