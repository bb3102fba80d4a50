/** Registers, scores, assessments, duties and documents. One row a code: see `FAULTS`. */
export const RECORD_FAULTS = {
  'record-locked': [
    '此登记项因“{procedure}”正在办理而锁定。',
    '办理结束后再修改。',
    'The record is locked while “{procedure}” runs.',
    'Change it afterwards.',
  ],
  'record-duplicate': [
    '已有相同的登记项：{key}。',
    '请使用已有的登记项。',
    'A record with the key {key} exists.',
    'Use that record.',
  ],
  'unknown-register': [
    '没有名为 {register} 的登记簿。',
    '请核对政策包。',
    'There is no register {register}.',
    'Check the policy packs.',
  ],
  'reason-missing': ['更正或者冲销须写明理由。', '请填写理由。', 'A correction needs a reason.', 'Give the reason.'],
  'already-reversed': [
    '这条积分已经冲销。',
    '不能重复冲销。',
    'The entry has already been reversed.',
    'It cannot be reversed again.',
  ],
  'cap-reached': [
    '本期积分已达上限 {most}。',
    '超出部分不计。',
    'The cap of {most} for this period is reached.',
    'Nothing more is counted.',
  ],
  'weights-do-not-add-up': [
    '权重合计 {have}，应为 {need}。',
    '请调整权重。',
    'The weights add to {have}, not {need}.',
    'Correct the weights.',
  ],
  'appeal-window-closed': [
    '申诉期已于 {until} 结束。',
    '可以另行反映。',
    'Appeals closed on {until}.',
    'Raise it as a request instead.',
  ],
  'score-forbidden': [
    '不得因“{ground}”加减分。',
    '请删去该条规则或者记录。',
    'Points may not depend on “{ground}”.',
    'Remove the rule or the entry.',
  ],
  'document-empty': [
    '文件没有可以识别的条款。',
    '请上传文字版文件。',
    'No clause was found in the document.',
    'Upload a text version.',
  ],
} as const;
