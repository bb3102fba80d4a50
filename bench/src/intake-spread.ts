import { connectOwner } from '@lianxin/server';
import { alternate } from './alternated.js';
import type { BenchDatabase } from './database.js';
import type { Figure } from './figures.js';
import { intakeRate, openRequestServer, warmUp, type RequestServer } from './request-server.js';

const connections = 16;

/** P3: whether intakes of one county wait for each other. */
const measureOneCounty = async (opened: RequestServer, rounds: number, seconds: number): Promise<Figure> => {
  const one = opened.requestsFor(opened.counties.slice(0, 1));
  const all = opened.requestsFor(opened.counties);
  const { ours, reference, ratio } = await alternate(
    rounds,
    () => intakeRate(opened, connections, seconds, one),
    () => intakeRate(opened, connections, seconds, all),
  );
  return {
    id: 'P3',
    title: `request intake over HTTP, all in one county, ${connections} connections`,
    asked: '≥ 0.85',
    ratio,
    ours: { unit: 'requests/s', rounds: ours },
    reference: {
      title: `the same spread over ${opened.counties.length} counties`,
      unit: 'requests/s',
      rounds: reference,
    },
  };
};

/**
 * P4: what the verifiable log costs an intake. It is held back by the lock that sequencers of two servers would contend for, so both sides run the same
 * program and write the same commitments; only the sealing, signing and publishing waits.
 */
const measureWithLog = async (
  database: BenchDatabase,
  opened: RequestServer,
  rounds: number,
  seconds: number,
): Promise<Figure> => {
  const next = opened.requestsFor(opened.counties);
  const heldBack = async (): Promise<number> => {
    const holder = await connectOwner({ owner: { connectionString: database.url(opened.database) } });
    try {
      for (const { county } of opened.counties)
        await holder.query('select pg_advisory_lock(7135203, $1)', [Number(county)]);
      return await intakeRate(opened, connections, seconds, next);
    } finally {
      await holder.end();
    }
  };
  const { ours, reference, ratio } = await alternate(
    rounds,
    () => intakeRate(opened, connections, seconds, next),
    heldBack,
  );
  return {
    id: 'P4',
    title: `request intake over HTTP with sequencer and publisher of the log at work, ${connections} connections`,
    asked: '≥ 0.95',
    ratio,
    ours: { unit: 'requests/s', rounds: ours },
    reference: { title: 'the same with the log held back', unit: 'requests/s', rounds: reference },
  };
};

/** P3 and P4 on one server. */
export const measureIntakeSpread = async (
  database: BenchDatabase,
  rounds: number,
  seconds: number,
): Promise<Figure[]> => {
  const opened = await openRequestServer(database, 'lianxin');
  try {
    await warmUp(opened, database, connections, opened.requestsFor(opened.counties));
    // A difference of a twentieth drowns in five long rounds: four times as many, each half as long.
    const [many, short] = [rounds * 4, seconds / 2];
    return [await measureOneCounty(opened, many, short), await measureWithLog(database, opened, many, short)];
  } finally {
    await opened.server.stop();
  }
};
