/** Why a county's file is not written, read or taken in; the words are for the operator. */
export type CountyFileFault =
  | 'no-such-county'
  | 'attachment-missing'
  | 'not-a-county-file'
  | 'altered'
  | 'passphrase-wrong'
  | 'passphrase-needed'
  | 'schema-differs'
  | 'already-there'
  | 'name-taken'
  | 'key-differs'
  | 'shared-row-differs'
  | 'not-equal';

const words: Readonly<Record<CountyFileFault, readonly [zh: string, en: string]>> = {
  'no-such-county': ['这里没有这个县的数据。', 'There is no such county here.'],
  'attachment-missing': [
    '附件的内容不在文件夹里，导出不完整，已停止。',
    'An attachment’s bytes are not in the folder: an export would not be whole.',
  ],
  'not-a-county-file': ['这不是县数据文件，或者开头已损坏。', 'This is no county file, or its beginning is damaged.'],
  altered: [
    '文件与制作时不同：被改动、截短或损坏。请重新取得原件。',
    'The file is not as it was made: changed, cut short or damaged. Get the original again.',
  ],
  'passphrase-wrong': ['口令不对。', 'The passphrase is wrong.'],
  'passphrase-needed': [
    '导入需要密封部分（册的签名钥匙、密码摘要、联系方式）：请用口令重新导出，并给出口令。',
    'An import needs the sealed part (the log’s key, password hashes, contact data): export with a passphrase, and give it.',
  ],
  'schema-differs': [
    '两边的数据库结构版本不同：请先升级到同一版本。',
    'The two schemas differ: upgrade both to the same version first.',
  ],
  'already-there': [
    '这里已有这个县的数据；县数据只能导入没有它的系统。',
    'This county is here already; it can only be taken in where it is not.',
  ],
  'name-taken': ['这里已有相同的登录名或编号。', 'A log-in name or number of it is taken here.'],
  'key-differs': ['这里已有这个县的另一把签名钥匙。', 'Another signing key of this county is here.'],
  'shared-row-differs': [
    '共用的表里已有同一编号、内容不同的行。',
    'A shared table holds a row of the same key with other content.',
  ],
  'not-equal': [
    '导入后的数据与文件不相等，已全部撤回。',
    'What was taken in does not equal the file; everything was undone.',
  ],
};

/** Thrown when a county's file is refused; nothing was changed. */
export class CountyFileRefused extends Error {
  readonly fault: CountyFileFault;
  readonly detail: string;
  constructor(fault: CountyFileFault, detail = '') {
    super(`${words[fault][0]}${words[fault][1]}${detail === '' ? '' : ` (${detail})`}`);
    this.name = 'CountyFileRefused';
    this.fault = fault;
    this.detail = detail;
  }
}
