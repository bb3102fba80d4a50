import { createRoute, z } from '@hono/zod-openapi';
import { BallotFile, BallotManifest, QuestionResult } from '@lianxin/domain';
import { commandHeaders, commandsOf, json, jsonBody, refusals as common } from './route-parts.js';
import { DateText, DivisionCode, Id, Refusal } from './shapes.js';

/**
 * Secret ballots (无记名测评): what the organiser does, what a voter's phone asks of the first issuer, and what everybody may read.
 *
 * Nothing here carries a choice: votes go to the ballot box, which is another server.
 */

const refusals = { ...common, 503: json(Refusal, 'the ballot box does not answer') };
const Text = (most: number) => z.string().trim().min(1).max(most);
const Count = z.number().int().min(0).max(100_000);
const Key = (letters: number) => z.string().trim().length(letters);
const InBallot = z.object({ id: Id });
const InCounty = z.object({ county: z.string().regex(/^\d{6}$/), id: Id });
const Figures = z.record(z.string().max(64), Count);

export const BallotState = z.enum(['open', 'closed', 'published', 'withheld']);
export const BallotAbout = z.enum([
  'work',
  'performance',
  'members',
  'satisfaction',
  'opinion',
  'committee-election',
  'party-election',
  'admission',
]);

/** A secret ballot as its organiser opens it. */
export const OpenSecretBallot = z
  .object({
    division: DivisionCode,
    subject: Text(80),
    about: BallotAbout,
    bodies: z
      .array(z.string().regex(/^[a-z][a-z-]{0,62}$/))
      .min(1)
      .max(3),
    questions: z
      .array(z.object({ title: Text(200), choices: z.array(Text(40)).min(2).max(12) }))
      .min(1)
      .max(30),
    tokensFrom: DateText,
    opens: DateText,
    closes: DateText,
    boxUrl: Text(200),
    boxKey: Key(43),
    issuerUrl: Text(200),
    issuerKey: Key(512),
    trustees: z.tuple([Key(43), Key(43), Key(43)]),
  })
  .openapi('OpenSecretBallot');

const Line = z.object({
  person: Id,
  number: z.number().int(),
  name: z.string(),
  group: z.string(),
  channel: z.enum(['none', 'online', 'paper', 'provisional']),
});
const Sheet = z.object({ place: z.string(), typed: z.number().int(), agree: z.boolean() });

/** A ballot in a list. */
export const SecretBallotRow = z
  .object({
    id: Id,
    division: DivisionCode,
    title: z.string(),
    state: BallotState,
    opens: DateText,
    closes: DateText,
    entitled: z.number().int(),
  })
  .openapi('SecretBallotRow');

/** A ballot as its organiser sees it: who takes part, never what came in before it is closed. */
export const SecretBallotDetail = SecretBallotRow.extend({
  matter: Id,
  manifest: BallotManifest,
  /** Name of the ballot, in hexadecimal; posters print it. */
  name: z.string(),
  logged: z.enum(['received', 'logged', 'witnessed']),
  boxUrl: z.string(),
  issuerUrl: z.string(),
  given: z.object({ online: z.number().int(), paper: z.number().int() }),
  roll: z.array(Line),
  sheets: z.array(Sheet),
  returned: z.number().int().nullable(),
  mayOpen: z.boolean().nullable().openapi({ description: 'closed: whether enough came back to open it' }),
  results: z.record(z.string(), QuestionResult).nullable(),
}).openapi('SecretBallotDetail');

/** A ballot as anybody reads it, phones included. */
export const PublicBallot = z
  .object({
    manifest: BallotManifest,
    name: z.string(),
    state: BallotState,
    logged: z.enum(['received', 'logged', 'witnessed']),
    /** Proof file of the manifest's leaf: a phone takes no token under a key that is not in the log. */
    proof: z.string().nullable(),
    today: DateText,
    boxUrl: z.string(),
    issuerUrl: z.string(),
    /** Longest wait in seconds before a vote is handed in. */
    wait: z.number().int(),
    results: z.record(z.string(), QuestionResult).nullable(),
  })
  .openapi('PublicBallot');

const done = json(z.object({ id: Id }).openapi('SecretBallotDone'), 'done');
const { commandOn } = commandsOf('secret-ballots', { 200: done, ...refusals });

