import type { QueryResultRow } from 'pg';
import { countyDate, fault, isWithin, levelOf, ok, refuse, type Result } from '@lianxin/domain';
import type { MatterFilter, MatterPage } from '@lianxin/contract';
import type { SessionActor } from '../access/index.js';
import { rulesIn } from '../policy-packs/index.js';
import { rowsInContext, type Context } from '../storage/index.js';
import type { MatterDeps } from './act-context.js';
import { directoryFor } from './directory.js';
import { dayOf } from './matter-file.js';
import { rowView, type ListedMatter } from './matters.view.js';

type Listed = ListedMatter & { readonly hash: string };

const columns = `m.id, m.number, m.place, m.procedure, encode(m.pack_hash, 'hex') as hash, m.kind, m.subject, m.channel, m.state, m.stage,
  m.result, m.level, m.holder_body, m.opened_at, m.ended_at, m.due, m.provisional, m.late_entry, m.version`;

const states = ['open', 'paused', 'ended'] as const;

interface After {
  readonly at: string;
  readonly id: string;
}

const readCursor = (text: string | undefined): Result<After | undefined> => {
  if (text === undefined) return ok(undefined);
  try {
    const [at, id] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[];
    if (
      typeof at === 'string' &&
      typeof id === 'string' &&
      /^[0-9a-f-]{36}$/u.test(id) &&
      /^\d{4}-\d{2}-\d{2}/u.test(at)
    ) {
      return ok({ at, id });
    }
  } catch {
    // Not JSON: refused below like any other cursor that this server did not make.
  }
  return refuse(fault('field-invalid', { field: 'after', reason: '不是本系统给出的翻页位置' }));
};

const writeCursor = (at: string, id: string): string => Buffer.from(JSON.stringify([at, id])).toString('base64url');

/** Placeholders as they are needed, so that every filter is one more and no text is ever put into the SQL. */
const parameters = () => {
  const values: unknown[] = [];
  return { values, put: (value: unknown): string => `$${values.push(value)}` };
};

/** The column whose index serves a division: its level's prefix; the whole county needs none. */
const placeFilter = (
  division: string | undefined,
  before: readonly string[],
  put: (value: unknown) => string,
): string => {
  if (division === undefined) return '';
  switch (levelOf(division)) {
    case 'township':
      return ` and m.township = ${put(division.slice(0, 9))}`;
    case 'village':
      return before.length === 0
        ? ` and m.village = ${put(division.slice(0, 12))}`
        : ` and m.village = any (${put([division.slice(0, 12), ...before])}::text[])`;
    case 'group':
    case 'grid':
      return ` and m.village = ${put(division.slice(0, 12))} and m.place = ${put(division)}`;
    default:
      return '';
  }
};

/** The narrowest place that stands for the viewer's own range, so that his list starts at his own index. */
const ownDivision = ({ lo }: Context): string | undefined => {
  if (lo.length === 9) return `${lo}000`;
  return lo.length >= 12 ? lo : undefined;
};

/** The statement of a page: its text names the index of its level, so that one plan serves every page that looks like it. */
export const pageStatement = (
  county: string,
  filter: MatterFilter,
  after: After | undefined,
  today: string,
  division: string | undefined,
  before: readonly string[],
  limit: number,
): { text: string; values: unknown[] } => {
  const { values, put } = parameters();
  const c = put(county);
  const place = placeFilter(division, before, put);
  const shared = [
    filter.kind === undefined ? '' : ` and m.kind = ${put(filter.kind)}`,
    filter.procedure === undefined ? '' : ` and m.procedure = ${put(filter.procedure)}`,
    filter.holder === undefined || filter.holder === 'mine' ? '' : ` and m.holder_body = ${put(filter.holder)}`,
    filter.holder === 'mine' ? ` and m.holder_person = nullif(current_setting('lx.uid', true), '')::uuid` : '',
    filter.overdue === 'yes' ? ` and m.state = 'open' and m.due < ${put(today)}::date` : '',
    filter.overdue === 'no' ? ` and (m.due is null or m.due >= ${put(today)}::date)` : '',
    filter.from === undefined ? '' : ` and m.opened_at >= ${put(`${filter.from}T00:00:00+08:00`)}::timestamptz`,
    filter.to === undefined
      ? ''
      : ` and m.opened_at < ${put(`${filter.to}T00:00:00+08:00`)}::timestamptz + interval '1 day'`,
  ].join('');
  const byDue = filter.sort === 'due';
  const order = byDue ? 'm.due, m.id' : 'm.opened_at desc, m.id desc';
  const past =
    after === undefined
      ? ''
      : byDue
        ? ` and (m.due, m.id) > (${put(after.at)}::date, ${put(after.id)}::uuid)`
        : ` and (m.opened_at, m.id) < (${put(after.at)}::timestamptz, ${put(after.id)}::uuid)`;
  const due = byDue ? ' and m.due is not null' : '';
  const most = put(limit + 1);
  // One range of one index a state; the pages of the three are merged, so that no state makes the list scan the others.
  const parts = (filter.state === undefined ? states : [filter.state]).map(
    (state) =>
      `(select ${columns} from lx.matter m where m.county = ${c}${place} and m.state = '${state}'${due}${shared}${past} order by ${order} limit ${most})`,
  );
  const [only] = parts;
  const text =
    parts.length === 1 && only !== undefined
      ? only.slice(1, -1)
      : `select * from (${parts.join(' union all ')}) m order by ${order} limit ${most}`;
  return { text, values };
};

/** Matters in the viewer's range, a page at a time (事项清单). Refuses `not-found` for a division outside it, `not-signed-in` without an office. */
export const listMatters = async (
  deps: MatterDeps,
  { context }: SessionActor,
  filter: MatterFilter,
  limit = filter.limit ?? 50,
): Promise<Result<MatterPage>> => {
  const after = readCursor(filter.after);
  if (!after.ok) return after;
  const division = filter.division ?? ownDivision(context);
  if (filter.division !== undefined && !isWithin(filter.division, context)) return refuse(fault('not-found'));
  // A merged village's own list holds what stands under the codes it took over.
  const before = filter.division === undefined ? (context.before ?? []) : [];
  const today = countyDate(deps.clock());
  const { text, values } = pageStatement(context.county, filter, after.value, today, division, before, limit);
  const rows = await rowsInContext<Listed & QueryResultRow>(deps, context, text, values);
  const page = rows.slice(0, limit);
  const rules = await rulesIn(deps, context, [...new Set(page.map((row) => row.hash))]);
  const directory = await directoryFor(deps, context.county);
  const last = page.at(-1);
  const next =
    rows.length > limit && last !== undefined
      ? writeCursor(filter.sort === 'due' ? (last.due ?? '') : last.opened_at, last.id)
      : null;
  return ok({
    items: page.map((row) =>
      rowView(row, rules.pinned(row.hash, row.procedure, dayOf(row.opened_at)), directory, today),
    ),
    next,
  });
};
