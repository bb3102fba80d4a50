import type { addTopicRoute, MeetingDetail } from '@lianxin/contract';
import { Button } from 'antd';
import { call } from '../../app/call.js';
import { useDraft } from '../../app/draft.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { useMeetingCommand } from './on-meeting.js';
import { useMeetingWords } from './words.js';

const nothing = { title: '', raisedBy: '' };

/** A topic that comes up while the meeting is on (临时议题): talked over and handed to somebody, never voted on. */
export function AddTopic({ meeting }: { readonly meeting: MeetingDetail }) {
  const said = useMeetingWords();
  const { words } = useLanguage();
  const draft = useDraft(`topic.${meeting.id}`, nothing);
  const { title, raisedBy } = draft.value;
  const adding = useMeetingCommand((topic: typeof nothing, commandId) =>
    call<typeof addTopicRoute>('post', '/api/meetings/{id}/topics', {
      params: { id: meeting.id },
      json: { title: topic.title, ...(topic.raisedBy === '' ? {} : { raisedBy: topic.raisedBy }) },
      commandId,
    }),
  );
  return (
    <details className="no-print">
      <summary>{said.addTopic}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          adding.mutate(draft.value, { onSuccess: () => draft.forget() });
        }}
      >
        <div className="field">
          <label htmlFor="topic-title">{said.topic}</label>
          <input
            id="topic-title"
            required
            maxLength={200}
            value={title}
            onChange={(event) => draft.change({ title: event.target.value, raisedBy })}
          />
          <label htmlFor="topic-from">
            {said.raisedBy}
            <span className="quiet">{words.matters.optional}</span>
          </label>
          <input
            id="topic-from"
            maxLength={80}
            value={raisedBy}
            onChange={(event) => draft.change({ title, raisedBy: event.target.value })}
          />
        </div>
        <Faults error={adding.error} />
        <Button htmlType="submit" loading={adding.isPending}>
          {said.addTopic}
        </Button>
      </form>
    </details>
  );
}
