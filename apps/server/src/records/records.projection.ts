import type { RecordChange } from '@lianxin/domain';
import type { Projection } from '../storage/projection.js';
import { standingOf } from './standing.js';

type ChangeRow = RecordChange & { county: string; record: string } & Record<string, unknown>;

const standing = `select county, id, fields, since::text as since, ended_on::text as "endedOn", version from lx.record`;
const facts = `select county, record, id, kind, valid_from::text as on, fields as values, corrects,
  to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "recordedAt", reason
  from lx.record_change order by county, record`;

/** Records (登记项) as their changes say. */
export const recordProjection: Projection = {
  name: 'record',
  version: 1,
  key: ['county', 'id'],
  standing,
  derived: async (read) => {
    const byRecord = new Map<string, ChangeRow[]>();
    for (const change of await read<ChangeRow>(facts)) {
      const key = `${change.county} ${change.record}`;
      byRecord.set(key, [...(byRecord.get(key) ?? []), change]);
    }
    return [...byRecord.values()].flatMap((changes) => {
      const [first] = changes;
      const said = standingOf(changes);
      if (first === undefined || said === undefined) return [];
      return [{ county: first.county, id: first.record, ...said, version: changes.length }];
    });
  },
};
