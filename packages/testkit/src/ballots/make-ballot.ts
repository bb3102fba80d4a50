import {
  BallotManifest,
  boardRoot,
  checkpointBody,
  countBoard,
  formatNote,
  formatProofFile,
  hashesOfLeaves,
  hashOfToken,
  inclusionProof,
  leafHash,
  leafText,
  loggedResult,
  manifestId,
  noteKey,
  participantMark,
  publicLeaf,
  questionIds,
  returnSlip,
  rollRootOf,
  rootOfLeaves,
  sealChoice,
  signNote,
  sortBoard,
  toBase64Url,
  toHex,
  tokenMessage,
  utf8Bytes,
  type BallotEntry,
  type BallotFile,
  type CanonicalValue,
  type NoteKey,
  type SealTools,
} from '@lianxin/domain';
import { constants, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** A closed ballot of the tea club with every key that was used: what a test bends, and what a bench checks. */
export interface MadeBallot {
  readonly file: BallotFile;
  /** Key of the log in which its leaves stand. */
  readonly logKey: NoteKey;
  readonly boxKey: KeyObject;
  readonly issuers: { readonly a: KeyObject; readonly b: KeyObject };
}

const salted = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 };

/**
 * Makes a ballot in which everybody cast by phone, the choices in turn. Tokens are signed plainly, since a blind signature, once unblinded, is an
 * ordinary one; taking them is tested elsewhere.
 */
export const makeBallot = async (tools: SealTools, voters: number, questions: number): Promise<MadeBallot> => {
  const a = generateKeyPairSync('rsa', { modulusLength: 3072 });
  const b = generateKeyPairSync('rsa', { modulusLength: 3072 });
  const box = generateKeyPairSync('ed25519');
  const trustees = [0, 1, 2].map(() => tools.random(32));
  const publics: string[] = [];
  for (const key of trustees) publics.push(toBase64Url(await tools.publicOf(key)));
  const marks = Array.from({ length: voters }, (_, at) =>
    participantMark(tools.sha256, tools.random(32), `guest-${at}`, 'guests'),
  );
  const choices = ['good', 'fair', 'poor'];
  const manifest = BallotManifest.parse({
    v: 1,
    ballot: '0192f000-0000-7000-8000-000000000001',
    title: '茶会评议',
    questions: Array.from({ length: questions }, (_, at) => ({ id: `q${at + 1}`, title: `第${at + 1}项`, choices })),
    entitled: { guests: voters },
    rollRoot: rollRootOf(tools.sha256, marks),
    tokensFrom: '2027-03-02',
    opens: '2027-03-05',
    closes: '2027-03-09',
    minimums: { entitled: 10, returned: 5, comments: 10 },
    issuers: {
      a: a.publicKey.export({ format: 'jwk' }).n,
      b: b.publicKey.export({ format: 'jwk' }).n,
    },
    trustees: publics,
    boxKey: box.publicKey.export({ format: 'jwk' }).x,
    padding: 80,
  });
  const ballot = manifestId(tools.sha256, manifest);
  const castOne = async (question: string, choice: string): Promise<BallotEntry> => {
    const token = tools.random(32);
    const message = tokenMessage(ballot, question, token);
    const signed = (key: KeyObject): string => sign('sha384', message, { key, ...salted }).toString('base64url');
    const name = { question, token: toBase64Url(token), a: signed(a.privateKey), b: signed(b.privateKey) };
    const place = { manifest, ballot, question, hash: hashOfToken(tools.sha256, name) };
    return { ...name, ...(await sealChoice(tools, place, choice)) };
  };
  const boards: Record<string, BallotEntry[]> = {};
  const results: BallotFile['results'] = {};
  const keys = new Map<number, { privateKey: Uint8Array; publicKey: Uint8Array }>();
  for (const at of [0, 1]) {
    const privateKey = trustees[at] ?? new Uint8Array();
    keys.set(at, { privateKey, publicKey: await tools.publicOf(privateKey) });
  }
  for (const [at, question] of questionIds(manifest).entries()) {
    const entries: BallotEntry[] = [];
    for (let voter = 0; voter < voters; voter += 1) {
      const choice = question === returnSlip ? 'returned' : (choices[(voter + at) % choices.length] ?? '');
      entries.push(await castOne(question, choice));
    }
    boards[question] = sortBoard(tools.sha256, entries);
    if (question === returnSlip) continue;
    const { counts, valid, invalid } = await countBoard(tools, manifest, question, boards[question], keys);
    results[question] = { counts, valid, invalid: invalid.length };
  }
  const logged = proofsOf(tools, manifest, boards, results);
  return {
    file: {
      v: 1,
      manifest,
      proofs: logged.proofs,
      firstIssued: '2027-03-02',
      issuedOnline: voters,
      returnedOnline: voters,
      participants: marks.map((person) => ({ person, group: 'guests', channel: 'online' })),
      provisionalCounted: 0,
      surrendered: {},
      boards,
      trusteeKeys: Object.fromEntries([...keys].map(([at, { privateKey }]) => [String(at), toBase64Url(privateKey)])),
      paper: [],
      results,
      acks: [],
    },
    logKey: logged.key,
    boxKey: box.privateKey,
    issuers: { a: a.privateKey, b: b.privateKey },
  };
};

