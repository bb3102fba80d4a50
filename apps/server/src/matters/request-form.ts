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

type AskedKind = RequestForm['kinds'][number];

const kindsAt = (context: ActContext, division: string): AskedKind[] => {
  const seen = new Set<string>();
  return context.rules.proceduresFor(division, countyDate(context.now)).flatMap(({ procedure }) =>
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
              procedureTitle: procedure.title,
              unsorted: procedure.form.some((field) => field.id === 'kind' && field.optional === true),
              due: dueFromToday(context, procedure),
              fields: procedure.form.filter((field) => field.id !== 'kind').map((field) => fieldView(field)),
            },
          ];
        }),
  );
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
    return ok({ division, divisionName: place.name, kinds: kindsAt(context, division) });
  });

/**
 * The forms of many villages of one county, in their order; a village that is none is left out. Villages under the same rules share one
 * reading, so that a county of hundreds costs what its few sets of rules cost.
 */
export const readRequestForms = async (
  deps: MatterDeps,
  county: string,
  villages: readonly string[],
): Promise<RequestForm[]> =>
  inContext(deps, publicContext(`${county}000000`), async (tx) => {
    const context = await actContext(deps, tx);
    const today = countyDate(context.now);
    const read = new Map<string, AskedKind[]>();
    return villages.flatMap((division) => {
      const place = context.directory.division(division);
      if (place === undefined) return [];
      const rules = context.rules
        .activationsFor(division, today)
        .map(({ hash, division: where }) => `${where} ${hash}`)
        .join('\n');
      const kinds = read.get(rules) ?? kindsAt(context, division);
      read.set(rules, kinds);
      return [{ division, divisionName: place.name, kinds }];
    });
  });
