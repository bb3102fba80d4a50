import { openPackTexts, readHolidays, readPackTexts } from '@lianxin/pack-reader';
import { readCases } from '@lianxin/testkit/cases';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('.', import.meta.url));
const texts = openPackTexts(root);
const { packs } = readPackTexts(texts);
const calendar = readHolidays(`${root}/cn-public-calendar`);
if (!calendar.ok) throw new Error('the calendar cannot be read; packages/pack-reader tests say why');
const catalogue = readFileSync(`${root}/requirement-ids.txt`, 'utf8').trim().split('\n');
const documents = [...packs.values()].filter((pack) => pack.manifest.document !== undefined);
const clauses = documents.flatMap((pack) => pack.clauses);

describe('nothing of a document is silently left out', () => {
  test('every requirement stands in exactly one clause', () => {
    const stated = clauses.flatMap((clause) => clause.requirements);
    expect(catalogue.filter((id) => !stated.includes(id))).toEqual([]);
    expect(stated.filter((id, index) => stated.indexOf(id) !== index)).toEqual([]);
  });

  test('a clause without a mechanism says why, and does not claim a requirement that a rule covers', () => {
    const covered = new Set(documents.flatMap((pack) => pack.rules.flatMap((rule) => rule.covers)));
    const withoutMechanism = clauses.filter((clause) => clause.mechanism === undefined);
    expect(withoutMechanism.filter((clause) => (clause.none ?? '').length < 8).map((clause) => clause.id)).toEqual([]);
    expect(withoutMechanism.flatMap((clause) => clause.requirements).filter((id) => covered.has(id))).toEqual([]);
  });

  for (const pack of documents) {
    test(`each requirement that ${pack.manifest.id} carries out is covered by a rule of the mechanism it names, and by a case`, () => {
      const { cases } = readCases(pack, texts.get(pack.manifest.id) ?? new Map(), packs, calendar.holidays);
      const proved = new Set(cases.flatMap((each) => each.covers));
      const gaps = pack.clauses.flatMap((clause) => {
        const named = [clause.mechanism ?? []].flat();
        return clause.requirements
          .filter(() => named.length > 0)
          .flatMap((id) => [
            ...(pack.rules.some((rule) => named.includes(rule.mechanism) && rule.covers.includes(id))
              ? []
              : [`${id} by no rule of ${named.join(', ')}`]),
            ...(proved.has(id) ? [] : [`${id} by no case`]),
          ]);
      });
      expect(gaps).toEqual([]);
    });
  }
});
