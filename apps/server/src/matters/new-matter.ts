import { levelOf, type FieldValues, type MatterLevel } from '@lianxin/domain';
import type { PackedProcedure } from '../policy-packs/index.js';
import type { ActContext } from './act-context.js';
import type { MatterFile, MatterRow } from './matter-file.js';
import { subjectOf } from './subject.js';

const emptyProjection = (level: MatterLevel) => ({
  version: 0,
  state: 'open' as const,
  stage: null,
  level,
  holder_post: null,
  holder_body: null,
  holder_person: null,
  first_contact: null,
  due: null,
  provisional: false,
  next_check: null,
  result: null,
  settled: null,
  accepted_at: null,
  claimed_at: null,
  confirmed_by: null,
  disputes: 0,
  breaches: 0,
  rating: null,
  rated_at: null,
  ended_at: null,
});

/** The level at which a matter begins: its procedure's, else its place's. */
export const startLevel = (packed: PackedProcedure, place: string, whereSeen = false): MatterLevel => {
  if (packed.procedure.level !== undefined && !whereSeen) return packed.procedure.level;
  const level = levelOf(place);
  if (level === 'group' || level === 'village' || level === 'township') return level;
  return level === 'grid' ? 'village' : 'county';
};

/** A matter before its first act. */
export const newMatter = (
  context: ActContext,
  packed: PackedProcedure,
  given: Pick<MatterRow, 'division' | 'place' | 'number' | 'channel' | 'filer' | 'opened_at' | 'late_entry'> &
    Partial<MatterRow> & { readonly fields: FieldValues },
): MatterFile => {
  const { fields, ...columns } = given;
  const level = given.start_level ?? startLevel(packed, given.place);
  return {
    matter: {
      county: context.county,
      id: context.deps.newId(),
      procedure: packed.procedure.id,
      pack_hash: `\\x${packed.hash}`,
      subject: subjectOf(packed.procedure, fields),
      on_behalf: false,
      parent: null,
      opened_by_act: null,
      wait: null,
      about: null,
      receipt_hash: null,
      confirm_hash: null,
      journal: null,
      barred: null,
      sampled: null,
      readers: null,
      recorded_at: context.now,
      updated_at: context.now,
      kind: null,
      ...emptyProjection(level),
      ...columns,
      start_level: level,
    },
    acts: [],
    children: [],
  };
};
