import {
  actsOfStage,
  countyDate,
  decisionStepOf,
  deriveProgress,
  describeParties,
  findPersonalData,
  isPublicDecision,
  partsOfProcedure,
  postingsOf,
  type Procedure,
  type Progress,
} from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { inContext, systemContext, type Tx } from '../storage/index.js';
import { contextFor, pinnedTo } from './act-on-matter.js';
import { momentOf, recordOf, sealedMark, type MatterFile } from './matter-file.js';
import { readFile } from './matters.store.js';
import { kindTitle, resultTitle, stageTitle, valueText } from './matters.view.js';
import type { Directory } from './directory.js';
import { postingView, type PublicPosting } from './public-postings.js';

/** A step of a decision as everybody may read it: the day, what was done, by which body, and the count. */
export interface PublicStep {
  readonly on: string;
  readonly title: string;
  readonly body: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** A village decision as everybody may read it 公开的决策事项. Nobody is named. */
export interface PublicDecision {
  readonly id: string;
  readonly village: string;
  readonly number: string;
  /** Null where the subject holds personal data. */
  readonly subject: string | null;
  readonly procedureTitle: string;
  readonly kindTitle: string | null;
  readonly state: Progress['state'];
  readonly standing: string | null;
  readonly openedAt: string;
  /** The day on which it was first posted; null before. */
  readonly posted: string | null;
  /** What was put forward, field by field; null where a text holds personal data and is kept back. */
  readonly proposal: readonly { readonly title: string; readonly text: string | null }[];
  readonly steps: readonly PublicStep[];
  readonly postings: readonly PublicPosting[];
}

const shownTypes: ReadonlySet<string> = new Set(['text', 'long-text', 'choice', 'choices', 'money', 'number', 'date']);

const proposalOf = (procedure: Procedure, progress: Progress, directory: Directory): PublicDecision['proposal'] =>
  procedure.form.flatMap((field) => {
    const value = progress.form[field.id];
    if (value === undefined || field.id === 'subject' || field.personal === true || !shownTypes.has(field.type))
      return [];
    const text = value === sealedMark ? null : valueText(field, value, directory);
    return [{ title: field.title, text: text !== null && findPersonalData(text).length === 0 ? text : null }];
  });

const countKeys = ['present', 'for', 'against', 'abstained'] as const;

const stepsOf = (procedure: Procedure, file: MatterFile, hash: string): PublicStep[] => {
  const { matter } = file;
  const known = { id: matter.id, kind: matter.kind ?? procedure.id };
  const parts = partsOfProcedure(procedure);
  return recordOf(file).acts.flatMap((act): PublicStep[] => {
    const step = decisionStepOf(procedure, { hash }, known, act, () => undefined);
    const part = parts.find(({ path }) => path === step?.['step']);
    if (step === null || part === undefined) return [];
    return [
      {
        on: countyDate(act.occurredAt),
        title: `${part.part.title}：${actsOfStage(part.part, part.by).find((one) => one.id === act.act)?.title ?? act.act}`,
        body: describeParties(procedure, part.by),
        counts: Object.fromEntries(
          countKeys.flatMap((key) => (typeof step[key] === 'number' ? [[key, step[key]] as const] : [])),
        ),
      },
    ];
  });
};

/**
 * A decision of a village as its public page shows it; undefined for a matter that is not there, lies elsewhere, concerns a person or is
 * decided without a vote. Whether it may be shown yet is for whoever knows the meetings to say: `posted` is null before the first notice.
 */
export const publicDecision = async (
  deps: Pick<Deps, 'pool' | 'authPool' | 'clock' | 'newId' | 'random' | 'keys' | 'config'>,
  village: string,
  id: string,
): Promise<PublicDecision | undefined> =>
  inContext(deps, systemContext(village.slice(0, 6)), async (tx) => {
    const file = await readFile(tx, id);
    if (file === undefined || file.matter.place !== village || file.matter.barred !== null) return undefined;
    const context = await contextFor(deps, tx, file);
    const { procedure, hash } = pinnedTo(context, file);
    if (!isPublicDecision(procedure)) return undefined;
    const { matter } = file;
    const progress = deriveProgress(procedure, recordOf(file), context.calendar, context.now);
    const posted = file.acts.find((act) => act.act === 'post');
    return {
      id,
      village,
      number: matter.number,
      subject: findPersonalData(matter.subject).length === 0 ? matter.subject : null,
      procedureTitle: procedure.title,
      kindTitle: kindTitle(procedure, matter.kind),
      state: progress.state,
      standing:
        progress.state === 'ended'
          ? resultTitle(procedure, progress.result ?? null)
          : stageTitle(procedure, progress.stage),
      openedAt: momentOf(matter.opened_at),
      posted: posted === undefined ? null : countyDate(momentOf(posted.occurred_at)),
      proposal: proposalOf(procedure, progress, context.directory),
      steps: stepsOf(procedure, file, hash),
      postings: postingsOf(procedure, recordOf(file), context.calendar, context.now).map((posting) =>
        postingView(posting, countyDate(context.now)),
      ),
    };
  });

/** The newest matters of a village that were posted as a decision, by id: the ones whose page may be linked. */
export const postedMatters = async (tx: Tx, village: string, most: number): Promise<string[]> =>
  (
    await tx.rows<{ id: string }>(
      `select m.id from lx.matter m where m.county = $1 and m.village = $2 and m.barred is null
         and exists (select from lx.act a where a.county = m.county and a.matter = m.id and a.act = 'post')
       order by m.opened_at desc, m.id desc limit $3`,
      [tx.context.county, village, most],
    )
  ).map(({ id }) => id);
