import { countyDate, deadlineOf, fault, ok, refuse, type Procedure, type Result } from '@lianxin/domain';
import type { RequestForm } from '@lianxin/contract';
import { inContext, publicContext } from '../storage/index.js';
import { actContext, type ActContext, type MatterDeps } from './act-context.js';
import { fieldView, kindTitle } from './matters.view.js';
import { isForResidents } from './offered.js';

/** The kind's own title; a procedure of one kind that nobody named goes by the procedure's. */
const titleOf = (procedure: Procedure, kind: string): string => {
  const named = kindTitle(procedure, kind) ?? kind;
  return named === kind && procedure.forMatters.kinds.length === 1 ? procedure.title : named;
};

/** Until when a matter opened today would be due: the earliest limit that runs from the opening. */
const dueFromToday = (context: ActContext, procedure: Procedure): string | null => {
  const limits = [
    ...procedure.limits.filter((limit) => (limit.of ?? 'opened') === 'opened'),
    ...procedure.stages.flatMap((stage) => (stage.limit?.of === 'opened' ? [stage.limit] : [])),
  ];
  const dues = limits.flatMap((limit) => {
    if (typeof limit.within === 'object' && 'setLocally' in limit.within) return [];
    const due = deadlineOf(limit.within, countyDate(context.now), context.calendar);
    return due.ok ? [due.value.due] : [];
  });
  return dues.toSorted().at(0) ?? null;
};

/**
 * What residents of a village may ask for and what they are asked (诉求表单): kinds of the procedures in force there today.
 * Refuses `unknown-division`.
 */
export const readRequestForm = async (deps: MatterDeps, division: string): Promise<Result<RequestForm>> =>
  inContext(deps, publicContext(division), async (tx) => {
    const context = await actContext(deps, tx);
    const place = context.directory.division(division) ?? context.directory.division(division.slice(0, 12));
    if (place === undefined) return refuse(fault('unknown-division', { code: division }));
    const seen = new Set<string>();
    const kinds = context.rules.proceduresFor(division, countyDate(context.now)).flatMap(({ procedure }) =>
      !isForResidents(procedure)
        ? []
        : procedure.forMatters.kinds.flatMap((kind) => {
            if (seen.has(kind)) return [];
            seen.add(kind);
            return [
              {
                id: kind,
                title: titleOf(procedure, kind),
                promise: procedure.wording?.[kind] ?? procedure.about ?? null,
                procedure: procedure.id,
                unsorted: procedure.form.some((field) => field.id === 'kind' && field.optional === true),
                due: dueFromToday(context, procedure),
                fields: procedure.form.filter((field) => field.id !== 'kind').map((field) => fieldView(field)),
              },
            ];
          }),
    );
    return ok({ division, divisionName: place.name, kinds });
  });
