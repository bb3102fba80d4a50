import type { FC } from 'hono/jsx';
import { Button } from '../components/button/button.js';
import { ErrorSummary } from '../components/error-summary/error-summary.js';
import type { ErrorSummaryItem } from '../components/error-summary/error-summary.js';
import type { PageSetting } from '../setting.js';
import { Frame } from './frame.js';

/** `/help`: how it works, what is kept and for how long; each section can be linked to. */
export const HelpPage: FC<{ setting: PageSetting }> = ({ setting }) => {
  const words = setting.words.help;
  return (
    <Frame setting={setting} title={words.title} trail={[{ href: '/', label: setting.words.home }]}>
      <h1>{words.title}</h1>
      <nav aria-label={words.title} class="screen-only">
        <ul class="plain-links">
          {words.sections.map((section) => (
            <li>
              <a href={`#${section.id}`}>{section.title}</a>
            </li>
          ))}
        </ul>
      </nav>
      {words.sections.map((section) => (
        <section aria-labelledby={section.id}>
          <h2 id={section.id}>{section.title}</h2>
          {section.lines.map((line) => (
            <p>{line}</p>
          ))}
        </section>
      ))}
    </Frame>
  );
};

/** `/accessibility`: what holds for every page, and where to say that it does not. */
export const AccessibilityPage: FC<{ setting: PageSetting }> = ({ setting }) => {
  const words = setting.words.accessibility;
  return (
    <Frame setting={setting} title={words.title} trail={[{ href: '/', label: setting.words.home }]}>
      <h1>{words.title}</h1>
      <ul class="reading-list">
        {words.lines.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      <p>{words.tell}</p>
    </Frame>
  );
};

export interface ProblemPageProps {
  readonly setting: PageSetting;
  readonly title: string;
  readonly items: readonly ErrorSummaryItem[];
  readonly next: readonly { readonly href: string; readonly label: string }[];
}

/** Any refusal that has no form to stand beside: in words, with its stable code and what to do now. */
export const ProblemPage: FC<ProblemPageProps> = ({ setting, title, items, next }) => (
  <Frame setting={setting} title={title} unlisted>
    <h1>{title}</h1>
    <ErrorSummary title={title} items={items} codeWords={setting.words.code} />
    <div class="button-row">
      {next.map((way, index) => (
        <Button label={way.label} href={way.href} tone={index === 0 ? 'primary' : 'secondary'} />
      ))}
    </div>
  </Frame>
);
