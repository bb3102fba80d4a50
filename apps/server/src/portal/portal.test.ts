import {
  activateTeaPack,
  addTeaAccounts,
  addTeaCounty,
  signIn,
  teaCounty,
  teaPeople,
  testServer,
} from '@lianxin/testkit/database';
import type { SignedInClient, TestServer } from '@lianxin/testkit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Procedure } from '@lianxin/domain';
import { addTeaPack } from '../matters/test-pack/tea-requests.js';
import { toDocument, whatIsWrong } from './components/component-check.js';

const { divisions } = teaCounty;
const village = `/v/${divisions.upper}`;
const formPage = `${village}/requests/new`;
let server: TestServer;
let clerk: SignedInClient;

/** A procedure that asks for a photo. */
const lamp = Procedure.parse({
  kind: 'procedure',
  id: 'tea-lamp',
  title: '灯坏了',
  inForce: { from: '2011-01-01' },
  forMatters: { kinds: ['lamp'] },
  names: [{ id: 'lamp', title: '灯坏了' }],
  form: [
    { id: 'where', title: '哪里的灯', type: 'text' },
    { id: 'picture', title: '照片', type: 'file', optional: true },
  ],
  stages: [
    {
      id: 'mend',
      title: '修灯',
      by: [{ body: 'villagers-committee' }],
      acts: [{ id: 'mended', title: '修好', kind: 'outcome', then: { end: 'mended' } }],
    },
  ],
  closes: { results: [{ id: 'mended', title: '已修好', settled: true }] },
});

/** A procedure that begins with sorting, of more kinds than any other. */
const sorting = Procedure.parse({
  kind: 'procedure',
  id: 'tea-sorting',
  title: '茶愿',
  inForce: { from: '2011-01-01' },
  forMatters: { kinds: ['green', 'black', 'white', 'oolong', 'yellow'] },
  form: [
    {
      id: 'kind',
      title: '类别',
      type: 'choice',
      optional: true,
      choices: ['green', 'black', 'white', 'oolong', 'yellow'].map((id) => ({ id, title: id })),
    },
    { id: 'wish', title: '愿望', type: 'long-text' },
  ],
  stages: [
    {
      id: 'sort',
      title: '归类',
      by: [{ body: 'villagers-committee' }],
      acts: [{ id: 'sorted', title: '归好', kind: 'outcome', then: { end: 'sorted' } }],
    },
  ],
  closes: { results: [{ id: 'sorted', title: '已归类', settled: true }] },
});

/** Activates a pack of one procedure in a division. */
const addPack = async (number: number, division: string, rule: Procedure): Promise<string> =>
  activateTeaPack(server.database.owner, division, `00000009-0000-7000-8000-00000000000${number}`, {
    id: `tea-pack-${number}`,
    title: rule.title,
    mechanism: 'more',
    rules: [rule],
    from: '2011-01-01',
  });

beforeAll(async () => {
  server = await testServer();
  await addTeaCounty(server.database.owner);
  await addTeaPack(server.database.owner, teaCounty.county);
  await addPack(2, divisions.county, lamp);
  await addPack(3, divisions.far, sorting);
  await addTeaAccounts(server.database.owner, [teaPeople.upperClerk]);
  clerk = await signIn(server, 'upper.clerk');
});
afterAll(() => server.close());

const asBrowser = { accept: 'text/html', 'accept-language': 'zh-CN' };

const open = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await server.request(path, { headers: { ...asBrowser, ...headers } });
  const html = await answer.text();
  return { answer, html, document: toDocument(html), text: toDocument(html).body.textContent };
};

const send = async (path: string, fields: Record<string, string | File>, headers: Record<string, string> = {}) => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const answer = await server.request(path, { method: 'POST', body, headers: { ...asBrowser, ...headers } });
  const html = await answer.text();
  return { answer, html, document: toDocument(html), text: toDocument(html).body.textContent };
};

type Shown = Awaited<ReturnType<typeof open>>;

/** The hidden fields of a form, as a browser sends them. */
const hidden = (page: Shown, form = 'form'): Record<string, string> =>
  Object.fromEntries(
    [...page.document.querySelectorAll(`${form} input[type=hidden]`)].map((input) => [
      input.getAttribute('name') ?? '',
      input.getAttribute('value') ?? '',
    ]),
  );

