import { connectOwner } from '@lianxin/server';
import type { BenchDatabase } from './database.js';
import { median, type Figure } from './figures.js';
import { intakeRate, openRequestServer, type RequestServer } from './request-server.js';

const connections = 16;

/** P3: whether intakes of one county wait for each other. */
const measureOneCounty = async (opened: RequestServer, rounds: number, seconds: number): Promise<Figure> => {
  const one = opened.requestsFor(opened.counties.slice(0, 1));
  const all = opened.requestsFor(opened.counties);
  const together: number[] = [];
  const spread: number[] = [];
  for (let round = 0; round < rounds; round++) {
    together.push(await intakeRate(opened, connections, seconds, one));
    spread.push(await intakeRate(opened, connections, seconds, all));
  }
  return {
    id: 'P3',
    title: `request intake over HTTP, all in one county, ${connections} connections`,
    asked: '≥ 0.85',
    ratio: median(together) / median(spread),
    ours: { unit: 'requests/s', rounds: together },
    reference: { title: `the same spread over ${opened.counties.length} counties`, unit: 'requests/s', rounds: spread },
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
  const on: number[] = [];
  const off: number[] = [];
  const withLog = async (): Promise<void> => {
    on.push(await intakeRate(opened, connections, seconds, next));
  };
  const heldBack = async (): Promise<void> => {
    const holder = await connectOwner({ owner: { connectionString: database.url(opened.database) } });
    try {
      for (const { county } of opened.counties)
        await holder.query('select pg_advisory_lock(7135203, $1)', [Number(county)]);
      off.push(await intakeRate(opened, connections, seconds, next));
    } finally {
      await holder.end();
    }
  };
  // Tables grow and code gets warm from one measurement to the next: each side goes first in every other round.
  for (let round = 0; round < rounds; round++) {
    const [first, second] = round % 2 === 0 ? [withLog, heldBack] : [heldBack, withLog];
    await first();
    await second();
  }
  return {
    id: 'P4',
    title: `request intake over HTTP with sequencer and publisher of the log at work, ${connections} connections`,
    asked: '≥ 0.95',
    ratio: median(on) / median(off),
    ours: { unit: 'requests/s', rounds: on },
    reference: { title: 'the same with the log held back', unit: 'requests/s', rounds: off },
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
    await intakeRate(opened, connections, 2, opened.requestsFor(opened.counties));
    return [await measureOneCounty(opened, rounds, seconds), await measureWithLog(database, opened, rounds, seconds)];
  } finally {
    await opened.server.stop();
  }
};
