import type { HouseholdContact, logVisitRoute, RequestForm, VisitInput } from '@lianxin/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import type { ReactNode } from 'react';
import { call } from '../../app/call.js';
import { useDraft } from '../../app/draft.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { Loading } from '../../app/page-head.js';
import { useFirstTry } from './first-try.js';
import { localMoment, toInstant } from './local-moment.js';
import { PutAway, usePutAway } from './put-away.js';
import { useHeldDraft } from './pocket/held-draft.js';
import { fromLane, type Command, type NewCommand } from './pocket/outbox.js';
import { usePocketWords } from './words.js';

interface Visit {
  readonly need: string;
  readonly feedback: string;
  readonly when: string;
  readonly toMatter: boolean;
  readonly kind: string;
}
const empty: Visit = { need: '', feedback: '', when: '', toMatter: false, kind: '' };

/** The visit as it is sent. */
const visitOf = (household: string, { need, feedback, when }: Visit): VisitInput => ({
  household,
  occurredAt: toInstant(when),
  ...(need.trim() === '' ? {} : { need: need.trim() }),
  ...(feedback.trim() === '' ? {} : { feedback: feedback.trim() }),
});

/** What is asked at the door: the need that was heard, the answer given, when; there is no field for anything else. */
function VisitFields(props: {
  readonly household: string;
  readonly visit: Visit;
  readonly change: (visit: Visit) => void;
  readonly children?: ReactNode;
}) {
  const { household, visit, change, children } = props;
  const { words } = useLanguage();
  return (
    <>
      <div className="field">
        <label htmlFor={`need-${household}`}>{words.field.need}</label>
        <p className="quiet" id={`need-${household}-help`}>
          {words.field.needHint}
        </p>
        <Input.TextArea
          id={`need-${household}`}
          aria-describedby={`need-${household}-help`}
          rows={2}
          maxLength={200}
          value={visit.need}
          onChange={(event) => change({ ...visit, need: event.target.value })}
        />
      </div>
      {children}
      <div className="field">
        <label htmlFor={`feedback-${household}`}>
          {words.field.feedback}
          <span className="quiet">{words.matters.optional}</span>
        </label>
        <Input.TextArea
          id={`feedback-${household}`}
          rows={2}
          maxLength={200}
          value={visit.feedback}
          onChange={(event) => change({ ...visit, feedback: event.target.value })}
        />
      </div>
    </>
  );
}

function When(props: { readonly household: string; readonly visit: Visit; readonly change: (visit: Visit) => void }) {
  const { household, visit, change } = props;
  const { words } = useLanguage();
  return (
    <div className="field">
      <label htmlFor={`when-${household}`}>{words.field.when}</label>
      <Input
        id={`when-${household}`}
        type="datetime-local"
        max={localMoment()}
        value={visit.when === '' ? localMoment() : visit.when}
        onChange={(event) => change({ ...visit, when: event.target.value })}
      />
    </div>
  );
}

/** Logs a visit (走访) at once, from a machine that carries no pocket. */
export function VisitForm({ household }: { readonly household: string }) {
  const { words } = useLanguage();
  const client = useQueryClient();
  const draft = useDraft(`visit.${household}`, empty);
  const firstTry = useFirstTry<VisitInput>();
  const log = useMutation({
    mutationFn: () =>
      call<typeof logVisitRoute>(
        'post',
        '/api/contact-visits',
        firstTry(draft.commandId, () => visitOf(household, draft.value)),
      ),
    onSuccess: async () => {
      draft.forget();
      await client.invalidateQueries({ queryKey: ['households'] });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        log.mutate();
      }}
    >
      <h3>{words.field.visit}</h3>
      <Faults error={log.error} />
      {log.isSuccess ? (
        <p role="status" className="told">
          {words.field.visitLogged}
        </p>
      ) : null}
      <VisitFields household={household} visit={draft.value} change={draft.change} />
      <When household={household} visit={draft.value} change={draft.change} />
      <p>
        <Button type="primary" htmlType="submit" loading={log.isPending}>
          {words.field.logVisit}
        </Button>
      </p>
    </form>
  );
}

/** What a visit becomes in the outbox: the visit, and behind it in the same lane its need as a matter. */
const commandsOf = (
  of: HouseholdContact,
  id: string,
  visit: Visit,
  labels: Record<'need' | 'feedback' | 'when', string>,
): readonly NewCommand[] => {
  const json = visitOf(of.household, visit);
  const shown = { about: of.label, text: json.need ?? json.feedback ?? '', household: of.household };
  const asked: Command['asked'] = [
    { at: ['need'], label: labels.need },
    { at: ['feedback'], label: labels.feedback },
    { at: ['occurredAt'], label: labels.when, moment: true },
  ];
  const logged: NewCommand = {
    id,
    lane: id,
    command: { kind: 'visit', path: '/api/contact-visits', json: { ...json }, ...shown, asked },
  };
  if (!visit.toMatter || json.need === undefined) return [logged];
  const matter: NewCommand = {
    id: `${id}-need`,
    lane: id,
    command: {
      kind: 'need',
      path: '/api/contact-visits/{id}/matter',
      params: { id: fromLane },
      json: visit.kind === '' ? {} : { kind: visit.kind },
      ...shown,
      asked: [],
    },
  };
  return [logged, matter];
};

/** Logs a visit into the outbox: open the household, one sentence, a tick if somebody has to act, and log it. */
export function CarriedVisitForm({
  of,
  kinds,
}: {
  readonly of: HouseholdContact;
  readonly kinds: RequestForm['kinds'];
}) {
  const { words, term } = useLanguage();
  const pocket = usePocketWords();
  const held = useHeldDraft<Visit>(`visit.${of.household}`, empty);
  const put = usePutAway(held);
  if (held.draft === undefined) return <Loading />;
  const { value: visit, commandId } = held.draft;
  const set = (change: Partial<Visit>) => held.change({ ...visit, ...change });
  const nothing = visit.need.trim() === '' && visit.feedback.trim() === '';
  const offered = kinds.filter((one) => one.unsorted);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!nothing) put.mutate(commandsOf(of, commandId, visit, words.field));
      }}
    >
      <VisitFields household={of.household} visit={visit} change={set}>
        <label className="tick">
          <input
            type="checkbox"
            checked={visit.toMatter}
            onChange={(event) => set({ toMatter: event.target.checked })}
          />
          {pocket.toMatterToo}
        </label>
        {visit.toMatter && offered.length > 0 ? (
          <label className="filter">
            {words.field.kind}
            <select value={visit.kind} onChange={(event) => set({ kind: event.target.value })}>
              <option value="">{words.openFor.unsorted}</option>
              {offered.map(({ id, title }) => (
                <option key={id} value={id}>
                  {term(title)}
                </option>
              ))}
            </select>
          </label>
        ) : null}
      </VisitFields>
      {/* Open where a time was chosen: a browser that refuses one shows its reason beside the field. */}
      <details open={visit.when !== ''}>
        <summary>{pocket.otherTime}</summary>
        <When household={of.household} visit={visit} change={set} />
      </details>
      <PutAway put={put} full={held.full} />
      <p>
        <Button type="primary" htmlType="submit" disabled={nothing} loading={put.isPending}>
          {words.field.logVisit}
        </Button>
      </p>
    </form>
  );
}
