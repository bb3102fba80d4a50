import type { actOnMatterRoute, FieldValues, MatterDetail, NextActView } from '@lianxin/contract';
import { RefusedError } from '@lianxin/contract/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { call } from '../../app/call.js';
import { useDraft } from '../../app/draft.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { useReadAnew } from '../../app/session.js';
import { FieldForm } from './field-form.js';

const nothing: FieldValues = {};

/** One act may stand in several branches of a stage. */
const keyOf = (next: NextActView): string => `${next.stage ?? ''} ${next.act}`;

/** One act being filled in. The version on the screen goes with it, so that nobody acts on what they have not seen. */
function ActForm({
  matter,
  next,
  close,
  done,
}: {
  readonly matter: MatterDetail;
  readonly next: NextActView;
  readonly close: () => void;
  readonly done: (title: string) => void;
}) {
  const { words, term } = useLanguage();
  const client = useQueryClient();
  const readAnew = useReadAnew();
  const draft = useDraft<FieldValues>(`${matter.id}.${keyOf(next)}`, nothing);
  const act = useMutation({
    mutationFn: () =>
      call<typeof actOnMatterRoute>('post', '/api/matters/{id}/acts', {
        params: { id: matter.id },
        json: {
          act: next.act,
          ...(next.stage?.includes('/') === true ? { stage: next.stage } : {}),
          fields: draft.value,
          baseVersion: matter.version,
        },
        commandId: draft.commandId,
      }),
    onSuccess: async () => {
      draft.forget();
      done(next.title);
      await readAnew();
    },
  });
  const stale = act.error instanceof RefusedError && act.error.faults.some((fault) => fault.code === 'stale-version');
  return (
    <form
      className="act-form"
      aria-label={term(next.title)}
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate();
      }}
    >
      <h3 tabIndex={-1}>{term(next.title)}</h3>
      <Faults error={act.error} />
      {stale ? (
        <p>
          <Button onClick={() => void client.invalidateQueries({ queryKey: ['matter', matter.id] }).then(act.reset)}>
            {words.matters.readAgain}
          </Button>
        </p>
      ) : null}
      <FieldForm
        fields={next.fields}
        values={draft.value}
        change={draft.change}
        error={act.error}
        prefix={`act-${next.act}`}
        division={matter.division}
      />
      <p className="row left">
        <Button type="primary" htmlType="submit" loading={act.isPending}>
          {words.matters.confirmAct(term(next.title))}
        </Button>
        <Button onClick={close}>{words.cancel}</Button>
      </p>
    </form>
  );
}

interface Barred {
  readonly acts: NextActView[];
  readonly faults: NextActView['faults'];
}

/** Acts barred for the same reasons, told once. Where another way was chosen, that is the whole reason: what else that way would lack is nobody's task. */
const byReason = (acts: readonly NextActView[]): Barred[] => {
  const told = new Map<string, Barred>();
  for (const next of acts) {
    const elsewhere = next.faults.find((fault) => fault.code === 'other-way-chosen');
    const faults = elsewhere === undefined ? next.faults : [{ ...elsewhere, why: null, source: [] }];
    const key = faults.map((fault) => `${fault.what}${fault.cure}${fault.source.join()}`).join('\n');
    const same = told.get(key);
    if (same === undefined) told.set(key, { acts: [next], faults });
    else same.acts.push(next);
  }
  return [...told.values()];
};

