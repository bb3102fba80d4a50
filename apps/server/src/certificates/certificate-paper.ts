import {
  certificateHash,
  countyDate,
  describeThreshold,
  fromHex,
  hashInDigits,
  plainDate,
  Threshold,
  type Certificate,
  type CertifiedShare,
  type CertifiedStep,
  type Instant,
} from '@lianxin/domain';
import { nameSources } from '../http/source-names.js';
import { sha256 } from '../log/index.js';
import { paperDate, pdfOf, type Paper } from '../papers/index.js';

/** The name of the file inside the print. */
export const attachmentName = 'lianxin-certificate.json';

const shareWords = (shares: readonly CertifiedShare[]): string => {
  const one = (share: CertifiedShare) =>
    share.strict ? { moreThan: share.fraction, of: share.of } : { atLeast: share.fraction, of: share.of };
  if (shares.length === 0) return '';
  const threshold = Threshold.safeParse(shares.length === 1 ? shares.map(one)[0] : { anyOf: shares.map(one) });
  return threshold.success ? describeThreshold(threshold.data, 'zh-CN') : '';
};

/** What was asked for in one step and by which articles, in words; empty where the rule sets nothing. */
export const askedWords = (step: CertifiedStep): string => {
  const asked = [
    step.attendance.length === 0 ? '' : `到会须达${shareWords(step.attendance)}`,
    step.approval.length === 0 ? '' : `赞成须达${shareWords(step.approval)}`,
  ]
    .filter((part) => part !== '')
    .join('；');
  return asked === '' || step.source.length === 0 ? asked : `${asked}（${nameSources(step.source).join('、')}）`;
};

const actWords: Readonly<Record<string, string>> = {
  convene: '通知开会',
  pass: '通过',
  reject: '未通过',
  post: '张贴',
  'finish-posting': '期满',
};

/** What was done in a step, in words. */
export const doneWords = (step: CertifiedStep): string => actWords[step.act] ?? '完成';

const number = (step: CertifiedStep, key: string): string => {
  const value = step.counts[key];
  return value === undefined ? '' : String(value);
};

/**
 * The paper 决议证书 of a certificate: what it states, and how to check it. The proof travels inside the print; the text is for people, and the
 * file inside is what is checked.
 */
export const certificatePaper = (certificate: Certificate, origin: string): Paper => {
  const { matter, place, rule, result, steps, publications } = certificate;
  const votes = steps.filter((step) => step.counts['present'] !== undefined);
  const digits = hashInDigits(fromHex(certificateHash(sha256, certificate)) ?? new Uint8Array(32));
  return {
    title: '决议证书',
    issuer: place.names.at(-1) ?? place.division,
    date: countyDate(certificate.issued as Instant),
    blocks: [
      {
        kind: 'paragraph',
        text: `${place.names.join('')}${matter.title === undefined ? '' : `“${matter.title}”`}（编号${matter.number}）按《${rule.title}》办理，于${paperDate(plainDate(result.on))}办结：${result.title}。`,
      },
      { kind: 'heading', level: 1, text: '各环节' },
      {
        kind: 'table',
        head: ['环节', '日期', '机构', '事项', '册页'],
        widths: [0.3, 0.2, 0.2, 0.15, 0.15],
        rows: steps.map((step) => [step.title, step.on, step.body, doneWords(step), String(step.leaf.index)]),
      },
      ...(votes.length === 0
        ? []
        : ([
            { kind: 'heading', level: 1, text: '到会和票数' },
            {
              kind: 'table',
              head: ['环节', '应到', '实到', '赞成', '反对', '弃权'],
              widths: [0.35, 0.13, 0.13, 0.13, 0.13, 0.13],
              right: [1, 2, 3, 4, 5],
              rows: votes.map((step) => [
                step.title,
                ...['entitled', 'present', 'for', 'against', 'abstained'].map((key) => number(step, key)),
              ]),
            },
            ...votes
              .filter((step) => askedWords(step) !== '')
              .map((step) => ({
                kind: 'paragraph' as const,
                text: `${step.title}：${askedWords(step)}。`,
              })),
          ] as const)),
      ...(publications.length === 0
        ? []
        : ([
            { kind: 'heading', level: 1, text: '公示' },
            ...publications.map((one) => ({
              kind: 'paragraph' as const,
              text: `${one.title}：${one.posted}张贴，${one.ended}期满，满${one.days}日${one.asked === undefined ? '' : `（${[`规定${one.asked}日`, ...nameSources(one.source)].join('，')}）`}，异议${one.objections}件。`,
            })),
          ] as const)),
      { kind: 'heading', level: 1, text: '规则和核对' },
      {
        kind: 'paragraph',
        text: `规则：${rule.pack} ${rule.version}，版本哈希 ${rule.hash.slice(0, 16)}…。核对数字：${digits}。`,
      },
      {
        kind: 'paragraph',
        text: `本证书不含姓名。附在本文件内的 ${attachmentName} 才是凭据：扫描二维码，或者用 lianxin verify 核对本文件，不需要网络。证书证明记录在册且未被改动，不证明其内容属实。`,
      },
    ],
    code: {
      text: `${origin}/verify#3.${place.division.slice(0, 6)}.${certificate.id}`,
      caption: '扫码核对',
    },
  };
};

/** The print of a certificate with its file inside; the same certificate and proofs give the same bytes. */
export const certificatePdf = (file: string, certificate: Certificate, origin: string): Promise<Uint8Array> =>
  pdfOf(certificatePaper(certificate, origin), [
    { name: attachmentName, about: '可核对的证书和存证', bytes: new TextEncoder().encode(file) },
  ]);
