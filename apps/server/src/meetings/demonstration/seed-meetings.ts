import type { Opened } from '@lianxin/contract';
import { addDays, countyDate, type FieldValue, type FieldValues, type Instant } from '@lianxin/domain';
import { readDemonstration, readDemonstrationMeetings, type DemonstrationMeetings } from '@lianxin/pack-reader';
import { demonstrationOfficer, type SessionActor, type Given } from '../../access/index.js';
import { demonstrationFolder } from '../../demonstration-folder.js';
import type { DemonstrationLogin } from '../../demonstration.js';
import type { Deps } from '../../deps.js';
import type { Answer } from '../../http/command.js';
import { actAsPerson, openByStaff } from '../../matters/index.js';
import { connectOwner, type Database } from '../../storage/database.js';
import { inContext } from '../../storage/index.js';
import { enterAttendance } from '../attend.js';
import { beginMeeting } from '../begin-meeting.js';
import { callMeeting } from '../call-meeting.js';
import { endMeeting } from '../change-meeting.js';
import { concludeItem, writeMinutes } from '../conclude.js';
import { asReaderOfMembers } from '../meetings.access.js';
import { loadMeeting, type MeetingFile } from '../meetings.store.js';
import { closeVote, enterCount, openVote } from '../vote.js';
import { addMembers } from './add-members.js';

type Step = DemonstrationMeetings['script'][number];
type Of<Key extends string> = Extract<Step, Record<Key, unknown>>;

/** Plays the script: the clock it moves, who has logged in, what has been opened and called. */
class Player {
  readonly deps: Deps;
  readonly #today: ReturnType<typeof countyDate>;
  readonly #password: string;
  readonly #actors = new Map<string, SessionActor>();
  readonly #matters = new Map<string, string>();
  readonly #meetings = new Map<string, string>();
  #now: Instant;

  constructor(deps: Deps, password: string) {
    this.#now = deps.clock();
    this.#today = countyDate(this.#now);
    this.deps = { ...deps, clock: () => this.#now };
    this.#password = password;
  }

  momentOf(when: { readonly ago: number; readonly at: string }): Instant {
    const day = addDays(this.#today, -when.ago);
    return new Date(`${day}T${when.at}:00+08:00`).toISOString() as Instant;
  }

  async actor(username: string): Promise<SessionActor> {
    const known = this.#actors.get(username);
    if (known !== undefined) return known;
    const reader = asReaderOfMembers(await demonstrationOfficer(this.deps, username, this.#password));
    this.#actors.set(username, reader);
    return reader;
  }

  #values(values: FieldValues): FieldValues {
    const one = (value: FieldValue): FieldValue =>
      typeof value === 'string' && value.startsWith('day:')
        ? addDays(countyDate(this.#now), -Number(value.slice(4)))
        : value;
    return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, one(value)]));
  }

  #bodyOf(answer: Answer, what: string): unknown {
    if ('faults' in answer) {
      throw new Error(`demonstration, ${what}: ${answer.faults.map((one) => JSON.stringify(one)).join('; ')}`);
    }
    return answer.body;
  }

  async #give<Input>(
    by: string,
    what: string,
    input: Input,
    run: (deps: Deps, given: Given<Input>) => Promise<Answer>,
  ) {
    const given = { actor: await this.actor(by), commandId: this.deps.newId(), input };
    return this.#bodyOf(await run(this.deps, given), what);
  }

  async play(step: Step): Promise<void> {
    this.#now = this.momentOf(step);
    if ('open' in step) return this.#open(step);
    if ('act' in step) return this.#act(step);
    return 'call' in step ? this.#call(step) : this.#hold(step);
  }

  async #open({ open, by, village, procedure, kind, fields }: Of<'open'>): Promise<void> {
    const { deps } = this;
    const answer = await openByStaff(deps, await this.actor(by), deps.newId(), {
      division: village,
      procedure,
      kind,
      fields: { ...this.#values(fields) },
      channel: 'paper',
    });
    this.#matters.set(open, (this.#bodyOf(answer, `opening ${open}`) as Opened).id);
  }

