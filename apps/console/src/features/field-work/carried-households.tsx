import type { HouseholdContact } from '@lianxin/contract';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { moment } from '../../app/moment.js';
import { Empty, Loading } from '../../app/page-head.js';
import type { Person } from '../../app/session.js';
import { CardCorrection } from './card-correction.js';
import { CardSheet } from '../households/card-sheet.js';
import { useCarriedDay, type CarriedDay } from './carried-day.js';
import type { OpenEntry } from './pocket/outbox.js';
import { useOutbox } from './pocket/use-pocket.js';
import { RequestForm } from './request-form.js';
import { Slip } from './slip.js';
import { CarriedVisitForm } from './visit-form.js';
import { VisitLine } from './visit-line.js';
import { usePocketWords } from './words.js';

/** What was written here and is not with the server yet: it stands among the visits, marked. */
function Unsent({ entries }: { readonly entries: readonly OpenEntry[] }) {
  const words = usePocketWords();
  const { language } = useLanguage();
  return entries.map((entry) => (
    <li key={entry.id} className="not-sent">
      <p>
        <strong>{words.unsent}</strong> {words.kinds[entry.command.kind]}{' '}
        <span className="quiet">{moment(entry.madeAt, language)}</span>
      </p>
      <p>{entry.command.text}</p>
    </li>
  ));
}

function Carried({
  of,
  day,
  alone,
}: {
  readonly of: HouseholdContact;
  readonly day: CarriedDay;
  readonly alone: boolean;
}) {
  const { words } = useLanguage();
  const pocket = usePocketWords();
  const card = day.cards[of.household];
  const here = useOutbox().filter((one) => one.command.household === of.household);
  const unsent = here.filter((one) => !['need', 'card'].includes(one.command.kind) && one.state !== 'arrived');
  return (
    <section className="panel carried" aria-label={of.label}>
      <h2>{of.label}</h2>
      {of.takesContact ? null : <p className="quiet">{words.field.declined}</p>}
      {here.map((one) => (
        <Slip key={one.id} entry={one} />
      ))}
      <details open={alone}>
        <summary>{pocket.visitOf(of.label)}</summary>
        <CarriedVisitForm of={of} kinds={day.form?.kinds ?? []} />
      </details>
      {day.form === null ? null : (
        <details>
          <summary>{pocket.requestOf(of.label)}</summary>
          <RequestForm of={of} form={day.form} />
        </details>
      )}
      {card === null || card === undefined ? null : (
        <details>
          <summary>{pocket.cardTitle}</summary>
          <CardSheet card={card} />
          {card.content === null ? null : (
            <details>
              <summary>{pocket.correctCard}</summary>
              <CardCorrection key={card.entries.length} card={{ ...card, content: card.content }} />
            </details>
          )}
        </details>
      )}
      <h3>{words.field.visits}</h3>
      {of.visits.length + unsent.length === 0 ? <p className="quiet">{words.field.noVisits}</p> : null}
      <ul className="plain">
        <Unsent entries={unsent} />
        {of.visits.map((visit) => (
          <VisitLine key={visit.id} visit={visit} own={false} label={of.label} />
        ))}
      </ul>
    </section>
  );
}

/** Today's households on this phone (今天的联系户), with or without a line. */
export function CarriedHouseholds({ me }: { readonly me: Person }) {
  const words = usePocketWords();
  const { words: said, language } = useLanguage();
  const day = useCarriedDay(me, true);
  if (day.isPending) return <Loading />;
  if (day.data === undefined) return <Faults error={day.error} />;
  if (day.data === null) return <Empty text={words.notCarried} />;
  const { households, fetchedAt, full } = day.data;
  return (
    <>
      <p className="quiet" role="status">
        {words.today} · {words.carried(moment(fetchedAt, language))}
      </p>
      {full ? <p className="refusal">{words.phoneFull}</p> : null}
      {households.length === 0 ? <Empty text={said.field.noHouseholds} /> : null}
      {households.map((one) => (
        <Carried key={one.household} of={one} day={day.data as CarriedDay} alone={households.length === 1} />
      ))}
    </>
  );
}
