import { addDays, calendarOn, countyDate, isWorkingDay } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { queueEffect } from '../effects/index.js';
import { listCounties } from '../matters/index.js';
import { holidaysOf } from '../policy-packs/index.js';
import { inContext, systemContext } from '../storage/index.js';
import { stoppedWebhooks } from '../webhooks/index.js';
import type { MailPayload } from './carry-mail.js';
import { digestReaders, waitingFor } from './mail.store.js';
import { isMailOn } from './send-letter.js';

/** Days ahead that count as soon, as on the page of today. */
const soonDays = 3;

/** Queues a county's digests of the day; who has nothing overdue and nothing due gets none. Gives how many. */
export const queueDigests = (deps: Deps, county: string): Promise<number> =>
  inContext(deps, systemContext(county), async (tx) => {
    const day = countyDate(tx.makers.clock());
    const stopped = await stoppedWebhooks(tx);
    let queued = 0;
    for (const reader of await digestReaders(tx, day)) {
      const counted = await waitingFor(tx, reader.person, reader.bodies, day, addDays(day, soonDays));
      const waiting = {
        ...(counted ?? { overdue: 0, today: 0, soon: 0, numbers: [] }),
        stopped: reader.administers ? stopped : [],
      };
      if (waiting.overdue + waiting.today + waiting.soon + waiting.stopped.length === 0) continue;
      const payload: MailPayload = {
        what: 'digest',
        owner: { kind: 'person', county, id: reader.person },
        day,
        waiting,
      };
      queueEffect(tx, { effect: 'mail', division: `${county}000000`, payload });
      queued += 1;
    }
    return queued;
  });

/** The digests of every county on a working day, as the recurring job; nobody is written to on a day off. */
export const queueEveryDigest = async (deps: Deps): Promise<void> => {
  if (!isMailOn(deps)) return;
  const today = countyDate(deps.clock());
  const standing = isWorkingDay(calendarOn(holidaysOf(deps.config.packs), today), today);
  if (!standing.ok || !standing.value.working) return;
  for (const county of await listCounties(deps)) await queueDigests(deps, county);
};
