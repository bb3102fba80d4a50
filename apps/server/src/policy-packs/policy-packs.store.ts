import type { PackBody } from './pack-body.js';
import type { Tx } from '../storage/index.js';

/** A way to send SQL; the owner's connection where versions are kept, a transaction where they are read. */
export interface Sql {
  query(text: string, values?: readonly unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
}

/** An activation (启用): which version of a pack applies in a division and everything below it, from when. */
export interface Activation {
  readonly division: string;
  readonly pack: string;
  readonly hash: string;
  readonly from: string;
  /** First day on which it no longer applies. */
  readonly until: string | null;
}

/** Activations of the context's county. */
export const readActivations = (tx: Tx): Promise<Activation[]> =>
  tx.rows<Activation & Record<string, unknown>>(
    `select division, pack, encode(version_hash, 'hex') as hash, valid_from as from, valid_to as until
     from lx.pack_activation where county = $1 order by valid_from, division, pack`,
    [tx.context.county],
  );

/** Versions by hash. */
export const readVersions = (tx: Tx, hashes: readonly string[]): Promise<{ hash: string; body: PackBody }[]> =>
  tx.rows<{ hash: string; body: PackBody }>(
    `select encode(v.hash, 'hex') as hash, v.body from lx.pack_version v
     where v.hash in (select decode(h, 'hex') from unnest($1::text[]) as h)`,
    [hashes],
  );

/** Keeps a version for ever; one that is there already stays as it is, since its hash names its content. */
const keeping = (hash: string, body: PackBody, recordedAt: string): [text: string, values: unknown[]] => {
  const { id, version, title } = body.manifest;
  const from = body.rules
    .map((rule) => rule.inForce.from)
    .toSorted()
    .at(0);
  return [
    `insert into lx.pack_version (hash, pack, version, title, body, in_force_from, recorded_at)
     values (decode($1, 'hex'), $2, $3, $4, $5, $6, $7) on conflict (hash) do nothing`,
    [hash, id, version, title, JSON.stringify(body), from ?? null, recordedAt],
  ];
};

/** Keeps a version of a pack for ever, by the owner's connection. */
export const keepVersion = async (db: Sql, hash: string, body: PackBody, recordedAt: string): Promise<void> => {
  await db.query(...keeping(hash, body, recordedAt));
};

/** Keeps a joined version with the matter that is opened under it. */
export const keepJoint = async (tx: Tx, hash: string, body: PackBody, recordedAt: string): Promise<void> => {
  await tx.rows(...keeping(hash, body, recordedAt));
};

/**
 * Activates a version in a division; the activation of the same pack that ran there until now ends on that day. Says whether anything was
 * activated: doing it twice changes nothing.
 */
export const activate = async (
  db: Sql,
  row: { county: string; id: string; division: string; pack: string; hash: string; from: string; recordedAt: string },
): Promise<boolean> => {
  await db.query(
    `update lx.pack_activation set valid_to = $4 where county = $1 and division = $2 and pack = $3 and valid_to is null and valid_from < $4`,
    [row.county, row.division, row.pack, row.from],
  );
  const { rows } = await db.query(
    `insert into lx.pack_activation (county, id, division, pack, version_hash, valid_from, recorded_at)
     select $1, $2, $3, $4, decode($5, 'hex'), $6, $7
     where not exists (select 1 from lx.pack_activation a where a.county = $1 and a.division = $3 and a.pack = $4
       and a.version_hash = decode($5, 'hex') and a.valid_to is null)
     returning id`,
    [row.county, row.id, row.division, row.pack, row.hash, row.from, row.recordedAt],
  );
  return rows.length > 0;
};