/** Why an act can't be done yet: what is missing, the article that asks for it, and what would cure it. */
function NotYet({ acts }: { readonly acts: readonly NextActView[] }) {
  const { words, term } = useLanguage();
  if (acts.length === 0) return null;
  return (
    <>
      <h3>{words.matters.notYet}</h3>
      <ul className="not-yet">
        {byReason(acts).map(({ acts: barred, faults }) => (
          <li key={barred.map(keyOf).join()}>
            <div className="acts">
              {barred.map((next) => (
                <Button disabled key={keyOf(next)}>
                  {term(next.title)}
                </Button>
              ))}
            </div>
            <ul className="faults">
              {faults.map((fault) => (
                <li key={fault.code} data-fault={fault.code}>
                  {fault.what} {fault.cure === null ? null : <span className="quiet">{fault.cure}</span>}
                  {fault.source.length === 0 ? null : (
                    <span className="quiet">（{fault.why ?? fault.source.join('、')}）</span>
                  )}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Acts that lead on; the others change who, when or what, and stand behind them. */
const leadsOn = new Set(['outcome', 'note', 'sign', 'answer']);

/** Acts of a vote or a posting that are the exception: a meeting is called on its own page, most postings meet no objection. */
const seldom = new Set(['demand', 'convene', 'object']);

/** The acts in the order in which they are pressed: taking and leading on first. What has been done once stands behind, should it be needed again. */
const inOrder = (acts: readonly NextActView[], done: MatterDetail['acts']) => {
  const takes = (next: NextActView) => next.kind === 'assign' && next.fields.some((field) => field.type === 'person');
  const again = (next: NextActView) =>
    next.act === 'post' && done.some((act) => act.act === 'post' && act.stage === next.stage);
  const first = acts.filter(
    (next) =>
      !seldom.has(next.act) && !again(next) && (leadsOn.has(next.kind) || takes(next) || next.fields.length === 0),
  );
  return { first, besides: acts.filter((next) => !first.includes(next)) };
};

/**
 * Keeps the keyboard where the work is (焦点): at the head of a form that opened, back on its button when it is left, on the word that it is done.
 * What was pressed goes from the page, and with it the place a keyboard or a screen reader was at.
 */
function useFollowedFocus(open: string | null, done: string | null) {
  const section = useRef<HTMLElement>(null);
  const last = useRef<string | null>(null);
  useEffect(() => {
    if (open === null && last.current === null) return;
    const left = last.current ?? '';
    last.current = open;
    const place =
      open !== null ? '.act-form h3' : done === null ? `[data-act=${JSON.stringify(left)}]` : '[role="status"]';
    section.current?.querySelector<HTMLElement>(place)?.focus({ preventScroll: open === null && done === null });
  }, [open, done]);
  return section;
}

/**
 * What may be done next (下一步): what I may do as buttons; what cannot be done yet greyed, with each reason, the article and the
 * cure; what others may do, by name of office.
 */
export function NextActs({ matter }: { readonly matter: MatterDetail }) {
  const { words, term } = useLanguage();
  const [open, setOpen] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const section = useFollowedFocus(open, done);
  const mine = matter.nextActs.filter((next) => next.mine);
  const ready = mine.filter((next) => next.allowed);
  const others = matter.nextActs.filter((next) => !next.mine && next.faults.length <= 1);
  const chosen = ready.find((next) => keyOf(next) === open);
  const { first, besides } = inOrder(ready, matter.acts);
  const button = (next: NextActView, index: number) => (
    <Button
      key={keyOf(next)}
      data-act={keyOf(next)}
      type={index === 0 ? 'primary' : 'default'}
      onClick={() => {
        setDone(null);
        setOpen(keyOf(next));
      }}
    >
      {term(next.title)}
    </Button>
  );
  return (
    <section className="panel next no-print" ref={section} aria-label={words.matters.next}>
      <h2>{words.matters.next}</h2>
      <p role="status" tabIndex={-1} className={done === null ? 'unseen' : 'told'}>
        {done === null ? '' : words.matters.done(term(done))}
      </p>
      {ready.length === 0 ? <p className="quiet">{words.matters.nothingForMe}</p> : null}
      {chosen === undefined ? (
        <>
          <div className="acts">{first.map(button)}</div>
          {besides.length === 0 ? null : (
            <>
              <h3>{words.matters.besides}</h3>
              <div className="acts">{besides.map((next) => button(next, 1))}</div>
            </>
          )}
        </>
      ) : (
        <ActForm
          key={keyOf(chosen)}
          matter={matter}
          next={chosen}
          close={() => setOpen(null)}
          done={(title) => {
            setOpen(null);
            setDone(title);
          }}
        />
      )}
      <NotYet acts={mine.filter((next) => !next.allowed)} />
      {others.length === 0 ? null : (
        <details>
          <summary>{words.matters.others}</summary>
          <ul>
            {others.map((next) => (
              <li key={keyOf(next)}>
                {term(next.title)} <span className="quiet">{next.by.join('、')}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
