import { isQuorum } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import type { Tx } from '../storage/index.js';
import { lastCosigned, cosignersOf } from './cosignature.store.js';
import { newestCheckpoint, readYear } from './log.store.js';
import { policyOf } from './witness-rule.js';

/** A witness that has not cosigned for this long is named to the operator and on the page. */
const silentAfter = 48 * 3_600_000;

/** How a witness stands. */
export interface WitnessStanding {
  readonly name: string;
  /** Key name, as it stands before its cosignatures. */
  readonly key: string;
  /** The log hands in (true) or the witness comes to fetch (false). */
  readonly reachable: boolean;
  /** Size of the last checkpoint it cosigned, and when; null before the first. */
  readonly size: number | null;
  readonly cosignedAt: string | null;
  /** It has been silent for more than 48 hours while there was something to cosign. */
  readonly silent: boolean;
}

/** How a log stands: its newest checkpoint, who has seen it, and whether that is enough. */
export interface LogStanding {
  readonly origin: string;
  readonly size: number;
  readonly signedAt: string;
  readonly frozen: boolean;
  /** Whether witnesses are asked for at all. */
  readonly asked: boolean;
  /** Enough witnesses cosigned the newest checkpoint. */
  readonly witnessed: boolean;
  readonly witnesses: readonly WitnessStanding[];
}

/** The standing of one log 册况; undefined before its first checkpoint. */
export const logStanding = async (
  tx: Tx,
  deps: Pick<Deps, 'config' | 'clock'>,
  county: string,
  year: number,
): Promise<LogStanding | undefined> => {
  const log = await readYear(tx, county, year);
  const newest = log === undefined ? undefined : await newestCheckpoint(tx, county, year);
  if (log === undefined || newest === undefined) return undefined;
  const policy = policyOf(deps.config, log);
  const last = new Map((await lastCosigned(tx, county, year)).map((row) => [row.witness, row]));
  const names = await cosignersOf(tx, county, year, newest.tree_size);
  const now = Date.parse(deps.clock());
  const opened = await tx.first<{ opened_at: string }>(
    'select opened_at from lx.log_year where county = $1 and year = $2',
    [county, year],
  );
  return {
    origin: log.origin,
    size: newest.tree_size,
    signedAt: newest.signed_at,
    frozen: log.frozen_at !== null,
    asked: policy.quorum !== 'none',
    witnessed: isQuorum(policy, new Set(names)),
    witnesses: policy.witnesses.map((witness) => {
      const row = last.get(witness.name);
      const since = Date.parse(row?.cosigned_at ?? opened?.opened_at ?? newest.signed_at);
      return {
        name: witness.name,
        key: witness.key.name,
        reachable: witness.url !== undefined,
        size: row?.size ?? null,
        cosignedAt: row?.cosigned_at ?? null,
        silent: row?.size !== newest.tree_size && now - since > silentAfter,
      };
    }),
  };
};
