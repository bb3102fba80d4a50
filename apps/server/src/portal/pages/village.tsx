import type { FC } from 'hono/jsx';
import { Button } from '../components/button/button.js';
import { EmptyState } from '../components/empty-state/empty-state.js';
import { QrCode } from '../components/qr-code/qr-code.js';
import { SectionCard } from '../components/section-card/section-card.js';
import { SummaryList } from '../components/summary-list/summary-list.js';
import { Tally } from '../components/tally/tally.js';
import type { PageSetting } from '../setting.js';
import type { PublicItem, ServiceView, VillageView } from '../village.view.js';
import { showDay, showDayOf } from '../words/days.js';
import { gridWords } from '../words/grid-words.js';
import { decisionWords } from '../words/decisions.js';
import { ballotWords } from '../words/ballots.js';
import { formerVillageWords } from '../words/former-village.js';
import { meetingWords } from '../words/meetings.js';
import { openWords } from '../words/open.js';
import { certificateWords } from './certificate-words.js';
import { BoardCard } from './board-parts.js';
import { Frame } from './frame.js';

interface Props {
  readonly setting: PageSetting;
  readonly village: VillageView;
}

/** The way here: home, county, township; the village itself is the page's heading. */
export const trailOf = (
  setting: PageSetting,
  path: VillageView['path'],
): readonly { readonly href: string; readonly label: string }[] => [
  { href: '/', label: setting.words.home },
  ...path.map(({ code, name }) => ({ href: `/?in=${code}`, label: name })),
];

const Item: FC<{ setting: PageSetting; item: PublicItem }> = ({ setting, item }) => {
  const { village: words, track } = setting.words;
  const ended = item.state === 'ended';
  const due = item.due && !ended ? showDay(item.due, setting.language).text : null;
  const notes = [
    words.itemOpened(showDayOf(item.recordedAt, setting.language).text),
    ...(item.unit ? [words.itemWith(item.unit)] : []),
    ...(due ? [words.itemUntil(due)] : []),
  ];
  return (
    <li class="public-item">
      <p class="public-item-title">
        <strong>{item.subject}</strong>
        <span class={`public-item-state is-${item.state}`}>{ended ? words.itemAnswered : track.states.now}</span>
      </p>
      <p class="public-item-note">{notes.join(' · ')}</p>
      {item.answer ? <p class="public-item-answer">{`${words.itemAnswer}: ${item.answer}`}</p> : null}
    </li>
  );
};

const Services: FC<{ setting: PageSetting; services: readonly ServiceView[] }> = ({ setting, services }) => {
  const words = setting.words.village;
  if (services.length === 0) return <EmptyState text={words.servicesNone} />;
  return (
    <ul class="service-list">
      {services.map((service) => (
        <li>
          <details>
            <summary>
              <span class="service-title">{service.title}</span>
              <span class="service-department">{service.department}</span>
            </summary>
            <dl>
              {service.papers.length > 0 ? (
                <div>
                  <dt>{words.papers}</dt>
                  <dd>{service.papers.join(setting.words.listMark)}</dd>
                </div>
              ) : null}
              {service.limit ? (
                <div>
                  <dt>{words.limit}</dt>
                  <dd>{service.limit}</dd>
                </div>
              ) : null}
            </dl>
          </details>
        </li>
      ))}
    </ul>
  );
};

const Contacts: FC<Props> = ({ setting, village }) => {
  const words = setting.words.village;
  const { office, duty } = village;
  const rows = office
    ? [
        { label: words.officeName, value: office.name },
        { label: words.director, value: office.director },
        { label: words.phone, value: office.phone },
        { label: words.address, value: office.address },
        { label: words.hours, value: office.hours },
      ].flatMap(({ label, value }) => (value ? [{ label, value }] : []))
    : [];
  return (
    <SectionCard id="office" title={words.office}>
      {office ? <SummaryList rows={rows} /> : <EmptyState text={words.officeNone} />}
      <h3>{words.duty}</h3>
      {duty.length > 0 ? (
        <ul class="contact-list">
          {duty.map((contact) => (
            <li>
              <strong>{contact.name}</strong> <span class="muted">{contact.post}</span>
              {contact.phone ? <a href={`tel:${contact.phone}`}>{contact.phone}</a> : null}
            </li>
          ))}
        </ul>
      ) : (
        <EmptyState text={words.dutyNone} />
      )}
    </SectionCard>
  );
};

