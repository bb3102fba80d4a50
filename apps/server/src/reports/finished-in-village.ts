import { countyDate, listServices, ok, ruleSchemas, type Result } from '@lianxin/domain';
import type { FinishedInVillageReport, ReportQuery } from '@lianxin/contract';
import type { SessionActor } from '../access/index.js';
import { directoryFor, type MatterDeps } from '../matters/index.js';
import { rulesOf } from '../policy-packs/index.js';
import { inContext } from '../storage/index.js';
import { eachCase, type Case } from './cases.js';
import { shareOf } from './percentile.js';
import { divisionOf, scopeFor } from './reports.store.js';

type Row = Omit<FinishedInVillageReport['rows'][number], 'share'> & { inVillage: number };

/** Settled where it began, in the village: neither handed up nor sent back. */
const wasFinishedThere = ({ packed, progress }: Case): boolean =>
  progress.level === 'village' &&
  packed.procedure.closes.results.some((result) => result.id === progress.result && result.settled === true);

/** Why not: the reason written with the last act that has one, else what it ended with. */
const reasonOf = ({ file, packed, progress }: Case): string => {
  const said = file.acts
    .toReversed()
    .map((act) => act.body['reason'])
    .find((reason) => typeof reason === 'string' && reason !== '');
  if (typeof said === 'string') return said;
  return packed.procedure.closes.results.find((result) => result.id === progress.result)?.title ?? '';
};

/**
 * Of the services that are meant to be done without leaving the village 不出村, the share that was, and each of the others with its
 * reason [DY-58]. Which services are meant says the catalogue in force; nothing of the papers is read or shown.
 */
export const readFinishedInVillage = async (
  deps: MatterDeps,
  session: SessionActor,
  query: ReportQuery,
): Promise<Result<FinishedInVillageReport>> => {
  const scope = scopeFor(session, query);
  if (!scope.ok) return scope;
  return inContext(deps, session.context, async (tx): Promise<Result<FinishedInVillageReport>> => {
    const directory = await directoryFor(deps, tx.context.county);
    const book = await rulesOf(deps.pool, tx);
    const meant = new Map<string, string>();
    for (const { rule } of book.rulesFor(divisionOf(session, query), countyDate(deps.clock()), 'service-catalogue')) {
      for (const service of listServices(ruleSchemas['service-catalogue'].parse(rule.rule))) {
        if (service.finishedInVillage && !meant.has(service.id)) meant.set(service.id, service.title);
      }
    }
    const rows = new Map<string, Row>();
    await eachCase(deps, tx, scope.value, (one) => {
      const { matter } = one.file;
      // The form asks for the item as people call it; an import names it by its id.
      const asked = String(one.progress.form['service'] ?? '');
      const [service, title] = [...meant].find((each) => each.includes(asked)) ?? [];
      if (service === undefined || title === undefined || matter.parent !== null || one.progress.state !== 'ended')
        return;
      const division = matter.place.slice(0, 12);
      const key = `${division} ${service}`;
      const row: Row = rows.get(key) ?? {
        division,
        name: directory.nameOf(division),
        service,
        title,
        ended: 0,
        inVillage: 0,
        others: [],
      };
      rows.set(key, row);
      row.ended += 1;
      if (wasFinishedThere(one)) row.inVillage += 1;
      else row.others.push({ id: matter.id, number: matter.number, reason: reasonOf(one) });
    });
    return ok({
      services: [...meant].map(([id, title]) => ({ id, title })),
      rows: [...rows.values()]
        .toSorted((a, b) => (a.division + a.service < b.division + b.service ? -1 : 1))
        .map(({ inVillage, ...row }) => ({ ...row, share: shareOf(inVillage, row.ended) })),
    });
  });
};
