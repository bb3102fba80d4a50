import { countyDate, drawProcedure, ruleSchemas, toSvg, type Procedure } from '@lianxin/domain';
import { nameSources } from '../http/source-names.js';
import { rulesOf, type RuleBook } from '../policy-packs/index.js';
import type { Tx } from '../storage/index.js';
import { catalogueFor, type CatalogueDeps } from './catalogue.js';
import { postTitles } from './names.js';

/** A small power as everybody may see it: the flow it runs on now, drawn from the rule itself, and the flows before. */
export interface PowerView {
  readonly id: string;
  readonly title: string;
  readonly holder: string;
  readonly limits: string | null;
  /** What the power rests on, in words. */
  readonly basis: readonly string[];
  readonly steps: readonly string[];
  readonly drawing: string;
  /** The first flow is version 1; a changed step is the next version, with a day of its own. */
  readonly version: number;
  /** The day since which this flow holds. */
  readonly since: string;
  readonly earlier: readonly PowerVersion[];
}

/** A flow as it was before. */
export interface PowerVersion {
  readonly version: number;
  readonly since: string;
  readonly steps: readonly string[];
}

const stepsOf = (procedure: Procedure): string[] => procedure.stages.map((stage) => stage.title);

/** The flows a power had before the present one, the first first; what was written only to replay old data was never in force. */
const earlierOf = (activations: ReturnType<RuleBook['activationsFor']>, now: Procedure): PowerVersion[] =>
  activations
    .flatMap(({ body }) => body.rules)
    .filter((rule) => rule.kind === 'procedure' && rule.id === now.id && rule.inForce.from < now.inForce.from)
    .map((rule) => ruleSchemas.procedure.parse(rule.rule))
    .filter((procedure) => procedure.madeFor !== 'replay')
    .toSorted((a, b) => (a.inForce.from < b.inForce.from ? -1 : 1))
    .map((procedure, at) => ({ version: at + 1, since: procedure.inForce.from, steps: stepsOf(procedure) }));

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
    const before = earlierOf(book.activationsFor(division, today), now);
    return [
      {
        id: power.id,
        title: now.title,
        holder: titles(power.holder.post),
        limits: power.limits ?? null,
        basis: nameSources([power.source].flat()),
        steps: stepsOf(now),
        drawing: toSvg(drawProcedure(now)),
        version: before.length + 1,
        since: now.inForce.from,
        earlier: before.toReversed(),
      },
    ];
  });
};
