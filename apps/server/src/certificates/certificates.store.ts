import type { Tx } from '../storage/index.js';

/** A certificate as it was issued. */
export interface CertificateRow {
  readonly county: string;
  readonly id: string;
  readonly division: string;
  readonly matter: string;
  readonly title: string | null;
  readonly result: string;
  /** Canonical JSON, as it was hashed. */
  readonly body: string;
  readonly journal: string;
  readonly ended_at: string;
  readonly issued_at: string;
}

const columns = 'county, id, division, matter, title, result, body, journal, ended_at, issued_at';

/** Keeps a certificate; the first one of an ending stays. Says whether it was new. */
export const insertCertificate = async (tx: Tx, row: CertificateRow): Promise<boolean> =>
  (await tx.run(
    `insert into lx.certificate (${columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
    [
      row.county,
      row.id,
      row.division,
      row.matter,
      row.title,
      row.result,
      row.body,
      row.journal,
      row.ended_at,
      row.issued_at,
    ],
  )) > 0;

/** One certificate. */
export const findCertificate = async (tx: Tx, county: string, id: string): Promise<CertificateRow | undefined> =>
  tx.first<CertificateRow & Record<string, unknown>>(
    `select ${columns} from lx.certificate where county = $1 and id = $2`,
    [county, id],
  );

/** The certificate of an ending of a matter. */
export const certificateOfEnding = async (
  tx: Tx,
  county: string,
  matter: string,
  endedAt: string,
): Promise<string | undefined> =>
  (
    await tx.first<{ id: string }>(
      'select id from lx.certificate where county = $1 and matter = $2 and ended_at = $3',
      [county, matter, endedAt],
    )
  )?.id;

/** The newest certificate of a matter: one that was opened again has one for each ending. */
export const newestCertificateOf = async (tx: Tx, matter: string): Promise<string | undefined> =>
  (
    await tx.first<{ id: string }>(
      'select id from lx.certificate where county = $1 and matter = $2 order by ended_at desc limit 1',
      [tx.context.county, matter],
    )
  )?.id;

/** Certificates of a place, newest first. */
export const certificatesOf = async (
  tx: Tx,
  county: string,
  division: string,
  most: number,
): Promise<Pick<CertificateRow, 'id' | 'title' | 'result' | 'issued_at' | 'matter'>[]> =>
  tx.rows(
    `select id, title, result, issued_at, matter from lx.certificate
     where county = $1 and division = $2 order by issued_at desc limit $3`,
    [county, division, most],
  );
