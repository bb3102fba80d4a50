import type { Tx } from '../storage/index.js';

/** A webhook as kept. */
export interface WebhookRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly kinds: string[];
  readonly madeAt: string;
  readonly offAt: string | null;
  readonly offBecause: string | null;
  readonly failingSince: string | null;
  readonly secretNumber: number;
  readonly secretSince: string | null;
}

const columns = `id, title, url, kinds, recorded_at as "madeAt", off_at as "offAt", off_because as "offBecause", failing_since as "failingSince",
  secret_number as "secretNumber", secret_since as "secretSince"`;

/** Webhooks that are not removed, oldest first. */
export const listWebhooks = (tx: Tx): Promise<WebhookRow[]> =>
  tx.rows<WebhookRow>(`select ${columns} from lx.webhook where county = $1 and ended_at is null order by id`, [
    tx.context.county,
  ]);

export const webhookById = (tx: Tx, id: string): Promise<WebhookRow | undefined> =>
  tx.first<WebhookRow>(`select ${columns} from lx.webhook where county = $1 and id = $2 and ended_at is null`, [
    tx.context.county,
    id,
  ]);

/** A message of a webhook and how it went. */
export interface DeliveryRow {
  readonly [column: string]: unknown;
  readonly webhook: string;
  readonly message: string;
  readonly kind: string;
  readonly recordedAt: string;
  readonly triedAt: string | null;
  readonly attempts: number;
  readonly status: number | null;
  readonly said: string | null;
  readonly doneAt: string | null;
  readonly givenUpAt: string | null;
}

/** The last twenty messages of each of some webhooks, newest first. */
export const lastDeliveries = (tx: Tx, webhooks: readonly string[]): Promise<DeliveryRow[]> =>
  tx.rows<DeliveryRow>(
    `select d.* from unnest($2::uuid[]) w cross join lateral (
       select webhook, message, kind, recorded_at as "recordedAt", tried_at as "triedAt", attempts, status, said,
         done_at as "doneAt", given_up_at as "givenUpAt"
       from lx.webhook_delivery where county = $1 and webhook = w order by recorded_at desc, message desc limit 20) d`,
    [tx.context.county, webhooks],
  );

/** Adds a webhook that is told what enters the log from now on. */
export const insertWebhook = async (
  tx: Tx,
  row: { readonly id: string; readonly title: string; readonly url: string; readonly kinds: readonly string[] },
): Promise<void> => {
  await tx.run(
    `insert into lx.webhook (county, id, division, title, url, kinds, made_by, recorded_at, log_year, log_index)
     select $1, $2, $3, $4, $5, $6, $7, $8, coalesce(newest.year, 0), coalesce(newest.log_index, -1)
     from (select 1) one left join lateral (
       select year, log_index from lx.log_leaf where county = $1 order by year desc, log_index desc limit 1) newest on true`,
    [
      tx.context.county,
      row.id,
      `${tx.context.county}000000`,
      row.title,
      row.url,
      row.kinds,
      tx.context.uid,
      tx.makers.clock(),
    ],
  );
};

/** Turns off with a reason, or on again; gives how many rows changed. */
export const switchWebhook = (tx: Tx, id: string, because: string | null): Promise<number> =>
  tx.run(
    `update lx.webhook set off_because = $3, off_at = case when $3::text is null then null else $4::timestamptz end, failing_since = null
     where county = $1 and id = $2 and ended_at is null`,
    [tx.context.county, id, because, tx.makers.clock()],
  );

/** Counts the secret on; gives its new number, or undefined without such a webhook. */
export const countSecret = async (tx: Tx, id: string): Promise<number | undefined> =>
  (
    await tx.first<{ number: number }>(
      `update lx.webhook set secret_number = secret_number + 1, secret_since = $3
       where county = $1 and id = $2 and ended_at is null returning secret_number as number`,
      [tx.context.county, id, tx.makers.clock()],
    )
  )?.number;

export const endWebhook = (tx: Tx, id: string): Promise<number> =>
  tx.run('update lx.webhook set ended_at = $3 where county = $1 and id = $2 and ended_at is null', [
    tx.context.county,
    id,
    tx.makers.clock(),
  ]);

