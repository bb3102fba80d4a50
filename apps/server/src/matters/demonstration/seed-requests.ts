import type { Opened } from '@lianxin/contract';
import { addDays, countyDate, type FieldValue, type FieldValues, type Instant, type PlainDate } from '@lianxin/domain';
import { readDemonstration, readDemonstrationRequests } from '@lianxin/pack-reader';
import { demonstrationOfficer, type SessionActor } from '../../access/index.js';
import { demonstrationFolder } from '../../demonstration-folder.js';
import type { Deps } from '../../deps.js';
import type { Answer } from '../../http/command.js';
import { inContext, systemContext } from '../../storage/index.js';
import { actAsPerson, actByReceipt } from '../act-on-matter.js';
import { sweepDeadlines } from '../deadline-sweep.js';
import { directoryFor } from '../directory.js';
import { writeFollowUp } from '../follow-up.js';
import { newFormToken } from '../form-token.js';
import { openByResident, openByStaff } from '../open-matter.js';
import { planRequests, type Step } from './plan-requests.js';

/** A matter that was opened, with what its filer keeps. */
interface OpenedHere {
  readonly id: string;
  readonly village: string;
  readonly code: string;
  readonly secret: string | null;
}

const bodyOf = (answer: Answer, what: string): unknown => {
  if ('faults' in answer) {
    throw new Error(`demonstration, ${what}: ${answer.faults.map((one) => JSON.stringify(one)).join('; ')}`);
  }
  return answer.body;
};

/** What the steps share: the clock that they move, who has logged in, and what has been opened. */
class Stage {
  readonly deps: Deps;
  readonly #password: string;
  readonly #actors = new Map<string, SessionActor>();
  readonly opened = new Map<number, OpenedHere>();
  #now: Instant;

