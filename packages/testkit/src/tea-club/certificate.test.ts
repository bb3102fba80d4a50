import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import {
  certificateCheckWords,
  certificateHash,
  certificateOf,
  checkCertificate,
  checkpointBody,
  countyDate,
  cosign,
  decisionStepOf,
  formatCertificateCode,
  formatCertificateFile,
  formatNote,
  formatNoteKey,
  formatProofFile,
  hashesOfLeaves,
  inclusionProof,
  isPublicDecision,
  leafHash,
  leafText,
  noteKey,
  parseCertificateCode,
  parseCertificateFile,
  parseLeaf,
  parsePolicy,
  publicLeaf,
  rootOfLeaves,
  signNote,
  utf8Bytes,
  type Certificate,
  type CertificateFile,
  type Leaf,
  type Sha256,
  type VerifyEd25519,
  type WitnessPolicy,
} from '@lianxin/domain';
import { describe, expect, it } from 'vitest';
import { brewer, charter, errand, host, play, rolls, taster, wish, WILLOW_HOUSE } from './index.js';

const sha256: Sha256 = (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest());
const keyPair = (byte: number) => {
  const head = Buffer.from('302e020100300506032b657004220420', 'hex');
  const key = createPrivateKey({ key: Buffer.concat([head, Buffer.alloc(32, byte)]), format: 'der', type: 'pkcs8' });
  const publicKey = new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(12));
  return { publicKey, sign: (message: Uint8Array) => new Uint8Array(sign(null, message, key)) };
};
const spki = Buffer.from('302a300506032b6570032100', 'hex');
/** What was verified once: a file of which one byte differs asks mostly the same questions again. */
const answers = new Map<string, boolean>();
const verifyEd25519: VerifyEd25519 = (publicKey, message, signature) => {
  const question = [publicKey, message, signature].map((part) => Buffer.from(part).toString('base64')).join(' ');
  const known = answers.get(question);
  if (known !== undefined) return known;
  const key = createPublicKey({ key: Buffer.concat([spki, publicKey]), format: 'der', type: 'spki' });
  const answer = verify(null, message, key, signature);
  answers.set(question, answer);
  return answer;
};

const matter = {
  id: '019b0000-0000-7000-8000-00000000cafe',
  kind: 'tea-charter',
  number: '茶 2024-1',
  title: '一人一杯',
};
const rule = { pack: 'tea-club', version: '1.0.0', hash: 'ab'.repeat(32) };
const origin = 'log.tea.example/110101/2024';
const log = keyPair(1);
const key = noteKey(sha256, origin, log.publicKey);
const witness = keyPair(2);
const witnessKey = noteKey(sha256, 'witness.tea.example/w', witness.publicKey, 'witness');
const policyOf = (quorum: string): WitnessPolicy => {
  const policy = parsePolicy(sha256, `witness w ${formatNoteKey(witnessKey, 'witness')}\nquorum ${quorum}\n`);
  if (policy === null) throw new Error('not a policy');
  return policy;
};

/** The charter as the club decided it: both boards, 21 of 30 representatives, fifteen full days on the wall. */
const decided = (vote: { present: number; approve: number; against: number }, act: 'pass' | 'reject' = 'pass') => {
  const game = play(charter, { filer: 'host' })
    .does('open', host, { fields: { draft: '一人一杯' }, at: '2024-06-03' })
    .does('done', taster, { stage: 'review/tasters', at: '2024-06-04' })
    .does('done', brewer, { stage: 'review/brewers', at: '2024-06-05' })
    .does('convene', host, {
      stage: 'resolve/by-representatives',
      fields: { 'meeting-on': '2024-06-20' },
      at: '2024-06-06',
    })
    .does(act, host, {
      stage: 'resolve/by-representatives',
      fields: { ...vote, women: 9, ballot: 'hands' },
      at: '2024-06-20',
    });
  return act === 'reject'
    ? game
    : game
        .does('post', host, { stage: 'publish', fields: { channels: ['wall', 'portal'] }, at: '2024-06-21' })
        .does('finish-posting', host, { stage: 'publish', at: '2024-07-07' });
};

