import { createHmac } from 'node:crypto';
import { addMilliseconds, countyDateAndTime, fault, type Fault, type Instant } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { profileOf, type AccountProfile } from './profile.js';

type Kind = keyof AccountProfile['failures'];

const windowMinutes = 15;

/** What is counted for one try; a name nobody has is counted like one that exists. */
const keysOf = (deps: Pick<Deps, 'keys'>, name: string, address: string): { kind: Kind; hash: Buffer }[] => {
  const key = deps.keys.keyFor('sign-in-attempt');
  const hash = (kind: Kind, text: string) => ({
    kind,
    hash: createHmac('sha256', key).update(`${kind}\n${text}`).digest(),
  });
  return [hash('name-at-address', `${name}\n${address}`), hash('name', name), hash('address', address)];
};

/** The keyed hash under which tries of a name are counted, for an administrator who unlocks it. */
export const nameHash = (deps: Pick<Deps, 'keys'>, name: string): Buffer | undefined =>
  keysOf(deps, name, '').find(({ kind }) => kind === 'name')?.hash;

/** Whether another try is allowed; else the fault that says until when not. */
export const checkAttempts = async (deps: Deps, name: string, address: string): Promise<Fault | undefined> => {
  const keys = keysOf(deps, name, address);
  const { rows } = await deps.authPool.query<{ blocked_until: Instant }>(
    `select blocked_until from lx.sign_in_attempt
     where (kind, key_hash) in (($1, $2), ($3, $4), ($5, $6)) and blocked_until > $7 order by blocked_until desc limit 1`,
    [...keys.flatMap(({ kind, hash }) => [kind, hash]), deps.clock()],
  );
  const until = rows[0]?.blocked_until;
  return until === undefined ? undefined : fault('account-locked', { until: countyDateAndTime(until) });
};

/** Counts a failure under all three keys; the one that goes over its limit closes the door. */
export const countFailure = async (deps: Deps, name: string, address: string): Promise<void> => {
  const now = deps.clock();
  const opened = addMilliseconds(now, -windowMinutes * 60_000);
  for (const { kind, hash } of keysOf(deps, name, address)) {
    const { most, minutes } = profileOf(deps.config).failures[kind];
    await deps.authPool.query(
      `insert into lx.sign_in_attempt as a (kind, key_hash, failures, first_failed_at, name_hash) values ($1, $2, 1, $3, $7)
       on conflict (kind, key_hash) do update set
         failures = case when a.first_failed_at < $4 then 1 else a.failures + 1 end,
         first_failed_at = case when a.first_failed_at < $4 then excluded.first_failed_at else a.first_failed_at end,
         blocked_until = case when a.first_failed_at >= $4 and a.failures + 1 >= $5 then $6::timestamptz end`,
      [
        kind,
        hash,
        now,
        opened,
        most,
        addMilliseconds(now, minutes * 60_000),
        kind === 'name-at-address' ? nameHash(deps, name) : null,
      ],
    );
  }
};

/** Forgets the failures of a name at an address once it has got in. */
export const forgetFailures = async (deps: Deps, name: string, address: string): Promise<void> => {
  const [pair] = keysOf(deps, name, address);
  if (pair === undefined) return;
  await deps.authPool.query('delete from lx.sign_in_attempt where kind = $1 and key_hash = $2', [pair.kind, pair.hash]);
};

/** Removes counts that no longer close anything, sessions and challenges that are over; part of the nightly sweep. */
export const sweepAttempts = async (deps: Deps): Promise<void> => {
  const old = addMilliseconds(deps.clock(), -24 * 3_600_000);
  await deps.authPool.query('delete from lx.sign_in_attempt where first_failed_at < $1', [old]);
  await deps.authPool.query('delete from lx.session where expires_at < $1', [old]);
  await deps.authPool.query('delete from lx.verification where expires_at < $1', [old]);
};
