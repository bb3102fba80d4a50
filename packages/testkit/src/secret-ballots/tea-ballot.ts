import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { OpenSecretBallot } from '@lianxin/contract';
import { toBase64Url, type BallotManifest, type Instant, type ProcedureText } from '@lianxin/domain';
import {
  boxKeyIn,
  codesOf,
  issuerKeyIn,
  openBox,
  openIssuer,
  serveBox,
  serveIssuer,
  type BallotBox,
} from '@lianxin/server';
import { ballotTools } from '@lianxin/server/ballot-tools';
import type pg from 'pg';
import { teaCounty } from '../database/tea-county.js';
import { activateTeaPack, proceduresOf } from '../database/tea-pack.js';
import type { SignedInClient, TestServer } from '../database/test-server.js';

const inForce = { from: '2011-01-01' };
const { county, divisions } = teaCounty;
const committee = [{ body: 'villagers-committee' }];

/** How the tea village asks in secret; whoever is host is elected on paper. */
const ballot: ProcedureText = {
  kind: 'procedure',
  id: 'secret-ballot',
  title: '茶事测评',
  inForce,
  covers: [],
  forMatters: { kinds: ['secret-ballot'] },
  opensBy: committee,
  form: [
    { id: 'subject', title: '测评名称', type: 'text' },
    {
      id: 'about',
      title: '关于什么',
      type: 'choice',
      choices: [
        { id: 'work', title: '茶事' },
        { id: 'committee-election', title: '选举馆主' },
      ],
    },
  ],
  routes: [
    {
      id: 'committee-election',
      title: '选举馆主',
      if: { field: 'about', equals: 'committee-election' },
      open: 'paper-ballot',
      titled: '纸票表决',
      source: ['LAW-VC-18e'],
    },
  ],
  stages: [
    {
      id: 'prepare',
      title: '准备',
      by: committee,
      acts: [
        {
          id: 'open-ballot',
          title: '公告票据',
          kind: 'outcome',
          needs: [
            { id: 'manifest', title: '票据编号', type: 'text' },
            { id: 'entitled', title: '名册人数', type: 'number' },
            { id: 'closes', title: '截止日期', type: 'date' },
          ],
          then: { stage: 'vote' },
        },
      ],
    },
    {
      id: 'vote',
      title: '投票',
      by: committee,
      acts: [
        {
          id: 'close-ballot',
          title: '封箱',
          kind: 'outcome',
          needs: [
            { id: 'given', title: '发出', type: 'number' },
            { id: 'returned', title: '收回', type: 'number' },
          ],
          then: { stage: 'count' },
        },
      ],
    },
    {
      id: 'count',
      title: '开票',
      by: committee,
      acts: [
        { id: 'publish-count', title: '公布', kind: 'outcome', then: { end: 'published' } },
        { id: 'withhold-count', title: '不开票', kind: 'outcome', then: { end: 'withheld' } },
      ],
    },
  ],
  closes: {
    results: [
      { id: 'published', title: '已公布', settled: true },
      { id: 'withheld', title: '没有开票' },
    ],
  },
};

/** The ballot procedure, and so many grown-up guests of the upper village, who are its assembly. */
export const addTeaBallots = async (owner: Pick<pg.ClientBase, 'query'>, guests: number): Promise<void> => {
  await activateTeaPack(owner, divisions.county, '00000009-0000-7000-8000-00000000ba11', {
    id: 'tea-ballots',
    title: '茶县测评',
    mechanism: 'ballots',
    rules: proceduresOf(ballot),
    from: '2011-01-01',
  });
  for (let at = 1; at <= guests; at += 1)
    await owner.query(
      `insert into lx.person (county, id, division, name, birth_year, made_up, valid_from, recorded_at)
       values ($1, $2, $3, $4, 1980, true, '2020-01-01', '2020-01-01T00:00:00Z')`,
      [county, `0000000b-0000-7000-8000-${String(at).padStart(12, '0')}`, divisions.upper, `茶客${at}`],
    );
};