/** Leaves of the acts among others of the county, and the certificate over them. */
const certified = (
  game: ReturnType<typeof decided>,
  change: (certificate: Certificate) => Certificate = (one) => one,
  signers: { readonly cosigned?: boolean } = {},
): { readonly certificate: Certificate; readonly file: CertificateFile; readonly text: string } => {
  const texts: string[] = [];
  let previous: Uint8Array | null = null;
  let n = 0;
  const add = (kind: string, pub: Leaf['pub'], at: string): number => {
    const entry = {
      id: `019b0000-0000-7000-8000-${String(texts.length).padStart(12, '0')}`,
      kind,
      division: WILLOW_HOUSE,
      recordedAt: at,
      person: '019b0000-0000-7000-8000-00000000beef',
      pub,
      fields: { subject: matter.title },
      seed: sha256(Uint8Array.of(texts.length)).slice(0, 16),
    };
    n += 1;
    const text = leafText(publicLeaf(sha256, entry, { n, previous }));
    previous = leafHash(sha256, utf8Bytes(text));
    texts.push(text);
    return texts.length - 1;
  };
  add('role.grant', { post: 'host' }, '2024-06-01T00:00:00.000Z');
  const indexes = game.record.acts.flatMap((act) => {
    const pub = decisionStepOf(charter, rule, matter, act, rolls);
    if (pub === null) return [];
    const index = add('decision', pub, act.recordedAt);
    add('role.grant', { post: 'brewer' }, act.recordedAt);
    return [index];
  });
  const progress = game.stands();
  const made = certificateOf({
    id: '019b0000-0000-7000-8000-00000000c0de',
    issued: '2024-07-07T03:00:00.000Z',
    matter,
    place: { division: WILLOW_HOUSE, names: ['茶会', '河边茶楼', '柳树茶馆'] },
    rule,
    procedure: charter,
    progress,
    endedOn: progress.ended === undefined ? '' : countyDate(progress.ended),
    steps: indexes.flatMap((index) => {
      const leaf = parseLeaf(texts[index] ?? '');
      return leaf === null ? [] : [{ origin, index, leaf }];
    }),
  });
  if (made === null) throw new Error('no certificate');
  const certificate = change(made);
  const pub = {
    matter_kind: matter.kind,
    matter: matter.id,
    doc_sha256: certificateHash(sha256, certificate),
    result: 'adopted',
  };
  const own = add('certificate', pub, '2024-07-07T03:00:01.000Z');
  add('role.revoke', { post: 'host' }, '2024-07-08T03:00:01.000Z');
  const leaves = texts.map((text) => leafHash(sha256, utf8Bytes(text)));
  const body = checkpointBody({ origin, size: leaves.length, root: rootOfLeaves(sha256, leaves) });
  const note = signNote(body, key, log.sign);
  const cosigned = signers.cosigned === true ? [cosign(body, witnessKey, 1_720_321_205, witness.sign)] : [];
  const checkpoint = formatNote({ ...note, signatures: [...note.signatures, ...cosigned] });
  const proofOf = (index: number): string =>
    formatProofFile({
      leaf: texts[index] ?? '',
      index,
      proof: inclusionProof(sha256, index, leaves.length, hashesOfLeaves(sha256, leaves)),
      checkpoint,
    });
  const file = { certificate, proof: proofOf(own), steps: indexes.map(proofOf) };
  return { certificate, file, text: formatCertificateFile(file) };
};

const check = async (text: string, policy?: WitnessPolicy) =>
  checkCertificate(text, { sha256, verify: verifyEd25519, key, policy });

