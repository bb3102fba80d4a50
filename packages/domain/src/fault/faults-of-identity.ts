/** Numbers of persons, bodies and phones; none of them repeats the number. One row a code: see `FAULTS`. */
export const IDENTITY_FAULTS = {
  'identity-number-length': [
    '身份证号有 {found} 位，应为 18 位。',
    '请对照证件补全；15 位旧号请换成 18 位。',
    'The identity number has {found} characters; it needs 18.',
    'Copy it from the card; an old number of 15 digits needs its new form.',
  ],
  'identity-number-characters': [
    '身份证号中有不能出现的字符。',
    '前 17 位是数字，末位是数字或者 X。',
    'The identity number has characters that cannot stand there.',
    'Seventeen digits, then a digit or X.',
  ],
  'identity-number-date': [
    '身份证号中的出生日期不存在，或者在今天之后。',
    '请对照证件核对第 7 至 14 位。',
    'The birthday in the identity number does not exist or lies ahead.',
    'Compare characters 7 to 14 with the card.',
  ],
  'identity-number-check': [
    '身份证号校验位不符，至少有一位写错。',
    '请对照证件逐位核对。',
    'The check character of the identity number does not fit: at least one character is wrong.',
    'Compare it with the card, character by character.',
  ],
  'identity-number-sex': [
    '性别与身份证号不一致。',
    '请核对性别和身份证号第 17 位（单数为男，双数为女）。',
    'The sex does not agree with the identity number.',
    'Check both: character 17 is odd for male, even for female.',
  ],
  'identity-number-birth': [
    '出生日期与身份证号不一致。',
    '请核对出生日期和身份证号第 7 至 14 位。',
    'The birth date does not agree with the identity number.',
    'Check both: characters 7 to 14 are the birthday.',
  ],
  'credit-code-length': [
    '统一社会信用代码有 {found} 位，应为 18 位。',
    '请对照证照补全。',
    'The credit code has {found} characters; it needs 18.',
    'Copy it from the certificate.',
  ],
  'credit-code-characters': [
    '统一社会信用代码中有不能出现的字符。',
    '代码中没有字母 I、O、S、V、Z。',
    'The credit code has characters that cannot stand there.',
    'It never holds the letters I, O, S, V, Z.',
  ],
  'credit-code-check': [
    '统一社会信用代码校验位不符，至少有一位写错。',
    '请对照证照逐位核对。',
    'A check character of the credit code does not fit.',
    'Compare it with the certificate, character by character.',
  ],
  'phone-invalid': [
    '电话号码不对。',
    '请写 11 位手机号，或者区号加座机号。',
    'This is no phone number.',
    'Write a mobile of 11 digits, or area code and land line.',
  ],
} as const;
