import { readFileSync } from 'node:fs';
import { Window } from 'happy-dom';
import type { Document as DomDocument, Element as DomElement } from 'happy-dom';
import { parse } from 'yaml';

/** A named example 示例 of a component: what it is given, in the words of a real page. */
export interface Example<Props> {
  readonly name: string;
  readonly props: Props;
}

/** The examples beside a component; an empty list is a mistake, since a component without an example is untested. */
export const examplesOf = <Props>(component: string): readonly Example<Props>[] => {
  const file = new URL(`./${component}/examples.yaml`, import.meta.url);
  const examples = parse(readFileSync(file, 'utf8')) as Example<Props>[];
  if (!Array.isArray(examples) || examples.length === 0) throw new Error(`${component} has no examples`);
  return examples;
};

/** Puts rendered HTML into a document, so that a test can look at it as a browser would. */
export const toDocument = (html: unknown): DomDocument => {
  const window = new Window();
  const text = String(html);
  if (/^\s*(<!doctype|<html)/i.test(text)) window.document.write(text);
  else window.document.body.innerHTML = text;
  return window.document;
};

const nameOf = (element: DomElement, document: DomDocument): string => {
  const labelled = element.getAttribute('aria-labelledby');
  const fromIds = (labelled ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join(' ');
  const fromLabel = element.id ? document.querySelector(`label[for="${element.id}"]`)?.textContent : '';
  const wrapped = element.closest('label')?.textContent ?? '';
  const own = ['A', 'BUTTON'].includes(element.tagName) ? element.textContent : '';
  return [element.getAttribute('aria-label'), fromIds, fromLabel, wrapped, own].join(' ').trim();
};

const isHidden = (element: DomElement): boolean => element.getAttribute('type') === 'hidden';

/**
 * What must hold for every piece of portal HTML; gives the list of what does not, in words.
 * Why by hand beside axe: it runs without a browser in a few milliseconds, for every example of every component,
 * and it checks our own rules too (no inline script or style, since the pages' policy would block them).
 */
export const whatIsWrong = (html: unknown): readonly string[] => {
  const document = toDocument(html);
  const wrong: string[] = [];
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  for (const id of new Set(ids)) if (ids.filter((other) => other === id).length > 1) wrong.push(`id ${id} twice`);
  for (const element of document.querySelectorAll('*')) {
    const tag = element.tagName.toLowerCase();
    for (const { name } of element.attributes) {
      if (name === 'style') wrong.push(`${tag} carries an inline style`);
      if (name.startsWith('on')) wrong.push(`${tag} carries ${name}`);
    }
    for (const attribute of ['aria-describedby', 'aria-labelledby', 'for', 'aria-controls'])
      for (const id of (element.getAttribute(attribute) ?? '').split(/\s+/).filter(Boolean))
        if (!ids.includes(id)) wrong.push(`${tag} ${attribute} points at missing ${id}`);
    if (['script', 'style'].includes(tag) && element.textContent.trim() !== '') wrong.push(`inline ${tag}`);
    if (['a', 'button', 'input', 'select', 'textarea'].includes(tag) && !isHidden(element))
      if (nameOf(element, document) === '') wrong.push(`${tag} has no name a screen reader could say`);
    const target = tag === 'a' ? (element.getAttribute('href') ?? '') : '';
    const isWhole = document.querySelector('main') !== null;
    if (isWhole && /^#./.test(target) && !ids.includes(target.slice(1))) wrong.push(`link to missing ${target}`);
    if (tag === 'img' && element.getAttribute('alt') === null) wrong.push('img without alt');
    if (tag === 'svg' && element.getAttribute('aria-hidden') !== 'true' && element.getAttribute('role') !== 'img')
      wrong.push('svg is neither hidden nor an image with a name');
    if (tag === 'a' && !element.getAttribute('href')) wrong.push('link without address');
  }
  if (/undefined|\[object Object\]|NaN/.test(document.body?.textContent ?? ''))
    wrong.push('a value was not put into words');
  return wrong;
};
