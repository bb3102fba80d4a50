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
  'record-key-taken': ['{key} 已经被占用。', '还可以选：{free}。', '{key} is taken.', 'Still free: {free}.'],
  'record-code-wrong': [
    '号码不对，或者与这个地址不配套。',
    '请照登记条重新输入；条子丢了的，请登记单位重打一张。',
    'The code is wrong, or does not belong to this address.',
    'Type it again from the slip; a lost slip is printed anew by the office.',
  ],
  'record-ended': [
    '此登记项已于 {on} 结束。',
    '需要时请另行登记。',
    'The record ended on {on}.',
    'Enter a new one where needed.',
  ],
  'change-before-entry': [
    '变更日期 {on} 早于登记日期 {since}。',
    '请改正日期。',
    'The day {on} lies before the entry on {since}.',
    'Correct the day.',
  ],
  'change-unknown': [
    '没有要更正的变更 {change}。',
    '请从历史中选择。',
    'There is no change {change} to correct.',
    'Choose one from the history.',
  ],
  'change-already-corrected': [
    '这次变更已经更正过。',
    '请更正最新的那一次。',
    'This change was corrected already.',
    'Correct the latest one.',
  ],
  'sheet-column-unknown': [
    '表中没有“{column}”这一栏。',
    '请使用下载的模板：{known}。',
    'There is no column “{column}”.',
    'Use the template: {known}.',
  ],
  'sheet-column-missing': [
    '缺少“{column}”这一栏。',
    '请使用下载的模板。',
    'The column “{column}” is missing.',
    'Use the template.',
  ],
  'sheet-unreadable': [
    '文件不是可以读取的电子表格，或者没有内容。',
    '请上传 xlsx 文件，最多 {most} 行。',
    'The file is no readable spreadsheet, or holds no rows.',
    'Upload an xlsx file of at most {most} rows.',
  ],
  'figures-differ': [
    '{guard}：应为 {need}，合计 {have}，相差 {difference}。',
    '请核对后改正，相等以后再保存。',
    '{guard}: {need} expected, {have} in all, a difference of {difference}.',
    'Correct the figures until they agree.',
  ],
  'unknown-register': [
    '没有名为 {register} 的登记簿。',
    '请核对政策包。',
    'There is no register {register}.',
    'Check the policy packs.',
  ],
  'reason-missing': ['更正或者冲销须写明理由。', '请填写理由。', 'A correction needs a reason.', 'Give the reason.'],
} as const;
