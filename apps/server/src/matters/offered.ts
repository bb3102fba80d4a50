import { countyDate, fault, ok, refuse, type Instant, type Procedure, type Result } from '@lianxin/domain';
import type { PackedProcedure } from '../policy-packs/index.js';
import type { ActContext } from './act-context.js';

/** A procedure and the kind of matter it was chosen for. */
export interface Chosen {
  readonly packed: PackedProcedure;
  readonly kind: string | null;
}

/**
 * The procedure that takes a matter (受理程序): the one named, else the first in force there for the kind; the nearest activation first.
 * Where several govern the kind together, the one joined from them takes it, whichever of them was named [FC-31].
 * Refuses `rules-conflict` where these contradict each other, `kind-not-offered`, and `no-rule-in-force` for a procedure that does not answer for that day.
 */
export const chooseProcedure = (
  context: ActContext,
  wanted: {
    readonly place: string;
    readonly procedure?: string | undefined;
    readonly kind?: string | undefined;
    readonly occurredAt: Instant;
  },
): Result<Chosen> => {
  const on = countyDate(wanted.occurredAt);
  const offered = context.rules.proceduresFor(wanted.place, on);
  const { kind } = wanted;
  if (kind !== undefined) {
    const conflict = context.rules.conflictsFor(wanted.place, on).get(kind);
    if (conflict !== undefined) return { ok: false, faults: [fault('rules-conflict', { kind }), ...conflict] };
    const joined = offered.find(
      ({ procedure, joint }) => joint !== undefined && procedure.forMatters.kinds.includes(kind),
    );
    const isPart = wanted.procedure === undefined || joined?.joint?.parts.includes(wanted.procedure) === true;
    if (joined !== undefined && isPart) return ok({ packed: joined, kind });
  }
  if (wanted.procedure !== undefined) {
    const packed = offered.find((one) => one.procedure.id === wanted.procedure);
    if (packed === undefined) return refuse(fault('no-rule-in-force', { rule: wanted.procedure, on }));
    const { kinds, together } = packed.procedure.forMatters;
    if (kind === undefined && together === true && kinds.length > 1)
      return refuse(fault('field-missing', { field: '类别' }));
    if (kind !== undefined && !kinds.includes(kind)) return refuse(notOffered(context, wanted.place, kind));
    return ok({ packed, kind: kind ?? (kinds.length === 1 ? (kinds[0] ?? null) : null) });
  }
  if (kind === undefined) {
    // Whoever just types is not asked to class: the first procedure for residents that takes a matter without a kind; an officer classes it.
    const open = offered.find(({ procedure }) => isForResidents(procedure) && !needsKind(procedure));
    return open === undefined ? refuse(fault('field-missing', { field: '类别' })) : ok({ packed: open, kind: null });
  }
  const packed = offered.find((one) => one.procedure.forMatters.kinds.includes(kind));
  return packed === undefined ? refuse(notOffered(context, wanted.place, kind)) : ok({ packed, kind });
};

/** Whether residents may open it themselves. */
export const isForResidents = (procedure: Procedure): boolean =>
  procedure.opensBy === undefined ||
  procedure.opensBy.some((who) => 'resident' in who || 'anyone' in who || 'filer' in who);

const needsKind = (procedure: Procedure): boolean =>
  procedure.form.some((field) => field.id === 'kind' && field.optional !== true) ||
  procedure.forMatters.kinds.length === 1;

const notOffered = (context: ActContext, place: string, kind: string) =>
  fault('kind-not-offered', { place: context.directory.nameOf(place), kind });