describe('certificate of a decision', () => {
  const game = decided({ present: 21, approve: 12, against: 9 });
  const { certificate, text } = certified(game, (one) => one, { cosigned: true });

  it('states each step with its roll, attendance, count, the shares applied with their source, and the days on the wall', () => {
    expect(certificate.steps.map(({ stage, act, on }) => [stage, act, on])).toEqual([
      ['review/tasters', 'done', '2024-06-04'],
      ['review/brewers', 'done', '2024-06-05'],
      ['resolve/by-representatives', 'convene', '2024-06-06'],
      ['resolve/by-representatives', 'pass', '2024-06-20'],
      ['publish', 'post', '2024-06-21'],
      ['publish', 'finish-posting', '2024-07-07'],
    ]);
    expect(certificate.steps[3]).toMatchObject({
      body: '茶客代表会',
      counts: { entitled: 30, present: 21, for: 12, against: 9 },
      attendance: [{ fraction: '2/3', of: 'entitled', strict: false }],
      approval: [{ fraction: '1/2', of: 'present', strict: true }],
      source: ['TEA-30'],
    });
    expect(certificate.publications).toEqual([
      {
        stage: 'publish',
        title: '决议',
        posted: '2024-06-21',
        ended: '2024-07-07',
        days: 15,
        asked: 15,
        objections: 0,
        source: ['TEA-32'],
      },
    ]);
    expect(certificate).toMatchObject({
      rule: { ...rule, procedure: 'tea-charter' },
      result: { id: 'adopted', on: '2024-07-07' },
    });
    expect(JSON.stringify(certificate)).not.toMatch(/00000000beef|"host"|"taster"/);
  });

  it('holds offline under the key of the poster, says in one line what was computed, and is witnessed by its policy alone', async () => {
    const outcome = await check(text, policyOf('w'));
    if (!outcome.holds) throw new Error(outcome.difference);
    expect(outcome.checks).toEqual({ steps: 6, votes: 1, publications: 1, leaves: 7 });
    expect(certificateCheckWords(outcome.checks).zh).toContain('6 个环节');
    expect(outcome.outcome.witnessed).toBe(true);
    expect(await check(text)).toEqual({ holds: false, difference: 'unknown-signature' });
    const plain = certified(game);
    expect(await check(plain.text)).toMatchObject({ holds: true, outcome: { witnessed: false } });
    const other = noteKey(sha256, origin, keyPair(9).publicKey);
    expect(await checkCertificate(plain.text, { sha256, verify: verifyEd25519, key: other })).toMatchObject({
      holds: false,
    });
    // Whoever holds the key of another year of the same county checks it as well.
    const next = noteKey(sha256, origin.replace('2024', '2025'), log.publicKey);
    expect(await checkCertificate(plain.text, { sha256, verify: verifyEd25519, key: next })).toMatchObject({
      holds: true,
    });
  });

  it('is refused after any one changed byte of its whole file', { timeout: 120_000 }, async () => {
    const short = decided({ present: 21, approve: 10, against: 11 }, 'reject');
    const raw = utf8Bytes(certified(short, (one) => one, { cosigned: true }).text);
    const policy = policyOf('w');
    const accepted: number[] = [];
    for (let at = 0; at < raw.length; at += 1) {
      const changed = raw.slice();
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      if ((await check(Buffer.from(changed).toString('utf8'), policy)).holds) accepted.push(at);
    }
    expect(raw.length).toBeGreaterThan(6_000);
    expect(accepted).toEqual([]);
    expect(await check(Buffer.from(raw).toString('utf8'), policy)).toMatchObject({ holds: true });
  });

  it('is refused where the county itself signed a certificate that does not follow from its leaves', async () => {
    const lies: readonly [string, (one: Certificate) => Certificate, string][] = [
      [
        'more came',
        (one) => withStep(one, 3, { counts: { entitled: 30, present: 22, for: 12, against: 9 } }),
        'step-differs',
      ],
      ['a step left out', (one) => ({ ...one, steps: one.steps.slice(1) }), 'step-differs'],
      ['another day', (one) => withStep(one, 3, { on: '2024-06-19' }), 'step-differs'],
      ['another rule', (one) => ({ ...one, rule: { ...one.rule, hash: 'cd'.repeat(32) } }), 'step-differs'],
      [
        'a laxer share',
        (one) => withStep(one, 3, { approval: [{ fraction: '3/5', of: 'present', strict: false }] }),
        'count-differs',
      ],
      [
        'a shorter notice',
        (one) => ({ ...one, publications: one.publications.map((each) => ({ ...each, days: 16 })) }),
        'publication-differs',
      ],
      [
        'a longer rule',
        (one) => ({ ...one, publications: one.publications.map((each) => ({ ...each, asked: 16 })) }),
        'publication-differs',
      ],
      ['a title of another matter', (one) => ({ ...one, subject: one.steps[0]?.recorded ?? '' }), 'step-differs'],
    ];
    for (const [title, change, difference] of lies) {
      const lied = certified(game, change);
      expect(await check(lied.text), title).toEqual({ holds: false, difference });
    }
    // A certificate of another place or matter under this one's proof.
    const mixed = { ...certified(game).file, certificate: { ...certificate, issued: '2024-07-07T03:00:01Z' } };
    expect(await check(formatCertificateFile(mixed))).toEqual({ holds: false, difference: 'certificate-changed' });
  });

  it('certifies a lost vote as what it is, and gives nothing for a procedure that does not vote or has not ended', () => {
    const lost = certified(decided({ present: 21, approve: 10, against: 11 }, 'reject'));
    expect(lost.certificate).toMatchObject({ result: { id: 'rejected', title: '未通过' }, publications: [] });
    expect([charter, wish, errand].map(isPublicDecision)).toEqual([true, false, false]);
    expect(isPublicDecision({ ...charter, privacy: { public: [], parties: [], sealed: ['draft'] } })).toBe(false);
    const running = play(charter, { filer: 'host' }).does('open', host, {
      fields: { draft: '一人一杯' },
      at: '2024-06-03',
    });
    expect(() => certified(running)).toThrow('no certificate');
  });

  it('leaves out a title with personal data, and refuses a file with a key that nobody knows', () => {
    const named = certified(game, (one) => one);
    const value = JSON.parse(named.text) as { certificate: Record<string, unknown> };
    value.certificate['note'] = '随便写';
    expect(parseCertificateFile(JSON.stringify(value))).toBeNull();
    expect(parseCertificateFile(named.text)).toEqual(named.file);
    const code = formatCertificateCode({ county: '110101', id: certificate.id });
    expect(parseCertificateCode(`https://tea.example/verify#${code}`)).toEqual({
      county: '110101',
      id: certificate.id,
    });
    expect(parseCertificateCode(`${code}0`)).toBeNull();
  });
});

const withStep = (
  certificate: Certificate,
  at: number,
  change: Partial<Certificate['steps'][number]>,
): Certificate => ({
  ...certificate,
  steps: certificate.steps.map((step, place) => (place === at ? { ...step, ...change } : step)),
});
