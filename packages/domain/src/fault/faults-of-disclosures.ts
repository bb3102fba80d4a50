/** Boards, notices, papers for everyone, and the committee that watches them. One row a code: see `FAULTS`. */
export const DISCLOSURE_FAULTS = {
  'personal-data-found': [
    '“{field}”第 {at} 个字起有{what}，不能公开。',
    '请删去或者改写，只留办事需要的内容。',
    '“{field}” holds personal data ({what}) from character {at}; it may not be published.',
    'Remove or rewrite it.',
  ],
  'posting-too-short': [
    '公布 {have} 日，少于规定的 {need} 日。',
    '请至少公布 {need} 日。',
    'Posted for {have} days; {need} are required.',
    'Post it for at least {need} days.',
  ],
  'disclosure-unchanged': [
    '内容与第 {version} 版相同。',
    '没有改动就不必再发；需要更正时请改动内容并写明理由。',
    'The text is the same as version {version}.',
    'Change something and give the reason, or leave it.',
  ],
  'disclosure-not-checked': [
    '{checker}还没有审核这一稿。',
    '请先送审；审核同意后再公布。',
    'This draft has not been checked by the {checker}.',
    'Submit it and publish after the check.',
  ],
  'disclosure-item-unknown': [
    '公开目录里没有“{item}”。',
    '请从目录中选择。',
    'The catalogue has no item “{item}”.',
    'Choose one from the catalogue.',
  ],
  'disclosure-withdrawn': [
    '这份公开已于 {on} 撤下。',
    '原文仍可查看；需要时请另行公布。',
    'This was withdrawn on {on}.',
    'It stays readable; publish anew where needed.',
  ],
  'check-own-work': [
    '经手这一稿的人不能审核它。',
    '请由村务监督委员会的其他成员审核。',
    'Whoever drew this draft up may not check it.',
    'Let another member of the committee check it.',
  ],
  'supervisor-barred': [
    '“{name}”是{body}成员，不能担任村务监督委员会成员。',
    '请另选人员。',
    '“{name}” sits on the {body} and may not be a supervisor.',
    'Choose somebody else.',
  ],
  'supervisor-relative': [
    '“{name}”是村民委员会成员“{of}”的近亲属，不能担任村务监督委员会成员。',
    '请另选人员。',
    '“{name}” is a near relative of the committee member “{of}”.',
    'Choose somebody else.',
  ],
} as const;
