import type { MeetingDetail, MinutesView, writeMinutesRoute } from '@lianxin/contract';
import { Button } from 'antd';
import { call } from '../../app/call.js';
import { useDraft } from '../../app/draft.js';
import { Faults } from '../../app/faults.js';
import { useMeetingCommand } from './on-meeting.js';
import { useMeetingWords } from './words.js';

/** Minutes being written (会议记录): what is typed is kept as a draft, what is saved is a version. */
export function Minutes({
  meeting,
  item,
  minutes,
}: {
  readonly meeting: MeetingDetail;
  readonly item: string | null;
  readonly minutes: MinutesView | null;
}) {
  const said = useMeetingWords();
  const id = `minutes-${item ?? 'meeting'}`;
  const draft = useDraft(`${id}.${meeting.id}.${minutes?.version ?? 0}`, minutes?.text ?? '');
  const saving = useMeetingCommand((text: string, commandId) =>
    call<typeof writeMinutesRoute>('post', '/api/meetings/{id}/minutes', {
      params: { id: meeting.id },
      json: { text, ...(item === null ? {} : { item }) },
      commandId,
    }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(draft.value);
      }}
    >
      <div className="field minutes-text">
        <label htmlFor={id}>{item === null ? said.minutes : said.minutesOf}</label>
        <textarea
          id={id}
          rows={item === null ? 8 : 4}
          maxLength={20_000}
          required
          value={draft.value}
          onChange={(event) => draft.change(event.target.value)}
        />
      </div>
      {minutes === null ? null : <p className="quiet">{said.version(minutes.version, minutes.name)}</p>}
      <Faults error={saving.error} />
      <Button htmlType="submit" loading={saving.isPending}>
        {said.saveMinutes}
      </Button>
    </form>
  );
}
