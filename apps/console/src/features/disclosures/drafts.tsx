import type {
  checkDraftRoute,
  cutDraftRoute,
  DraftView,
  DutyView,
  editDraftRoute,
  publishDraftRoute,
} from '@lianxin/contract';
import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { call, newCommandId } from '../../app/call.js';
import { useDraft } from '../../app/draft.js';
import { Faults } from '../../app/faults.js';
import { countyToday } from '../../app/today.js';
import { useDisclosureWords } from './words.js';

type Done = () => Promise<unknown>;

interface Starting {
  readonly division: string;
  readonly duty?: DutyView;
  readonly anytime?: { readonly item: string; readonly title: string };
  readonly done: Done;
}

/** Begins a draft: cut from its ledger at one press, or written in a few lines. */
export function StartDraft({ division, duty, anytime, done }: Starting) {
  const said = useDisclosureWords();
  const item = duty?.item ?? anytime?.item ?? '';
  const draft = useDraft(`disclosure.${division}.${item}.${duty?.from ?? ''}`, { title: '', text: '' });
  const start = useMutation({
    mutationFn: () =>
      call<typeof cutDraftRoute>('post', '/api/disclosures/drafts', {
        json: {
          division,
          item,
          from: duty?.from ?? countyToday(),
          ...(duty === undefined ? {} : { to: duty.to }),
          ...(draft.value.title === '' ? {} : { title: draft.value.title }),
          ...(draft.value.text === ''
            ? {}
            : { paragraphs: draft.value.text.split('\n').filter((line) => line.trim() !== '') }),
        },
        commandId: draft.commandId,
      }),
    onSuccess: async () => {
      draft.forget();
      await done();
    },
  });
  if (duty !== undefined && (!duty.drafts || duty.publishedOn !== null)) return null;
  if (duty?.cut === true) {
    return (
      <>
        <Faults error={start.error} />
        <Button onClick={() => start.mutate()} loading={start.isPending}>
          {said.cut}
        </Button>
      </>
    );
  }
  const id = `${item}-${duty?.from ?? 'now'}`;
  return (
    <details>
      <summary>{anytime === undefined ? said.write : `${said.write}：${anytime.title}`}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          start.mutate();
        }}
      >
        <Faults error={start.error} />
        {anytime === undefined ? null : (
          <div className="field">
            <label htmlFor={`title-${id}`}>{said.draftTitle}</label>
            <Input
              id={`title-${id}`}
              required
              maxLength={200}
              value={draft.value.title}
              onChange={(event) => draft.change({ ...draft.value, title: event.target.value })}
            />
          </div>
        )}
        <div className="field">
          <label htmlFor={`text-${id}`}>{said.paragraphs}</label>
          <Input.TextArea
            id={`text-${id}`}
            required
            autoSize={{ minRows: 3 }}
            value={draft.value.text}
            onChange={(event) => draft.change({ ...draft.value, text: event.target.value })}
          />
        </div>
        <Button htmlType="submit" loading={start.isPending}>
          {said.write}
        </Button>
      </form>
    </details>
  );
}

/** Drafts at work, each with what the office held may do to it now. */
export function Drafts({ drafts, done }: { readonly drafts: readonly DraftView[]; readonly done: Done }) {
  const said = useDisclosureWords();
  if (drafts.length === 0) return null;
  return (
    <section className="panel">
      <h2>{said.drafts}</h2>
      {drafts.map((draft) => (
        <OneDraft key={`${draft.id} ${draft.version}`} draft={draft} done={done} />
      ))}
    </section>
  );
}

