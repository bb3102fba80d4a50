import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { BenchDatabase } from './database.js';
import { loadAnswered, post } from './http-load.js';
import { startLianxin, type Served } from './lianxin-process.js';

/** A county whose villages take a request that is told in one sentence, and how it is told. */
export interface TakingCounty {
  readonly county: string;
  readonly villages: readonly string[];
  readonly kind: string;
  /** The field that takes the sentence. */
  readonly words: string;
}

/** A server with its demonstration that takes requests over HTTP; everything that an intake needs was asked for. */
export interface RequestServer {
  readonly server: Served;
  readonly base: string;
  readonly database: string;
  /** Largest county first. */
  readonly counties: readonly TakingCounty[];
  /** The next request, each with an own command id, spread over the villages of these counties in turn. */
  readonly requestsFor: (counties: readonly TakingCounty[]) => () => Buffer;
}

interface FormKind {
  readonly id: string;
  readonly fields: readonly { readonly id: string; readonly type: string; readonly required: boolean }[];
}

const countiesThatTake = async (database: BenchDatabase, name: string, base: string): Promise<TakingCounty[]> => {
  const counties = await database.query(
    name,
    `select left(code, 6) as county, array_agg(code order by code) as codes from lx.division where level = 'village' group by 1 order by count(*) desc`,
  );
  const taking: TakingCounty[] = [];
  for (const row of counties) {
    const villages = row['codes'] as string[];
    const form = (await (await fetch(`${base}/api/villages/${villages[0]}/request-form`)).json()) as {
      kinds?: FormKind[];
    };
    for (const kind of form.kinds ?? []) {
      const asked = kind.fields.filter((field) => field.required);
      if (asked.length !== 1 || asked[0]?.type !== 'long-text') continue;
      taking.push({ county: String(row['county']), villages, kind: kind.id, words: asked[0].id });
      break;
    }
  }
  if (taking.length === 0) throw new Error('no village takes a request that is told in one sentence');
  return taking;
};

/** Starts Lianxin on a database of this name, which is created when it is not there, and asks what an intake needs. */
export const openRequestServer = async (database: BenchDatabase, name: string): Promise<RequestServer> => {
  const known = await database.query('postgres', `select from pg_database where datname = '${name}'`);
  if (known.length === 0) await database.query('postgres', `create database ${name}`);
  const server = await startLianxin(path.join(database.folder, `data-${name}`), database.url(name));
  try {
    const base = `http://127.0.0.1:${server.port}`;
    const counties = await countiesThatTake(database, name, base);
    const { formToken } = (await (
      await fetch(`${base}/api/requests/form-token`, { method: 'POST', headers: { origin: base } })
    ).json()) as { formToken: string };
    const requestsFor = (chosen: readonly TakingCounty[]) => {
      const places = chosen.flatMap((county) => county.villages.map((division) => ({ ...county, division })));
      let turn = 0;
      return (): Buffer => {
        const place = places[turn++ % places.length];
        if (place === undefined) throw new Error('no county to ask');
        return post(
          '/api/requests',
          { 'idempotency-key': randomUUID(), origin: base },
          {
            division: place.division,
            kind: place.kind,
            fields: { [place.words]: '村口的路灯坏了三天，晚上老人出门看不见路，请派人来修。' },
            formToken,
          },
        );
      };
    };
    return { server, base, database: name, counties, requestsFor };
  } catch (error) {
    await server.stop();
    throw error;
  }
};

/** Seconds until code is warm and what the start left to do (sealing and publishing the demonstration) is done. */
export const warmingSeconds = 8;

/** Takes requests until a measurement would show the server as it runs all day, and begins it with a database that has nothing left to write. */
export const warmUp = async (
  opened: RequestServer,
  database: BenchDatabase,
  connections: number,
  next: () => Buffer,
): Promise<void> => {
  await intakeRate(opened, connections, warmingSeconds, next);
  await database.query(opened.database, 'checkpoint');
};

/** Requests a second; throws unless every single one was accepted. */
export const intakeRate = async (
  { server }: RequestServer,
  connections: number,
  seconds: number,
  next: () => Buffer,
): Promise<number> => (await loadAnswered(201, server.port, connections, seconds, next)).perSecond;
