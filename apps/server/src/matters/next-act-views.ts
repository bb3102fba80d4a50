import { nextActs, type Fault, type FaultCode, type Locale, type NextAct } from '@lianxin/domain';
import type { NextActView } from '@lianxin/contract';
import { faultView } from '../http/answer.js';
import type { PackedProcedure } from '../policy-packs/index.js';
import type { ActContext } from './act-context.js';
import type { Standing } from './actors.js';
import type { FieldOffers } from './field-offers.js';
import { recordOf, type MatterFile } from './matter-file.js';
import { fieldView, partiesText, stageTitle } from './matters.view.js';
import { needsSecret } from './sense.js';

/** Faults that say that this is somebody else's to do. */
const notMine: ReadonlySet<FaultCode> = new Set<FaultCode>([
  'not-your-act',
  'not-your-division',
  'not-the-filer',
  'not-the-handler',
  'handler-cannot-confirm',
  'may-not-act-for-resident',
  'recused',
]);

/** Whether nothing but the matter itself stands in the way: the act is this person's. */
export const isMine = (faults: readonly Fault[]): boolean => faults.every((one) => !notMine.has(one.code));

/** Of several standings the one that may, else the one whose act it is, else the first. */
const best = (ways: readonly NextAct[]): NextAct | undefined =>
  ways.find((way) => way.allowed) ?? ways.find((way) => isMine(way.faults)) ?? ways[0];

/**
 * What may be done next on a matter by this viewer (可办事项), and for what may not, every reason with source and cure.
 * Only what belongs to where the matter stands; what is not theirs is left out for residents, who are not asked to read office rules.
 */
export const nextActViews = (
  context: ActContext,
  packed: PackedProcedure,
  file: MatterFile,
  standings: readonly Standing[],
  locale: Locale,
  onlyMine: boolean,
  offers?: FieldOffers,
): NextActView[] => {
  const record = recordOf(file);
  const { procedure } = packed;
  const ways = standings.map((standing) =>
    nextActs(procedure, record, standing.actor, context.roll, context.calendar, context.now),
  );
  const first = ways[0] ?? [];
  return first.flatMap((_, at) => {
    const way = best(ways.flatMap((list) => list[at] ?? []));
    if (way === undefined || !way.here) return [];
    // In a resident's name an officer acts only on what was filed for a resident who cannot do it himself.
    const inNobodysName = way.forResident && !file.matter.on_behalf;
    const mine = isMine(way.faults) && !inNobodysName;
    if (way.by.every((who) => 'system' in who) || (onlyMine && !mine)) return [];
    return [
      {
        act: way.act.id,
        stage: way.stage,
        title:
          way.stage?.includes('/') === true ? `${way.act.title}（${stageTitle(procedure, way.stage)}）` : way.act.title,
        kind: way.act.kind,
        by: partiesText(procedure, way.by),
        mine,
        allowed: way.allowed && !inNobodysName,
        faults: way.faults.map((one) => faultView(one, locale)),
        fields: way.needs.map((field) => fieldView(field, offers?.choicesFor)),
        source: [...(way.act.source ?? [])],
        needsSecret: needsSecret(procedure, way.act),
      },
    ];
  });
};
