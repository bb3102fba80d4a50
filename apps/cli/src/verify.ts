import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  checkReceipt,
  countyDate,
  instantOf,
  parseCertificateCode,
  parseNoteKey,
  parsePolicy,
  parseReceipt,
  type Receipt,
} from '@lianxin/domain';
import { sha256, verifyEd25519 } from './checks.js';
import type { CommandIo, RunCommand } from './command.js';
import { checkCertificateText, checkExportText, checkProofText } from './verify/check-file.js';
import { tellReceipt, verifyExitCodes, type Trust } from './verify/tell.js';
import { tellEqual } from './verify/equal.js';
import { certificateInPdf, isPdf } from './verify/pdf.js';
import { checkBallot } from './verify-ballot/verify-ballot.js';

export { verifyExitCodes } from './verify/tell.js';

const usage = `用法 usage:
  lianxin verify RECEIPT [--url https://…] [--key KEY] [--policy FILE] [--held FILE] [--log COUNTY/YEAR] [--save FILE] [--json]
  lianxin verify FILE.tlog-proof --key KEY [--policy FILE] [--receipt RECEIPT] [--json]
  lianxin verify CERTIFICATE.pdf|CERTIFICATE.json --key KEY [--policy FILE] [--json]
  lianxin verify EXPORT.lianxin-log --key KEY [--policy FILE] [--json]
  lianxin verify ballot FILE.json --key KEY [--policy FILE] [--ack FILE] [--json]
  lianxin verify --equal A.lianxin-county B.lianxin-county      两份整县数据逐表比对 · two exports of a county, table by table
KEY 是公布在墙上的公钥(或存有它的文件)。KEY is the verifier key on the poster, or a file that holds it.`;

/** Settings of one call. */
interface Options {
  readonly url: string | undefined;
  readonly key: string | undefined;
  readonly policy: string | undefined;
  readonly held: string | undefined;
  readonly log: string | undefined;
  readonly save: string | undefined;
  readonly receipt: string | undefined;
  readonly ack: string | undefined;
  readonly json: boolean;
}

/**
 * `lianxin verify`: checks a receipt or a certificate's code against a server, or without any network a proof file, a certificate (PDF or
 * JSON), a whole exported log.
 *
 * It uses nothing of the server's code: whoever checks should not have to trust what is checked.
 */
export const run: RunCommand = async (args, io) => {
  if (args[0] === '--equal') {
    const [, first, second, ...more] = args;
    if (first === undefined || second === undefined || more.length > 0) return notChecked(io, usage);
    return tellEqual(path.resolve(io.cwd, first), path.resolve(io.cwd, second), io);
  }
  const called = parse(args);
  if (called === null) return notChecked(io, usage);
  const { subject, ballot, options } = called;
  const keyText = options.key ?? io.env['LIANXIN_LOG_KEY'];
  const key = keyText === undefined ? undefined : parseNoteKey(sha256, textOrFile(keyText, io.cwd));
  if (key === null) return notChecked(io, '公钥无法辨认 · the key cannot be read');
  const policyText = options.policy;
  const policy = policyText === undefined ? undefined : parsePolicy(sha256, textOrFile(policyText, io.cwd));
  if (policy === null) return notChecked(io, '见证规则无法辨认 · the policy of witnesses cannot be read');
  const trust = { key, policy };
  if (ballot !== undefined) return checkBallot({ file: ballot, ack: options.ack, key, policy, json: options.json }, io);
  const file = path.resolve(io.cwd, subject);
  return existsSync(file) ? offline(readFileSync(file), trust, options, io) : online(subject, trust, options, io);
};

const parse = (args: readonly string[]): { subject: string; ballot: string | undefined; options: Options } | null => {
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
        ack: text,
        json: { type: 'boolean' },
      },
    });
    const [subject, second, ...more] = positionals;
    // Of several things only a ballot is named by its kind first.
    if (subject === undefined || more.length > 0 || (second === undefined) === (subject === 'ballot')) return null;
    const { url, key, policy, held, log, save, receipt, ack, json } = values;
    return {
      subject,
      ballot: second,
      options: { url, key, policy, held, log, save, receipt, ack, json: json === true },
    };
  } catch {
    return null;
  }
};