  constructor(deps: Deps, password: string) {
    this.#now = deps.clock();
    this.deps = { ...deps, clock: () => this.#now };
    this.#password = password;
  }

  moveTo(at: Instant): void {
    this.#now = at;
  }

  async actor(username: string): Promise<SessionActor> {
    const known = this.#actors.get(username);
    if (known !== undefined) return known;
    // The library keeps its own clock for sessions, so the log-in happens now.
    const actor = await demonstrationOfficer(this.deps, username, this.#password);
    this.#actors.set(username, actor);
    return actor;
  }

  async valueOf(value: FieldValue, village: string): Promise<FieldValue> {
    if (Array.isArray(value)) {
      return Promise.all(value.map(async (one) => String(await this.valueOf(one, village))));
    }
    if (typeof value !== 'string') return value;
    if (value.startsWith('@')) return (await this.actor(value.slice(1))).session.person;
    if (value.startsWith('day:')) return addDays(countyDate(this.#now), -Number(value.slice(4)));
    if (!value.startsWith('#')) return value;
    const directory = await directoryFor(this.deps, village.slice(0, 6));
    const body = directory
      .bodiesOver(village)
      .find((one) => one.code === value.slice(1) || one.kind === value.slice(1));
    if (body === undefined) throw new Error(`demonstration: no office ${value} over ${village}`);
    return body.id;
  }

  async valuesOf(values: FieldValues, village: string): Promise<FieldValues> {
    const pairs = Object.entries(values).map(async ([id, value]) => [id, await this.valueOf(value, village)] as const);
    return Object.fromEntries(await Promise.all(pairs));
  }

  formToken(): string {
    return newFormToken(this.deps.keys.keyFor('form-token'), this.deps.random, this.#now);
  }
}

const openOne = async (stage: Stage, of: number, request: Extract<Step, { does: 'open' }>['request']) => {
  const { village, filedBy, kind, places } = request;
  const { deps } = stage;
  const fields = { ...(await stage.valuesOf(request.fields, village)) };
  const answer =
    filedBy === undefined
      ? await openByResident(deps, deps.newId(), { division: village, kind, fields, formToken: stage.formToken() })
      : await openByStaff(deps, await stage.actor(filedBy.user), deps.newId(), {
          division: village,
          kind,
          ...(request.procedure === undefined ? {} : { procedure: request.procedure }),
          fields,
          channel: filedBy.channel as 'paper',
          ...(filedBy.name === undefined ? {} : { onBehalfOf: { name: filedBy.name } }),
          ...(places === undefined ? {} : { places }),
        });
  const { id, receipt } = bodyOf(answer, `opening ${of}`) as Opened;
  stage.opened.set(of, { id, village, code: receipt.code, secret: receipt.confirmSecret });
};

const versionOf = async (stage: Stage, { id, village }: OpenedHere): Promise<number> => {
  const row = await inContext(stage.deps, systemContext(village.slice(0, 6)), (tx) =>
    tx.first<{ version: number }>('select version from lx.matter where county = $1 and id = $2', [
      tx.context.county,
      id,
    ]),
  );
  return row?.version ?? 1;
};

const carryOne = async (stage: Stage, step: Extract<Step, { does: 'act' }>) => {
  const here = stage.opened.get(step.of);
  if (here === undefined) return;
  const { deps } = stage;
  const { act, by } = step.act;
  const fields = { ...(await stage.valuesOf(step.act.fields, here.village)) };
  const baseVersion = await versionOf(stage, here);
  const answer =
    by === 'filer'
      ? await actByReceipt(deps, deps.newId(), here.code, {
          act,
          fields,
          baseVersion,
          formToken: stage.formToken(),
          ...(here.secret === null ? {} : { secret: here.secret }),
        })
      : await actAsPerson(deps, await stage.actor(by), deps.newId(), here.id, { act, fields, baseVersion });
  bodyOf(answer, `${act} by ${by} on ${step.of}`);
};

const followUp = async (stage: Stage, { of, followUp: word, at }: Extract<Step, { does: 'follow-up' }>) => {
  const here = stage.opened.get(of);
  if (here === undefined) return;
  const answer = await writeFollowUp(stage.deps, await stage.actor(word.by), stage.deps.newId(), here.id, {
    text: word.text,
    due: addDays(countyDate(at), word.within),
  });
  bodyOf(answer, `follow-up on ${of}`);
};

/**
 * Files the demonstration's requests through the real commands (演示诉求), each with its own date of the last weeks, so that a fresh
 * installation opens on real work. Deadlines are swept day by day as they would have been. Throws on a refusal: what is shipped
 * must pass.
 */
export const seedRequests = async (given: Deps): Promise<number> => {
  const folder = demonstrationFolder(given.config.packs, 'requests.yaml');
  if (folder === undefined) return 0;
  const now = given.clock();
  const today: PlainDate = countyDate(now);
  const requests = readDemonstrationRequests(folder);
  const steps = planRequests(requests, today, now);
  const stage = new Stage(given, readDemonstration(folder).people.password);
  for (const user of new Set(steps.flatMap(peopleIn))) await stage.actor(user);
  const counties = new Set(requests.map((one) => one.village.slice(0, 6)));
  let swept: PlainDate | undefined;
  for (const step of steps) {
    const day = countyDate(step.at);
    if (day !== swept) {
      stage.moveTo(`${addDays(day, -1)}T22:05:00Z` as Instant);
      for (const county of counties) await sweepDeadlines(stage.deps, county);
      swept = day;
    }
    stage.moveTo(step.at);
    if (step.does === 'open') await openOne(stage, step.of, step.request);
    else if (step.does === 'act') await carryOne(stage, step);
    else await followUp(stage, step);
  }
  return stage.opened.size;
};

const peopleIn = (step: Step): string[] => {
  const by = step.does === 'open' ? step.request.filedBy?.user : step.does === 'act' ? step.act.by : step.followUp.by;
  return by === undefined || by === 'filer' ? [] : [by];
};
