import type {
  FieldActInput,
  FieldRole,
  logFieldActRoute,
  MyFieldActs,
  myFieldActsRoute,
  PeopleGroup,
} from '@lianxin/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { call } from '../../app/call.js';
import { useDraft } from '../../app/draft.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { moment } from '../../app/moment.js';
import { useMe } from '../../app/session.js';
import { countyToday, dayAfter } from '../../app/today.js';
import { useFirstTry } from './first-try.js';

const roles: readonly FieldRole[] = ['publicist', 'surveyor', 'agent', 'patroller', 'mediator'];
const groups: readonly PeopleGroup[] = ['grid-leader', 'group-head', 'info-officer', 'party-volunteer'];

interface Entry {
  readonly role: FieldRole | '';
  readonly group: PeopleGroup | '';
  readonly note: string;
  readonly openMatter: boolean;
  readonly urgent: boolean;
}
const empty: Entry = { role: '', group: '', note: '', openMatter: false, urgent: false };

/** The office in which the person goes out: the one whose post is one of the four groups, else any. */
function useFieldOffice() {
  const me = useMe();
  const offices = me.data?.offices ?? [];
  const office = offices.find((one) => groups.some((group) => group === one.post)) ?? offices[0];
  return {
    division: office?.division ?? me.data?.division ?? '',
    group: groups.find((group) => group === office?.post) ?? 'party-volunteer',
  };
}

function LogForm() {
  const { words } = useLanguage();
  const client = useQueryClient();
  const office = useFieldOffice();
  const draft = useDraft<Entry>('field-act', empty);
  const entry = draft.value;
  const set = (change: Partial<Entry>) => draft.change({ ...entry, ...change });
  const group = entry.group === '' ? office.group : entry.group;
  const firstTry = useFirstTry<FieldActInput>();
  const log = useMutation({
    mutationFn: () =>
      call<typeof logFieldActRoute>(
        'post',
        '/api/field-acts',
        firstTry(draft.commandId, () => ({
          division: office.division,
          group,
          role: entry.role === '' ? 'publicist' : entry.role,
          note: entry.note.trim(),
          occurredAt: new Date().toISOString(),
          ...(entry.openMatter ? { openMatter: true } : {}),
          ...(entry.urgent ? { urgent: true } : {}),
        })),
      ),
    onSuccess: async () => {
      draft.forget();
      await client.invalidateQueries({ queryKey: ['field-acts'] });
    },
  });
  return (
    <form
      className="panel"
      onSubmit={(event) => {
        event.preventDefault();
        log.mutate();
      }}
    >
      <Faults error={log.error} />
      {log.data === undefined ? null : (
        <p role="status" className="told">
          {log.data.matter === null ? (
            words.field.logged
          ) : (
            <Link to="/matters/$id" params={{ id: log.data.matter }}>
              {words.field.loggedMatter}
            </Link>
          )}
        </p>
      )}
      <fieldset>
        <legend>{words.field.role}</legend>
        <div className="ticks large">
          {roles.map((role) => (
            <label className="tick" key={role}>
              <input
                type="radio"
                name="role"
                required
                checked={entry.role === role}
                // An errand run for a resident is a matter; the others may become one.
                onChange={() => set({ role, openMatter: role === 'agent' })}
              />
              <span>
                {words.field.roles[role]} <span className="quiet">{words.field.roleHints[role]}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <div className="field">
        <label htmlFor="act-note">{words.field.note}</label>
        <p className="quiet" id="act-note-help">
          {words.field.noteHint}
        </p>
        <Input.TextArea
          id="act-note"
          aria-describedby="act-note-help"
          required
          rows={3}
          maxLength={200}
          value={entry.note}
          onChange={(event) => set({ note: event.target.value })}
        />
      </div>
      <label className="tick">
        <input
          type="checkbox"
          checked={entry.openMatter}
          onChange={(event) => set({ openMatter: event.target.checked })}
        />
        {words.field.openMatter}
      </label>
      <label className="tick">
        <input type="checkbox" checked={entry.urgent} onChange={(event) => set({ urgent: event.target.checked })} />
        {words.field.urgent}
      </label>
      <label className="filter">
        {words.field.group}
        <select value={group} onChange={(event) => set({ group: event.target.value as PeopleGroup })}>
          {groups.map((one) => (
            <option key={one} value={one}>
              {words.field.groups[one]}
            </option>
          ))}
        </select>
      </label>
      <p>
        <Button type="primary" htmlType="submit" loading={log.isPending}>
          {words.field.log}
        </Button>
      </p>
    </form>
  );
}

function Mine({ acts }: { readonly acts: MyFieldActs }) {
  const { words, language } = useLanguage();
  return (
    <section className="panel">
      <h2>{words.field.week(acts.from, acts.to)}</h2>
      <p className="quiet">{words.field.mine}</p>
      <ul className="counts">
        {roles.map((role) => (
          <li key={role} data-role={role}>
            <strong>{acts.counts[role] ?? 0}</strong> {words.field.roles[role]}
          </li>
        ))}
      </ul>
      {acts.acts.length === 0 ? <p className="quiet">{words.field.noActs}</p> : null}
      <ul className="plain">
        {acts.acts.map((act) => (
          <li key={act.id}>
            <strong>{words.field.roles[act.role]}</strong> {act.note}{' '}
            {act.matter === null ? null : (
              <Link to="/matters/$id" params={{ id: act.matter }}>
                {words.leader.see}
              </Link>
            )}
            <p className="quiet">{moment(act.occurredAt, language)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What I did in five roles (五员服务): logged in a few presses, counted for me alone. */
export function FieldActs() {
  const today = countyToday();
  const from = dayAfter(today, -6);
  const acts = useQuery({
    queryKey: ['field-acts', from, today],
    queryFn: () => call<typeof myFieldActsRoute>('get', '/api/field-acts/mine', { query: { from, to: today } }),
  });
  return (
    <>
      <LogForm />
      <Faults error={acts.error} />
      {acts.data === undefined ? null : <Mine acts={acts.data} />}
    </>
  );
}