/** What a file is shows in its first letters; its name may be anything. */
const offline = async (bytes: Buffer, { key, policy }: Trust, options: Options, io: CommandIo): Promise<number> => {
  if (key === undefined) {
    return notChecked(
      io,
      `没有公钥就无法核对：请用 --key 给出墙上公布的公钥。\nWithout the key nothing can be checked: give the one on the poster with --key.`,
    );
  }
  const trust = { key, policy };
  if (isPdf(bytes)) {
    const inside = certificateInPdf(bytes);
    if (inside === null) return notChecked(io, '这份 PDF 里没有证书附件 · there is no certificate inside this PDF');
    return checkCertificateText(inside, trust, io, options.json);
  }
  const text = bytes.toString('utf8');
  if (text.startsWith('{')) return checkCertificateText(text, trust, io, options.json);
  if (text.startsWith('lianxin-log/')) return checkExportText(text, trust, io, options.json);
  const receipt = options.receipt === undefined ? undefined : parseReceipt(options.receipt);
  if (receipt === null) return notChecked(io, '凭条无法辨认 · the receipt cannot be read');
  return checkProofText(text, { ...trust, receipt }, io, options.json);
};

const online = async (subject: string, trust: Trust, options: Options, io: CommandIo): Promise<number> => {
  const receipt: Receipt | null = parseReceipt(subject);
  const certificate = parseCertificateCode(subject);
  if (receipt === null && certificate === null)
    return notChecked(io, `不是凭条，也没有这个文件 · neither a receipt nor a file: ${subject}\n\n${usage}`);
  const address = /^(https?:\/\/[^/#]+)/.exec(subject)?.[1];
  const base = options.url ?? address ?? io.env['LIANXIN_ORIGIN'] ?? `http://localhost:${io.env['PORT'] ?? '3000'}`;
  const held = options.held === undefined ? undefined : readFileSync(path.resolve(io.cwd, options.held), 'utf8');
  const read = readFrom(base);
  try {
    if (certificate !== null) {
      const { county, id } = certificate;
      const text = await textAt(read, `/certificates/${county}/${id}.json`);
      if (text === null) return notChecked(io, '没有这份证书 · there is no such certificate');
      const year = /"origin":"[^"]*\/(\d{4})"/.exec(text)?.[1] ?? '';
      const key = trust.key ?? parseNoteKey(sha256, (await textAt(read, `/log/${county}/${year}/key`)) ?? '');
      const served = parsePolicy(sha256, (await textAt(read, `/log/${county}/${year}/policy`)) ?? '');
      if (key === null || key === undefined) return notChecked(io, '公钥无法取得 · the key cannot be had');
      if (options.save !== undefined) writeFileSync(path.resolve(io.cwd, options.save), text);
      return await checkCertificateText(text, { key, policy: trust.policy ?? served ?? undefined }, io, options.json);
    }
    if (receipt === null) return notChecked(io, usage);
    const result = await checkReceipt(receipt, {
      sha256,
      verify: verifyEd25519,
      read,
      today: countyDate(instantOf(Date.now())),
      now: Date.now(),
      key: trust.key,
      policy: trust.policy,
      held,
      log: options.log,
    });
    if ('proof' in result && options.save !== undefined)
      writeFileSync(path.resolve(io.cwd, options.save), result.proof);
    return tellReceipt(io, options.json, result, trust.key);
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

const textAt = async (read: ReturnType<typeof readFrom>, target: string): Promise<string | null> => {
  const bytes = await read(target);
  return bytes === null ? null : new TextDecoder().decode(bytes);
};

/** A value given as text, or a file that holds it. */
const textOrFile = (given: string, cwd: string): string => {
  const file = path.resolve(cwd, given);
  return existsSync(file) ? readFileSync(file, 'utf8') : given;
};

const notChecked = (io: CommandIo, why: string): number => {
  io.err(why);
  return verifyExitCodes['not-checked'];
};
