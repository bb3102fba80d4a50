import { addDays, calendarOn, countyDate, fault, isWorkingDay, ok, refuse, type Result } from '@lianxin/domain';
import type { InboxItem, InboxKind, InboxPage, Today } from '@lianxin/contract';
import { bodiesAnsweredFor, type SessionActor } from '../access/index.js';
import { directoryFor, overdueDays, type Directory, type MatterDeps } from '../matters/index.js';
import { holidaysOf } from '../policy-packs/index.js';
import { inContext, type Tx } from '../storage/index.js';
import { countInbox, countMatters, readInbox, type InboxOwner, type InboxRow } from './inbox.store.js';

/** Items on one part of the page of today; the rest is a click away. */
const mostToday = 50;

/** Days ahead that count as soon. */
const soonDays = 3;

const ownerOf = (session: SessionActor): InboxOwner => ({
  person: session.session.person,
  bodies: [...new Set(session.session.offices.flatMap(bodiesAnsweredFor))],
});

const itemView = (row: InboxRow, directory: Directory, today: string): InboxItem => ({
  id: row.id,
  kind: row.kind as InboxKind,
  matter: row.matter,
  record: row.record,
  number: row.number,
  division: row.place,
  divisionName: directory.nameOf(row.place),
  subject: row.subject,
  what: row.what,
  body: row.body === null ? null : (directory.body(row.body)?.name ?? null),
  due: row.due,
  overdueDays: overdueDays(row.due, today),
  provisional: row.provisional,
  since: row.recorded_at,
  from: null,
});

const readCursor = (text: string | undefined): Result<{ due: string; id: string } | null> => {
  if (text === undefined) return ok(null);
  const [due, id] = Buffer.from(text, 'base64url').toString('utf8').split(' ');
  if (due === undefined || id === undefined || !/^\d{4}-\d{2}-\d{2}$/u.test(due) || !/^[0-9a-f-]{36}$/u.test(id)) {
    return refuse(fault('field-invalid', { field: 'after', reason: '不是本系统给出的翻页位置' }));
  }
  return ok({ due, id });
};

/** What waits for this person and the offices held, by deadline (待办; T1). */
export const listInbox = async (
  deps: MatterDeps,
  session: SessionActor,
  query: {
    kind?: InboxKind | undefined;
    body?: string | undefined;
    after?: string | undefined;
    limit?: number | undefined;
  },
): Promise<Result<InboxPage>> => {
  const after = readCursor(query.after);
  if (!after.ok) return after;
  const limit = query.limit ?? 50;
  const today = countyDate(deps.clock());
  return inContext(deps, session.context, async (tx) => {
    const owner = ownerOf(session);
    const rows = await readInbox(tx, owner, {
      kind: query.kind ?? null,
      body: query.body ?? null,
      after: after.value,
      limit: limit + 1,
    });
    const directory = await directoryFor(deps, tx.context.county);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return ok({
      items: page.map((row) => itemView(row, directory, today)),
      next:
        rows.length > limit && last !== undefined
          ? Buffer.from(`${last.due ?? '9999-12-31'} ${last.id}`).toString('base64url')
          : null,
      counts: await countInbox(tx, owner, today),
    });
  });
};

const allItems = (tx: Tx, owner: InboxOwner): Promise<InboxRow[]> =>
  readInbox(tx, owner, { kind: null, body: null, after: null, limit: 500 });

/** The home page of an officer (今日): overdue, due today, due soon, new since yesterday; figures of the range. */
export const readToday = async (deps: MatterDeps, session: SessionActor): Promise<Today> => {
  const now = deps.clock();
  const today = countyDate(now);
  const standing = isWorkingDay(calendarOn(holidaysOf(deps.config.packs), today), today);
  return inContext(deps, session.context, async (tx) => {
    const directory = await directoryFor(deps, tx.context.county);
    const items = (await allItems(tx, ownerOf(session))).map((row) => itemView(row, directory, today));
    const soon = addDays(today, soonDays);
    const isSoon = (due: string | null): boolean => due !== null && due > today && due <= soon;
    return {
      date: today,
      workingDay: standing.ok && standing.value.working,
      offices: session.session.offices.map(
        ({ appointment, body, bodyName, post, postTitle, division, divisionName }) => ({
          appointment,
          body,
          bodyName,
          post,
          postTitle,
          division,
          divisionName,
        }),
      ),
      overdue: items.filter((item) => item.overdueDays > 0).slice(0, mostToday),
      dueToday: items.filter((item) => item.due === today).slice(0, mostToday),
      dueSoon: items.filter((item) => isSoon(item.due)).slice(0, mostToday),
      fresh: items
        .filter((item) => countyDate(item.since as typeof now) >= addDays(today, -1))
        .filter((item) => item.overdueDays === 0 && item.due !== today && !isSoon(item.due))
        .slice(0, mostToday),
      counts: await countMatters(tx, today),
    };
  });
};
