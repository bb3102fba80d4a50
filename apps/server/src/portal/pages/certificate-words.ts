import type { Language } from '../components/language.js';

const zh = {
  title: '决议证书',
  list: '决议证书',
  listLead:
    '每一件办结的决策都有一张证书：多少人到会、多少票、按哪条规则、公示了多少天。点进去就能用自己的手机核对，不用相信村里，也不用相信服务器。',
  more: '看决议证书',
  listEmpty: '这里还没有决议证书。决策办结之后，证书自动出现在这里。',
  holds: '核算相符',
  differs: '核算不相符',
  differsText: '这份证书与公开册不相符，请保存本页并告诉监督委员会。',
  byServer: '这一行是服务器算的。要自己核对，请按下面的“我自己核对”：由您的手机重新核算。',
  none: '没有这份证书，或者它还没有入册。',
  noneCure: '刚办结的决策请过一分钟再看；地址请按证书上的抄写。',
  matter: '事项',
  place: '地点',
  rule: '规则',
  result: '结果',
  issued: '出证',
  steps: '各环节',
  publications: '公示',
  counts: (counts: Readonly<Record<string, number>>): string =>
    (
      [
        ['entitled', '应到'],
        ['present', '实到'],
        ['for', '赞成'],
        ['against', '反对'],
        ['abstained', '弃权'],
      ] as const
    )
      .flatMap(([key, word]) => (counts[key] === undefined ? [] : [`${word} ${counts[key]}`]))
      .join('，'),
  page: (index: number): string => `公开册第 ${index} 页`,
  stood: (posted: string, ended: string, days: number, asked: number | undefined): string =>
    `${posted}张贴，${ended}期满，满 ${days} 日${asked === undefined ? '' : `（规定 ${asked} 日）`}`,
  objections: (count: number): string => `异议 ${count} 件`,
  verify: '我自己核对',
  pdf: '打印（PDF，内含存证）',
  json: '下载证书文件',
  code: '扫码核对这份证书',
  limits: '证书证明这些记录在册、之后没有被改动，不证明记录的内容属实。证书里没有姓名。',
};

const en: typeof zh = {
  title: 'Certificate of a decision',
  list: 'Certificates of decisions',
  listLead:
    'Every decision that has ended has a certificate: who came, the votes, the rule, the days on the wall. Open one and check it with your own phone, trusting neither village nor server.',
  more: 'Certificates of decisions',
  listEmpty: 'No certificate yet. One appears here as soon as a decision is finished.',
  holds: 'Everything agrees',
  differs: 'Does not agree',
  differsText:
    'This certificate does not agree with the public log. Keep this page and tell the supervision committee.',
  byServer:
    'The server computed this line. To check it yourself, press “Check it myself”: your own device computes it again.',
  none: 'There is no such certificate, or it is not in the log yet.',
  noneCure: 'Look again in a minute where the decision has just ended; else copy the address from the certificate.',
  matter: 'Matter',
  place: 'Place',
  rule: 'Rule',
  result: 'Result',
  issued: 'Issued',
  steps: 'Steps',
  publications: 'Publications',
  counts: (counts) =>
    (
      [
        ['entitled', 'entitled'],
        ['present', 'present'],
        ['for', 'for'],
        ['against', 'against'],
        ['abstained', 'abstained'],
      ] as const
    )
      .flatMap(([key, word]) => (counts[key] === undefined ? [] : [`${word} ${counts[key]}`]))
      .join(', '),
  page: (index) => `leaf ${index} of the public log`,
  stood: (posted, ended, days, asked) =>
    `posted ${posted}, full ${ended}, ${days} full days${asked === undefined ? '' : ` (${asked} are asked for)`}`,
  objections: (count) => `${count} objections`,
  verify: 'Check it myself',
  pdf: 'Print (PDF with the proof inside)',
  json: 'Download the file',
  code: 'Scan to check this certificate',
  limits:
    'The certificate shows that these entries were in the log and have not changed since, not that they are true. It holds no name.',
};

/** The words of certificates 决议证书, in the reader's language. */
export const certificateWords = (language: Language): typeof zh => (language === 'en' ? en : zh);
