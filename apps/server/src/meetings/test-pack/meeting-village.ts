import type { MeetingDetail, Opened } from '@lianxin/contract';
import {
  addTeaAccounts,
  addTeaCounty,
  signIn,
  teaCounty,
  teaPeople,
  testServer,
  type SignedInClient,
  type TestServer,
  sumOfTables,
} from '@lianxin/testkit/database';
import { expect } from 'vitest';
import { addTeaMeetings, representatives } from './tea-meetings.js';

const { upper } = teaCounty.divisions;

/** What a refusal says, as a test reads it. */
export interface Refused {
  readonly code: string;
  readonly what: string;
  readonly cure: string;
  readonly params: Record<string, string | number>;
}

/** The faults of an answer; none when it refuses nothing. */
export const refusal = async (answer: Response): Promise<Refused[]> =>
  answer.status < 400 ? [] : ((await answer.json()) as { faults: Refused[] }).faults;

/** The body of an answer that must not be a refusal. */
export const ok = async <T>(answer: Response): Promise<T> => {
  if (answer.status >= 400) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
};

/** A call for a meeting of the representatives on these matters, one vote each. */
export const calling = (matters: readonly string[], over: object = {}) => ({
  division: upper,
  roll: 'representative-assembly',
  title: '三月代表会',
  meetsAt: '2026-03-06T01:00:00.000Z',
  room: '茶馆二楼',
  items: matters.map((matter, at) => ({ title: `第${at + 1}项`, matters: [matter] })),
  ...over,
});

/** Representatives of these places on the roll who came. */
export const came = (from: number, to: number, channel = 'paper') => ({
  people: representatives.slice(from, to).map((person) => ({ person, kind: 'came', channel, reason: '' })),
});

/** Hands as they were counted. */
export const hands = (approve: number, against: number, women = 4) => ({
  hands: { approve, against, abstain: 0 },
  groups: { women },
});

/** An id of nothing. */
export const nowhere = '00000000-0000-7000-8000-000000000000';
/** The morning of the meeting, after it began. */
export const meetingDay = '2026-03-06T01:30:00.000Z';

/** Everything kept of meetings, in one figure: equal before and after means that nothing changed. */
const factsOf = async (server: TestServer): Promise<string> =>
  sumOfTables(server.database.owner, [
    'meeting',
    'meeting_item',
    'roll_entry',
    'attendance',
    'proxy',
    'vote_count',
    'recusal',
    'minutes',
    'act',
    'journal_entry',
    'inbox_item',
  ]);

/** The tea village with its meeting rules, those who hold and attend meetings logged in, and what every test of meetings does over HTTP. */
export const meetingVillage = async () => {
  const server = await testServer({ now: '2026-03-02T01:00:00.000Z' });
  const { owner } = server.database;
  await addTeaCounty(owner);
  await addTeaMeetings(owner);
  await addTeaAccounts(owner, [teaPeople.upperClerk, teaPeople.lowerClerk, teaPeople.upperResident]);
  const clerk = await signIn(server, 'upper.clerk');
  return {
    server,
    clerk,
    teller: await signIn(server, 'tea.teller'),
    secretary: await signIn(server, 'tea.secretary'),
    rep: await signIn(server, 'tea.rep'),
    neighbour: await signIn(server, 'lower.clerk'),
    resident: await signIn(server, 'upper.resident'),
    propose: async (subject: string, procedure = 'tea-decision', who = clerk): Promise<string> =>
      (
        await ok<Opened>(
          await who.send('POST', '/api/matters', { division: upper, procedure, fields: { subject }, channel: 'paper' }),
        )
      ).id,
    call: async (matters: readonly string[], over: object = {}, who = clerk): Promise<string> =>
      (await ok<{ id: string }>(await who.send('POST', '/api/meetings', calling(matters, over)))).id,
    read: async (id: string, who = clerk): Promise<MeetingDetail> => ok(await who.get(`/api/meetings/${id}`)),
    post: (id: string, path: string, body: object = {}, who: SignedInClient = clerk) =>
      who.send('POST', `/api/meetings/${id}/${path}`, body),
    at: (instant: string): void => server.clock.set(instant),
    /** Does something after which everything kept of meetings must be as before. */
    unchanged: async (work: () => Promise<void>): Promise<void> => {
      const before = await factsOf(server);
      await work();
      expect(await factsOf(server)).toBe(before);
    },
  };
};
