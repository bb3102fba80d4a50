import type { CardContent, ChannelKind } from '@lianxin/contract';
import { Button, Input } from 'antd';
import { countyToday } from '../../app/today.js';
import { useHouseholdWords } from './words.js';

const kinds: readonly ChannelKind[] = ['phone', 'office', 'visit', 'portal'];

/** An empty card: one line of each that a card must have. */
export const emptyCard = (): CardContent => ({
  staff: [{ name: '', duty: '' }],
  channels: [{ kind: 'phone', value: '' }],
  needs: [],
});

/** What is sent: lines that were left empty are no lines. */
export const cardToSend = (card: CardContent): CardContent => ({
  staff: card.staff
    .filter((one) => one.name.trim() !== '')
    .map(({ phone, ...one }) => (phone ? { ...one, phone } : one)),
  channels: card.channels.filter((one) => one.value.trim() !== ''),
  needs: card.needs.filter((one) => one.text.trim() !== ''),
});

/** The three lists of a card, each line of each to add and drop; nothing else can be written down here. */
export function CardFields({
  card,
  change,
}: {
  readonly card: CardContent;
  readonly change: (next: CardContent) => void;
}) {
  const words = useHouseholdWords();
  const edit = <K extends keyof CardContent>(list: K, at: number, line: Partial<CardContent[K][number]>) =>
    change({ ...card, [list]: card[list].map((one, index) => (index === at ? { ...one, ...line } : one)) });
  const drop = (list: keyof CardContent, at: number) =>
    change({ ...card, [list]: card[list].filter((_, index) => index !== at) });
  const text = (id: string, label: string, value: string, set: (value: string) => void, required = false) => (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Input id={id} value={value} required={required} maxLength={100} onChange={(event) => set(event.target.value)} />
    </div>
  );
  const dropButton = (list: keyof CardContent, at: number, least: number) =>
    card[list].length <= least ? null : <Button onClick={() => drop(list, at)}>{words.dropLine(at + 1)}</Button>;
  return (
    <>
      <fieldset>
        <legend>{words.staff}</legend>
        {card.staff.map((one, at) => (
          <div className="row left" key={`staff ${at}`}>
            {text(`staff-name-${at}`, words.person, one.name, (name) => edit('staff', at, { name }), true)}
            {text(`staff-duty-${at}`, words.duty, one.duty, (duty) => edit('staff', at, { duty }), true)}
            {text(`staff-phone-${at}`, words.phone, one.phone ?? '', (phone) => edit('staff', at, { phone }))}
            {dropButton('staff', at, 1)}
          </div>
        ))}
        <Button onClick={() => change({ ...card, staff: [...card.staff, { name: '', duty: '' }] })}>
          {words.addLine}
        </Button>
      </fieldset>
      <fieldset>
        <legend>{words.channels}</legend>
        {card.channels.map((one, at) => (
          <div className="row left" key={`channel ${at}`}>
            <div className="field">
              <label htmlFor={`channel-kind-${at}`}>{words.channels}</label>
              <select
                id={`channel-kind-${at}`}
                value={one.kind}
                onChange={(event) => edit('channels', at, { kind: event.target.value as ChannelKind })}
              >
                {kinds.map((kind) => (
                  <option key={kind} value={kind}>
                    {words.channelKind[kind]}
                  </option>
                ))}
              </select>
            </div>
            {text(`channel-value-${at}`, words.value, one.value, (value) => edit('channels', at, { value }), true)}
            {dropButton('channels', at, 1)}
          </div>
        ))}
        <Button onClick={() => change({ ...card, channels: [...card.channels, { kind: 'phone', value: '' }] })}>
          {words.addLine}
        </Button>
      </fieldset>
      <fieldset>
        <legend>{words.needs}</legend>
        {card.needs.map((one, at) => (
          <div className="row left" key={`need ${at}`}>
            {text(`need-${at}`, words.need, one.text, (value) => edit('needs', at, { text: value }))}
            <div className="field">
              <label htmlFor={`need-on-${at}`}>{words.on}</label>
              <input
                id={`need-on-${at}`}
                type="date"
                value={one.expressedOn}
                onChange={(event) => edit('needs', at, { expressedOn: event.target.value })}
              />
            </div>
            {dropButton('needs', at, 0)}
          </div>
        ))}
        <Button onClick={() => change({ ...card, needs: [...card.needs, { text: '', expressedOn: countyToday() }] })}>
          {words.addLine}
        </Button>
      </fieldset>
      <p className="quiet">{words.minimal}</p>
    </>
  );
}
