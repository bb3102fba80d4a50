import { countyDate, fault, ok, refuse, ruleOnAct, type FaultCode, type Result } from '@lianxin/domain';
import type { StaffForm } from '@lianxin/contract';
import type { SessionActor } from '../access/index.js';
import type { PackedProcedure } from '../policy-packs/index.js';
import { inContext } from '../storage/index.js';
import { actContext, type ActContext, type MatterDeps } from './act-context.js';
import { standingsOf } from './actors.js';
import { fieldOffers } from './field-offers.js';
import { recordOf } from './matter-file.js';
import { fieldView, kindTitle } from './matters.view.js';
import { isForResidents } from './offered.js';
import { newMatter, startLevel } from './new-matter.js';

/** Faults of an opening that are about who opens it; what is still missing in the form is asked on the page. */
const aboutTheOpener: ReadonlySet<FaultCode> = new Set<FaultCode>(['not-your-act', 'not-your-division', 'recused']);

const emptyMatter = (context: ActContext, packed: PackedProcedure, division: string) =>
  newMatter(context, packed, {
    division,
    place: division,
    number: '',
    channel: 'counter',
    filer: null,
    opened_at: context.now,
    late_entry: false,
    fields: {},
  });

const mayOpen = (context: ActContext, packed: PackedProcedure, session: SessionActor, division: string): boolean => {
  const record = recordOf(emptyMatter(context, packed, division));
  return standingsOf(session, context.directory, null).some(({ actor, by }) => {
    const act = {
      seq: 0,
      id: context.deps.newId(),
      act: 'open',
      stage: null,
      by,
      fields: {},
      occurredAt: context.now,
      recordedAt: context.now,
    };
    const ruling = ruleOnAct(packed.procedure, record, act, actor, context.roll, context.calendar);
    return ruling.passes || ruling.faults.every((one) => !aboutTheOpener.has(one.code));
  });
};

/**
 * What an officer may open for a place in his own office (立项): the procedures in force there that are not for residents, by the
 * kernel's own word on who opens them, with the choices of their fields.
 * Refuses `unknown-division`.
 */
export const readStaffForm = async (
  deps: MatterDeps,
  session: SessionActor,
  division: string,
): Promise<Result<StaffForm>> =>
  inContext(deps, session.context, async (tx) => {
    const context = await actContext(deps, tx);
    const place = context.directory.division(division) ?? context.directory.division(division.slice(0, 12));
    if (place === undefined) return refuse(fault('unknown-division', { code: division }));
    const seen = new Set<string>();
    const procedures: StaffForm['procedures'] = [];
    for (const packed of context.rules.proceduresFor(division, countyDate(context.now))) {
      const { procedure } = packed;
      if (isForResidents(procedure) || seen.has(procedure.id) || !mayOpen(context, packed, session, division)) continue;
      seen.add(procedure.id);
      const offers = await fieldOffers(context, session, emptyMatter(context, packed, division).matter);
      procedures.push({
        id: procedure.id,
        title: procedure.title,
        about: procedure.about ?? null,
        kinds: procedure.forMatters.kinds.map((kind) => ({ id: kind, title: kindTitle(procedure, kind) ?? kind })),
        level: startLevel(packed, division),
        packTitle: packed.pack.title,
        fields: procedure.form.filter((field) => field.id !== 'kind').map((one) => fieldView(one, offers.choicesFor)),
      });
    }
    return ok({ division, divisionName: place.name, procedures });
  });
