import type { DecisionStep, DecisionView, WaitingVote } from '@lianxin/contract';
import {
  countyDate,
  describeDuration,
  describeParties,
  describeWho,
  drawProcedure,
  fault,
  isBlank,
  ok,
  refuse,
  scopeOf,
  toSvg,
  type Branch,
  type Locale,
  type Procedure,
  type Result,
  type Stage,
} from '@lianxin/domain';
import type { SessionActor } from '../access/index.js';
import { faultView } from '../http/answer.js';
import { nameSources } from '../http/source-names.js';
import { kindTitle, readStaffForm, votesOfMatter, type MatterDeps } from '../matters/index.js';
import { rulesOf } from '../policy-packs/index.js';
import { inContext } from '../storage/index.js';
import { isOnAgenda } from './meetings.store.js';
import { noticeText, thresholdText } from './meetings.view.js';

const decidesByVote = (procedure: Procedure): boolean =>
  procedure.stages.some((stage) => [stage, ...(stage.oneOf ?? []), ...(stage.allOf ?? [])].some((part) => part.vote));

const wayOf = (
  procedure: Procedure,
  part: Stage | Branch,
  stage: Stage,
  locale: Locale,
): DecisionStep['ways'][number] => {
  const by = part.by ?? stage.by ?? [];
  const { vote, publish } = part;
  const owner = by.find((who) => 'body' in who);
  const roll = vote?.roll ?? (owner !== undefined && 'body' in owner ? owner.body : undefined);
  const period = publish?.noticePeriod;
  return {
    title: part.title,
    by: describeParties(procedure, by),
    body: vote === undefined || roll === undefined ? null : describeWho(procedure, { body: roll }),
    attendance: thresholdText(vote?.attendance, locale),
    approval: thresholdText(vote?.approval, locale),
    notice: vote === undefined ? null : noticeText(vote, locale),
    posted:
      period === undefined
        ? null
        : isBlank(period) || !isDuration(period)
          ? '由地方规定'
          : describeDuration(period, locale),
    source: nameSources(vote?.source ?? publish?.source ?? part.source ?? []),
  };
};

const isDuration = (period: object): period is Parameters<typeof describeDuration>[0] =>
  ['days', 'workingDays', 'months', 'years', 'hours'].some((unit) => unit in period);

/** The steps of a procedure in their order, each with who decides and what it must reach. Pure. */
export const stepsOf = (procedure: Procedure, locale: Locale): DecisionStep[] =>
  procedure.stages.map((stage) => {
    const branches = stage.oneOf ?? stage.allOf;
    return {
      title: stage.title,
      together: stage.allOf !== undefined,
      ways: (branches ?? [stage]).map((part) => wayOf(procedure, part, stage, locale)),
    };
  });

/**
 * The kinds of matter of a place that are decided by votes (议决事项), each with its bodies in their order, its quorums and its drawing, read from the rules in
 * force; and whether this person may put one forward. Refuses `unknown-division`.
 */
export const readDecisions = async (
  deps: MatterDeps,
  session: SessionActor,
  division: string,
  locale: Locale,
): Promise<Result<DecisionView[]>> => {
  const form = await readStaffForm(deps, session, division);
  if (!form.ok) return form;
  const mine = new Set(form.value.procedures.map(({ id }) => id));
  return inContext(deps, session.context, async (tx) => {
    const rules = await rulesOf(deps.pool, tx);
    const seen = new Set<string>();
    return ok(
      rules.proceduresFor(division, countyDate(deps.clock())).flatMap(({ procedure, pack, hash }): DecisionView[] => {
        if (!decidesByVote(procedure) || seen.has(procedure.id)) return [];
        seen.add(procedure.id);
        return [
          {
            procedure: procedure.id,
            title: procedure.title,
            about: procedure.about ?? null,
            packTitle: pack.title,
            hash,
            kinds: procedure.forMatters.kinds.map((kind) => ({ id: kind, title: kindTitle(procedure, kind) ?? kind })),
            opensBy: describeParties(procedure, procedure.opensBy ?? [{ anyone: true }]),
            mayOpen: mine.has(procedure.id),
            steps: stepsOf(procedure, locale),
            svg: toSvg(drawProcedure(procedure)),
          },
        ];
      }),
    );
  });
};

/** The votes that matters of a place wait for (待表决事项), as this person finds them. Refuses `not-found` out of range. */
export const readWaitingVotes = async (
  deps: MatterDeps,
  session: SessionActor,
  division: string,
  matter: string | undefined,
  locale: Locale,
): Promise<Result<WaitingVote[]>> => {
  if (session.office === null) return refuse(fault('not-found'));
  return inContext(deps, session.context, async (tx) => {
    const { lo, hi } = scopeOf(division);
    const rows = await tx.rows<{ id: string; procedure: string }>(
      `select m.id, m.procedure from lx.matter m
       where m.county = $1 and m.division >= $2 and m.division < $3 and m.state = 'open' and ($4::uuid is null or m.id = $4)
         and m.procedure = any ($5::text[]) order by m.opened_at desc, m.id limit 100`,
      [tx.context.county, lo, hi, matter ?? null, await votedProcedures(deps, tx)],
    );
    const waiting: WaitingVote[] = [];
    for (const row of rows) {
      const found = await votesOfMatter(deps, tx, session, row.id);
      for (const vote of found?.votes ?? []) {
        // Another way has been chosen, or a meeting has been called already: nothing waits to be called here.
        const chosen = vote.convene?.faults.some((one) => one.code === 'other-way-chosen') === true;
        if (chosen || (await isOnAgenda(tx, row.id, vote.stage))) continue;
        waiting.push({
          matter: row.id,
          number: found?.number ?? '',
          subject: found?.subject ?? '',
          division: found?.place.slice(0, 12) ?? division,
          stage: vote.stage,
          title: vote.title,
          roll: vote.roll,
          body: vote.body,
          attendance: thresholdText(vote.vote.attendance, locale),
          approval: thresholdText(vote.vote.approval, locale) ?? '',
          notice: noticeText(vote.vote, locale),
          mayBeShortened: vote.convene?.needs.some((field) => field.id === 'special-reason') === true,
          convener: vote.convener,
          mine: vote.convene === null ? vote.mine : !vote.convene.faults.some((one) => one.code === 'wrong-convener'),
          faults: (vote.convene?.faults ?? []).map((one) => faultView(one, locale)),
          source: [...vote.source],
          demand: vote.demand === null ? null : { by: vote.demand.by, source: nameSources(vote.demand.source) },
        });
      }
    }
    return ok(waiting);
  });
};

/** Ids of procedures with a vote, in any version a matter may be pinned to. */
const votedProcedures = async (deps: MatterDeps, tx: Parameters<typeof rulesOf>[1]): Promise<string[]> => {
  const rules = await rulesOf(deps.pool, tx);
  return [
    ...new Set(
      rules
        .listProcedures()
        .filter(({ procedure }) => decidesByVote(procedure))
        .map(({ procedure }) => procedure.id),
    ),
  ];
};
