import {
  certificateCheckWords,
  checkCertificate,
  checkProofFile,
  checkReceipt,
  filesInPdf,
  formatNoteKey,
  parseCertificateCode,
  parseCertificateFile,
  parseCheckpointBody,
  parseNote,
  parseNoteKey,
  parseProofFile,
  parseReceipt,
  parsePolicy,
  receiptAnswerWords,
  trueAnswer,
} from '@lianxin/domain';
import { verifyEd25519Plainly } from './ed25519.js';
import { sha256 } from './sha2.js';

/* The checking page 核对页: glue between the form and the functions that decide. It asks the server for whole days only. */

const element = (id) => document.getElementById(id);

/** The browser's own Ed25519 where there is one, ours elsewhere. */
const verify = async (publicKey, message, signature) => {
  try {
    const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', key, signature, message);
  } catch {
    return verifyEd25519Plainly(publicKey, message, signature);
  }
};

/** The check that is running, one at a time; undefined while nobody waits. */
let running;

/** The words are on the screen before what follows is computed; a page in the background shows nothing, so it does not wait. */
const shown = () =>
  new Promise((done) => {
    if (document.hidden) return done();
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', done, { once: true });
    port1.start();
    return requestAnimationFrame(() => port2.postMessage(null));
  });

/** Says what is being done now, on the screen and to a screen reader. Throws once the reader has pressed stop. */
const doing = async (words) => {
  if (running.signal.aborted) throw new Error('stopped');
  element('doing').textContent = words;
  await shown();
  if (running.signal.aborted) throw new Error('stopped');
};

const read = async (path) => {
  running.parts += 1;
  await doing(
    path.startsWith('/certificates/')
      ? '正在读取证书…… Reading the certificate…'
      : `正在向公开册读取，第 ${running.parts} 份…… Asking the log, part ${running.parts}…`,
  );
  const answer = await fetch(path, { cache: 'no-store', credentials: 'omit', signal: running.signal });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  await doing('已经读到，正在核算…… Read, computing…');
  return bytes;
};

const beforeLeaf = (leaf, of) => doing(`正在核算第 ${leaf} 页，共 ${of} 页…… Computing leaf ${leaf} of ${of}…`);

/** What an earlier check left here: the key and the last checkpoint of a log, public both. */
const remembered = (kind, origin) => {
  try {
    return localStorage.getItem(`lianxin-${kind} ${origin}`) ?? undefined;
  } catch {
    return undefined;
  }
};
const remember = (kind, origin, value) => {
  try {
    localStorage.setItem(`lianxin-${kind} ${origin}`, value);
  } catch {
    // A browser that keeps nothing checks as well; it only notices a fork later.
  }
};

const differences = {
  unreadable: '不是存证文件，或已损坏。Not a proof file, or damaged.',
  'other-log': '存证文件属于另一本册。The file belongs to another log.',
  'not-signed': '签名与公钥不符。The signature is not of this key.',
  'witness-forged': '见证签名是伪造的，或被改动。A cosignature was forged or changed.',
  'not-in-log': '不在册上所说的位置。Not where the log should have it.',
  'not-in-day': '不在当日的存证之中。Not among the entries of its day.',
  'other-receipt': '凭条属于另一条记录。The receipt belongs to another entry.',
  'not-found': '册上没有这张凭条的记录。The log has no entry for this receipt.',
  'unknown-signature': '有一行签名不是已知的人所签。A signature is of nobody known; give the policy of witnesses.',
  'certificate-changed': '证书已被改动。The certificate was changed.',
  'step-differs': '有一个环节与它的册页不符。A step is not what its leaf says.',
  'count-differs': '人数或票数不符合规则。The counts do not reach what the rule asks for.',
  'publication-differs': '公示的天数不符。The days of a publication differ.',
};

const show = (answer, words, why, facts = [], evidence = '', proof = '') => {
  const box = element('answer');
  box.hidden = false;
  box.dataset.answer = answer;
  element('verdict').textContent = words;
  element('why').textContent = why;
  element('facts').replaceChildren(
    ...facts.flatMap(([term, value]) => {
      const dt = document.createElement('dt');
      const dd = document.createElement('dd');
      dt.textContent = term;
      dd.textContent = value;
      return [dt, dd];
    }),
  );
  element('evidence').hidden = evidence === '';
  element('evidence').textContent = evidence;
  element('print').hidden = evidence === '';
  const keep = element('keep');
  keep.hidden = proof === '';
  if (proof !== '') keep.href = URL.createObjectURL(new Blob([proof], { type: 'text/plain' }));
  box.focus();
};

const refuse = (why) => show('not-checked', '无法核对 Could not be checked', why);

