import type { PortalAssets } from './assets.js';
import type { Language } from './components/language.js';
import { wordsOf } from './words/index.js';
import type { Words } from './words/index.js';

/** How this reader wants pages, and where this page is; what every page is given besides its own content. */
export interface PageSetting {
  readonly language: Language;
  readonly largePrint: boolean;
  readonly words: Words;
  readonly assets: PortalAssets;
  /** Path and query of this page without the reader's preferences. */
  readonly address: string;
  /** Scheme and host that people type, for QR codes and paper. */
  readonly origin: string;
}

/** The reader's wishes as a request carries them: what was just pressed, what the browser kept, what it prefers. */
export interface Wishes {
  readonly lang?: string | undefined;
  readonly print?: string | undefined;
  readonly keptLang?: string | undefined;
  readonly keptPrint?: string | undefined;
  readonly acceptLanguage?: string | undefined;
}

const asLanguage = (text: string | undefined): Language | undefined =>
  text === 'en' || text === 'zh-CN' ? text : undefined;

/** zh-CN unless the browser names English and names it before any Chinese. */
const preferred = (header: string | undefined): Language => {
  const ranges = (header ?? '').split(',').map((range) => {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
    const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
    return { tag, quality: quality === undefined ? 1 : Number(quality) };
  });
  const best = (language: string): number =>
    Math.max(0, ...ranges.filter(({ tag }) => tag.split('-')[0] === language).map(({ quality }) => quality));
  return best('en') > best('zh') ? 'en' : 'zh-CN';
};

/**
 * Language and size of print 语言和字号: a press wins over what the browser kept, that over what it prefers.
 * Why no account: these two are all the portal remembers of a reader, and it remembers them in the reader's browser.
 */
export const readWishes = (wishes: Wishes): { readonly language: Language; readonly largePrint: boolean } => ({
  language: asLanguage(wishes.lang) ?? asLanguage(wishes.keptLang) ?? preferred(wishes.acceptLanguage),
  largePrint: (wishes.print ?? wishes.keptPrint) === 'large',
});

/** The address of a page without the switches' own parameters, so that pressing them twice does not pile them up. */
export const plainAddress = (path: string, query: URLSearchParams): string => {
  const rest = new URLSearchParams([...query].filter(([name]) => name !== 'lang' && name !== 'print'));
  const text = rest.toString();
  return text === '' ? path : `${path}?${text}`;
};

/** Everything a page is given besides its content. */
export const settingOf = (
  wishes: Wishes,
  page: { readonly address: string; readonly origin: string; readonly assets: PortalAssets },
): PageSetting => {
  const { language, largePrint } = readWishes(wishes);
  return { ...page, language, largePrint, words: wordsOf(language) };
};
