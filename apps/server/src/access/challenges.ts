import { createHash } from 'node:crypto';
import { addMilliseconds } from '@lianxin/domain';
import type { Deps } from '../deps.js';

/** Minutes each may take: a device answers at once, somebody at another site may have to type. */
const minutes = { 'passkey-new': 5, 'passkey-log-in': 5, 'sign-on': 10 } as const;

/** What a challenge is for; one made for one purpose answers no other. */
export type Purpose = keyof typeof minutes;

const named = (purpose: Purpose, challenge: string): string =>
  `${purpose}:${createHash('sha256').update(challenge).digest('base64url')}`;

/** Keeps a challenge 挑战 that was given to a browser, with what belongs to it, for some minutes. */
export const putChallenge = async (deps: Deps, purpose: Purpose, challenge: string, value: string): Promise<void> => {
  const now = deps.clock();
  const name = named(purpose, challenge);
  await deps.authPool.query(
    `insert into lx.verification (id, identifier, value, expires_at, created_at, updated_at) values ($1, $1, $2, $3, $4, $4)
     on conflict do nothing`,
    [name, value, addMilliseconds(now, minutes[purpose] * 60_000), now],
  );
};

/** What was kept with a challenge, once: a second answer to it finds nothing, nor does one that is late or for another purpose. */
export const takeChallenge = async (deps: Deps, purpose: Purpose, challenge: string): Promise<string | undefined> => {
  const { rows } = await deps.authPool.query<{ value: string; late: boolean }>(
    'delete from lx.verification where id = $1 returning value, expires_at < $2 as late',
    [named(purpose, challenge), deps.clock()],
  );
  const [kept] = rows;
  return kept === undefined || kept.late ? undefined : kept.value;
};
