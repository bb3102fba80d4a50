import type { Language } from '../components/language.js';
import { en } from './en.js';
import { zh } from './zh.js';
import type { Words } from './zh.js';

export type { Words } from './zh.js';

/** The sentences of a language; exhaustive by type, so that no page is half translated. */
export const wordsOf = (language: Language): Words => ({ 'zh-CN': zh, en })[language];
