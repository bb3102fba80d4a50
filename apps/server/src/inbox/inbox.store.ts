import type { Tx } from '../storage/index.js';

/** A row of the inbox with what it says of its matter. */
export interface InboxRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly kind: string;
  /** Null where a period of the disclosure catalogue lies open, or a record is objected to. */
  readonly matter: string | null;
  /** The record that an objection waits at; else null. */
  readonly record: string | null;
  readonly number: string;
  readonly place: string;
  readonly subject: string;
  readonly what: string;
  readonly body: string | null;
  readonly due: string | null;
  readonly provisional: boolean;
  readonly recorded_at: string;
}

/** Whose inbox: the person's own items, and those of the bodies in which he holds an office. */
export interface InboxOwner {
  readonly person: string;
  readonly bodies: readonly string[];
}

/** Never due: after everything that has a date. */
const never = `date '9999-12-31'`;

const columns = `i.id, i.kind, i.matter, i.record, coalesce(m.number, '') as number, coalesce(m.place, i.division) as place, coalesce(m.subject, i.what) as subject, i.what, i.body, i.due, i.provisional, i.recorded_at`;
// An item of a matter that the reader may not see stays out with it.
const mine = `i.county = $1 and i.done_at is null and (i.matter is null or m.id is not null) and (i.person = $2 or (i.person is null and i.body = any ($3::uuid[])))`;

/** A page of open items by deadline; those without a date come last. */
export const readInbox = (
  tx: Tx,
  owner: InboxOwner,
  page: {
    readonly kind: string | null;
    readonly body: string | null;
    readonly after: { readonly due: string; readonly id: string } | null;
    readonly limit: number;
  },
): Promise<InboxRow[]> =>
  tx.rows<InboxRow>(
    `select ${columns} from lx.inbox_item i left join lx.matter m on m.county = i.county and m.id = i.matter
     where ${mine} and ($4::text is null or i.kind = $4) and ($5::uuid is null or i.body = $5)
       and ($6::date is null or (coalesce(i.due, ${never}), i.id) > ($6::date, $7::uuid))
     order by coalesce(i.due, ${never}), i.id limit $8`,
    [
      tx.context.county,
      owner.person,
      owner.bodies,
      page.kind,
      page.body,
      page.after?.due ?? null,
      page.after?.id ?? null,
      page.limit,
    ],
  );

/** How many open items are overdue, due on the day, or later. */
export const countInbox = async (
  tx: Tx,
  owner: InboxOwner,
  today: string,
): Promise<{ overdue: number; today: number; later: number }> =>
  (await tx.first<{ overdue: number; today: number; later: number }>(
    `select count(*) filter (where i.due < $4::date)::int as overdue, count(*) filter (where i.due = $4::date)::int as today,
       count(*) filter (where i.due > $4::date or i.due is null)::int as later
     from lx.inbox_item i left join lx.matter m on m.county = i.county and m.id = i.matter where ${mine}`,
    [tx.context.county, owner.person, owner.bodies, today],
  )) ?? { overdue: 0, today: 0, later: 0 };

/** Figures of the range: open and paused from the counters, overdue and ended this month from their indexes. */
export const countMatters = async (
  tx: Tx,
  today: string,
): Promise<{ open: number; paused: number; overdue: number; endedThisMonth: number }> =>
  (await tx.first<{ open: number; paused: number; overdue: number; endedThisMonth: number }>(
    `select coalesce((select sum(c.open) from lx.matter_count c where c.county = $1), 0)::int as open,
       coalesce((select sum(c.paused) from lx.matter_count c where c.county = $1), 0)::int as paused,
       (select count(*) from lx.matter m where m.county = $1 and m.state = 'open' and m.due < $2::date)::int as overdue,
       (select count(*) from lx.matter m where m.county = $1 and m.ended_at >= date_trunc('month', $2::date::timestamp) at time zone 'Asia/Shanghai')::int
         as "endedThisMonth"`,
    [tx.context.county, today],
  )) ?? { open: 0, paused: 0, overdue: 0, endedThisMonth: 0 };
