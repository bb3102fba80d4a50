import type { actOnMatterRoute, MatterDetail, NextActView } from '@lianxin/contract';
import { RefusedError } from '@lianxin/contract/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, message } from 'antd';
import { useState } from 'react';
import { call } from '../../app/call.js';
import { useDraft } from '../../app/draft.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { FieldForm } from './field-form.js';

const nothing = {};

/** One act being filled in. The version on the screen goes with it, so that nobody acts on what they have not seen. */
function ActForm({
  matter,
  next,
  close,
}: {
  readonly matter: MatterDetail;
  readonly next: NextActView;
  readonly close: () => void;
}) {
  const { words } = useLanguage();
  const client = useQueryClient();
  const [note, holder] = message.useMessage();
  const draft = useDraft<Record<string, never> | NonNullable<Parameters<typeof FieldForm>[0]['values']>>(
    `${matter.id}.${next.act}`,
    nothing,
  );
  const act = useMutation({
    mutationFn: () =>
      call<typeof actOnMatterRoute>('post', '/api/matters/{id}/acts', {
        params: { id: matter.id },
        json: { act: next.act, fields: draft.value, baseVersion: matter.version },
        commandId: draft.commandId,
      }),
    onSuccess: async () => {
      draft.forget();
      await Promise.all([
        client.invalidateQueries({ queryKey: ['matter', matter.id] }),
        client.invalidateQueries({ queryKey: ['today'] }),
      ]);
      await note.success(words.matters.done(next.title));
      close();
    },
  });
  const stale = act.error instanceof RefusedError && act.error.faults.some((fault) => fault.code === 'stale-version');
  return (
    <form
      className="act-form"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate();
      }}
    >
      {holder}
      <h3>{next.title}</h3>
      <Faults error={act.error} />
      {stale ? (
        <Button onClick={() => void client.invalidateQueries({ queryKey: ['matter', matter.id] })}>
          {words.matters.readAgain}
        </Button>
      ) : null}
      <FieldForm
        fields={next.fields}
        values={draft.value}
        change={draft.change}
        error={act.error}
        prefix={`act-${next.act}`}
      />
      <p className="row">
        <Button type="primary" htmlType="submit" loading={act.isPending}>
          {words.matters.confirmAct(next.title)}
        </Button>
        <Button onClick={close}>{words.cancel}</Button>
      </p>
    </form>
  );
}

/**
 * What may be done next (下一步): what I may do as buttons; what cannot be done yet greyed, with each reason, the article and the
 * cure; what others may do, by name of office.
 */
export function NextActs({ matter }: { readonly matter: MatterDetail }) {
  const { words } = useLanguage();
  const [open, setOpen] = useState<string | null>(null);
  const mine = matter.nextActs.filter((next) => next.mine);
  const ready = mine.filter((next) => next.allowed);
  const notYet = mine.filter((next) => !next.allowed);
  const others = matter.nextActs.filter((next) => !next.mine && next.allowed);
  const chosen = ready.find((next) => next.act === open);
  return (
    <section className="panel" aria-label={words.matters.next}>
      <h2>{words.matters.next}</h2>
      {ready.length === 0 ? <p className="quiet">{words.matters.nothingForMe}</p> : null}
      {chosen === undefined ? (
        <div className="acts">
          {ready.map((next, index) => (
            <Button key={next.act} type={index === 0 ? 'primary' : 'default'} onClick={() => setOpen(next.act)}>
              {next.title}
            </Button>
          ))}
        </div>
      ) : (
        <ActForm key={chosen.act} matter={matter} next={chosen} close={() => setOpen(null)} />
      )}
      {notYet.length === 0 ? null : (
        <ul className="not-yet">
          {notYet.map((next) => (
            <li key={next.act}>
              <Button disabled>{next.title}</Button>
              <ul className="faults">
                {next.faults.map((fault) => (
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
      )}
      {others.length === 0 ? null : (
        <details>
          <summary>{words.matters.others}</summary>
          <ul>
            {others.map((next) => (
              <li key={next.act}>
                {next.title} <span className="quiet">{next.by.join('、')}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
