import { countyDate, scopeOf } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { rulesOf } from '../policy-packs/index.js';
import type { Tx } from '../storage/index.js';
import { momentOf } from './matter-file.js';

/** A matter whose last step is to publish, and nothing has been posted yet 结果未公开. */
export interface UnpublishedResult {
  readonly matter: string;
  readonly number: string;
  readonly subject: string;
  readonly place: string;
  readonly what: string;
  readonly since: string;
}

/**
 * The matters in a range that can close only once their result is published, and of which nothing hangs yet, the oldest first. Read under the
 * rights of the office that asks; at most 200.
 */
export const listUnpublishedResults = async (
  deps: Pick<Deps, 'pool'>,
  tx: Tx,
  division: string,
): Promise<readonly UnpublishedResult[]> => {
  const last = (await rulesOf(deps.pool, tx))
    .listProcedures()
    .flatMap(({ procedure }) =>
      procedure.stages.flatMap((stage) =>
        stage.publish !== undefined && stage.then !== undefined && 'end' in stage.then
          ? [{ procedure: procedure.id, stage: stage.id, what: stage.publish.what }]
          : [],
      ),
    );
  const { lo, hi } = scopeOf(division);
  const rows = await tx.rows<Record<'id' | 'number' | 'subject' | 'place' | 'procedure' | 'stage' | 'since', string>>(
    `select m.id, m.number, m.subject, m.place, m.procedure, m.stage,
       (select max(a.occurred_at) from lx.act a where a.county = m.county and a.matter = m.id) as since
     from lx.matter m
     where m.county = $1 and m.division >= $2 and m.division < $3 and m.state <> 'ended'
       and (m.procedure, m.stage) in (select p, s from unnest($4::text[], $5::text[]) as w (p, s))
       and not exists (select from lx.act a where a.county = m.county and a.matter = m.id and a.act = 'post' and a.stage = m.stage)
     order by since, m.id limit 200`,
    [tx.context.county, lo, hi, last.map((one) => one.procedure), last.map((one) => one.stage)],
  );
  return rows.map(({ id, number, subject, place, procedure, stage, since }) => ({
    matter: id,
    number,
    subject,
    place,
    what: last.find((one) => one.procedure === procedure && one.stage === stage)?.what ?? '',
    since: countyDate(momentOf(since)),
  }));
};