const tell = (result, key, given) => {
  const { zh, en } = receiptAnswerWords[result.answer];
  const words = `${zh} · ${en}`;
  if (result.answer === 'differs') return show('differs', words, differences[result.difference]);
  if (result.answer === 'received') {
    return show(
      'received',
      words,
      '当日的记录在次日凌晨入册，请隔日再查。Entries join the log after midnight: check again tomorrow.',
    );
  }
  if (result.answer === 'forked') {
    return show(
      'forked',
      words,
      '两份签名的册首互相矛盾，请打印保存。Two signed checkpoints contradict each other: keep both.',
      [],
      `${result.held}\n${result.served}`,
    );
  }
  const { checkpoint, file, leaf, digits, witnesses } = result.outcome;
  const keyText = formatNoteKey(key);
  remember('key', checkpoint.origin, keyText);
  remember('checkpoint', checkpoint.origin, file.checkpoint);
  const advice = [
    ...(given ? [] : ['请把下面的公钥与墙上公布的核对一次。Compare the key below with the poster once.']),
    ...(result.stale ? ['册首已超过25小时没有更新。The log was not signed for more than 25 hours.'] : []),
  ];
  return show(
    result.answer,
    words,
    advice.join(' '),
    [
      ['册 Log', checkpoint.origin],
      ['页 Index', `${file.index} / ${checkpoint.size}`],
      ['日期 Day', leaf.pub.day ?? leaf.at],
      ['核对数字 Digits', digits],
      ...witnesses.map(({ name, seconds }) => ['见证 Witness', `${name} ${new Date(seconds * 1000).toISOString()}`]),
      ['公钥 Key', keyText],
    ],
    '',
    result.proof,
  );
};

/** The certificate inside a chosen file, JSON or PDF; undefined where it is something else. */
const certificateIn = async (bytes) => {
  const head = new TextDecoder().decode(bytes.slice(0, 5));
  if (head.startsWith('{')) return new TextDecoder().decode(bytes);
  if (head !== '%PDF-') return undefined;
  const texts = [];
  for (const { bytes: packed, deflated } of filesInPdf(bytes)) {
    try {
      const body = new Blob([packed]).stream();
      const plain = deflated ? body.pipeThrough(new DecompressionStream('deflate')) : body;
      texts.push(await new Response(plain).text());
    } catch {
      // A damaged file inside is as good as none.
    }
  }
  return texts.find((text) => parseCertificateFile(text) !== null) ?? texts[0] ?? '';
};

/** Checks a certificate; key and policy come from the form, from an earlier check, or from the server where there is one. */
const checkCertificateHere = async (text, given, policyGiven, connected) => {
  const certificate = parseCertificateFile(text)?.certificate;
  const origin = certificate?.steps.at(-1)?.leaf.origin ?? '';
  const [, county, year] = /\/(\d{6})\/(\d{4})$/.exec(origin) ?? [];
  const served = async (what) => {
    const bytes = connected && county !== undefined ? await read(`/log/${county}/${year}/${what}`) : null;
    return bytes === null ? '' : new TextDecoder().decode(bytes);
  };
  const key =
    given ??
    parseNoteKey(sha256, remembered('key', origin) ?? '') ??
    parseNoteKey(sha256, await served('key')) ??
    undefined;
  if (certificate !== undefined && key === undefined)
    return refuse('请填写墙上公布的公钥。Give the key on the poster.');
  const policy =
    policyGiven ??
    parsePolicy(sha256, remembered('policy', origin) ?? '') ??
    parsePolicy(sha256, await served('policy')) ??
    undefined;
  const checked =
    certificate === undefined
      ? { holds: false, difference: 'unreadable' }
      : await checkCertificate(text, { sha256, verify, key, policy, beforeLeaf });
  if (!checked.holds) {
    const { zh, en } = receiptAnswerWords.differs;
    return show('differs', `${zh} · ${en}`, differences[checked.difference]);
  }
  const { outcome, checks } = checked;
  const answer = trueAnswer(outcome);
  const { zh, en } = receiptAnswerWords[answer];
  const words = certificateCheckWords(checks);
  const { matter, place, rule, result, steps } = checked.certificate;
  remember('key', origin, formatNoteKey(key));
  const votes = steps.filter((step) => step.counts.present !== undefined);
  return show(
    answer,
    `${zh} · ${en}`,
    `${words.zh} ${words.en}${given === undefined ? ' 请把下面的公钥与墙上公布的核对一次。Compare the key below with the poster once.' : ''}`,
    [
      ['事项 Matter', `${matter.title ?? ''} ${matter.number}`],
      ['地点 Place', place.names.join(' ')],
      ['规则 Rule', `${rule.title} ${rule.version} ${rule.hash.slice(0, 16)}…`],
      ...votes.map((step) => [
        step.title,
        ['entitled 应到', 'present 实到', 'for 赞成', 'against 反对', 'abstained 弃权']
          .flatMap((name) => {
            const [count, word] = name.split(' ');
            return step.counts[count] === undefined ? [] : [`${word} ${step.counts[count]}`];
          })
          .join('，'),
      ]),
      ['结果 Result', `${result.title} ${result.on}`],
      ...outcome.witnesses.map(({ name, seconds }) => [
        '见证 Witness',
        `${name} ${new Date(seconds * 1000).toISOString()}`,
      ]),
      ['公钥 Key', formatNoteKey(key)],
    ],
  );
};

