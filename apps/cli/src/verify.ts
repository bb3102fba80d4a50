import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  checkProofFile,
  checkReceipt,
  countyDate,
  formatNoteKey,
  instantOf,
  parseNoteKey,
  parseReceipt,
  parsePolicy,
  receiptAnswerWords,
  trueAnswer,
  type Difference,
  type NoteKey,
  type WitnessPolicy,
  type ReceiptAnswer,
  type ReceiptResult,
  type Receipt,
} from '@lianxin/domain';
import { sha256, verifyEd25519 } from './checks.js';
import type { CommandIo, RunCommand } from './command.js';

/** Exit codes, so that a script can ask too. 0 is true; everything else says why not. */
export const verifyExitCodes: Readonly<Record<ReceiptAnswer | 'not-checked', number>> = {
  'true-witnessed': 0,
  'true-not-witnessed': 0,
  differs: 1,
  forked: 2,
  received: 3,
  'not-checked': 4,
};

const usage = `用法 usage:
  lianxin verify RECEIPT [--url https://…] [--key KEY] [--policy FILE] [--held FILE] [--log COUNTY/YEAR] [--save FILE] [--json]
  lianxin verify FILE.tlog-proof --key KEY [--policy FILE] [--receipt RECEIPT] [--json]
KEY 是公布在墙上的公钥(或存有它的文件)。KEY is the verifier key on the poster, or a file that holds it.`;

/** Why a proof does not hold, for people. */
const differenceWords: Readonly<Record<Difference | 'not-found', string>> = {
  unreadable: '不是存证文件，或已损坏 · not a proof file, or damaged',
  'other-log': '属于另一本册 · belongs to another log',
  'not-signed': '签名不是这本册的公钥所签 · not signed by the log’s key',
  'witness-forged': '见证签名是伪造的，或被改动 · a cosignature was forged or changed',
  'not-in-log': '不在册上所说的位置 · not where the log should have it',
  'not-in-day': '不在当日的存证之中 · not among the entries of its day',
  'other-receipt': '凭条属于另一条记录 · the receipt belongs to another entry',
  'not-found': '册上没有这张凭条的记录 · the log has no entry for this receipt',
};

/** What the checker brings along, from a poster. */
interface Trust {
  readonly key: NoteKey | undefined;
  readonly policy: WitnessPolicy | undefined;
}

/** Settings of one call. */
interface Options {
  readonly url: string | undefined;
  readonly key: string | undefined;
  readonly policy: string | undefined;
  readonly held: string | undefined;
  readonly log: string | undefined;
  readonly save: string | undefined;
  readonly receipt: string | undefined;
  readonly json: boolean;
}

/**
 * `lianxin verify`: checks a receipt against a server, or a proof file without any network.
 *
 * It uses nothing of the server's code: whoever checks should not have to trust what is checked.
 */
export const run: RunCommand = async (args, io) => {
  const called = parse(args);
  if (called === null) return notChecked(io, usage);
  const { subject, options } = called;
  const keyText = options.key ?? io.env['LIANXIN_LOG_KEY'];
  const key = keyText === undefined ? undefined : parseNoteKey(sha256, textOrFile(keyText, io.cwd));
  if (key === null) return notChecked(io, '公钥无法辨认 · the key cannot be read');
  const policyText = options.policy;
  const policy = policyText === undefined ? undefined : parsePolicy(sha256, textOrFile(policyText, io.cwd));
  if (policy === null) return notChecked(io, '见证规则无法辨认 · the policy of witnesses cannot be read');
  const trust = { key, policy };
  const file = path.resolve(io.cwd, subject);
  return existsSync(file)
    ? offline(readFileSync(file, 'utf8'), trust, options, io)
    : online(subject, trust, options, io);
};

const parse = (args: readonly string[]): { subject: string; options: Options } | null => {
  const text = { type: 'string' } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        url: text,
        key: text,
        policy: text,
        held: text,
        log: text,
        save: text,
        receipt: text,
        json: { type: 'boolean' },
      },
    });
    const [subject, ...more] = positionals;
    if (subject === undefined || more.length > 0) return null;
    const { url, key, policy, held, log, save, receipt, json } = values;
    return { subject, options: { url, key, policy, held, log, save, receipt, json: json === true } };
  } catch {
    return null;
  }
};

