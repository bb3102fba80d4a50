/** Receipts, intake and imports of matters: what the server may refuse around the procedure kernel. One row a code: see `FAULTS`. */
export const MATTER_FAULTS = {
  'receipt-code-wrong': [
    '凭条号不正确。',
    '请对照凭条逐位核对，共二十一位字母和数字。',
    'This is not a receipt code.',
    'Compare it with the slip: twenty-one letters and digits.',
  ],
  'confirm-secret-needed': [
    '确认结果需要凭条上的确认密码。',
    '请输入密封条上的确认密码。',
    'Confirming a result needs the second secret on the slip.',
    'Enter the secret from the sealed slip.',
  ],
  'complaint-not-grouped': [
    '这件事项不参加比较和归类。',
    '针对人的反映和其他程序中的事项各自办理，不与别的诉求关联。',
    'This matter is not compared or put into a category.',
    'Complaints about a person and matters of other procedures are handled by themselves.',
  ],
  'link-of-itself': [
    '一件事项不能与自己关联。',
    '请选择另一件事项。',
    'A matter cannot be linked with itself.',
    'Choose another matter.',
  ],
  'category-unknown': [
    '分类目录中没有“{category}”。',
    '请从目录中选择。',
    'The tree of categories has no “{category}”.',
    'Choose one from the tree.',
  ],
  'kind-not-offered': [
    '“{place}”目前不受理“{kind}”类诉求。',
    '请改选类别，或者到乡镇服务大厅提出。',
    '“{place}” does not take requests of the kind “{kind}”.',
    'Choose another kind, or ask at the township.',
  ],
} as const;
