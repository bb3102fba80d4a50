import { describe, expect, it } from 'vitest';
import { plainAddress, readWishes } from './setting.js';

describe('language and size of print', () => {
  it('speaks zh-CN unless the browser prefers English to any Chinese', () => {
    const languageFor = (acceptLanguage: string) => readWishes({ acceptLanguage }).language;
    expect(languageFor('')).toBe('zh-CN');
    expect(languageFor('fr-FR,fr;q=0.9')).toBe('zh-CN');
    expect(languageFor('en-GB,en;q=0.9')).toBe('en');
    expect(languageFor('zh-CN,zh;q=0.9,en;q=0.8')).toBe('zh-CN');
    expect(languageFor('en;q=0.4,zh-TW;q=0.5')).toBe('zh-CN');
  });

  it('follows a press before what the browser kept, and that before what it prefers', () => {
    expect(readWishes({ lang: 'en', keptLang: 'zh-CN' }).language).toBe('en');
    expect(readWishes({ keptLang: 'zh-CN', acceptLanguage: 'en' }).language).toBe('zh-CN');
    expect(readWishes({ print: 'normal', keptPrint: 'large' }).largePrint).toBe(false);
    expect(readWishes({ keptPrint: 'large' }).largePrint).toBe(true);
  });

  it('ignores a wish it does not know', () => {
    expect(readWishes({ lang: '../etc', print: '<b>' })).toEqual({ language: 'zh-CN', largePrint: false });
  });

  it('keeps the page’s own query and drops the switches', () => {
    expect(plainAddress('/', new URLSearchParams('name=桥&lang=en&print=large'))).toBe('/?name=%E6%A1%A5');
    expect(plainAddress('/help', new URLSearchParams('lang=en'))).toBe('/help');
  });
});
