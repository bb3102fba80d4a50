import {
  countyDate,
  describeParties,
  drawProcedure,
  toSvg,
  type Field,
  type FieldValue,
  type Procedure,
  type Progress,
} from '@lianxin/domain';
import type {
  ActView,
  ActorView,
  ClockView,
  DrawingView,
  FieldView,
  MatterRow as MatterRowView,
  StationView,
} from '@lianxin/contract';
import type { PackedProcedure } from '../policy-packs/index.js';
import type { Directory } from './directory.js';
import type { FieldOffers } from './field-offers.js';
import { momentOf, sealedMark, type ActRow, type MatterRow } from './matter-file.js';
import { overdueDays } from './projection.js';
import { ruleOf } from './sense.js';

/** Title of a kind of matter, as the form's choices name it. */
export const kindTitle = (procedure: Procedure, kind: string | null): string | null => {
  if (kind === null) return null;
  const choices = procedure.form.find((field) => field.id === 'kind')?.choices;
  return (
    choices?.find((choice) => choice.id === kind)?.title ??
    procedure.names.find((name) => name.id === kind)?.title ??
    (procedure.forMatters.kinds.length === 1 && procedure.forMatters.kinds[0] === kind ? procedure.title : kind)
  );
};

/** Title of a stage, for a path `stage` or `stage/branch`. */
export const stageTitle = (procedure: Procedure, stage: string | null): string | null => {
  if (stage === null) return null;
  const [home, branch] = stage.split('/');
  const found = procedure.stages.find((one) => one.id === home);
  if (branch === undefined) return found?.title ?? stage;
  return [...(found?.oneOf ?? []), ...(found?.allOf ?? [])].find((one) => one.id === branch)?.title ?? stage;
};

/** Title of a result. */
export const resultTitle = (procedure: Procedure, result: string | null): string | null =>
  result === null ? null : (procedure.closes.results.find((one) => one.id === result)?.title ?? result);

/** What a list row needs of the database. */
export type ListedMatter = Pick<
  MatterRow,
  | 'id'
  | 'number'
  | 'place'
  | 'procedure'
  | 'kind'
  | 'subject'
  | 'channel'
  | 'state'
  | 'stage'
  | 'result'
  | 'level'
  | 'holder_body'
  | 'opened_at'
  | 'ended_at'
  | 'due'
  | 'provisional'
  | 'late_entry'
  | 'version'
>;

/** One line of a list; titles come from the version the matter is pinned to. */
export const rowView = (
  matter: ListedMatter,
  packed: PackedProcedure | undefined,
  directory: Directory,
  today: string,
): MatterRowView => {
  const procedure = packed?.procedure;
  return {
    id: matter.id,
    number: matter.number,
    division: matter.place,
    divisionName: directory.nameOf(matter.place),
    procedure: matter.procedure,
    procedureTitle: procedure?.title ?? matter.procedure,
    kind: matter.kind,
    // A part keeps the kind of its whole, which its own procedure has no word for.
    kindTitle:
      procedure?.forMatters.kinds.includes(matter.kind ?? '') === true ? kindTitle(procedure, matter.kind) : null,
    subject: matter.subject,
    channel: matter.channel as MatterRowView['channel'],
    state: matter.state,
    stage: matter.stage,
    stageTitle: procedure === undefined ? matter.stage : stageTitle(procedure, matter.stage),
    result: matter.result,
    resultTitle: procedure === undefined ? matter.result : resultTitle(procedure, matter.result),
    level: matter.level,
    holderBody: matter.holder_body,
    holderName: matter.holder_body === null ? null : (directory.body(matter.holder_body)?.name ?? null),
    openedAt: momentOf(matter.opened_at),
    endedAt: matter.ended_at === null ? null : momentOf(matter.ended_at),
    due: matter.due,
    provisional: matter.provisional,
    overdueDays: matter.state === 'open' ? overdueDays(matter.due, today) : 0,
    lateEntry: matter.late_entry,
    version: matter.version,
  };
};

/** Title of a value that is an id, where the directory of offices does not know it. */
type TitleOf = (field: Field, value: string) => string | undefined;

/** A value as a sentence shows it: choices by their title, bodies by their name. */
export const valueText = (
  field: Field | undefined,
  value: FieldValue,
  directory: Directory,
  titleOf: TitleOf = () => undefined,
): string => {
  if (Array.isArray(value)) {
    if (field?.type === 'file' || field?.type === 'files') return `${value.length}个附件`;
    return value.map((one) => valueText(field, one, directory, titleOf)).join('、');
  }
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'number') return field?.unit === undefined ? String(value) : `${value}${field.unit}`;
  const choice =
    field?.choices?.find((one) => one.id === value)?.title ?? (field === undefined ? undefined : titleOf(field, value));
  return choice ?? directory.body(value)?.name ?? value;
};