function OneDraft({ draft, done }: { readonly draft: DraftView; readonly done: Done }) {
  const said = useDisclosureWords();
  const { content } = draft;
  return (
    <article className="disclosure-draft" id={`draft-${draft.id}`}>
      <h3>{draft.title}</h3>
      <p className="quiet">
        {said.draftStates[draft.state]}
        {draft.state === 'submitted' ? ` · ${draft.checker}` : ''}
        {draft.reason === '' ? '' : ` · ${said.reason}：${draft.reason}`}
      </p>
      {content.gaps.length === 0 ? null : <p className="disclosure-late">{said.gaps(content.gaps.join('、'))}</p>}
      {draft.may.edit ? (
        <Words draft={draft} done={done} />
      ) : (
        content.paragraphs.map((text) => <p key={text}>{text}</p>)
      )}
      {content.table === null ? null : (
        <details>
          <summary>{said.table(content.table.rows.length)}</summary>
          <div className="disclosure-table">
            <table>
              <thead>
                <tr>
                  {content.table.head.map((head) => (
                    <th key={head} scope="col">
                      {head}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {content.table.rows.map((row) => (
                  <tr key={row.join(' ')}>
                    {row.map((cell, at) => (
                      <td
                        key={`${content.table?.head[at]}`}
                        className={content.table?.right?.includes(at) === true ? 'figure' : undefined}
                      >
                        {cell}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
      {draft.checks.map((check) => (
        <p key={check.at} className="quiet">
          {said.checks}：{check.by} · {check.agrees ? said.agreed : said.returned} {check.note}
        </p>
      ))}
      {draft.may.check ? <Check draft={draft} done={done} /> : null}
      {draft.may.publish ? <Publish draft={draft} done={done} /> : null}
    </article>
  );
}

function Words({ draft, done }: { readonly draft: DraftView; readonly done: Done }) {
  const said = useDisclosureWords();
  const [title, setTitle] = useState(draft.title);
  const [text, setText] = useState(draft.content.paragraphs.join('\n'));
  const save = useMutation({
    mutationFn: (submit: boolean) =>
      call<typeof editDraftRoute>('post', '/api/disclosures/drafts/{id}/text', {
        params: { id: draft.id },
        json: {
          version: draft.version,
          title,
          paragraphs: text.split('\n').filter((line) => line.trim() !== ''),
          submit,
        },
        commandId: newCommandId(),
      }),
    onSuccess: done,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(true);
      }}
    >
      <Faults error={save.error} />
      <div className="field">
        <label htmlFor={`title-${draft.id}`}>{said.draftTitle}</label>
        <Input
          id={`title-${draft.id}`}
          maxLength={200}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor={`words-${draft.id}`}>{said.paragraphs}</label>
        <Input.TextArea
          id={`words-${draft.id}`}
          autoSize={{ minRows: 2 }}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <p className="quiet">{said.paragraphsHint}</p>
      </div>
      <div className="row">
        <Button onClick={() => save.mutate(false)} loading={save.isPending}>
          {said.save}
        </Button>
        {draft.state === 'agreed' ? null : (
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {said.submit}
          </Button>
        )}
      </div>
    </form>
  );
}

function Check({ draft, done }: { readonly draft: DraftView; readonly done: Done }) {
  const said = useDisclosureWords();
  const [note, setNote] = useState('');
  const check = useMutation({
    mutationFn: (agrees: boolean) =>
      call<typeof checkDraftRoute>('post', '/api/disclosures/drafts/{id}/check', {
        params: { id: draft.id },
        json: { version: draft.version, agrees, note },
        commandId: newCommandId(),
      }),
    onSuccess: done,
  });
  return (
    <div>
      <Faults error={check.error} />
      <div className="field">
        <label htmlFor={`note-${draft.id}`}>{said.note}</label>
        <Input.TextArea
          id={`note-${draft.id}`}
          maxLength={1000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      <div className="row">
        <Button type="primary" onClick={() => check.mutate(true)} loading={check.isPending}>
          {said.agree}
        </Button>
        <Button onClick={() => check.mutate(false)} loading={check.isPending}>
          {said.sendBack}
        </Button>
      </div>
    </div>
  );
}

function Publish({ draft, done }: { readonly draft: DraftView; readonly done: Done }) {
  const said = useDisclosureWords();
  const publish = useMutation({
    mutationFn: () =>
      call<typeof publishDraftRoute>('post', '/api/disclosures/drafts/{id}/publish', {
        params: { id: draft.id },
        json: { version: draft.version },
        commandId: newCommandId(),
      }),
    onSuccess: done,
  });
  return (
    <div>
      <Faults error={publish.error} />
      <p className="quiet">{said.publishNote}</p>
      <Button type="primary" onClick={() => publish.mutate()} loading={publish.isPending}>
        {said.publish}
      </Button>
    </div>
  );
}
