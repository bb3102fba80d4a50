import { countyDate, traitsOf, type Procedure, type Told } from '@lianxin/domain';
import type { Pool } from 'pg';
import { isForResidents, momentOf, type MatterDeps } from '../matters/index.js';
import { rulesOf } from '../policy-packs/index.js';
import type { Tx } from '../storage/index.js';
import { openingsOf, type RequestRow } from './topics.store.js';
import { wordsOf } from './words.js';

/**
 * What was told, kept in memory by matter: the text of an opening never changes, and cutting it into words is most of the work.
 * Who may see it is asked of the database each time; nothing is shown out of here that its rows did not give. The oldest go first.
 */
const kept = new WeakMap<Pool, Map<string, Told>>();
const most = 4_000;

const shelfOf = (pool: Pool): Map<string, Told> => {
  const known = kept.get(pool);
  if (known !== undefined) return known;
  const made = new Map<string, Told>();
  kept.set(pool, made);
  return made;
};

/** Texts of the form that are about the matter: never contact data, and never a field that names a party or is sealed. */
const textOf = (procedure: Procedure, body: Readonly<Record<string, unknown>>): { title: string; text: string } => {
  const hidden = new Set([...(procedure.privacy?.sealed ?? []), ...(procedure.privacy?.parties ?? [])]);
  const parts = procedure.form
    .filter((field) => field.personal !== true && !hidden.has(field.id))
    .filter((field) => field.type === 'text' || field.type === 'long-text')
    .flatMap((field) => {
      const value = body[field.id];
      return typeof value === 'string' && value.trim() !== '' ? [{ id: field.id, value }] : [];
    });
  const title = parts.find((part) => part.id === 'title' || part.id === 'subject');
  return {
    title: title?.value ?? '',
    text: parts
      .filter((part) => part !== title)
      .map((part) => part.value)
      .join('\n'),
  };
};

/** What these requests told, in the order given; those of procedures that residents do not open are left out. */
export const toldBy = async (deps: Pick<MatterDeps, 'pool'>, tx: Tx, rows: readonly RequestRow[]): Promise<Told[]> => {
  const shelf = shelfOf(deps.pool);
  const missing = rows.filter((row) => !shelf.has(row.id));
  if (missing.length > 0) {
    const rules = await rulesOf(deps.pool, tx, [...new Set(missing.map((row) => row.hash))]);
    const byId = new Map(missing.map((row) => [row.id, row]));
    for (const { matter, body } of await openingsOf(
      tx,
      missing.map((row) => row.id),
    )) {
      const row = byId.get(matter);
      if (row === undefined) continue;
      const day = countyDate(momentOf(row.opened_at));
      const procedure = rules.pinned(row.hash, row.procedure, day)?.procedure;
      if (procedure === undefined || !isForResidents(procedure)) continue;
      const { title, text } = textOf(procedure, body);
      shelf.set(matter, { id: matter, title, text, place: row.place, day, traits: traitsOf(title, text, wordsOf) });
    }
    for (const id of shelf.keys()) {
      if (shelf.size <= most) break;
      shelf.delete(id);
    }
  }
  return rows.flatMap((row) => shelf.get(row.id) ?? []);
};