const ownChoices: FieldOffers['choicesFor'] = (field) =>
  (field.choices ?? []).map((choice) => ({ value: choice.id, title: choice.title }));

/** A field as a page asks for it. */
export const fieldView = (field: Field, choicesFor: FieldOffers['choicesFor'] = ownChoices): FieldView => ({
  id: field.id,
  title: field.title,
  type: field.type,
  required: field.optional !== true,
  choices: [...choicesFor(field)],
  unit: field.unit ?? null,
  help: field.help ?? null,
  personal: field.personal === true || field.type === 'phone',
});

/** Who did it, as far as the viewer may know: the office is told, the name only where `names` has it. */
export const actorView = (
  who: {
    readonly kind: ActorView['kind'];
    readonly person?: string | null;
    readonly post?: string | null;
    readonly body?: string | null;
  },
  names: ReadonlyMap<string, string>,
  directory: Directory,
): ActorView => ({
  kind: who.kind,
  name: who.kind === 'officer' && who.person ? (names.get(who.person) ?? null) : null,
  post: who.post ? (directory.postTitle(who.post) ?? null) : null,
  body: who.body ? (directory.body(who.body)?.name ?? null) : null,
});

const fieldOf = (procedure: Procedure, act: ActRow, id: string): Field | undefined =>
  act.sense === 'open'
    ? procedure.form.find((field) => field.id === id)
    : ruleOf(procedure, act.act, act.stage)?.needs.find((field) => field.id === id);

/** An act as it may be shown. `hides` takes out what this viewer may not read. */
export const actView = (
  act: ActRow,
  procedure: Procedure,
  names: ReadonlyMap<string, string>,
  directory: Directory,
  hides: (field: string) => boolean,
  titleOf: TitleOf = () => undefined,
): ActView => ({
  seq: act.seq,
  act: act.act,
  title: act.sense === 'open' ? '提出' : (ruleOf(procedure, act.act, act.stage)?.title ?? act.act),
  stage: act.stage,
  stageTitle: stageTitle(procedure, act.stage),
  by: actorView(
    { kind: act.actor_kind, person: act.person, post: act.office_post, body: act.office_body },
    names,
    directory,
  ),
  onBehalfOf: act.on_behalf_of === null ? null : '代群众提出',
  fields: Object.entries(act.body)
    .filter(([id, value]) => value !== sealedMark && !hides(id))
    .map(([id, value]) => {
      const field = fieldOf(procedure, act, id);
      const text = valueText(field, value, directory, titleOf);
      return { id, title: field?.title ?? id, type: field?.type ?? 'text', value, text };
    }),
  occurredAt: momentOf(act.occurred_at),
  recordedAt: momentOf(act.recorded_at),
  lateEntry: isLateEntry(act),
});

/** 补录: recorded on a later day than it happened. */
const isLateEntry = (act: Pick<ActRow, 'occurred_at' | 'recorded_at'>): boolean =>
  countyDate(momentOf(act.occurred_at)) !== countyDate(momentOf(act.recorded_at));

/** The clocks with both counts. */
export const clockViews = (progress: Progress, today: string): ClockView[] =>
  progress.clocks.map((clock) => ({
    id: clock.id,
    title: clock.title,
    from: clock.from,
    due: clock.due,
    provisional: clock.provisional,
    overdueDays: clock.state === 'running' ? overdueDays(clock.due, today) : 0,
    met: clock.state === 'met',
    pausedSince: clock.paused?.since ?? null,
    pausedCause: clock.paused?.cause ?? null,
    pauses: clock.pauses.map((pause) => ({ from: pause.from, to: pause.to ?? null, cause: pause.cause })),
  }));

/** The chain of hands, each with its days [DY-80]. */
export const stationViews = (progress: Progress, directory: Directory): StationView[] =>
  progress.stations.map((station) => ({
    body: station.office === undefined ? null : (directory.body(station.office)?.name ?? null),
    post: station.post === undefined ? null : (directory.postTitle(station.post) ?? null),
    level: station.level,
    from: station.from,
    until: station.to ?? null,
  }));

/** The procedure as a graph, with where the matter stands. */
export const drawingView = (procedure: Procedure, progress: Progress): DrawingView => {
  const drawing = drawProcedure(procedure, progress);
  return {
    nodes: drawing.nodes.map(({ id, title, state, kind }) => ({ id, title, state, kind })),
    edges: drawing.edges.filter((edge) => !edge.standing).map(({ from, to, title }) => ({ from, to, title })),
    svg: toSvg(drawing),
  };
};

/** Parties of a rule, in words. */
export const partiesText = (procedure: Procedure, parties: Parameters<typeof describeParties>[1]): string[] =>
  parties.map((who) => describeParties(procedure, [who]));
