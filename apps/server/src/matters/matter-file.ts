import type { Act, FieldValue, Instant, MatterLevel, MatterRecord, PlainDate } from '@lianxin/domain';

/** Columns of `matter` that its acts decide; `rebuild` derives them again. */
export interface MatterProjection {
  readonly version: number;
  readonly state: 'open' | 'paused' | 'ended';
  readonly stage: string | null;
  readonly level: MatterLevel;
  readonly holder_post: string | null;
  readonly holder_body: string | null;
  readonly holder_person: string | null;
  readonly first_contact: string | null;
  readonly due: string | null;
  readonly provisional: boolean;
  readonly next_check: string | null;
  readonly result: string | null;
  readonly settled: boolean | null;
  readonly accepted_at: string | null;
  readonly claimed_at: string | null;
  readonly confirmed_by: 'filer' | 'sampled' | null;
  readonly disputes: number;
  readonly breaches: number;
  readonly rating: number | null;
  readonly rated_at: string | null;
  readonly ended_at: string | null;
  readonly kind: string | null;
}

/** A row of `matter` as JSON gives it: bytes as `\x…`, moments with an offset. */
export interface MatterRow extends MatterProjection {
  readonly county: string;
  readonly id: string;
  readonly division: string;
  readonly place: string;
  readonly number: string;
  readonly procedure: string;
  readonly pack_hash: string;
  readonly subject: string;
  readonly channel: string;
  readonly filer: string | null;
  readonly on_behalf: boolean;
  readonly parent: string | null;
  readonly opened_by_act: string | null;
  readonly wait: 'all' | 'any' | 'none' | null;
  readonly about: string | null;
  readonly start_level: MatterLevel;
  readonly opened_at: string;
  readonly recorded_at: string;
  readonly late_entry: boolean;
  readonly receipt_hash: string | null;
  readonly confirm_hash: string | null;
  readonly journal: string | null;
  readonly barred: readonly string[] | null;
  readonly sampled: readonly string[] | null;
  readonly readers: readonly string[] | null;
  readonly updated_at: string;
}

/** What an act amounts to, read from the shape of its rule. */
export type Sense =
  | 'open'
  | 'accept'
  | 'refuse'
  | 'claim'
  | 'confirm'
  | 'dispute'
  | 'hand-up'
  | 'go-higher'
  | 'rate'
  | 'ask'
  | 'answer'
  | 'remind'
  | 'split'
  | 'end'
  | 'other';

/** A row of `act` as JSON gives it. */
export interface ActRow {
  readonly county: string;
  readonly matter: string;
  readonly seq: number;
  readonly id: string;
  readonly division: string;
  readonly command_id: string;
  readonly act: string;
  readonly stage: string | null;
  readonly sense: Sense;
  readonly actor_kind: 'resident' | 'officer' | 'system';
  readonly person: string | null;
  readonly office_post: string | null;
  readonly office_body: string | null;
  readonly on_behalf_of: string | null;
  readonly body: Readonly<Record<string, FieldValue>>;
  readonly ruling: unknown;
  readonly occurred_at: string;
  readonly recorded_at: string;
}

/** A sub-matter as its parent sees it. */
export interface ChildRow {
  readonly id: string;
  readonly number: string;
  readonly subject: string;
  readonly state: 'open' | 'paused' | 'ended';
  readonly wait: 'all' | 'any' | 'none' | null;
  readonly openedBy: string | null;
  readonly endedAt: string | null;
  readonly holderBody: string | null;
}

/** The file (卷宗) of a matter: all that `lx.matter_file` gives. */
export interface MatterFile {
  readonly matter: MatterRow;
  readonly acts: readonly ActRow[];
  readonly children: readonly ChildRow[];
}

/** What stands in the acts where contact data was sealed apart. */
export const sealedMark = '（已密存）';

/** A moment of the database as the domain writes it. */
export const momentOf = (text: string): Instant => text.replace(' ', 'T').replace(/\+00(?::00)?$/u, 'Z') as Instant;

/** A day of the database. */
export const dayOf = (text: string): PlainDate => text.slice(0, 10) as PlainDate;

/** Bytes that JSON shows as `\x…`, in hexadecimal. */
export const hexOf = (text: string): string => text.replace(/^\\x/u, '');

const actOf = (row: ActRow): Act => ({
  seq: row.seq,
  id: row.id,
  act: row.act,
  stage: row.stage,
  by: {
    kind: row.actor_kind,
    ...(row.person === null ? {} : { person: row.person }),
    ...(row.office_post === null || row.office_body === null
      ? {}
      : { office: { post: row.office_post, body: row.office_body } }),
  },
  ...(row.on_behalf_of === null ? {} : { onBehalfOf: row.on_behalf_of }),
  fields: row.body,
  occurredAt: momentOf(row.occurred_at),
  recordedAt: momentOf(row.recorded_at),
});

/** What the kernel needs of a file. Pure. */
export const recordOf = (file: MatterFile): MatterRecord => {
  const { matter } = file;
  return {
    procedure: matter.procedure,
    opened: momentOf(matter.opened_at),
    division: matter.place,
    level: matter.start_level,
    ...(matter.filer === null || matter.on_behalf ? {} : { filer: matter.filer }),
    ...(matter.kind === null ? {} : { kind: matter.kind }),
    channel: matter.channel,
    acts: file.acts.map(actOf),
    children: file.children.map((child) => ({
      id: child.id,
      ...(child.openedBy === null ? {} : { openedBy: child.openedBy }),
      ...(child.wait === null ? {} : { wait: child.wait }),
      ended: child.endedAt === null ? null : momentOf(child.endedAt),
    })),
    ...(matter.sampled === null ? {} : { sampled: [...matter.sampled] }),
  };
};
