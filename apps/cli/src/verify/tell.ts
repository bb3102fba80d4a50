import {
  formatNoteKey,
  receiptAnswerWords,
  type CertificateDifference,
  type Difference,
  type LogExportDifference,
  type NoteKey,
  type ReceiptAnswer,
  type ReceiptResult,
  type Witnessed,
  type WitnessPolicy,
} from '@lianxin/domain';
import type { CommandIo } from '../command.js';

/** What the checker brings along, from a poster. */
export interface Trust {
  readonly key: NoteKey | undefined;
  readonly policy: WitnessPolicy | undefined;
}

/** Exit codes, so that a script can ask too. 0 is true; everything else says why not. */
export const verifyExitCodes: Readonly<Record<ReceiptAnswer | 'not-checked', number>> = {
  'true-witnessed': 0,
  'true-not-witnessed': 0,
  differs: 1,
  forked: 2,
  received: 3,
  'not-checked': 4,
};

/** Why something does not hold, for people. */
export const differenceWords: Readonly<
  Record<Difference | CertificateDifference | LogExportDifference | 'not-found', string>
> = {
  unreadable: '不是存证文件、证书或整册，或已损坏 · not a proof file, certificate or exported log, or damaged',
  'other-log': '属于另一本册 · belongs to another log',
  'not-signed': '签名不是这本册的公钥所签 · not signed by the log’s key',
  'witness-forged': '见证签名是伪造的，或被改动 · a cosignature was forged or changed',
  'unknown-signature':
    '有一行签名不是已知的人所签(可用 --policy 给出见证规则) · a signature of nobody known; give the policy of witnesses with --policy',
  'not-in-log': '不在册上所说的位置 · not where the log should have it',
  'not-in-day': '不在当日的存证之中 · not among the entries of its day',
  'other-receipt': '凭条属于另一条记录 · the receipt belongs to another entry',
  'not-found': '册上没有这张凭条的记录 · the log has no entry for this receipt',
  'certificate-changed': '证书与册上所记的哈希不符，已被改动 · the certificate is not the one whose hash is in the log',
  'step-differs': '有一个环节与它的册页不符 · a step is not what its leaf says',
  'count-differs': '人数或票数不符合规则 · the counts do not reach what the rule asks for',
  'publication-differs': '公示的天数不符 · the days of a publication differ',
  'root-differs': '全部册页与签过名的册首不符 · the leaves do not have the root that was signed',
  'leaf-wrong': '有一页的编号或前页不对 · a leaf has the wrong number or predecessor',
  'day-differs': '有一天的存证与它的册页不符 · the entries of a day are not those of its leaf',
};

/** Says true, and who saw it. */
export const tellAnswer = (io: CommandIo, answer: ReceiptAnswer, witnesses: readonly Witnessed[] = []): number => {
  const words = receiptAnswerWords[answer];
  io.out(`${words.zh} · ${words.en}`);
  for (const { name, seconds } of witnesses)
    io.out(`见证 witnessed by ${name}: ${new Date(seconds * 1000).toISOString()}`);
  return verifyExitCodes[answer];
};

/** Tells what came of checking a receipt or a proof file. */
export const tellReceipt = (io: CommandIo, json: boolean, result: ReceiptResult, key: NoteKey | undefined): number => {
  const code = verifyExitCodes[result.answer];
  if (json) {
    io.out(JSON.stringify(asJson(result), null, 2));
    return code;
  }
  tellAnswer(io, result.answer, 'outcome' in result ? result.outcome.witnesses : []);
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
  const { checkpoint, file, leaf, digits } = result.outcome;
  const day = leaf.pub['day'];
  io.out(`册 log: ${checkpoint.origin}`);
  io.out(`第 ${file.index} 页，共 ${checkpoint.size} 页 · index ${file.index} of ${checkpoint.size}`);
  io.out(typeof day === 'string' ? `日期 day: ${day}` : `时间 time: ${leaf.at}`);
  io.out(`核对数字 digits: ${digits}`);
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