const codeIn = (page: Shown): string => page.document.querySelector('#receipt-code')?.textContent.trim() ?? '';
const secretIn = (page: Shown): string => page.document.querySelector('.receipt-slip-secret-value')?.textContent ?? '';
const countMatters = async (): Promise<number> => {
  const { rows } = await server.database.owner.query('select count(*)::int as n from lx.matter');
  return (rows[0] as { n: number }).n;
};

const tell = async (text: string, more: Record<string, string | File> = {}) => {
  const form = await open(formPage);
  return send(formPage, { ...hidden(form), kind: 'need', 'f.main-text': text, ...more });
};

const tellOfLamp = async (text: string, photo: File) => {
  const form = await open(`${formPage}?kind=lamp`);
  return send(formPage, { ...hidden(form), 'f.main-text': text, 'f.main-photo': photo });
};

describe('finding a village', () => {
  it('leads from county to township to village', async () => {
    const home = await open('/');
    expect(home.answer.status).toBe(200);
    expect(home.document.querySelector(`a[href="/?in=${divisions.county}"]`)?.textContent).toContain('茶县');
    const county = await open(`/?in=${divisions.county}`);
    expect(county.document.querySelector(`a[href="/?in=${divisions.north}"]`)).not.toBeNull();
    const township = await open(`/?in=${divisions.north}`);
    expect(township.document.querySelector(`a[href="${village}"]`)?.textContent).toContain('上茶村');
  });

  it('finds a village by a piece of its name and says where it lies', async () => {
    const found = await open(`/?name=${encodeURIComponent('上茶')}`);
    expect(found.document.querySelector(`.place-list a[href="${village}"]`)?.textContent).toContain('茶县 · 北茶镇');
    expect((await open('/?name=%25')).text).toContain('没有找到');
  });

  it('says in words that a village is not there', async () => {
    for (const path of ['/v/110101001001', '/v/nonsense', '/v/999901000000', `/v/${divisions.north}/requests/new`]) {
      const page = await open(path);
      expect({ path, status: page.answer.status }).toEqual({ path, status: 404 });
      expect(page.document.querySelector('code')?.textContent).toBe('unknown-division');
    }
  });
});

describe('the village page', () => {
  it('counts open matters without a name, and shows contacts on duty as published', async () => {
    const before = await open(village);
    expect(before.text).toContain('还没有登记值班联系人');
    await server.database.owner.query(
      `insert into lx.duty_contact (county, id, division, body, name, duty, office_phone, published_day, valid_from, recorded_at)
       values ($1, '00000008-0000-7000-8000-000000000001', $2, (select id from lx.body where division = $2), '茶主任', '党组织书记兼主任', '0000-12345', '2026-01-01', '2026-01-01', '2026-01-01')`,
      [teaCounty.county, divisions.upper],
    );
    const told = await tell('村口的灯不亮');
    expect(told.answer.status).toBe(201);
    const after = await open(village);
    expect(after.text).toContain('茶主任');
    expect(after.document.querySelector('.tally dd')?.textContent).toBe('1');
    expect(after.text).not.toContain('村口的灯不亮');
    expect(whatIsWrong(after.html)).toEqual([]);
  });
});

