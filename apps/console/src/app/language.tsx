import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import { en } from './words/en.js';
import { englishTerms } from './words/terms.js';
import { zh, type Words } from './words/zh.js';

export type Language = 'zh-CN' | 'en';

const key = 'lianxin.language';

/** The language chosen here before, else Chinese: most people who open the console read it. */
export function currentLanguage(): Language {
  return globalThis.localStorage?.getItem(key) === 'en' ? 'en' : 'zh-CN';
}

interface Choice {
  readonly language: Language;
  readonly words: Words;
  /** A term of a rule in the reader's language; as the rule has it where no translation is known. */
  readonly term: (text: string) => string;
  readonly choose: (language: Language) => void;
}

const Context = createContext<Choice | undefined>(undefined);

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(currentLanguage);
  const choice = useMemo<Choice>(
    () => ({
      language,
      words: language === 'en' ? en : zh,
      term: (text) => (language === 'en' ? (englishTerms[text] ?? text) : text),
      choose: (next) => {
        localStorage.setItem(key, next);
        document.documentElement.lang = next;
        setLanguage(next);
      },
    }),
    [language],
  );
  return <Context value={choice}>{children}</Context>;
}

/** The words of every page and the way to change their language. */
export function useLanguage(): Choice {
  const choice = useContext(Context);
  if (choice === undefined) throw new Error('useLanguage needs a LanguageProvider above it');
  return choice;
}