const originIn = (proof) => parseCheckpointBody(parseNote(parseProofFile(proof)?.checkpoint ?? '')?.text ?? '')?.origin;

const check = async () => {
  const receiptText = element('receipt').value.trim();
  const keyText = element('key').value.trim();
  const [chosen] = element('file').files;
  if (chosen !== undefined) await doing('正在打开文件…… Opening the file…');
  const bytes = chosen === undefined ? undefined : new Uint8Array(await chosen.arrayBuffer());
  const certificateText = bytes === undefined ? undefined : await certificateIn(bytes);
  const held = bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  const code = parseCertificateCode(receiptText);
  const receipt =
    code !== null || certificateText !== undefined
      ? undefined
      : receiptText === ''
        ? undefined
        : parseReceipt(receiptText);
  if (receipt === null) return refuse('凭条文字不完整或有误。The receipt is incomplete or wrong.');
  if (receipt === undefined && held === undefined && code === null)
    return refuse('请填写凭条，或选择存证文件。Give a receipt or a proof file.');
  let key = keyText === '' ? undefined : parseNoteKey(sha256, keyText);
  if (key === null) return refuse('公钥有误。The key is wrong.');

  const policyText = element('policy').value.trim();
  const policy = policyText === '' ? undefined : parsePolicy(sha256, `${policyText}\n`);
  if (policy === null) return refuse('见证规则有误。The policy of witnesses is wrong.');

  const connected = location.protocol.startsWith('http');
  if (certificateText !== undefined) return checkCertificateHere(certificateText, key, policy, connected);
  if (code !== null) {
    if (!connected) return refuse('没有网络时请选择证书文件。Without a network choose the certificate’s file.');
    const text = await read(`/certificates/${code.county}/${code.id}.json`);
    if (text === null)
      return refuse('没有这份证书，或者它还没有入册。There is no such certificate, or it is not in the log yet.');
    return checkCertificateHere(new TextDecoder().decode(text), key, policy, connected);
  }
  if (receipt === undefined || !connected) {
    if (held === undefined) return refuse('没有网络时请选择存证文件。Without a network choose a proof file.');
    const origin = originIn(held);
    const earlier = origin === undefined ? undefined : remembered('key', origin);
    if (key === undefined && earlier !== undefined) key = parseNoteKey(sha256, earlier) ?? undefined;
    if (key === undefined) return refuse('请填写墙上公布的公钥。Give the key on the poster.');
    await doing('正在核算存证文件…… Computing the proof…');
    const outcome = await checkProofFile(held, { sha256, verify, key, policy, receipt });
    const result = outcome.holds
      ? { answer: trueAnswer(outcome), outcome, proof: held, stale: false }
      : { answer: 'differs', difference: outcome.difference };
    return tell(result, key, true);
  }
  const log = new URLSearchParams(location.search).get('log') ?? '';
  let used = key;
  const ask = (earlier) =>
    checkReceipt(receipt, {
      sha256,
      verify,
      now: Date.now(),
      today: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10),
      log: /^\d{6}\/\d{4}$/.test(log) ? log : undefined,
      key,
      policy,
      held: earlier,
      read: async (path) => {
        const bytes = await read(path);
        if (path.endsWith('/key') && bytes !== null)
          used = parseNoteKey(sha256, new TextDecoder().decode(bytes)) ?? used;
        return bytes;
      },
    });
  let result = await ask(held);
  // What this device saw of the log before is evidence too: the log of today must continue it.
  const seen = 'outcome' in result ? remembered('checkpoint', result.outcome.checkpoint.origin) : undefined;
  if (held === undefined && seen !== undefined) result = await ask(seen);
  return tell(result, used, key !== undefined);
};

/** One check from the press to the answer: what was answered before goes, and a second press meanwhile changes nothing. */
const start = async () => {
  if (running !== undefined) return;
  const mine = new AbortController();
  running = { signal: mine.signal, stop: () => mine.abort(), parts: 0 };
  element('answer').hidden = true;
  element('stop').hidden = false;
  let last = '';
  try {
    await check();
  } catch (error) {
    if (mine.signal.aborted) last = '已停止，没有核对完。Stopped before it was checked.';
    else
      refuse(`服务器无法访问，请看看网络，再按“核对”。The server cannot be reached: check again. (${error.message})`);
  }
  running = undefined;
  element('doing').textContent = last;
  element('stop').hidden = true;
};

element('form').addEventListener('submit', (event) => {
  event.preventDefault();
  void start();
});
element('stop').addEventListener('click', () => {
  running?.stop();
  element('form').querySelector('button').focus();
});
element('print').addEventListener('click', () => print());
const fromAddress = decodeURIComponent(location.hash.slice(1));
if (fromAddress !== '') {
  element('receipt').value = fromAddress;
  element('form').requestSubmit();
}
