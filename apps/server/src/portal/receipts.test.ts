import { describe, expect, it } from 'vitest';
import { whatIsWrong } from './components/component-check.js';
import { codeIn, formPage, hidden, secretIn, teaPortal } from './test-pack/tea-portal.js';

const { clerk, open, send, server, tell } = teaPortal();

describe('following a receipt', () => {
  const idOf = async (code: string): Promise<string> => {
    const tracked = (await (await server().request(`/api/receipts/${code}`)).json()) as { number: string };
    const { rows } = await server().database.owner.query('select id from lx.matter where number = $1', [
      tracked.number,
    ]);
    return (rows[0] as { id: string }).id;
  };
  const clerkActs = async (code: string, acts: readonly (readonly [string, Record<string, unknown>])[]) => {
    const id = await idOf(code);
    for (const [act, fields] of acts) {
      const { version } = (await (await clerk().get(`/api/matters/${id}`)).json()) as { version: number };
      const answer = await clerk().send('POST', `/api/matters/${id}/acts`, { act, fields, baseVersion: version });
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
    server().clock.advance({ hours: 49 });
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

describe('the log', () => {
  it('has not a single error of ours after every refusal above', () => {
    expect(server().logged.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
