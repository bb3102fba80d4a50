import type { FC } from 'hono/jsx';
import type { AdoptedText, OpenMatter, OpenStep } from '../../matters/index.js';
import { EmptyState } from '../components/empty-state/empty-state.js';
import { SectionCard } from '../components/section-card/section-card.js';
import { SummaryList } from '../components/summary-list/summary-list.js';
import type { PageSetting } from '../setting.js';
import { showDay } from '../words/days.js';
import { openWords } from '../words/open.js';
import { Frame } from './frame.js';
import { PrintButton, trailToOpen, type OpenProps } from './open.js';

/** `/v/{code}/progress` 过程公开: the matters whose course a rule opens, and how far each is. */
export const ProgressPage: FC<OpenProps & { matters: readonly OpenMatter[] }> = ({ setting, village, matters }) => {
  const words = openWords(setting.language);
  return (
    <Frame setting={setting} title={`${village.name} · ${words.progress}`} trail={trailToOpen({ setting, village })}>
      <h1>{words.progress}</h1>
      <p class="lead">{words.progressLead}</p>
      {matters.length === 0 ? <EmptyState text={words.progressNone} /> : null}
      <ul class="open-links">
        {matters.map((matter) => (
          <li>
            <a href={`/v/${village.code}/progress/${matter.id}`}>{matter.subject}</a>
            <span class="muted">
              {[
                matter.title,
                words.openedOn(showDay(matter.openedOn, setting.language).text),
                matter.result?.title ?? matter.steps.find((step) => step.standing === 'now')?.title,
              ]
                .filter((part) => part !== undefined)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </Frame>
  );
};

const Step: FC<{ setting: PageSetting; step: OpenStep; at: number }> = ({ setting, step, at }) => {
  const words = openWords(setting.language);
  return (
    <li class={`open-step is-${step.standing}`}>
      <p>
        <strong>{`${at + 1}. ${step.title}`}</strong> <span class="muted">{words.standing[step.standing]}</span>
      </p>
      {step.acts.map((act) => (
        <div class="open-act">
          <p>
            {`${act.title} · `}
            <span class="muted">{words.recorded(showDay(act.on, setting.language).text, act.body ?? '')}</span>
          </p>
          {act.votes === null ? null : <p>{words.votes(act.votes)}</p>}
          {act.said.length === 0 ? null : (
            <SummaryList rows={act.said.map(({ title, text }) => ({ label: title, value: text.split('\n') }))} />
          )}
        </div>
      ))}
    </li>
  );
};

/** `/v/{code}/progress/{id}`: every step of a matter with its records; the result appears once it has ended. */
export const ProcessPage: FC<OpenProps & { matter: OpenMatter }> = ({ setting, village, matter }) => {
  const words = openWords(setting.language);
  return (
    <Frame
      setting={setting}
      title={`${village.name} · ${matter.subject}`}
      trail={[...trailToOpen({ setting, village }), { href: `/v/${village.code}/progress`, label: words.progress }]}
    >
      <h1>{matter.subject}</h1>
      <p class="lead">
        {[matter.title, matter.number, words.openedOn(showDay(matter.openedOn, setting.language).text)].join(' · ')}
      </p>
      <ol class="open-steps">
        {matter.steps.map((step, at) => (
          <Step setting={setting} step={step} at={at} />
        ))}
      </ol>
      <SectionCard id="result" title={words.result}>
        {matter.result === null ? (
          <p>{words.noResult}</p>
        ) : (
          <p>
            <strong>{matter.result.title}</strong> {showDay(matter.result.on, setting.language).text}
          </p>
        )}
      </SectionCard>
      <PrintButton setting={setting} />
    </Frame>
  );
};

const Version: FC<OpenProps & { text: AdoptedText }> = ({ setting, village, text }) => {
  const words = openWords(setting.language);
  const day = (on: string): string => showDay(on, setting.language).text;
  return (
    <>
      <p class="muted">{words.textVersion(text.version, day(text.on))}</p>
      {text.votes === null ? null : <p>{words.textVotes(day(text.votes.on), text.votes.body ?? '', text.votes)}</p>}
      <div class="open-text">
        {text.text.split('\n').map((line) => (
          <p>{line}</p>
        ))}
      </div>
      <p class="screen-only">
        <a href={`/v/${village.code}/progress/${text.matter}`}>{words.process}</a>
      </p>
    </>
  );
};

/** `/v/{code}/texts`: the village's own rules in force, with version, day and the votes that carried them. */
export const TextsPage: FC<OpenProps & { texts: readonly AdoptedText[] }> = ({ setting, village, texts }) => {
  const words = openWords(setting.language);
  const subjects = [...new Set(texts.map((text) => text.subject))];
  return (
    <Frame setting={setting} title={`${village.name} · ${words.texts}`} trail={trailToOpen({ setting, village })}>
      <h1>{words.texts}</h1>
      <p class="lead">{words.textsLead}</p>
      {texts.length === 0 ? <EmptyState text={words.textsNone} /> : null}
      {subjects.map((subject) => {
        const [newest, ...older] = texts.filter((text) => text.subject === subject);
        return newest === undefined ? null : (
          <SectionCard id={`text-${newest.matter}`} title={subject}>
            <Version setting={setting} village={village} text={newest} />
            {older.length === 0 ? null : (
              <details>
                <summary>{words.older}</summary>
                {older.map((text) => (
                  <Version setting={setting} village={village} text={text} />
                ))}
              </details>
            )}
          </SectionCard>
        );
      })}
      <PrintButton setting={setting} />
    </Frame>
  );
};
