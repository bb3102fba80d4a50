import type { CardView } from '@lianxin/contract';
import { useHouseholdWords } from './words.js';

/** A contact card as it is printed and handed over (民情联系卡): one a page in print. */
export function CardSheet({ card }: { readonly card: CardView }) {
  const words = useHouseholdWords();
  const { content } = card;
  return (
    <article className="contact-card" aria-label={`${words.cardTitle} ${card.label}`}>
      <h2>{words.cardTitle}</h2>
      <p>
        <strong>
          {card.divisionName} {card.label}
        </strong>
        {card.gridName === null ? '' : ` · ${card.gridName}`}
      </p>
      {content === null ? null : (
        <>
          <h3>{words.staff}</h3>
          <ul className="plain">
            {content.staff.map((one) => (
              <li key={one.name}>
                {one.name} {one.duty} {one.phone ?? ''}
              </li>
            ))}
          </ul>
          <h3>{words.channels}</h3>
          <ul className="plain">
            {content.channels.map((one) => (
              <li key={`${one.kind} ${one.value}`}>
                {words.channelKind[one.kind]}：{one.value}
              </li>
            ))}
          </ul>
          {content.needs.length === 0 ? null : (
            <>
              <h3>{words.needs}</h3>
              <ul className="plain">
                {content.needs.map((one) => (
                  <li key={`${one.text} ${one.expressedOn}`}>
                    {one.expressedOn} {one.text}
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
      <p className="quiet">
        {card.withdrawnOn === null ? words.issued(card.issuedOn) : words.withdrawn(card.withdrawnOn)}
      </p>
    </article>
  );
}
