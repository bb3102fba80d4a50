import { certificateCheckWords, formatCertificateCode } from '@lianxin/domain';
import type { FC } from 'hono/jsx';
import { askedWords, doneWords, type CertificateLine, type CheckedCertificate } from '../../certificates/index.js';
import { nameSources } from '../../http/source-names.js';
import { Button } from '../components/button/button.js';
import { EmptyState } from '../components/empty-state/empty-state.js';
import { NoticeBanner } from '../components/notice-banner/notice-banner.js';
import { QrCode } from '../components/qr-code/qr-code.js';
import { SectionCard } from '../components/section-card/section-card.js';
import { SummaryList } from '../components/summary-list/summary-list.js';
import type { PageSetting } from '../setting.js';
import type { FoundVillage } from '../villages.js';
import { showDay, showMoment } from '../words/days.js';
import { certificateWords } from './certificate-words.js';
import { Frame } from './frame.js';
import { trailOf } from './village.js';

/** `/certificates/<county>/<id>`: what a decision was, what was computed again, and the ways to check it without this server. */
export const CertificatePage: FC<{ setting: PageSetting; checked: CheckedCertificate }> = ({ setting, checked }) => {
  const words = certificateWords(setting.language);
  const { certificate, outcome } = checked;
  const { matter, place, rule, result, steps, publications } = certificate;
  const county = place.division.slice(0, 6);
  const address = `/certificates/${county}/${certificate.id}`;
  const verify = `/verify#${formatCertificateCode({ county, id: certificate.id })}`;
  const day = (text: string): string => showDay(text, setting.language).text;
  return (
    <Frame
      setting={setting}
      title={words.title}
      trail={[
        { href: '/', label: setting.words.home },
        { href: `/v/${place.division}`, label: place.names.at(-1) ?? place.division },
      ]}
    >
      <h1>{words.title}</h1>
      {outcome.holds ? (
        <NoticeBanner
          title={words.holds}
          tone="good"
          text={certificateCheckWords(outcome.checks)[setting.language === 'en' ? 'en' : 'zh']}
        >
          <p class="notice-text">{words.byServer}</p>
        </NoticeBanner>
      ) : (
        <NoticeBanner title={words.differs} tone="wait" text={words.differsText} />
      )}
      <SummaryList
        rows={[
          { label: words.matter, value: matter.title ?? matter.number, note: matter.number },
          { label: words.place, value: place.names.join(' ') },
          { label: words.result, value: `${result.title}（${day(result.on)}）` },
          { label: words.rule, value: rule.title, note: `${rule.pack} ${rule.version} · ${rule.hash.slice(0, 16)}…` },
          { label: words.issued, value: showMoment(certificate.issued, setting.language).text },
        ]}
      />
      <SectionCard id="steps" title={words.steps}>
        <SummaryList
          rows={steps.map((step) => ({
            label: day(step.on),
            value: [
              `${step.title} · ${step.body} · ${doneWords(step)}`,
              ...(Object.keys(step.counts).length === 0 ? [] : [words.counts(step.counts)]),
            ],
            note: [...(askedWords(step) === '' ? [] : [askedWords(step)]), words.page(step.leaf.index)].join(' · '),
          }))}
        />
      </SectionCard>
      {publications.length === 0 ? null : (
        <SectionCard id="publications" title={words.publications}>
          <SummaryList
            rows={publications.map((one) => ({
              label: one.title,
              value: words.stood(day(one.posted), day(one.ended), one.days, one.asked),
              note: [words.objections(one.objections), ...nameSources(one.source)].join(' · '),
            }))}
          />
        </SectionCard>
      )}
      <p class="screen-only">
        <Button label={words.verify} href={verify} />
      </p>
      <ul class="plain-links screen-only">
        <li>
          <a href={`${address}.pdf`}>{words.pdf}</a>
        </li>
        <li>
          <a href={`${address}.json`} download>
            {words.json}
          </a>
        </li>
      </ul>
      <QrCode text={`${setting.origin}${verify}`} label={words.code} />
      <p class="muted">{words.limits}</p>
    </Frame>
  );
};

/** `/v/<village>/certificates`: every certificate of a village, newest first. */
export const CertificatesPage: FC<{
  setting: PageSetting;
  village: FoundVillage;
  lines: readonly CertificateLine[];
}> = ({ setting, village, lines }) => {
  const words = certificateWords(setting.language);
  return (
    <Frame
      setting={setting}
      title={words.list}
      trail={[...trailOf(setting, village.path), { href: `/v/${village.code}`, label: village.name }]}
    >
      <h1>{words.list}</h1>
      <p class="lead">{words.listLead}</p>
      {lines.length === 0 ? <EmptyState text={words.listEmpty} /> : null}
      <ul class="plain-links">
        {lines.map((line) => (
          <li>
            <a href={`/certificates/${village.code.slice(0, 6)}/${line.id}`}>{line.title ?? words.title}</a>{' '}
            <span class="muted">{showMoment(line.issuedAt, setting.language).text}</span>
          </li>
        ))}
      </ul>
    </Frame>
  );
};
