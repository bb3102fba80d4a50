import { calendarOn, countyDate, deriveProgress, ruleSchemas, type Holidays, type Procedure } from '@lianxin/domain';
import type { PackBody } from '../policy-packs/index.js';
import { answersFor } from '../policy-packs/index.js';
import type { DerivedRows, Projection } from '../storage/projection.js';
import { directoryOf, type Directory, type KnownBody, type KnownDivision } from './directory.js';
import { dayOf, hexOf, momentOf, recordOf, type MatterFile } from './matter-file.js';
import { projectionOf } from './projection.js';

const times = ['accepted_at', 'claimed_at', 'rated_at', 'ended_at'] as const;

/** Moments as one text whatever wrote them. */
const iso = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as ${column}`;

const standing = `select county, id, version, state, stage, level, holder_post, holder_body, holder_person, first_contact, due::text as due, provisional,
  result, settled, confirmed_by, disputes, breaches, rating, kind, ${times.map(iso).join(', ')} from lx.matter`;

type Read = Parameters<DerivedRows>[0];

const directories = async (read: Read): Promise<(county: string) => Directory> => {
  const divisions = await read<KnownDivision & { county: string } & Record<string, unknown>>(
    'select code, name, level, county from lx.division where county is not null',
  );
  const bodies = await read<KnownBody & { county: string } & Record<string, unknown>>(
    'select county, id, division, kind, code, name from lx.body where valid_to is null order by division, id',
  );
  const made = new Map<string, Directory>();
  return (county) => {
    const known = made.get(county);
    if (known !== undefined) return known;
    const mine = directoryOf(
      divisions.filter((one) => one.county === county),
      bodies.filter((one) => one.county === county),
    );
    made.set(county, mine);
    return mine;
  };
};

const procedures = async (read: Read): Promise<(hash: string, id: string, on: string) => Procedure | undefined> => {
  const rows = await read<{ hash: string; body: PackBody }>(
    `select encode(hash, 'hex') as hash, body from lx.pack_version`,
  );
  const bodies = new Map(rows.map((row) => [row.hash, row.body]));
  const parsed = new Map<unknown, Procedure>();
  return (hash, id, on) => {
    const rule = bodies
      .get(hash)
      ?.rules.find((one) => one.kind === 'procedure' && one.id === id && answersFor(one.inForce, on));
    if (rule === undefined) return undefined;
    const known = parsed.get(rule) ?? ruleSchemas.procedure.parse(rule.rule);
    parsed.set(rule, known);
    return known;
  };
};

const norm = (moment: string | null): string | null =>
  moment === null ? null : new Date(Date.parse(moment)).toISOString();

/** Rows of the projection, derived from the facts alone: what was opened, and the acts. Read in batches. */
const derived = (holidays: () => Holidays): DerivedRows =>
  async function* (read) {
    const directory = await directories(read);
    const procedure = await procedures(read);
    let after: { county: string; id: string } | null = null;
    for (;;) {
      const batch: { file: MatterFile }[] = await read(
        `select lx.matter_file(m.county, m.id) as file from lx.matter m
         where $1::text is null or (m.county, m.id) > ($1::text, $2::uuid) order by m.county, m.id limit 500`,
        [after?.county ?? null, after?.id ?? null],
      );
      const last = batch.at(-1);
      if (last === undefined) return;
      for (const { file } of batch) {
        const { matter } = file;
        const rule = procedure(hexOf(matter.pack_hash), matter.procedure, dayOf(matter.opened_at));
        if (rule === undefined) continue;
        const seen = momentOf(matter.updated_at);
        const progress = deriveProgress(rule, recordOf(file), calendarOn(holidays(), countyDate(seen)), seen);
        const { next_check: _schedule, ...row } = projectionOf({
          procedure: rule,
          progress,
          acts: file.acts,
          place: matter.place,
          kind: matter.kind,
          directory: directory(matter.county),
          seen,
        });
        yield {
          county: matter.county,
          id: matter.id,
          ...row,
          accepted_at: norm(row.accepted_at),
          claimed_at: norm(row.claimed_at),
          rated_at: norm(row.rated_at),
          ended_at: norm(row.ended_at),
        };
      }
      after = { county: last.file.matter.county, id: last.file.matter.id };
    }
  };

/** What `lianxin rebuild --check` compares for matters: their state, and the counters of the villages. */
export const mattersProjections = (holidays: () => Holidays): readonly Projection[] => [
  { name: 'matter', version: 1, key: ['county', 'id'], standing, derived: derived(holidays) },
  {
    name: 'matter-count',
    version: 1,
    key: ['county', 'division'],
    standing: `select county, division, sum(opened)::int as opened, sum(open)::int as open, sum(paused)::int as paused, sum(ended)::int as ended
      from lx.matter_count group by county, division`,
    derived: `select county, village as division, count(*)::int as opened, count(*) filter (where state = 'open')::int as open,
        count(*) filter (where state = 'paused')::int as paused, count(*) filter (where state = 'ended')::int as ended
      from lx.matter where barred is null group by county, village`,
  },
];