/** A line of the public log that a webhook has not been told of yet. */
export interface UntoldLeaf {
  readonly [column: string]: unknown;
  readonly year: number;
  readonly index: string;
  readonly kind: string;
  readonly division: string;
  readonly leaf: string;
}

/** Webhooks that are on, each held by this transaction; another one that asks passes over them. */
export const heldWebhooks = (tx: Tx) =>
  tx.rows<{ id: string; kinds: string[]; year: number; index: string }>(
    `select id, kinds, log_year as year, log_index::text as index from lx.webhook
     where county = $1 and off_at is null and ended_at is null order by id for update skip locked`,
    [tx.context.county],
  );

/** Lines of the log after one, oldest first; a page of them. */
export const leavesAfter = (tx: Tx, year: number, index: string, most: number): Promise<UntoldLeaf[]> =>
  tx.rows<UntoldLeaf>(
    `select year, log_index::text as index, kind, division, leaf from lx.log_leaf
     where county = $1 and (year, log_index) > ($2::int, $3::bigint) order by year, log_index limit $4`,
    [tx.context.county, year, index, most],
  );

export const moveOn = async (tx: Tx, id: string, year: number, index: string): Promise<void> => {
  await tx.run('update lx.webhook set log_year = $3, log_index = $4 where county = $1 and id = $2', [
    tx.context.county,
    id,
    year,
    index,
  ]);
};

/** Writes down that a message is on its way. */
export const insertDelivery = async (
  tx: Tx,
  row: { readonly webhook: string; readonly message: string; readonly kind: string; readonly at: string },
): Promise<void> => {
  await tx.run(
    `insert into lx.webhook_delivery (county, webhook, message, division, kind, recorded_at) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing`,
    [tx.context.county, row.webhook, row.message, `${tx.context.county}000000`, row.kind, row.at],
  );
};

/** Writes down how a try went. */
export const markTry = async (
  tx: Tx,
  row: {
    readonly webhook: string;
    readonly message: string;
    readonly attempt: number;
    readonly status: number | null;
    readonly said: string | null;
    readonly arrived: boolean;
    readonly over: boolean;
  },
): Promise<void> => {
  await tx.run(
    `update lx.webhook_delivery set attempts = greatest(attempts, $4), status = $5, said = $6, tried_at = $7,
       done_at = case when $8 then $7::timestamptz end, given_up_at = case when $9 then $7::timestamptz end
     where county = $1 and webhook = $2 and message = $3 and done_at is null`,
    [
      tx.context.county,
      row.webhook,
      row.message,
      row.attempt,
      row.status,
      row.said,
      tx.makers.clock(),
      row.arrived,
      row.over,
    ],
  );
};

/** Notes success, or since when nothing arrives; gives that moment. */
export const markHealth = async (tx: Tx, id: string, arrived: boolean): Promise<string | null> =>
  (
    await tx.first<{ since: string | null }>(
      `update lx.webhook set failing_since = case when $3 then null else coalesce(failing_since, $4::timestamptz) end
       where county = $1 and id = $2 returning failing_since as since`,
      [tx.context.county, id, arrived, tx.makers.clock()],
    )
  )?.since ?? null;

/** Turns a webhook off that nothing reaches any more, as the worker. */
export const turnOff = async (tx: Tx, id: string, because: string): Promise<void> => {
  await tx.run('update lx.webhook set off_at = $3, off_because = $4 where county = $1 and id = $2 and off_at is null', [
    tx.context.county,
    id,
    tx.makers.clock(),
    because,
  ]);
};

/** Webhooks that turned themselves off, for whoever administers the county. */
export const stoppedWebhooks = (tx: Tx): Promise<{ title: string; because: string }[]> =>
  tx.rows<{ title: string; because: string }>(
    `select title, off_because as because from lx.webhook
     where county = $1 and ended_at is null and off_because is not null and off_because <> '管理员停用' order by id`,
    [tx.context.county],
  );
