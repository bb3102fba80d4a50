import { answersFor } from './in-force.js';
import type { PackBody } from './pack-body.js';
import type { RuleBook } from './rule-book.js';

/** A document on which the rules of a place rest 依据文件: the one a pack carries out, or one that it cites. */
export interface BasisDocument {
  readonly title: string;
  readonly issuer: string | null;
  readonly number: string | null;
  readonly date: string | null;
  readonly version: string | null;
  /** Whether its text is at hand; null for the pack's own document, whose clauses the pack carries out one by one. */
  readonly original: 'kept' | 'missing' | null;
  readonly pack: string;
  readonly packVersion: string;
  /** The rules in force that name it, with the day since which each holds. */
  readonly rules: readonly { readonly title: string; readonly since: string }[];
}

const titleOf = (rule: unknown): string =>
  typeof rule === 'object' && rule !== null && 'title' in rule && typeof rule.title === 'string' ? rule.title : '';

/** Every source that a rule names, wherever in it. */
const sourcesIn = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(sourcesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === 'source' ? [each].flat().filter((one): one is string => typeof one === 'string') : sourcesIn(each),
  );
};

const documentsOf = (body: PackBody, inForce: (rule: PackBody['rules'][number]) => boolean): BasisDocument[] => {
  const { manifest } = body;
  const rules = body.rules.filter(inForce);
  const said = (found: readonly PackBody['rules'][number][]) =>
    found.map((rule) => ({ title: titleOf(rule.rule), since: rule.inForce.from }));
  const pack = { pack: manifest.title, packVersion: manifest.version };
  const own = manifest.document;
  return [
    ...(own === undefined
      ? []
      : [
          {
            title: own.title,
            issuer: own.issuer,
            number: own.number ?? null,
            date: own.date ?? null,
            version: null,
            original: null,
            ...pack,
            rules: said(rules),
          },
        ]),
    ...body.sources.flatMap((source): BasisDocument[] =>
      source.document === undefined
        ? []
        : [
            {
              title: source.title,
              issuer: source.document.issuer ?? null,
              number: source.document.number ?? null,
              date: source.inForce?.from ?? null,
              version: source.document.version ?? null,
              original: source.document.original,
              ...pack,
              rules: said(rules.filter((rule) => sourcesIn(rule.rule).includes(source.id))),
            },
          ],
    ),
  ];
};

/** The documents on which the rules of a division rest on a day, the nearest activation first: what each pack carries out and what it cites. */
export const documentsFor = (book: RuleBook, division: string, on: string): readonly BasisDocument[] =>
  book.activationsFor(division, on).flatMap(({ body }) => documentsOf(body, (rule) => answersFor(rule.inForce, on)));
