import { countyDate, drawProcedure, ruleSchemas, toSvg, type Procedure } from '@lianxin/domain';
import { rulesOf } from '../policy-packs/index.js';
import type { Tx } from '../storage/index.js';
import { catalogueFor, type CatalogueDeps } from './catalogue.js';
import { postTitles } from './names.js';

/** A small power as everybody may see it: the flow it runs on now, drawn from the rule itself, and the flows before. */
export interface PowerView {
  readonly id: string;
  readonly title: string;
  readonly holder: string;
  readonly limits: string | null;
  readonly steps: readonly string[];
  readonly drawing: string;
  /** The day since which this flow holds; a changed step is a new version with a new day. */
  readonly since: string;
  readonly earlier: readonly { readonly since: string; readonly steps: readonly string[] }[];
}

const stepsOf = (procedure: Procedure): string[] => procedure.stages.map((stage) => stage.title);

/** The list of small powers of a village 小微权力清单; a power whose procedure is not in force is left out. */
export const powersFor = async (deps: CatalogueDeps, tx: Tx, division: string): Promise<PowerView[]> => {
  const { powers } = await catalogueFor(deps, tx, division);
  const book = await rulesOf(deps.pool, tx);
  const today = countyDate(deps.clock());
  const titles = await postTitles(tx);
  return powers.flatMap((power): PowerView[] => {
    const now = book
      .proceduresFor(division, today)
      .find(({ procedure }) => procedure.id === power.procedure)?.procedure;
    if (now === undefined) return [];
    const versions = book
      .activationsFor(division, today)
      .flatMap(({ body }) => body.rules)
      .filter(
        (rule) => rule.kind === 'procedure' && rule.id === power.procedure && rule.inForce.from < now.inForce.from,
      )
      .map((rule) => ({ since: rule.inForce.from, steps: stepsOf(ruleSchemas.procedure.parse(rule.rule)) }));
    return [
      {
        id: power.id,
        title: now.title,
        holder: titles(power.holder.post),
        limits: power.limits ?? null,
        steps: stepsOf(now),
        drawing: toSvg(drawProcedure(now)),
        since: now.inForce.from,
        earlier: versions.toSorted((a, b) => (a.since < b.since ? 1 : -1)),
      },
    ];
  });
};