/** A log with the leaves of the ballot, and the proof of the manifest and of each result. */
const proofsOf = (
  { sha256, random }: SealTools,
  manifest: BallotManifest,
  boards: Readonly<Record<string, readonly BallotEntry[]>>,
  results: BallotFile['results'],
): { readonly proofs: NonNullable<BallotFile['proofs']>; readonly key: NoteKey } => {
  const { ballot } = manifest;
  const acts: { kind: string; at: string; question: string; pub: Record<string, CanonicalValue> }[] = [
    {
      kind: 'ballot.manifest',
      at: '2027-03-01T02:00:00Z',
      question: '',
      pub: { ballot, manifest: toHex(manifestId(sha256, manifest)), title: manifest.title },
    },
  ];
  for (const [question, entries] of Object.entries(boards)) {
    const root = toBase64Url(boardRoot(sha256, entries));
    const board = { ballot, question, issued: entries.length, returned: entries.length, root, size: entries.length };
    acts.push({ kind: 'ballot.board', at: '2027-03-10T02:00:00Z', question, pub: board });
  }
  for (const [question, result] of Object.entries(results))
    if ('counts' in result)
      acts.push({
        kind: 'ballot.result',
        at: '2027-03-11T02:00:00Z',
        question,
        pub: { ballot, question, ...loggedResult(result) },
      });
  const texts = acts.map(({ kind, at, pub }, n) =>
    leafText(
      publicLeaf(
        sha256,
        { id: `leaf-${n}`, kind, division: '999901001001', recordedAt: at, pub, fields: {}, seed: random(32) },
        { n: n + 1, previous: null },
      ),
    ),
  );
  const leaves = texts.map((text) => leafHash(sha256, utf8Bytes(text)));
  const hashes = hashesOfLeaves(sha256, leaves);
  const signer = generateKeyPairSync('ed25519');
  const publicKey = Buffer.from(signer.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const key = noteKey(sha256, 'log.tea.example/999901/2027', new Uint8Array(publicKey));
  const body = checkpointBody({ origin: key.name, size: leaves.length, root: rootOfLeaves(sha256, leaves) });
  const checkpoint = formatNote(
    signNote(body, key, (message) => new Uint8Array(sign(null, message, signer.privateKey))),
  );
  const proofOf = (index: number): string =>
    formatProofFile({
      leaf: texts[index] ?? '',
      index,
      proof: inclusionProof(sha256, index, leaves.length, hashes),
      checkpoint,
    });
  const ofResults = acts.flatMap(({ kind, question }, index) =>
    kind === 'ballot.result' ? [[question, proofOf(index)] as const] : [],
  );
  return { proofs: { manifest: proofOf(0), results: Object.fromEntries(ofResults) }, key };
};
