import {
  ackMessage,
  checkProofFile,
  choicesOf,
  finishTokens,
  fromBase64Url,
  hashOfToken,
  manifestId,
  parseNoteKey,
  returnSlip,
  sealChoice,
  takeTokens,
  toBase64Url,
  toHex,
} from '@lianxin/domain';
import { verifyEd25519Plainly } from '../verify/ed25519.js';
import { phoneTools } from './phone-tools.js';

/*
 * The voting page 投票页: takes tokens of two issuers, seals the choices, hands them to the box one by one, keeps the receipts on this phone.
 * What somebody chose is sealed before anything is kept or sent; afterwards the phone itself cannot tell it any more.
 */

const element = (id) => document.getElementById(id);
const [, , county, ballot] = location.pathname.split('/');
const home = `/api/public-ballots/${county}/${ballot}`;

const say = (zh, en, tone = '') => {
  const box = element('say');
  box.textContent = '';
  const main = document.createElement('strong');
  main.textContent = zh;
  const small = document.createElement('span');
  small.className = 'hint';
  small.lang = 'en';
  small.textContent = en;
  box.append(main, small);
  box.dataset.tone = tone;
  box.hidden = false;
};

/** No cookie, no address of this page: the box is to know nothing but the vote. */
const ask = (address, body) =>
  fetch(address, {
    cache: 'no-store',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    ...(body === undefined
      ? {}
      : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });

/* What stays on this phone: the list asked for, the tokens, the sealed votes with what the box said. Never a choice in the clear. */
let name = '';
const memory = () => {
  try {
    return JSON.parse(localStorage.getItem(`lianxin-ballot ${name}`) ?? '{}');
  } catch {
    return {};
  }
};
const keep = (more) => localStorage.setItem(`lianxin-ballot ${name}`, JSON.stringify({ ...memory(), ...more }));

const packed = (taking) => ({
  blinded: taking.blinded,
  tokens: taking.tokens.map(({ question, token, blinding }) => ({
    question,
    token: toBase64Url(token),
    blinding: Object.fromEntries(
      ['a', 'b'].map((who) => [
        who,
        { blinded: toBase64Url(blinding[who].blinded), inverse: toBase64Url(blinding[who].inverse) },
      ]),
    ),
  })),
});
const unpacked = (kept) => ({
  blinded: kept.blinded,
  tokens: kept.tokens.map(({ question, token, blinding }) => ({
    question,
    token: fromBase64Url(token),
    blinding: Object.fromEntries(
      ['a', 'b'].map((who) => [
        who,
        { blinded: fromBase64Url(blinding[who].blinded), inverse: fromBase64Url(blinding[who].inverse) },
      ]),
    ),
  })),
});

const verify = async (publicKey, message, signature) => {
  try {
    const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', key, signature, message);
  } catch {
    return verifyEd25519Plainly(publicKey, message, signature);
  }
};

/** Whether this very manifest, and with it the keys, stands in the public log: a key of one's own for one voter is found out here. */
const isLogged = async (info) => {
  if (info.proof === null) return false;
  const year = /\/(\d{4})$/m.exec(info.proof.match(/^\S+\/\d{6}\/\d{4}$/m)?.[0] ?? '')?.[1];
  const answer = await ask(`/log/${county}/${year ?? info.manifest.tokensFrom.slice(0, 4)}/key`);
  const key = parseNoteKey(phoneTools.sha256, (await answer.text()).trim());
  if (key === null) return false;
  const outcome = await checkProofFile(info.proof, { sha256: phoneTools.sha256, verify, key });
  return outcome.holds && outcome.leaf.k === 'ballot.manifest' && outcome.leaf.pub.manifest === name;
};

let info;

const show = (...ids) => {
  for (const id of ['take', 'vote', 'kept', 'paper', 'results']) element(id).hidden = !ids.includes(id);
};

const labelOf = (choice) => info.manifest.labels?.[choice] ?? choice;

const buildQuestions = () => {
  const list = element('questions');
  if (list.childElementCount > 0) return;
  for (const [at, { id, title, choices }] of info.manifest.questions.entries()) {
    const set = document.createElement('fieldset');
    const legend = document.createElement('legend');
    legend.textContent = `${at + 1}. ${title}`;
    set.append(legend);
    for (const choice of [...choices, '']) {
      const label = document.createElement('label');
      label.className = 'choice';
      const input = document.createElement('input');
      input.type = 'radio';
      input.name = id;
      input.value = choice;
      input.required = true;
      label.append(input, ` ${choice === '' ? '弃权 · abstain' : labelOf(choice)}`);
      set.append(label);
    }
    list.append(set);
  }
};

const refusals = {
  'code-wrong': ['第二家的领票码不对。', 'The second code is wrong.'],
  'tokens-given': ['您的票已经发到另一部手机上。', 'Your tokens went to another phone.'],
  'not-yet': ['还没有到时间。', 'It is not time yet.'],
  closed: ['投票已经截止。', 'Voting is over.'],
  surrendered: ['这张票已经作废，请用纸票。', 'These tokens were given up; use paper.'],
};
const refused = async (answer) => {
  const body = await answer.json().catch(() => ({}));
  if (body.faults?.length > 0) return say(`${body.faults[0].what}${body.faults[0].cure}`, body.faults[0].code, 'bad');
  const [zh, en] = refusals[body.refusal] ?? ['没有成功，请再试一次。', `Not done (${body.refusal ?? answer.status}).`];
  return say(zh, en, 'bad');
};

const taking = async (event) => {
  event.preventDefault();
  say('正在领票，请稍候……', 'Taking tokens …');
  await new Promise((resolve) => setTimeout(resolve, 30));
  // Kept before the first try: asked again after a lost line, both issuers give the same signatures.
  if (memory().taking === undefined) keep({ taking: packed(takeTokens(phoneTools, info.manifest)) });
  const own = unpacked(memory().taking);
  const first = await ask(`${home}/tokens`, { code: element('code-a').value, blinded: own.blinded.a });
  if (!first.ok) return refused(first);
  const given = await first.json();
  const second = await ask(`${info.issuerUrl}/tokens`, { code: element('code-b').value, blinded: own.blinded.b });
  if (!second.ok) return refused(second);
  const { signed } = await second.json();
  const tokens = finishTokens(phoneTools, info.manifest, own, { a: given.signed, b: signed });
  if (tokens === null)
    return say(
      '签发的票与公告的公钥不符，不能用。请告诉村务监督委员会。',
      'The signatures are not those of the announced keys. Tell the supervision committee.',
      'bad',
    );
  keep({ tokens, number: given.number, salt: given.salt });
  say('票已经在这部手机里。', 'The tokens are on this phone.', 'good');
  return stand();
};

/** A number below `most` from the browser's own chance. */
const below = (most) => (crypto.getRandomValues(new Uint32Array(1))[0] / 2 ** 32) * most;

const shuffled = (list) => {
  const rest = [...list];
  for (let at = rest.length - 1; at > 0; at -= 1) {
    const other = Math.floor(below(at + 1));
    [rest[at], rest[other]] = [rest[other], rest[at]];
  }
  return rest;
};

const handIn = async () => {
  const { votes } = memory();
  for (const at of shuffled(votes.keys())) {
    const { entry, ack } = memory().votes[at];
    if (ack !== undefined) continue;
    const left = memory().votes.filter((one) => one.ack === undefined).length;
    say(
      `正在分开交票，还有 ${left} 张。请不要关掉本页。`,
      `${left} left to hand in, at random moments. Keep this page open.`,
    );
    await new Promise((resolve) => setTimeout(resolve, below(info.wait * 1000)));
    const answer = await ask(`${info.boxUrl}/votes`, entry);
    if (!answer.ok) return refused(answer);
    const given = (await answer.json()).ack;
    const message = ackMessage(phoneTools.sha256, manifestId(phoneTools.sha256, info.manifest), entry);
    if (!(await verify(fromBase64Url(info.manifest.boxKey), message, fromBase64Url(given))))
      return say('票箱的回执不对，请告诉村务监督委员会。', 'The receipt of the box is not genuine.', 'bad');
    const now = memory().votes;
    now[at] = { entry, ack: given };
    keep({ votes: now });
  }
  say('票已经投进票箱。', 'Your vote is in the box.', 'good');
  return stand();
};

const voting = async (event) => {
  event.preventDefault();
  const chosen = new FormData(event.target);
  say('正在密封……', 'Sealing …');
  await new Promise((resolve) => setTimeout(resolve, 30));
  const votes = [];
  for (const token of memory().tokens) {
    const choice = token.question === returnSlip ? 'returned' : chosen.get(token.question);
    if (choice === null || (choice !== '' && !choicesOf(info.manifest, token.question).includes(choice))) return;
    const hash = hashOfToken(phoneTools.sha256, token);
    const place = {
      manifest: info.manifest,
      ballot: manifestId(phoneTools.sha256, info.manifest),
      question: token.question,
      hash,
    };
    votes.push({ entry: { ...token, ...(await sealChoice(phoneTools, place, choice)) } });
  }
  keep({ votes });
  event.target.reset();
  show();
  await handIn();
};

const giveUp = async () => {
  for (const { question, token, a, b } of shuffled(memory().tokens)) {
    const answer = await ask(`${info.boxUrl}/surrenders`, { question, token, a, b });
    if (!answer.ok) return refused(answer);
  }
  keep({ surrendered: true });
  say(
    '电子票已经作废。请把本页给工作人员看，领纸票。',
    'The tokens are void. Show this page at the desk for paper.',
    'good',
  );
  return stand();
};

const saveReceipts = () => {
  const { votes, number, salt } = memory();
  const acks = votes.map(({ entry, ack }) => ({ entry, signature: ack }));
  const file = new Blob([JSON.stringify({ ballot: name, number, salt, acks }, null, 2)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `ballot-receipt-${name.slice(0, 8)}.json`;
  link.click();
};

const showResults = async () => {
  const list = element('counts');
  list.textContent = '';
  for (const { id, title, choices } of info.manifest.questions) {
    const result = info.results[id];
    const heading = document.createElement('h3');
    heading.textContent = title;
    const line = document.createElement('p');
    line.textContent =
      result?.counts === undefined
        ? '收回太少，不公布 · withheld, too few'
        : [...choices, '']
            .map((choice) => `${choice === '' ? '弃权' : labelOf(choice)} ${result.counts[choice] ?? 0}`)
            .join('；');
    list.append(heading, line);
  }
  const { votes } = memory();
  element('file').href = `${home}/file`;
  if (votes === undefined) return;
  const { boards } = await (await ask(`${home}/file`)).json();
  const missing = votes.filter(
    ({ entry }) =>
      !boards[entry.question]?.some((one) => JSON.stringify(one) === JSON.stringify(sameOrder(one, entry))),
  );
  element('tracked').textContent =
    missing.length === 0
      ? '您的票都在公示票箱里，一字不差。 · Your votes are on the board, unchanged.'
      : `有 ${missing.length} 张票不在公示票箱里！请保存回执，交给村务监督委员会。 · ${missing.length} of your votes are missing: keep the receipts.`;
};
const sameOrder = (like, entry) => Object.fromEntries(Object.keys(like).map((key) => [key, entry[key]]));

/** Shows what can be done now. */
const stand = () => {
  const kept = memory();
  const { state, today, manifest } = info;
  if (state === 'published' || state === 'withheld') {
    show('results', ...(kept.votes === undefined ? [] : ['kept']));
    return showResults();
  }
  const cast = kept.votes?.every(({ ack }) => ack !== undefined) === true;
  if (kept.surrendered) return show();
  if (cast) return show('kept');
  if (kept.votes !== undefined) {
    show();
    return handIn();
  }
  if (today > manifest.closes || state !== 'open') {
    show();
    return say('投票已经截止，等待开票。', 'Voting is over; the count follows.');
  }
  if (kept.tokens !== undefined) {
    buildQuestions();
    if (today < manifest.opens) {
      show('paper');
      return say(
        `票在这部手机里。${manifest.opens} 起投票。`,
        `The tokens are here. Voting begins on ${manifest.opens}.`,
        'good',
      );
    }
    return show('vote', 'paper');
  }
  if (today < manifest.tokensFrom) {
    show();
    return say(`${manifest.tokensFrom} 起领票。`, `Tokens are given out from ${manifest.tokensFrom}.`);
  }
  return show('take');
};

const begin = async () => {
  const able = typeof BigInt === 'function' && globalThis.crypto?.subtle !== undefined;
  if (!able)
    return say(
      '这个浏览器不能投票。请换手机自带的浏览器，或者领纸票。',
      'This browser cannot do it. Use another, or paper.',
      'bad',
    );
  const answer = await ask(home);
  if (!answer.ok) return say('没有这次投票。', 'There is no such ballot.', 'bad');
  info = await answer.json();
  name = toHex(manifestId(phoneTools.sha256, info.manifest));
  element('title').textContent = info.manifest.title;
  document.title = info.manifest.title;
  element('digits').textContent = (name.slice(0, 32).match(/.{4}/g) ?? []).join(' ');
  element('days').textContent = `${info.manifest.tokensFrom} → ${info.manifest.opens} → ${info.manifest.closes}`;
  const entitled = Object.values(info.manifest.entitled).reduce((sum, one) => sum + one, 0);
  element('entitled').textContent = `${entitled}`;
  element('facts').hidden = false;
  if (!(await isLogged(info)))
    return say(
      '票据公告还没有入册，或者与册上的不符，现在不能领票。',
      'The manifest is not in the public log as shown here; nothing can be taken.',
      'bad',
    );
  element('logged').textContent =
    info.logged === 'witnessed' ? '已入册，有见证 · in the log, witnessed' : '已入册 · in the log';
  return stand();
};

const guarded = (work) => (event) =>
  Promise.resolve(work(event)).catch(() =>
    say('网络不通，请再试一次；已经做的不会丢。', 'No connection. Try again; nothing is lost.', 'bad'),
  );
element('take-form').addEventListener('submit', (event) => {
  event.preventDefault();
  void guarded(taking)(event);
});
element('vote-form').addEventListener('submit', (event) => {
  event.preventDefault();
  void guarded(voting)(event);
});
element('give-up').addEventListener('click', () => void guarded(giveUp)());
element('save').addEventListener('click', saveReceipts);
void guarded(begin)();