/** Listens on a free port of this machine. */
export const listenOn = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** Box, second issuer and trustees of one ballot, outside the township's server. */
export interface Outside {
  readonly asked: OpenSecretBallot;
  /** Private keys of the trustees. */
  readonly trustees: readonly string[];
  readonly box: () => BallotBox;
  readonly boxFolder: string;
  /** The codes that the second issuer handed out, in the order of the roll. */
  readonly codes: () => readonly string[];
  /** Gives both the manifest, as their people do once it is announced; the box keeps votes in its own cluster, or at `database`. */
  readonly start: (manifest: BallotManifest, database?: string) => Promise<void>;
  /** Stops the box's database and answers nobody until the next start; what is in the folders stays. */
  readonly rest: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Makes keys and addresses; the two processes open once the manifest is there. */
export const prepareOutside = async (
  folder: string,
  clock: () => Instant,
  over: Partial<OpenSecretBallot> = {},
): Promise<Outside> => {
  const [boxFolder, issuerFolder] = [path.join(folder, 'box'), path.join(folder, 'issuer')];
  const keys = [0, 1, 2].map(() => ballotTools.random(32));
  const trustees: string[] = [];
  for (const key of keys) trustees.push(toBase64Url(await ballotTools.publicOf(key)));
  const servers: Server[] = [];
  const open: { box?: BallotBox; codes?: string[] } = {};
  // The addresses stand in the ballot before the two listen.
  const waiting: { box?: Server; issuer?: Server } = {};
  const fronts = (['box', 'issuer'] as const).map((which) =>
    createServer((request, response) => {
      const behind = waiting[which];
      if (behind === undefined) response.writeHead(503).end();
      else behind.emit('request', request, response);
    }),
  );
  servers.push(...fronts);
  const rest = async (): Promise<void> => {
    delete waiting.box;
    delete waiting.issuer;
    await open.box?.stop();
    delete open.box;
  };
  const [boxUrl = '', issuerUrl = ''] = await Promise.all(fronts.map(listenOn));
  const [first = '', second = '', third = ''] = trustees;
  return {
    asked: {
      division: divisions.upper,
      subject: '茶馆工作测评',
      about: 'work',
      bodies: ['assembly'],
      questions: [{ title: '茶馆办得好不好', choices: ['好', '一般', '不好'] }],
      tokensFrom: '2026-03-03',
      opens: '2026-03-05',
      closes: '2026-03-09',
      boxUrl,
      boxKey: boxKeyIn(boxFolder).publicKey,
      issuerUrl,
      issuerKey: issuerKeyIn(issuerFolder),
      trustees: [first, second, third],
      ...over,
    },
    trustees: keys.map((key) => toBase64Url(key)),
    boxFolder,
    box: () => {
      if (open.box === undefined) throw new Error('the box is not open');
      return open.box;
    },
    codes: () => open.codes ?? [],
    start: async (manifest, database) => {
      open.box = await openBox(boxFolder, manifest, () => undefined, database);
      open.codes = codesOf(issuerFolder, manifest);
      waiting.box = serveBox(open.box, { manifest, clock });
      waiting.issuer = serveIssuer(openIssuer(issuerFolder, manifest), manifest, clock);
    },
    rest,
    stop: async () => {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
      await rest();
    },
  };
};

/** What the organiser needs to open a ballot on a test server. */
export const opened = async (clerk: SignedInClient, outside: Outside): Promise<string> => {
  const answer = await clerk.send('POST', '/api/secret-ballots', outside.asked);
  if (answer.status !== 201) throw new Error(`not opened: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
};

/** Makes the installation know the hosts of the two processes; a real one reads them from its settings. */
export const knowHosts = (server: TestServer, outside: Outside): void => {
  (server.deps.config.ballotHosts as string[]).push(outside.asked.boxUrl, outside.asked.issuerUrl);
};
