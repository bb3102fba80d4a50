import type { OpenSecretBallot } from '@lianxin/contract';
import {
  addDays,
  BallotManifest,
  canonicalJson,
  countyDate,
  fault,
  fromBase64Url,
  leafProblems,
  leastMinimums,
  manifestId,
  mayOpen,
  participantMark,
  rollRootOf,
  toHex,
  type Fault,
} from '@lianxin/domain';
import type { Given } from '../access/index.js';
import { membersOn, seenBy } from '../ballots/index.js';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal, type JournalValue } from '../journal/index.js';
import { sha256 } from '../log/index.js';
import { actWithin, openWithin, type MatterDeps } from '../matters/index.js';
import type { Tx } from '../storage/index.js';
import { makeIssuerKey } from './issuer-key.js';
import { faultOfRunning } from './secret-ballots.access.js';
import { addBallot, ruleOfMatter, type RollLine } from './secret-ballots.store.js';

/** Kind of matter that a place's rule for secret ballots takes, whatever the rule's own name there. */
const kind = 'secret-ballot';

/** Bytes of a choice before it is sealed; a choice is a short word, all are as long. */
const padding = 80;

type Line = Pick<RollLine, 'person' | 'number' | 'name' | 'group' | 'salt'>;

/** The roll as the registers have it today, each person once, in the order of the posted list. */
const freeze = async (tx: Tx, input: OpenSecretBallot, today: ReturnType<typeof countyDate>): Promise<Line[]> => {
  const lines = new Map<string, Line>();
  for (const body of input.bodies)
    for (const { person, name } of await membersOn(tx, body, input.division, today))
      if (!lines.has(person))
        lines.set(person, {
          person,
          name,
          group: body,
          number: lines.size + 1,
          salt: Buffer.from(tx.makers.random(32)),
        });
  return [...lines.values()];
};

const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).origin : address);

const faultsOfInput = (deps: MatterDeps, input: OpenSecretBallot, today: string): Fault[] => {
  const faults: Fault[] = [];
  const earliest = addDays(countyDate(deps.clock()), 1);
  if (input.tokensFrom <= today || input.opens < input.tokensFrom || input.closes < input.opens)
    faults.push(fault('ballot-day-wrong', { earliest }));
  for (const address of [input.boxUrl, input.issuerUrl])
    if (!deps.config.ballotHosts.includes(hostOf(address))) faults.push(fault('ballot-host-unknown', { address }));
  const keys = [
    ['票箱', input.boxKey, 32],
    ['第二家签发', input.issuerKey, 384],
    ...input.trustees.map((key, at) => [`监票人${at + 1}`, key, 32] as const),
  ] as const;
  for (const [holder, key, length] of keys)
    if (fromBase64Url(key)?.length !== length) faults.push(fault('ballot-key-wrong', { holder }));
  if (new Set(input.trustees).size < 3) faults.push(fault('ballot-key-wrong', { holder: '监票人' }));
  return faults;
};

/** One word for each label, the same label the same word, whatever the question. */
const wordsOf = (questions: OpenSecretBallot['questions']): ReadonlyMap<string, string> => {
  const words = new Map<string, string>();
  for (const { choices } of questions)
    for (const label of choices) if (!words.has(label)) words.set(label, `c${words.size + 1}`);
  return words;
};

const manifestOf = (input: OpenSecretBallot, id: string, a: string, roll: readonly Line[]): BallotManifest => {
  const words = wordsOf(input.questions);
  const entitled: Record<string, number> = {};
  for (const { group } of roll) entitled[group] = (entitled[group] ?? 0) + 1;
  const marks = roll.map(({ salt, person, group }) => participantMark(sha256, salt, person, group));
  return BallotManifest.parse({
    v: 1,
    ballot: id,
    title: input.subject,
    questions: input.questions.map(({ title, choices }, at) => ({
      id: `q${at + 1}`,
      title,
      choices: [...new Set(choices.map((label) => words.get(label)))],
    })),
    labels: Object.fromEntries([...words].map(([label, word]) => [word, label])),
    entitled,
    rollRoot: rollRootOf(sha256, marks),
    tokensFrom: input.tokensFrom,
    opens: input.opens,
    closes: input.closes,
    minimums: leastMinimums,
    issuers: { a, b: input.issuerKey },
    trustees: input.trustees,
    boxKey: input.boxKey,
    padding,
  });
};