  async #act({ act, on, by, stage, fields }: Of<'act'>): Promise<void> {
    const { deps } = this;
    const matter = this.#matters.get(on) ?? '';
    const actor = await this.actor(by);
    const row = await inContext(deps, actor.context, (tx) =>
      tx.first<{ version: number }>('select version from lx.matter where county = $1 and id = $2', [
        tx.context.county,
        matter,
      ]),
    );
    const given = { act, fields: { ...this.#values(fields) }, baseVersion: row?.version ?? 1 };
    const answer = await actAsPerson(
      deps,
      actor,
      deps.newId(),
      matter,
      stage === undefined ? given : { ...given, stage },
    );
    this.#bodyOf(answer, `${act} on ${on}`);
  }

  async #call(step: Of<'call'>): Promise<void> {
    const { village, roll, title, room, note } = step;
    const items = [
      ...step.on.map((word) => ({ title: word, matters: [this.#matters.get(word) ?? ''] })),
      ...step.topics.map(({ raisedBy, ...topic }) => ({
        ...topic,
        matters: [],
        ...(raisedBy === undefined ? {} : { raisedBy }),
      })),
    ];
    const named = await this.#withSubjects(step.by, items);
    const input = { division: village, roll, title, room, note, meetsAt: this.momentOf(step.meets), items: named };
    const { id } = (await this.#give(step.by, `calling ${step.call}`, input, callMeeting)) as { id: string };
    this.#meetings.set(step.call, id);
  }

  async #withSubjects<Item extends { readonly title: string; readonly matters: string[] }>(
    by: string,
    items: readonly Item[],
  ): Promise<Item[]> {
    const actor = await this.actor(by);
    return inContext(this.deps, actor.context, async (tx) => {
      const rows = await tx.rows<{ id: string; subject: string }>(
        'select id, subject from lx.matter where county = $1 and id = any ($2::uuid[])',
        [tx.context.county, items.flatMap((item) => item.matters)],
      );
      const subjects = new Map(rows.map((row) => [row.id, row.subject]));
      return items.map((item) => ({ ...item, title: subjects.get(item.matters[0] ?? '') ?? item.title }));
    });
  }

  async #file(by: string, id: string): Promise<MeetingFile> {
    const actor = await this.actor(by);
    const file = await inContext(this.deps, actor.context, (tx) => loadMeeting(tx, id));
    if (file === undefined) throw new Error(`demonstration: ${by} does not see a meeting`);
    return file;
  }

  async #hold(step: Of<'hold'>): Promise<void> {
    const { by, hold } = step;
    const id = this.#meetings.get(hold) ?? '';
    const { session } = await this.actor(by);
    await this.#give(by, `beginning ${hold}`, { id, chair: session.person, add: [], leaveOut: [] }, beginMeeting);
    const file = await this.#file(by, id);
    const people = (file.roll?.members ?? [])
      .slice(0, step.came)
      .map(({ person }) => ({ person, kind: 'came' as const, channel: 'paper' as const, reason: '' }));
    await this.#give(by, `attendance of ${hold}`, { id, people }, enterAttendance);
    for (const vote of step.votes) {
      const matter = this.#matters.get(vote.on);
      const item = file.items.find((one) => one.matter === matter)?.id ?? '';
      await this.#vote(by, id, item, step.came, vote);
    }
    const topics = file.items.filter((one) => one.matter === null);
    for (const { topic, conclusion } of step.conclusions) {
      const item = topics[topic - 1]?.id ?? '';
      await this.#give(by, `conclusion of ${hold}`, { id, item, conclusion }, concludeItem);
    }
    await this.#give(by, `minutes of ${hold}`, { id, text: step.minutes }, writeMinutes);
    await this.#give(by, `ending ${hold}`, { id }, endMeeting);
  }

  async #vote(by: string, id: string, item: string, present: number, vote: Of<'hold'>['votes'][number]): Promise<void> {
    const { slips, on, abstain, spoiled, against } = vote;
    const count = { approve: vote.for, against, abstain };
    const form = slips === undefined ? ('hands' as const) : ('paper' as const);
    await this.#give(by, `vote on ${on}`, { id, item, form }, openVote);
    if (slips !== undefined) {
      const returned = vote.for + against + abstain + spoiled;
      const sheet = { id, item, ...count, spoiled, issued: present, returned };
      await this.#give(by, `first count of ${on}`, sheet, enterCount);
      await this.#give(slips.second, `second count of ${on}`, sheet, enterCount);
    }
    const closing = { id, item, groups: {}, fields: {}, ...(slips === undefined ? { hands: count } : {}) };
    await this.#give(by, `result of ${on}`, closing, closeVote);
  }
}

/**
 * Plays the demonstration's decisions through the real commands (演示议决), so that the console opens on matters in several stages, on a meeting to be held today and on
 * one that has been called. Throws on a refusal: what is shipped must pass. Gives the log-ins worth showing.
 */
export const seedMeetings = async (
  given: Deps,
  database: Pick<Database, 'owner'>,
): Promise<readonly DemonstrationLogin[]> => {
  const folder = demonstrationFolder(given.config.packs, 'meetings.yaml');
  const data = folder === undefined ? undefined : readDemonstrationMeetings(folder);
  if (folder === undefined || data === undefined) return [];
  const owner = await connectOwner(database);
  try {
    for (const village of data.bodies) await addMembers(given, owner, folder, village);
    const { password } = readDemonstration(folder).people;
    const player = new Player(given, password);
    for (const user of new Set(data.script.map(({ by }) => by))) await player.actor(user);
    const inOrder = data.script.toSorted((a, b) => (player.momentOf(a) < player.momentOf(b) ? -1 : 1));
    for (const step of inOrder) await player.play(step);
    // Made up like the rest: nobody is to be told, and an installation does not count it among its own.
    await owner.query('update lx.matter set made_up = true');
    // The certificate of what has ended is for everybody to see: it is issued as soon as the effects worker runs.
    await owner.query(`update lx.outbox set done_at = $1 where done_at is null and effect <> 'issue-certificate'`, [
      given.clock(),
    ]);
    return data.shown.map(({ user, zh, en }) => ({ username: user, password, zh, en }));
  } finally {
    await owner.end();
  }
};
