import {
  actsOfStage,
  countyDate,
  partsOfProcedure,
  personalDataIn,
  type Field,
  type FieldValue,
  type Procedure,
} from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { rulesOf } from '../policy-packs/index.js';
import { momentOf } from './matter-file.js';
import type { Tx } from '../storage/index.js';

/** One thing that was done in a step, as anybody may read it: when, by which body, what of it is public; nobody by name. */
export interface OpenAct {
  readonly title: string;
  readonly on: string;
  readonly body: string | null;
  readonly said: readonly { readonly title: string; readonly text: string }[];
  readonly votes: OpenVotes | null;
}

/** What a vote came to. */
export interface OpenVotes {
  readonly present: number;
  readonly approve: number;
  readonly against: number;
  readonly abstain: number;
}

/** A step of a matter whose course is open 过程公开. */
export interface OpenStep {
  readonly title: string;
  readonly standing: 'done' | 'now' | 'waiting';
  readonly acts: readonly OpenAct[];
}

/** A matter whose course is open, with its result once it has ended. */
export interface OpenMatter {
  readonly id: string;
  readonly number: string;
  readonly subject: string;
  readonly title: string;
  readonly openedOn: string;
  readonly steps: readonly OpenStep[];
  readonly result: { readonly title: string; readonly on: string } | null;
  /** The text that its ending set in force, if it did. */
  readonly adopted: string | null;
}

/** A text in force in a village 施行的文本, adopted by a vote of its people; versions count from 1, the newest first. */
export interface AdoptedText {
  readonly subject: string;
  readonly version: number;
  readonly on: string;
  readonly text: string;
  readonly votes: (OpenVotes & { readonly on: string; readonly body: string | null }) | null;
  readonly matter: string;
}

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly number: string;
  readonly subject: string;
  readonly procedure: string;
  readonly pack_hash: string;
  readonly opened_on: string;
  readonly state: 'open' | 'paused' | 'ended';
  readonly result: string | null;
  readonly settled: boolean | null;
  readonly stage: string | null;
  readonly ended_at: string | null;
  readonly acts: readonly {
    readonly act: string;
    readonly stage: string | null;
    readonly at: string;
    readonly body: string | null;
    readonly fields: Readonly<Record<string, FieldValue>>;
  }[];
}

/** Shown in the place of words that hold somebody's data. */
const withheld = '含有个人信息，不公开';

const fieldsOf = (procedure: Procedure): ReadonlyMap<string, Field> =>
  new Map(
    [
      ...procedure.form,
      ...partsOfProcedure(procedure).flatMap(({ part, by }) => actsOfStage(part, by).flatMap((act) => act.needs ?? [])),
    ].map((field) => [field.id, field]),
  );

const textOf = (field: Field | undefined, value: FieldValue): string => {
  const choice = (one: string): string => field?.choices?.find(({ id }) => id === one)?.title ?? one;
  const text = Array.isArray(value)
    ? value.map(choice).join('；')
    : typeof value === 'boolean'
      ? value
        ? '是'
        : '否'
      : typeof value === 'string'
        ? choice(value)
        : `${value}${field?.unit ?? ''}`;
  return personalDataIn(text) === null ? text : withheld;
};

const votesOf = (fields: Row['acts'][number]['fields']): OpenVotes | null => {
  const number = (key: string): number => (typeof fields[key] === 'number' ? fields[key] : 0);
  if (typeof fields['approve'] !== 'number') return null;
  return {
    present: number('present') + number('present-online'),
    approve: number('approve'),
    against: number('against'),
    abstain: number('abstain'),
  };
};

const inStage = (stage: string, path: string | null): boolean =>
  path === stage || path?.startsWith(`${stage}/`) === true;

