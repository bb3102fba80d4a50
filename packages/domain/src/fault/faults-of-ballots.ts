/** Secret ballots: keys, tokens, the box and its count. One row a code: see `FAULTS`. */
export const BALLOT_FAULTS = {
  'ballot-too-few': [
    '人太少，不能无记名：名册上至少 {need} 人，现有 {have} 人。',
    '人少时谁投了什么很容易猜到。请改用当面听取意见，或者并到更大的范围一起测评。',
    'Too few to stay unknown: the roll needs {need} people and has {have}.',
    'Among so few it is easy to guess who said what. Ask in person, or ask a wider circle together.',
  ],
  'ballot-day-wrong': [
    '日期顺序不对：最早 {earliest} 领票，投票不早于领票，截止不早于投票。',
    '票据要先入册公布一天，再开始领票。请改日期。',
    'The days do not follow: tokens from {earliest} at the earliest, then voting, then closing.',
    'The manifest stands in the public log for a day before anybody takes a token. Change the days.',
  ],
  'ballot-host-unknown': [
    '本系统不认识这个地址：{address}。',
    '票箱和第二家签发的地址由管理员写在设置 LIANXIN_BALLOT_HOSTS 里。',
    'This address is not one the installation knows: {address}.',
    'The administrator lists the hosts of box and second issuer in LIANXIN_BALLOT_HOSTS.',
  ],
  'ballot-key-wrong': [
    '{holder}的公钥不对。',
    '请向{holder}重新索取，逐字核对。',
    'The key of {holder} is not one.',
    'Ask {holder} for it again and compare it letter by letter.',
  ],
  'ballot-code-wrong': [
    '领票码不对，或者不是这次投票的。',
    '请核对领票单，或者请工作人员改领纸票。',
    'The code is wrong, or belongs to another ballot.',
    'Check the slip, or ask for a slip of paper instead.',
  ],
  'ballot-not-yet': [
    '还不能领票：{from} 起，而且票据公告入册以后。',
    '请到时再来；也可以到时领纸票。',
    'Tokens are given out from {from}, once the manifest is in the public log.',
    'Come again then; paper is given out then as well.',
  ],
  'ballot-over': ['投票已经截止。', '请看公布的结果。', 'Voting is over.', 'See the result as published.'],
  'ballot-still-open': [
    '还没有截止：{closes} 以后才能封箱。',
    '请等到截止以后。',
    'Voting is not over: the box closes after {closes}.',
    'Wait until then.',
  ],
  'ballot-not-closed': ['还没有封箱。', '请先封箱，再开票。', 'The box has not been closed.', 'Close it first.'],
  'tokens-given': [
    '您的票已经发到另一部手机上，不能再发一次。',
    '请用当时的手机投票；手机丢了的，到投票点办理备用纸票。',
    'Your tokens went to another phone and are not given out twice.',
    'Vote with that phone; if it is lost, ask for a provisional slip at the desk.',
  ],
  'blinded-list-wrong': [
    '领票请求不完整或者已损坏。',
    '请刷新页面再试；手机太旧的，请领纸票。',
    'The request for tokens is incomplete or damaged.',
    'Reload the page and try again; with an old phone take paper.',
  ],
  'channel-taken': [
    '{person}已经用别的方式参加（{channel}），不能再领。',
    '每人只有一种方式。没用过的电子票可以先在手机上作废，再领纸票。',
    '{person} takes part in another way already ({channel}).',
    'Everybody has one way. Unused tokens can be surrendered on the phone first.',
  ],
  'box-not-reached': [
    '票箱没有回答，或者还没有封好。',
    '请确认票箱那台机器开着，再试一次。',
    'The ballot box does not answer, or has not closed yet.',
    'See that its machine is running, and try again.',
  ],
  'ballot-does-not-hold': [
    '核对不通过（{check}）：{what}。',
    '请对照名册、纸票和票箱查明原因；查明以前不开票、不公布。',
    'The check {check} fails: {what}.',
    'Find out why from roll, paper and box; nothing is opened or published before.',
  ],
  'trustee-keys-missing': [
    '开票要两位监票人的私钥，现在有 {have} 把对得上。',
    '请两位监票人各自输入自己的私钥。',
    'Opening takes the keys of two trustees; {have} fit.',
    'Let two trustees enter their own keys.',
  ],
} as const;
