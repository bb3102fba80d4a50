import type { Tx } from '../storage/index.js';

/** How many matters of a village are where; complaints about a person are not counted anywhere public. */
export interface VillageCounts {
  readonly open: number;
  readonly paused: number;
  readonly ended: number;
}

/** Counts of a village as anybody may read them (办理件数); zeros for a village without matters. */
export const findVillageCounts = async (tx: Tx, division: string): Promise<VillageCounts> =>
  (await tx.first<VillageCounts & Record<string, unknown>>(
    `select coalesce(sum(open), 0)::int as open, coalesce(sum(paused), 0)::int as paused, coalesce(sum(ended), 0)::int as ended
     from lx.matter_count where county = $1 and division = $2`,
    [tx.context.county, division],
  )) ?? { open: 0, paused: 0, ended: 0 };

/** A shared demand (共性诉求) as each of its villages reads it. */
export interface SharedConcern {
  readonly subject: string;
  readonly unit: string | null;
  readonly due: string | null;
  readonly state: 'open' | 'paused' | 'ended';
  readonly answer: string | null;
  readonly recordedAt: string;
}

/** The newest shared demands of a village with unit, date and answer [BF-14]; a page of them, since a wall shows no more. */
export const listSharedConcerns = async (tx: Tx, division: string): Promise<SharedConcern[]> =>
  tx.rows<SharedConcern & Record<string, unknown>>(
    `select subject, unit, due::text as due, state, answer,
       to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "recordedAt"
     from lx.matter_place where county = $1 and division = $2 order by recorded_at desc, matter limit 30`,
    [tx.context.county, division],
  );

/** A shared demand of a county once, with every place it concerns: the only requests that anybody may read without a receipt. */
export interface PublicRequest {
  readonly matter: string;
  readonly subject: string;
  readonly unit: string | null;
  readonly due: string | null;
  readonly state: 'open' | 'paused' | 'ended';
  readonly answer: string | null;
  readonly recordedAt: string;
  readonly places: readonly string[];
}

/** Shared demands recorded in a time, newest first; `ids` wins over the time. */
export const listPublicRequests = async (
  tx: Tx,
  asked: {
    readonly ids: readonly string[] | null;
    readonly from: string;
    readonly to: string;
    readonly states: readonly string[];
    readonly skip: number;
    readonly most: number;
  },
): Promise<PublicRequest[]> =>
  tx.rows<PublicRequest & Record<string, unknown>>(
    `select matter, min(subject) as subject, min(unit) as unit, min(due)::text as due, min(state) as state, min(answer) as answer,
       to_char(min(recorded_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "recordedAt",
       array_agg(division order by division) as places
     from lx.matter_place
     where county = $1 and ($2::uuid[] is null or matter = any ($2)) and state = any ($5)
       and ($2::uuid[] is not null or recorded_at >= $3::timestamptz and recorded_at < $4::timestamptz)
     group by matter order by min(recorded_at) desc, matter offset $6 limit $7`,
    [tx.context.county, asked.ids, asked.from, asked.to, asked.states, asked.skip, asked.most],
  );