const stepsOf = (procedure: Procedure, row: Row): OpenStep[] => {
  const fields = fieldsOf(procedure);
  const open = new Set(procedure.privacy?.public ?? []);
  const titles = new Map(
    partsOfProcedure(procedure).flatMap(({ part, by }) => actsOfStage(part, by).map((act) => [act.id, act.title])),
  );
  const now = procedure.stages.findIndex((stage) => inStage(stage.id, row.stage));
  return procedure.stages.map((stage, at) => {
    const acts = row.acts
      // What was asked at opening stands with the first step.
      .filter((act) => inStage(stage.id, act.stage) || (at === 0 && act.act === 'open'))
      .map((act) => ({
        title: titles.get(act.act) ?? '立项',
        on: countyDate(momentOf(act.at)),
        body: act.body,
        said: Object.entries(act.fields)
          .filter(([id]) => open.has(id))
          .map(([id, value]) => ({ title: fields.get(id)?.title ?? id, text: textOf(fields.get(id), value) })),
        votes: votesOf(act.fields),
      }));
    const standing =
      row.state === 'ended'
        ? acts.length > 0
          ? 'done'
          : 'waiting'
        : at < now
          ? 'done'
          : at === now
            ? 'now'
            : 'waiting';
    return { title: stage.title, standing, acts };
  });
};

const matterOf = (procedure: Procedure, row: Row): OpenMatter => {
  const result = procedure.closes.results.find((one) => one.id === row.result);
  const adopts = result?.adopts;
  const text =
    adopts === undefined ? undefined : row.acts.findLast((act) => act.fields[adopts] !== undefined)?.fields[adopts];
  return {
    id: row.id,
    number: row.number,
    subject: personalDataIn(row.subject) === null ? row.subject : procedure.title,
    title: procedure.title,
    openedOn: row.opened_on,
    steps: stepsOf(procedure, row),
    result:
      row.ended_at === null || result === undefined
        ? null
        : { title: result.title, on: countyDate(momentOf(row.ended_at)) },
    adopted: typeof text === 'string' ? text : null,
  };
};

/** The matters of a village whose course its rule opens to everybody 过程公开、结果透明, the newest first; read as a visitor. */
export const listOpenMatters = async (
  deps: Pick<Deps, 'pool'>,
  tx: Tx,
  village: string,
): Promise<readonly OpenMatter[]> => {
  const open = (await rulesOf(deps.pool, tx))
    .listProcedures()
    .filter(({ procedure }) => procedure.privacy?.process === true)
    .map(({ procedure }) => procedure.id);
  if (open.length === 0) return [];
  const rows = await tx.rows<Row>('select * from lx.open_matters($1, $2)', [village, [...new Set(open)]]);
  const book = await rulesOf(deps.pool, tx, [...new Set(rows.map((row) => row.pack_hash))]);
  return rows.flatMap((row) => {
    const pinned = book.pinned(row.pack_hash, row.procedure, row.opened_on);
    return pinned === undefined ? [] : [matterOf(pinned.procedure, row)];
  });
};

/**
 * The texts in force in a village 施行的文本, each with every version before it: adopted only by the ending of a matter that its procedure says
 * sets a text in force, so that nobody can set one by hand.
 */
export const textsInForce = (matters: readonly OpenMatter[]): readonly AdoptedText[] => {
  const adopted = matters
    .filter((matter) => matter.adopted !== null && matter.result !== null)
    .toSorted((a, b) => ((a.result?.on ?? '') < (b.result?.on ?? '') ? -1 : 1));
  const versions = new Map<string, number>();
  return adopted
    .map((matter): AdoptedText => {
      const version = (versions.get(matter.subject) ?? 0) + 1;
      versions.set(matter.subject, version);
      const vote = matter.steps.flatMap((step) => step.acts).findLast((act) => act.votes !== null);
      return {
        subject: matter.subject,
        version,
        on: matter.result?.on ?? '',
        text: matter.adopted ?? '',
        votes: vote?.votes === null || vote === undefined ? null : { ...vote.votes, on: vote.on, body: vote.body },
        matter: matter.id,
      };
    })
    .toReversed();
};
