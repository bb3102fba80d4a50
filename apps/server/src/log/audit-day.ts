import {
  canonicalJson,
  endOfCountyDay,
  leafHash,
  rootOfLeaves,
  startOfCountyDay,
  toBase64Url,
  utf8Bytes,
  type PlainDate,
} from '@lianxin/domain';
import type { Tx } from '../storage/index.js';
import { sha256 } from './sha256.js';

interface ReadingRow {
  readonly [key: string]: string | null;
  readonly id: string;
  readonly recorded_at: string;
}

/** One reading as it is hashed: every column that is filled, so that none can be changed afterwards. */
const readingText = (row: ReadingRow): string =>
  canonicalJson(
    Object.fromEntries(
      Object.entries({ ...row, recorded_at: new Date(row.recorded_at).toISOString() }).flatMap(([key, value]) =>
        value === null ? [] : [[key, value] as const],
      ),
    ),
  );

/**
 * What the log says of a day's readings of personal data 当日查阅: how many there were, and a root over them. The rows hold random ids, so the
 * root tells nobody who read what; whoever trims them later does not get this root again.
 */
export const auditDayOf = async (
  tx: Tx,
  county: string,
  day: PlainDate,
): Promise<{ readonly rows: number; readonly root: string }> => {
  const rows = await tx.rows<ReadingRow>(
    `select id, person, office_post, office_body, division, what, subject, purpose, request_id, recorded_at
     from lx.access_log where county = $1 and recorded_at >= $2 and recorded_at < $3 order by id`,
    [county, startOfCountyDay(day), endOfCountyDay(day)],
  );
  const hashes = rows.map((row) => leafHash(sha256, utf8Bytes(readingText(row))));
  return { rows: rows.length, root: toBase64Url(rootOfLeaves(sha256, hashes)) };
};