const Items: FC<Props> = ({ setting, village }) => {
  const words = setting.words.village;
  return (
    <SectionCard id="items" title={words.items} note={words.itemsNote}>
      {village.items.length === 0 ? (
        <EmptyState text={words.itemsNone} />
      ) : (
        <ul class="public-items">
          {village.items.map((item) => (
            <Item setting={setting} item={item} />
          ))}
        </ul>
      )}
    </SectionCard>
  );
};

/** What the village was before (沿革); nothing for one that was always itself. */
const Before: FC<Props> = ({ setting, village }) => {
  const words = formerVillageWords(setting.language);
  const { before = [] } = village;
  if (before.length === 0) return null;
  return (
    <SectionCard id="history" title={words.before} note={words.beforeNote}>
      <ul class="plain-links">
        {before.map((one) => (
          <li>
            <a href={`/v/${one.code}`}>{one.name}</a>{' '}
            <span class="muted">
              {`${showDay(one.endedOn, setting.language).text} ${words.causes[one.cause]} · ${words.source} ${one.source}`}
            </span>
          </li>
        ))}
      </ul>
    </SectionCard>
  );
};

/** `/v/{code}`: what a village shows to everybody; the one thing to do here is to tell a need. */
export const VillagePage: FC<Props> = ({ setting, village }) => {
  const words = setting.words.village;
  const { counts } = village;
  const here = `/v/${village.code}`;
  return (
    <Frame setting={setting} title={village.name} trail={trailOf(setting, village.path)}>
      <div class="hero">
        <p class="hero-path">{village.path.map(({ name }) => name).join(' · ')}</p>
        <h1>{village.name}</h1>
        <p class="button-row screen-only">
          <Button label={words.tell} href={`${here}/requests/new`} />
          <Button label={words.follow} href="/r" tone="secondary" />
        </p>
        <p class="muted screen-only">{words.tellNote}</p>
      </div>
      <div class="columns">
        <div>
          <SectionCard id="counts" title={words.counts} note={words.countsNote}>
            <Tally
              label={words.counts}
              figures={[
                { figure: String(counts.open), label: words.open },
                { figure: String(counts.paused), label: words.paused },
                { figure: String(counts.ended), label: words.closed },
              ]}
            />
          </SectionCard>
          <BoardCard setting={setting} village={village.code} board={village.board} postings={village.postings ?? []} />
          <ul class="plain-links screen-only">
            <li>
              <a href={`${here}/meetings`}>{meetingWords(setting.language).more}</a>
            </li>
            <li>
              <a href={`${here}/decisions`}>{decisionWords(setting.language).more}</a>
            </li>
            <li>
              <a href={`${here}/certificates`}>{certificateWords(setting.language).more}</a>
            </li>
            <li>
              <a href={`${here}/open`}>{openWords(setting.language).more}</a>
            </li>
            <li>
              <a href={`${here}/ballots`}>{ballotWords(setting.language).more}</a>
            </li>
          </ul>
          <Items setting={setting} village={village} />
          <SectionCard id="services" title={words.services} note={words.servicesNote}>
            <Services setting={setting} services={village.services} />
          </SectionCard>
        </div>
        <div>
          <Contacts setting={setting} village={village} />
          <Before setting={setting} village={village} />
          <SectionCard id="qr" title={words.qrTitle}>
            <figure class="village-qr">
              <QrCode text={`${setting.origin}${here}`} label={words.qrLabel} />
              <figcaption>{words.qrCaption}</figcaption>
            </figure>
            <ul class="plain-links screen-only">
              <li>
                <a href={`${here}/grids`}>{gridWords[setting.language].link}</a>
              </li>
              <li>
                <a href={`${here}/poster`}>{words.poster}</a>
              </li>
              <li>
                <a href={`${here}/requests/paper`}>{words.paper}</a>
              </li>
            </ul>
          </SectionCard>
        </div>
      </div>
    </Frame>
  );
};

/** `/v/{code}/poster`: one sheet for the notice board, with the village's QR code. */
export const VillagePoster: FC<Props> = ({ setting, village }) => {
  const words = setting.words.village;
  return (
    <Frame setting={setting} title={words.poster} trail={trailOf(setting, village.path)}>
      <div class="poster">
        <h1>{words.posterTitle(village.name)}</h1>
        <QrCode text={`${setting.origin}/v/${village.code}`} label={words.qrLabel} size="large" />
        <p class="poster-address">{`${setting.origin}/v/${village.code}`}</p>
        <p class="lead">{words.posterText}</p>
        {village.office?.phone ? <p class="lead">{`${words.phone} ${village.office.phone}`}</p> : null}
      </div>
      <button class="button button-primary screen-only" type="button" data-print hidden>
        {setting.words.print}
      </button>
    </Frame>
  );
};