describe('telling a need', () => {
  it('answers with a receipt and a confirm secret, and keeps the page out of every store [DY-01]', async () => {
    const told = await tell('水渠堵了，下雨漫到路上');
    expect(told.answer.status).toBe(201);
    expect(codeIn(told)).toMatch(/^[0-9A-Z]{7}-[0-9A-Z]{7}-[0-9A-Z]{7}$/);
    expect(secretIn(told)).toMatch(/^[0-9A-Z-]{17,}$/);
    expect(told.answer.headers.get('cache-control')).toBe('no-store');
    expect(told.answer.headers.get('content-security-policy')).toMatch(/script-src 'self'(;|$)/);
    expect(whatIsWrong(told.html)).toEqual([]);
  });

  it('gives the same receipt to a second press and enters the need once', async () => {
    const form = await open(formPage);
    const fields = { ...hidden(form), kind: 'affair', 'f.main-text': '路灯坏了' };
    const before = await countMatters();
    const [first, second] = [await send(formPage, fields), await send(formPage, fields)];
    expect(codeIn(second)).toBe(codeIn(first));
    expect(secretIn(second)).toBe(secretIn(first));
    expect(second.text).toContain('没有重复登记');
    expect(await countMatters()).toBe(before + 1);
  });

  it('says so when the same form comes again with other words, and keeps them', async () => {
    const form = await open(formPage);
    const fields = { ...hidden(form), kind: 'affair' };
    await send(formPage, { ...fields, 'f.main-text': '第一件事' });
    const again = await send(formPage, { ...fields, 'f.main-text': '第二件事' });
    expect(again.answer.status).toBe(422);
    expect(again.document.querySelector('.error-summary code')?.textContent).toBe('idempotency-key-reused');
    expect(again.document.querySelector('textarea')?.textContent).toBe('第二件事');
    const third = await send(formPage, { ...hidden(again), kind: 'affair', 'f.main-text': '第二件事' });
    expect(third.answer.status).toBe(201);
  });

  it('takes what somebody just wrote without a kind, to be sorted by whoever receives it [DY-01]', async () => {
    const form = await open(`/v/${divisions.far}/requests/new`);
    expect(form.document.querySelector('input[name=kind][value=""]')).not.toBeNull();
    const sent = { ...hidden(form), kind: '', 'f.main-text': '不知道算哪一类的事' };
    const told = await send(`/v/${divisions.far}/requests/new`, sent);
    expect(told.answer.status).toBe(201);
    expect((await open(`/r/${codeIn(told)}`)).document.querySelector('[aria-current=step]')?.textContent).toContain(
      '归类',
    );
  });

  it('asks for a kind where the procedure cannot sort, with the words kept', async () => {
    const form = await open(formPage);
    expect(form.document.querySelector('input[name=kind][value=""]')).toBeNull();
    const page = await send(formPage, { ...hidden(form), 'f.main-text': '没有选类别' });
    expect(page.answer.status).toBe(422);
    expect(page.document.querySelector('.error-summary a')?.getAttribute('href')).toBe('#kind');
    expect(page.document.querySelector('textarea')?.textContent).toBe('没有选类别');
  });

  it('shows an empty form again with the error beside its field and everything else kept', async () => {
    const before = await countMatters();
    const page = await tell('', { 'f.main-phone': '一三八' });
    expect(page.answer.status).toBe(422);
    expect(page.document.querySelector('#f-main-text-error')?.textContent).toContain('请写下您的事');
    expect(page.document.querySelector('#f-main-phone')?.getAttribute('value')).toBe('一三八');
    expect(page.document.querySelector('input[value=need]')?.hasAttribute('checked')).toBe(true);
    expect(await countMatters()).toBe(before);
  });

  it('keeps every word when the form had been open for too long, and takes it at the second press', async () => {
    const form = await open(formPage);
    server.clock.advance({ hours: 25 });
    const late = await send(formPage, { ...hidden(form), kind: 'worry', 'f.main-text': '写了很久的话' });
    expect(late.answer.status).toBe(422);
    expect(late.document.querySelector('.error-summary code')?.textContent).toBe('form-expired');
    expect(late.document.querySelector('textarea')?.textContent).toBe('写了很久的话');
    const again = await send(formPage, { ...hidden(late), kind: 'worry', 'f.main-text': '写了很久的话' });
    expect(again.answer.status).toBe(201);
  });

  it('keeps every word when language or print is changed in the middle of the form', async () => {
    const form = await open(formPage);
    const english = await send(formPage, { ...hidden(form), kind: 'affair', 'f.main-text': '写到一半', lang: 'en' });
    expect(english.answer.status).toBe(200);
    expect(english.document.documentElement.getAttribute('lang')).toBe('en');
    expect(english.document.querySelector('textarea')?.textContent).toBe('写到一半');
    expect(english.answer.headers.get('set-cookie')).toContain('lx-lang=en');
  });

  it('keeps a photo that arrived with a refused form, so that it need not be chosen again', async () => {
    const png = Uint8Array.from(
      Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      ),
    );
    const photo = new File([png], '路灯.png', { type: 'image/png' });
    const form = await open(`${formPage}?kind=lamp`);
    const page = await send(formPage, { ...hidden(form), 'f.main-text': '', 'f.main-photo': photo });
    expect(page.answer.status).toBe(422);
    expect(page.text).toContain('照片已经收到');
    const told = await send(formPage, { ...hidden(page), 'f.main-text': '桥头的灯' });
    expect(told.answer.status).toBe(201);
    const { rows } = await server.database.owner.query(
      'select a.body, f.id from lx.act a, lx.file f where a.body::text like $1',
      ['%桥头的灯%'],
    );
    expect(rows).toHaveLength(1);
    const [row] = rows as { body: unknown; id: string }[];
    expect(JSON.stringify(row?.body)).toContain(row?.id ?? 'no file');
  });

  it('refuses a file that only says it is a photo, in words beside the field, with the text kept', async () => {
    const lie = new File(['<script>alert(1)</script>'], '照片.jpg', { type: 'image/jpeg' });
    const page = await tellOfLamp('有照片的事', lie);
    expect(page.answer.status).toBe(422);
    expect(page.text).toContain('这个文件不是照片');
    expect(page.document.querySelector('#f-main-text')?.getAttribute('value')).toBe('有照片的事');
  });

  it('keeps the words that came with a photo that is far too large', async () => {
    const huge = new File([new Uint8Array(18 * 1_048_576)], '大.jpg', { type: 'image/jpeg' });
    const page = await tellOfLamp('照片太大', huge);
    expect(page.answer.status).toBe(422);
    expect(page.text).toContain('照片超过 10 MB');
    expect(page.document.querySelector('#f-main-text')?.getAttribute('value')).toBe('照片太大');
  });

  it('refuses a body beyond every limit on a page in words and not as JSON', async () => {
    const endless = new File([new Uint8Array(27 * 1_048_576)], '大.jpg', { type: 'image/jpeg' });
    const page = await tellOfLamp('照片太大', endless);
    expect(page.answer.status).toBe(413);
    expect(page.document.querySelector('h1')?.textContent).toBe('交上来的内容太大');
    expect(page.document.querySelector('code')?.textContent).toBe('body-too-large');
  });

  it('refuses text whose encoding was lost, and an unknown kind', async () => {
    expect((await tell('路\uFFFD坏了')).text).toContain('没能识别');
    const form = await open(formPage);
    const page = await send(formPage, { ...hidden(form), kind: 'nonsense', 'f.main-text': '路坏了' });
    expect(page.answer.status).toBe(422);
    expect(page.document.querySelector('.error-summary a')?.getAttribute('href')).toBe('#kind');
  });

  it('writes what was typed as text on every page, whatever it contains (T19)', async () => {
    const attack = '"><img src=x onerror=alert(1)><script>alert(2)</script>';
    const told = await tell(attack);
    const page = await open(`/r/${codeIn(told)}`);
    expect(page.text).toContain('<script>alert(2)</script>');
    expect(page.document.querySelector('main img')).toBeNull();
    expect(page.document.querySelector('main script')).toBeNull();
  });

  it('takes a complaint about a person on a page of its own, out of sight of the village', async () => {
    const form = await open(formPage);
    const moved = await send(formPage, { ...hidden(form), 'f.main-text': '他不办事', for: 'complaint' });
    expect(moved.document.querySelector('textarea')?.textContent).toBe('他不办事');
    const before = (await open(village)).document.querySelector('.tally dd')?.textContent;
    const told = await send(formPage, {
      ...hidden(moved),
      'f.main-text': '他不办事',
      'f.complained-about': teaPeople.upperClerk.name,
    });
    expect(told.answer.status).toBe(201);
    const list = (await (await clerk.get('/api/matters')).json()) as { items: { subject: string }[] };
    expect(JSON.stringify(list)).not.toContain('他不办事');
    expect((await open(village)).document.querySelector('.tally dd')?.textContent).toBe(before);
  });
});

