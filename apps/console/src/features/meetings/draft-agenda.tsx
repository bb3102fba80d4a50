import type { listMattersRoute, MatterFilter, MatterRow } from '@lianxin/contract';
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useMeetingWords } from './words.js';

/** As many as one meeting gets through; the list of matters has the rest. */
const most = 20;
/** The kind of matter that a task given in a meeting is. */
const task = 'meeting-task';

const listed = async (filter: MatterFilter): Promise<readonly MatterRow[]> =>
  (await call<typeof listMattersRoute>('get', '/api/matters', { query: { ...filter, sort: 'due', limit: most } }))
    .items;

/** Drafts the agenda (起草议程) of a meeting from what was promised and is not done, and from what is late; a draft to be changed, nothing is called by it. */
export function DraftAgenda({
  division,
  known,
  add,
}: {
  readonly division: string;
  readonly known: readonly string[];
  readonly add: (titles: readonly string[]) => void;
}) {
  const said = useMeetingWords();
  const drafting = useMutation({
    mutationFn: async () => {
      const [promised, late] = await Promise.all([
        listed({ division, kind: task, state: 'open' }),
        listed({ division, overdue: 'yes' }),
      ]);
      return [
        ...promised.map(({ subject }) => said.unfinished(subject)),
        ...late.filter(({ kind }) => kind !== task).map(({ subject }) => said.overdue(subject)),
      ].map((title) => title.slice(0, 200));
    },
    onSuccess: (titles) => add(titles.filter((title) => !known.includes(title))),
  });
  return (
    <div className="field">
      <Button loading={drafting.isPending} onClick={() => drafting.mutate()}>
        {said.draftAgenda}
      </Button>
      <p className="quiet" role="status">
        {drafting.data?.length === 0 ? said.nothingToDraft : said.draftAgendaHint}
      </p>
      <Faults error={drafting.error} />
    </div>
  );
}
