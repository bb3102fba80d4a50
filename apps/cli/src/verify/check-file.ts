import {
  certificateCheckWords,
  checkCertificate,
  checkLogExport,
  checkProofFile,
  trueAnswer,
  type NoteKey,
  type Receipt,
  type WitnessPolicy,
} from '@lianxin/domain';
import { sha256, verifyEd25519 } from '../checks.js';
import type { CommandIo } from '../command.js';
import { differenceWords, tellAnswer, tellReceipt, verifyExitCodes } from './tell.js';

/** What a file is checked with. */
interface Given {
  readonly key: NoteKey;
  readonly policy?: WitnessPolicy | undefined;
  readonly receipt?: Receipt | undefined;
}

const differs = (
  io: CommandIo,
  json: boolean,
  outcome: { readonly difference: keyof typeof differenceWords; readonly index?: number },
): number => {
  if (json) io.out(JSON.stringify({ answer: 'differs', ...outcome }, null, 2));
  else {
    tellAnswer(io, 'differs');
    const place = outcome.index === undefined ? '' : ` (第 ${outcome.index} 页 index ${outcome.index})`;
    io.out(`${differenceWords[outcome.difference]}${place}`);
  }
  return verifyExitCodes.differs;
};

/** Checks a proof file. */
export const checkProofText = async (text: string, given: Given, io: CommandIo, json: boolean): Promise<number> => {
  const outcome = await checkProofFile(text, { sha256, verify: verifyEd25519, ...given });
  return outcome.holds
    ? tellReceipt(io, json, { answer: trueAnswer(outcome), outcome, proof: text, stale: false }, given.key)
    : differs(io, json, { difference: outcome.difference });
};

/** Checks a certificate, and says in one line what was computed again. */
export const checkCertificateText = async (
  text: string,
  given: Given,
  io: CommandIo,
  json: boolean,
): Promise<number> => {
  const checked = await checkCertificate(text, { sha256, verify: verifyEd25519, key: given.key, policy: given.policy });
  if (!checked.holds) return differs(io, json, { difference: checked.difference });
  const { certificate, checks, outcome } = checked;
  const answer = trueAnswer(outcome);
  if (json) {
    io.out(JSON.stringify({ answer, checks, certificate }, null, 2));
    return verifyExitCodes[answer];
  }
  const code = tellAnswer(io, answer, outcome.witnesses);
  const words = certificateCheckWords(checks);
  io.out(`${words.zh}\n${words.en}`);
  const { matter, place, rule, result } = certificate;
  io.out(`事项 matter: ${matter.title ?? ''} ${matter.number} · ${place.names.join(' ')}`);
  io.out(`规则 rule: ${rule.title} ${rule.pack} ${rule.version} ${rule.hash}`);
  for (const step of certificate.steps) {
    const counts = Object.entries(step.counts).map(([key, value]) => `${key} ${value}`);
    io.out(`  ${step.on} ${step.title} (${step.act}) ${step.body} ${counts.join(', ')} @${step.leaf.index}`);
  }
  io.out(`结果 result: ${result.title} ${result.on}`);
  return code;
};

/** Checks a whole exported log. */
export const checkExportText = async (text: string, given: Given, io: CommandIo, json: boolean): Promise<number> => {
  const started = performance.now();
  const outcome = await checkLogExport(text, { sha256, verify: verifyEd25519, key: given.key, policy: given.policy });
  if (!outcome.holds) return differs(io, json, outcome);
  const answer = outcome.witnessed ? 'true-witnessed' : 'true-not-witnessed';
  const { checkpoint, leaves, entries, divisions } = outcome;
  if (json) {
    io.out(JSON.stringify({ answer, origin: checkpoint.origin, leaves, entries, divisions }, null, 2));
    return verifyExitCodes[answer];
  }
  const code = tellAnswer(io, answer);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  io.out(`册 log: ${checkpoint.origin}`);
  io.out(
    `已重新核算 ${leaves} 页、${entries} 条当日存证、${divisions} 个单位的编号，用时 ${seconds} 秒 · ${leaves} leaves, ${entries} entries of days and the lists of ${divisions} divisions computed again in ${seconds} s`,
  );
  return code;
};