describe('following a receipt', () => {
  const idOf = async (code: string): Promise<string> => {
    const tracked = (await (await server.request(`/api/receipts/${code}`)).json()) as { number: string };
    const { rows } = await server.database.owner.query('select id from lx.matter where number = $1', [tracked.number]);
    return (rows[0] as { id: string }).id;
  };
  const clerkActs = async (code: string, acts: readonly (readonly [string, Record<string, unknown>])[]) => {
    const id = await idOf(code);
    for (const [act, fields] of acts) {
      const { version } = (await (await clerk.get(`/api/matters/${id}`)).json()) as { version: number };
      const answer = await clerk.send('POST', `/api/matters/${id}/acts`, { act, fields, baseVersion: version });
      expect(await answer.json()).toMatchObject({ state: expect.any(String) });
    }
  };
  const doByReceipt = async (code: string, act: string, fields: Record<string, string>) => {
    const page = await open(`/r/${code}`);
    return send(`/r/${code}`, { ...hidden(page, `#act-${act}`), ...fields });
  };
  const claimed = async () => {
    const told = await tell('水渠堵了');
    await clerkActs(codeIn(told), [
      ['accept', {}],
      ['feedback', { told: '明天去看' }],
      ['claim-done', { outcome: '已清理水渠' }],
    ]);
    return { code: codeIn(told), secret: secretIn(told) };
  };

  it('says who holds the matter and until when, and keeps the page nowhere', async () => {
    const told = await tell('水渠堵了');
    const page = await open(`/r/${codeIn(told)}`);
    expect(page.document.querySelector('[aria-current=step]')?.textContent).toContain('上茶村村民委员会');
    expect(page.document.querySelector('[aria-current=step] time')).not.toBeNull();
    expect(page.answer.headers.get('cache-control')).toBe('no-store');
    expect(page.answer.headers.get('x-robots-tag')).toContain('noindex');
    expect(page.text).toContain('收到');
    expect(page.html).not.toContain(secretIn(told));
    expect(whatIsWrong(page.html)).toEqual([]);
  });

  it('reads a code however it was typed, and says in words that one is not there', async () => {
    const told = await tell('水渠堵了');
    const typed = codeIn(told).toLowerCase().replaceAll('-', ' ');
    const found = await send('/r', { code: typed });
    expect(found.answer.status).toBe(303);
    expect(found.answer.headers.get('location')).toBe(`/r/${codeIn(told)}`);
    const wrong = await send('/r', { code: '不是凭条号' });
    expect(wrong.answer.status).toBe(404);
    expect(wrong.document.querySelector('input[name=code]')?.getAttribute('value')).toBe('不是凭条号');
    expect(wrong.document.querySelector('code')?.textContent).toBe('receipt-code-wrong');
  });

  it('lets the resident confirm with the secret alone, then rate once with 1 to 5 [DY-71]', async () => {
    const { code, secret } = await claimed();
    expect((await open(`/r/${code}`)).text).toContain('已清理水渠');
    const without = await doByReceipt(code, 'confirm', { secret: '' });
    expect(without.answer.status).toBe(422);
    expect(without.document.querySelector('#confirm-secret-error')).not.toBeNull();
    const wrong = await doByReceipt(code, 'confirm', { secret: '00000-0000-0000-0000' });
    expect(wrong.document.querySelector('.error-summary')?.textContent).toContain('secret-wrong');
    const done = await doByReceipt(code, 'confirm', { secret });
    expect(done.answer.status).toBe(303);
    const page = await open(done.answer.headers.get('location') ?? '');
    expect(page.text).toContain('已解决');
    expect([...page.document.querySelectorAll('#act-rate input[type=radio]')]).toHaveLength(5);
    const rated = await doByReceipt(code, 'rate', { 'f.stars': '4', secret });
    expect(rated.answer.status).toBe(303);
    const after = await open(`/r/${code}`);
    expect(after.text).toContain('您的评价：满意');
    expect(after.document.querySelector('#act-rate')).toBeNull();
  });

  it('reopens a matter that is disputed with a reason, and asks for the reason in words', async () => {
    const { code, secret } = await claimed();
    const without = await doByReceipt(code, 'dispute', { secret, 'f.why': '' });
    expect(without.answer.status).toBe(422);
    const done = await doByReceipt(code, 'dispute', { secret, 'f.why': '还是漫水' });
    expect(done.answer.status).toBe(303);
    const page = await open(`/r/${code}`);
    expect(page.document.querySelector('[aria-current=step]')?.textContent).toContain('办理');
    expect(page.text).toContain('还是漫水');
  });

  it('lets the resident answer a question, which ends the pause, and shows that the clock stood still [DY-69]', async () => {
    const told = await tell('想办养老保险');
    const code = codeIn(told);
    await clerkActs(code, [
      ['accept', {}],
      ['ask', { papers: ['身份证'] }],
    ]);
    server.clock.advance({ hours: 49 });
    const paused = await open(`/r/${code}`);
    expect(paused.document.querySelector('.step-paused')?.textContent).toContain('暂停计算');
    expect(paused.document.querySelector('.step-paused')?.textContent).toContain('其中暂停 2 天');
    const done = await doByReceipt(code, 'answer', { 'f.brought': '已带到村部' });
    expect(done.answer.status).toBe(303);
    expect((await open(`/r/${code}`)).document.querySelector('.step-paused')).toBeNull();
  });

  it('lets the resident go higher at any time without a reason and without the secret [DY-74]', async () => {
    const told = await tell('一直没人管');
    const code = codeIn(told);
    const done = await doByReceipt(code, 'higher', {});
    expect(done.answer.status).toBe(303);
    const steps = [...(await open(`/r/${code}`)).document.querySelectorAll('.progress-step')];
    expect(steps.at(-2)?.textContent).toContain('向上反映');
    expect(steps.at(-2)?.textContent).toContain('您');
  });

  it('shows the newest state with the words kept when the matter has moved on meanwhile', async () => {
    const { code, secret } = await claimed();
    const page = await open(`/r/${code}`);
    const fields = { ...hidden(page, '#act-dispute'), secret, 'f.why': '还是漫水' };
    await doByReceipt(code, 'higher', {});
    const stale = await send(`/r/${code}`, fields);
    expect(stale.answer.status).toBe(422);
    expect(stale.text).toContain('办理又往前走了一步');
  });

  it('does an act once, however often the button is pressed', async () => {
    const told = await tell('不用办了的事');
    const code = codeIn(told);
    const page = await open(`/r/${code}`);
    const fields = hidden(page, '#act-withdraw');
    expect((await send(`/r/${code}`, fields)).answer.status).toBe(303);
    expect((await send(`/r/${code}`, fields)).answer.status).toBe(303);
    const acts = [...(await open(`/r/${code}`)).document.querySelectorAll('.progress-step')];
    expect(acts.filter((step) => step.querySelector('.step-title')?.textContent.startsWith('撤回'))).toHaveLength(1);
  });

  it('refuses an act on a closed matter in words and changes nothing', async () => {
    const code = codeIn(await tell('已经不用办了'));
    const page = await open(`/r/${code}`);
    const fields = hidden(page, '#act-withdraw');
    await send(`/r/${code}`, fields);
    const before = (await open(`/r/${code}`)).document.querySelectorAll('.progress-step').length;
    const form = await open(formPage);
    const ticket = { command: hidden(form).command ?? '', 'form-token': hidden(form)['form-token'] ?? '' };
    const again = await send(`/r/${code}`, { ...fields, ...ticket, version: '2' });
    expect(again.answer.status).toBe(422);
    expect(again.document.querySelector('.error-summary code')?.textContent).toMatch(/^[a-z-]+$/);
    expect((await open(`/r/${code}`)).document.querySelectorAll('.progress-step')).toHaveLength(before);
  });

  it('prints the slip and the progress on paper without the secret', async () => {
    const told = await tell('打印的事');
    const sheet = await open(`/r/${codeIn(told)}/print`);
    expect(sheet.text).toContain(codeIn(told));
    expect(sheet.html).not.toContain(secretIn(told));
    expect(sheet.document.querySelector('svg[role=img]')).not.toBeNull();
  });
});

describe('every other address', () => {
  it('answers a person in words and a program in JSON', async () => {
    const page = await open('/no/such/page');
    expect(page.answer.status).toBe(404);
    expect(page.document.querySelector('h1')?.textContent).toBe('没有这一页');
    const program = await server.request('/no/such/page', { headers: { accept: 'application/json' } });
    expect(program.headers.get('content-type')).toContain('application/json');
  });

  it('serves style and script under addresses that never change their content', async () => {
    const home = await open('/');
    const href = home.document.querySelector('link[rel=stylesheet]')?.getAttribute('href') ?? '';
    const style = await server.request(href);
    expect(style.headers.get('content-type')).toContain('text/css');
    expect(style.headers.get('cache-control')).toContain('immutable');
  });

  it('sends no cookie to a reader who pressed no switch', async () => {
    expect((await open('/')).answer.headers.get('set-cookie')).toBeNull();
    expect((await open(village)).answer.headers.get('set-cookie')).toBeNull();
  });

  it('was reached by every refusal above without a single error of ours in the log', () => {
    expect(server.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