export const listSecretBallotsRoute = createRoute({
  method: 'get',
  path: '/api/secret-ballots',
  tags: ['secret-ballots'],
  summary: 'Secret ballots of a place, and the hosts the installation knows',
  request: { query: z.object({ division: DivisionCode }) },
  responses: {
    200: json(z.object({ ballots: z.array(SecretBallotRow), hosts: z.array(z.string()) }), 'the ballots'),
    ...refusals,
  },
});
export const openSecretBallotRoute = createRoute({
  method: 'post',
  path: '/api/secret-ballots',
  tags: ['secret-ballots'],
  summary: 'Freeze the roll, make the key, announce the manifest',
  request: { headers: commandHeaders, body: jsonBody(OpenSecretBallot, 'the ballot') },
  responses: { 201: done, ...refusals },
});
export const readSecretBallotRoute = createRoute({
  method: 'get',
  path: '/api/secret-ballots/{id}',
  tags: ['secret-ballots'],
  summary: 'A ballot as its organiser sees it',
  request: { params: InBallot },
  responses: { 200: json(SecretBallotDetail, 'the ballot'), ...refusals },
});
export const ballotSlipsRoute = createRoute({
  method: 'get',
  path: '/api/secret-ballots/{id}/slips',
  tags: ['secret-ballots'],
  summary: 'Codes of the first issuer, to be cut and handed out',
  request: { params: InBallot },
  responses: {
    200: json(
      z.object({ slips: z.array(z.object({ number: z.number().int(), name: z.string(), code: z.string() })) }),
      'the slips',
    ),
    ...refusals,
  },
});
export const changeChannelRoute = commandOn(
  '/api/secret-ballots/{id}/channel',
  'Paper for somebody on the roll: instead of a phone, for surrendered tokens, or provisional for a lost phone',
  z.object({ person: Id, change: z.enum(['take-paper', 'surrender', 'lose-phone']) }).openapi('ChangeChannel'),
);
export const enterSheetRoute = commandOn(
  '/api/secret-ballots/{id}/sheets',
  'Type the tally sheet of a place; a second person types it again',
  z
    .object({
      place: Text(80),
      issued: Count,
      spoiled: Count,
      inBox: Count,
      counts: z.record(z.string().max(64), Figures),
    })
    .openapi('TallySheet'),
);
export const closeSecretBallotRoute = commandOn(
  '/api/secret-ballots/{id}/close',
  'Fetch the closed box, check it, publish its board',
  z.object({ provisionalCounted: Count.default(0) }).openapi('CloseSecretBallot'),
);
export const publishSecretBallotRoute = commandOn(
  '/api/secret-ballots/{id}/publish',
  'Open with the keys of two trustees, count, publish; or say that too few came back',
  z
    .object({
      keys: z.array(z.object({ trustee: z.number().int().min(0).max(2), key: Key(43) })).max(2),
    })
    .openapi('PublishSecretBallot'),
);
export const publicBallotRoute = createRoute({
  method: 'get',
  path: '/api/public-ballots/{county}/{id}',
  tags: ['secret-ballots'],
  summary: 'A ballot as anybody reads it',
  request: { params: InCounty },
  responses: { 200: json(PublicBallot, 'the ballot'), ...refusals },
});
export const ballotFileRoute = createRoute({
  method: 'get',
  path: '/api/public-ballots/{county}/{id}/file',
  tags: ['secret-ballots'],
  summary: 'Everything public of a closed ballot, to be checked without us',
  request: { params: InCounty },
  responses: { 200: json(BallotFile, 'the file'), ...refusals },
});
export const takeTokensRoute = createRoute({
  method: 'post',
  path: '/api/public-ballots/{county}/{id}/tokens',
  tags: ['secret-ballots'],
  summary: 'A voter’s phone takes the signatures of the first issuer, once; the same list again gets the same bytes',
  request: {
    params: InCounty,
    body: jsonBody(
      z
        .object({ code: z.string().max(40), blinded: z.array(z.string().max(600)).min(1).max(40) })
        .openapi('TakeTokens'),
      'who takes them, and for what',
    ),
  },
  responses: {
    200: json(
      z.object({ signed: z.array(z.string()), number: z.number().int(), salt: z.string() }).openapi('TokensTaken'),
      'the signatures',
    ),
    ...refusals,
  },
});

export type OpenSecretBallot = z.infer<typeof OpenSecretBallot>;
export type SecretBallotRow = z.infer<typeof SecretBallotRow>;
export type SecretBallotDetail = z.infer<typeof SecretBallotDetail>;
export type PublicBallot = z.infer<typeof PublicBallot>;
