import { teaCounty, teaPeople } from '@lianxin/testkit/database';
import { describe, expect, it } from 'vitest';
import { whatIsWrong } from './components/component-check.js';
import { codeIn, formPage, hidden, secretIn, teaPortal, village } from './test-pack/tea-portal.js';

const { divisions } = teaCounty;
const { clerk, open, send, server, tell } = teaPortal();

const countMatters = async (): Promise<number> => {
  const { rows } = await server().database.owner.query('select count(*)::int as n from lx.matter');
  return (rows[0] as { n: number }).n;
};

const tellOfLamp = async (text: string, photo: File) => {
  const form = await open(`${formPage}?kind=lamp`);
  return send(formPage, { ...hidden(form), 'f.main-text': text, 'f.main-photo': photo });
};

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
    server().clock.advance({ hours: 25 });
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
    const { rows } = await server().database.owner.query(
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
    const list = (await (await clerk().get('/api/matters')).json()) as { items: { subject: string }[] };
    expect(JSON.stringify(list)).not.toContain('他不办事');
    expect((await open(village)).document.querySelector('.tally dd')?.textContent).toBe(before);
  });
});

describe('the log', () => {
  it('has not a single error of ours after every refusal above', () => {
    expect(server().logged.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