/** What stands in the public log of a manifest and its keys. */
const leavesOf = (
  manifest: BallotManifest,
  rule: string,
): { kind: 'ballot.manifest' | 'ballot.key'; pub: Record<string, JournalValue> }[] => {
  const { ballot } = manifest;
  const key = (holder: string, use: 'token' | 'seal', text: string) => ({
    kind: 'ballot.key' as const,
    pub: { ballot, holder, use, key: text },
  });
  return [
    {
      kind: 'ballot.manifest',
      pub: {
        ballot,
        title: manifest.title,
        rule,
        manifest: toHex(manifestId(sha256, manifest)),
        questions: manifest.questions.map(({ id, title, choices }) => ({ id, title, choices })),
        opens: manifest.opens,
        closes: manifest.closes,
        roll_root: manifest.rollRoot,
        entitled: Object.values(manifest.entitled).reduce((sum, one) => sum + one, 0),
      },
    },
    key('issuer-a', 'token', manifest.issuers.a),
    key('issuer-b', 'token', manifest.issuers.b),
    ...manifest.trustees.map((text, at) => key(`trustee-${at + 1}`, 'seal', text)),
  ];
};

/**
 * Opens a secret ballot 开始无记名投票 as an act of its matter: freezes the roll, makes the first issuer's key, announces manifest and keys in the public log.
 * Nobody gets a token before the manifest has stood there for a day.
 *
 * Refuses elections and admissions in the words of the procedure, with the article (`other-procedure-required`); `ballot-too-few`, `ballot-day-wrong`,
 * `ballot-host-unknown`, `ballot-key-wrong`, `field-invalid` for a title that names a person's number, `not-found`, `not-your-act`.
 */
export const openBallot = (deps: MatterDeps, given: Given<OpenSecretBallot>): Promise<Answer> => {
  const { actor, commandId, input } = given;
  return runCommand(deps, { actor, commandId, route: 'POST /api/secret-ballots', body: input }, async (tx) => {
    const { division, subject, about } = input;
    const strange = faultOfRunning(tx, actor, division, input.bodies);
    if (strange !== undefined) return { faults: [strange] };
    // The rule speaks first: whoever may not vote this way at all is not asked for keys.
    const opened = await openWithin(deps, tx, actor, {
      division,
      kind,
      fields: { subject, about },
      commandId,
    });
    if ('faults' in opened) return opened;
    const today = countyDate(deps.clock());
    const faults = faultsOfInput(deps, input, today);
    if (faults.length > 0) return { faults };
    const roll = await freeze(tx, input, today);
    if (roll.length < leastMinimums.entitled)
      return { faults: [fault('ballot-too-few', { need: leastMinimums.entitled, have: roll.length })] };
    const id = deps.newId();
    const manifest = manifestOf(input, id, await makeIssuerKey(deps.keys, id), roll);
    if (!mayOpen(manifest))
      return { faults: [fault('ballot-too-few', { need: leastMinimums.entitled, have: roll.length })] };
    const leaves = leavesOf(manifest, await ruleOfMatter(tx, opened.id));
    for (const { kind, pub } of leaves) {
      const [problem] = leafProblems(kind, pub);
      if (problem !== undefined)
        return { faults: [fault('field-invalid', { field: '名称或者题目', reason: problem })] };
    }
    const [journal] = leaves.map(({ kind, pub }) => writeJournal(tx, { kind, division, commandId, pub }).journalId);
    const acted = await actWithin(deps, tx, actor, {
      matter: opened.id,
      act: 'open-ballot',
      fields: { manifest: toHex(manifestId(sha256, manifest)), entitled: roll.length, closes: input.closes },
      commandId,
    });
    if (!acted.ok) return { faults: acted.faults };
    await addBallot(
      tx,
      {
        id,
        division,
        matter: opened.id,
        body: input.bodies.join(','),
        party: input.bodies.some((body) => seenBy(body) === 'party'),
        manifest: canonicalJson(manifest),
        journal: journal ?? '',
        boxUrl: hostOf(input.boxUrl),
        issuerUrl: hostOf(input.issuerUrl),
      },
      roll,
    );
    return { status: 201, body: { id } };
  });
};