const offline = async (text: string, { key, policy }: Trust, options: Options, io: CommandIo): Promise<number> => {
  if (key === undefined) {
    return notChecked(
      io,
      `没有公钥就无法核对：请用 --key 给出墙上公布的公钥。\nWithout the key nothing can be checked: give the one on the poster with --key.`,
    );
  }
  const receipt = options.receipt === undefined ? undefined : parseReceipt(options.receipt);
  if (receipt === null) return notChecked(io, '凭条无法辨认 · the receipt cannot be read');
  const outcome = await checkProofFile(text, { sha256, verify: verifyEd25519, key, policy, receipt });
  return outcome.holds
    ? tell(io, options, { answer: trueAnswer(outcome), outcome, proof: text, stale: false }, key)
    : tell(io, options, { answer: 'differs', difference: outcome.difference }, key);
};

const online = async (subject: string, { key, policy }: Trust, options: Options, io: CommandIo): Promise<number> => {
  const receipt: Receipt | null = parseReceipt(subject);
  if (receipt === null)
    return notChecked(io, `不是凭条，也没有这个文件 · neither a receipt nor a file: ${subject}\n\n${usage}`);
  const address = /^(https?:\/\/[^/#]+)/.exec(subject)?.[1];
  const base = options.url ?? address ?? io.env['LIANXIN_ORIGIN'] ?? `http://localhost:${io.env['PORT'] ?? '3000'}`;
  const held = options.held === undefined ? undefined : readFileSync(path.resolve(io.cwd, options.held), 'utf8');
  try {
    const result = await checkReceipt(receipt, {
      sha256,
      verify: verifyEd25519,
      read: readFrom(base),
      today: countyDate(instantOf(Date.now())),
      now: Date.now(),
      key,
      policy,
      held,
      log: options.log,
    });
    if ('proof' in result && options.save !== undefined) {
      writeFileSync(path.resolve(io.cwd, options.save), result.proof);
    }
    return tell(io, options, result, key);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return notChecked(io, `${base} 无法访问 · cannot be reached: ${why}`);
  }
};

const readFrom =
  (base: string) =>
  async (target: string): Promise<Uint8Array | null> => {
    const answer = await fetch(new URL(target, base), { signal: AbortSignal.timeout(20_000) });
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(`${target}: HTTP ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  };

const tell = (io: CommandIo, options: Options, result: ReceiptResult, key: NoteKey | undefined): number => {
  const code = verifyExitCodes[result.answer];
  if (options.json) {
    io.out(JSON.stringify(asJson(result), null, 2));
    return code;
  }
  const words = receiptAnswerWords[result.answer];
  io.out(`${words.zh} · ${words.en}`);
  if ('outcome' in result) tellTrue(io, result, key);
  if (result.answer === 'differs') io.out(differenceWords[result.difference]);
  if (result.answer === 'received')
    io.out('当日的记录在次日凌晨入册，请隔日再查 · entries of a day join the log after midnight: check again tomorrow');
  if (result.answer === 'forked') {
    io.out('两份签名的册首互相矛盾，请一并保存 · two signed checkpoints contradict each other, keep both:');
    io.out(`\n${result.held}\n${result.served}`);
  }
  return code;
};

const tellTrue = (io: CommandIo, result: Extract<ReceiptResult, { proof: string }>, key: NoteKey | undefined): void => {
  const { checkpoint, file, leaf, digits, witnesses } = result.outcome;
  const day = leaf.pub['day'];
  io.out(`册 log: ${checkpoint.origin}`);
  io.out(`第 ${file.index} 页，共 ${checkpoint.size} 页 · index ${file.index} of ${checkpoint.size}`);
  io.out(typeof day === 'string' ? `日期 day: ${day}` : `时间 time: ${leaf.at}`);
  io.out(`核对数字 digits: ${digits}`);
  for (const { name, seconds } of witnesses)
    io.out(`见证 witnessed by ${name}: ${new Date(seconds * 1000).toISOString()}`);
  if (result.stale) io.out('注意：册首已超过25小时没有更新 · note: the log was not signed for more than 25 hours');
  if (key === undefined) {
    io.out('公钥由服务器给出，请与墙上公布的核对 · the key came from the server: compare it with the poster');
  } else io.out(`公钥 key: ${formatNoteKey(key)}`);
};

const asJson = (result: ReceiptResult): object =>
  'outcome' in result
    ? {
        answer: result.answer,
        origin: result.outcome.checkpoint.origin,
        index: result.outcome.file.index,
        size: result.outcome.checkpoint.size,
        digits: result.outcome.digits,
        witnesses: result.outcome.witnesses,
        stale: result.stale,
      }
    : result;

/** A value given as text, or a file that holds it. */
const textOrFile = (given: string, cwd: string): string => {
  const file = path.resolve(cwd, given);
  return existsSync(file) ? readFileSync(file, 'utf8') : given;
};

const notChecked = (io: CommandIo, why: string): number => {
  io.err(why);
  return verifyExitCodes['not-checked'];
};
