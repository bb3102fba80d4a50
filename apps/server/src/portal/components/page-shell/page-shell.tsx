import { raw } from 'hono/html';
import type { Child, FC } from 'hono/jsx';
import type { Language } from '../language.js';

/** What the frame says, in the reader's language. */
export interface ShellWords {
  readonly brand: string;
  readonly brandNote: string;
  readonly skip: string;
  readonly switches: string;
  readonly otherLanguage: string;
  readonly largePrint: string;
  readonly normalPrint: string;
  readonly footer: string;
  readonly footerLinks: readonly { readonly href: string; readonly label: string }[];
  readonly footerNote: string;
}

export interface PageShellProps {
  readonly language: Language;
  readonly largePrint: boolean;
  readonly title: string;
  readonly words: ShellWords;
  readonly styleHref: string;
  readonly scriptHref: string;
  /** Address of this page without preferences; the switches add theirs. */
  readonly address: string;
  /**
   * The form on this page, if any: the switches then become its buttons, so that changing the language or the
   * size of print in the middle of a form sends what was typed along and shows it again.
   */
  readonly carries?: string | undefined;
  /** A page that exists once (a secret is on it) has no switches: following one would lose it. */
  readonly withoutSwitches?: boolean | undefined;
  readonly trail?: readonly { readonly href: string; readonly label: string }[] | undefined;
  readonly trailWords?: string | undefined;
  readonly unlisted?: boolean | undefined;
  readonly children?: Child;
}

const otherOf = { 'zh-CN': 'en', en: 'zh-CN' } as const;

const Switch: FC<{
  carries?: string | undefined;
  address: string;
  name: string;
  value: string;
  label: string;
  lang?: string;
}> = ({ carries, address, name, value, label, lang }) =>
  carries ? (
    <button class="shell-switch" type="submit" form={carries} name={name} value={value} lang={lang} formnovalidate>
      {label}
    </button>
  ) : (
    <a
      class="shell-switch"
      href={`${address}${address.includes('?') ? '&' : '?'}${name}=${value}`}
      lang={lang}
      hreflang={lang}
      rel="nofollow"
    >
      {label}
    </a>
  );

const Brand: FC<{ words: ShellWords }> = ({ words }) => (
  <a class="shell-brand" href="/">
    <svg class="shell-mark" viewBox="0 0 44 28" aria-hidden="true">
      <circle cx="15" cy="14" r="10.5" fill="none" stroke="currentColor" stroke-width="4" />
      <circle cx="29" cy="14" r="10.5" fill="none" stroke="#e3b04b" stroke-width="4" />
      <path d="M19.6 4.6a10.5 10.5 0 0 1 5.8 9.4" fill="none" stroke="currentColor" stroke-width="4" />
    </svg>
    <span class="shell-brand-name">{words.brand}</span>
    <span class="shell-brand-note">{words.brandNote}</span>
  </a>
);

/** Page shell 页面框架: skip link, header with language and large print, the one main region, footer. */
export const PageShell: FC<PageShellProps> = (props) => {
  const { language, largePrint, words, address, carries, children } = props;
  const other = otherOf[language];
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={language} class={largePrint ? 'large-print' : undefined}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="format-detection" content="telephone=no" />
          <meta name="theme-color" content="#0a3f3b" />
          {props.unlisted ? <meta name="robots" content="noindex, nofollow" /> : null}
          <title>{`${props.title} · ${words.brand}`}</title>
          <link rel="stylesheet" href={props.styleHref} />
          <link rel="icon" href="data:," />
          <script src={props.scriptHref} defer></script>
        </head>
        <body>
          <a class="skip-link" href="#main">
            {words.skip}
          </a>
          <header class="shell-header">
            <div class="shell-inside shell-header-inside">
              <Brand words={words} />
              {props.withoutSwitches ? null : (
                <div class="shell-switches screen-only" role="group" aria-label={words.switches}>
                  <Switch
                    carries={carries}
                    address={address}
                    name="print"
                    value={largePrint ? 'normal' : 'large'}
                    label={largePrint ? words.normalPrint : words.largePrint}
                  />
                  <Switch
                    carries={carries}
                    address={address}
                    name="lang"
                    value={other}
                    label={words.otherLanguage}
                    lang={other}
                  />
                </div>
              )}
            </div>
          </header>
          <div class="shell-inside shell-page">
            {props.trail && props.trail.length > 0 ? (
              <nav class="shell-trail screen-only" aria-label={props.trailWords}>
                <ol>
                  {props.trail.map((place) => (
                    <li>
                      <a href={place.href}>{place.label}</a>
                    </li>
                  ))}
                </ol>
              </nav>
            ) : null}
            <main id="main" tabindex={-1}>
              {children}
            </main>
          </div>
          <footer class="shell-footer screen-only">
            <div class="shell-inside">
              <nav aria-label={words.footer}>
                <ul class="shell-footer-links">
                  {words.footerLinks.map((link) => (
                    <li>
                      <a href={link.href}>{link.label}</a>
                    </li>
                  ))}
                </ul>
              </nav>
              <p class="shell-footer-note">{words.footerNote}</p>
            </div>
          </footer>
        </body>
      </html>
    </>
  );
};
