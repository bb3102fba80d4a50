import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../browser.js';
import { startServer, type RunningServer } from '../server.js';
import { codeNow } from '@lianxin/testkit/authenticator';
import { startReceiver } from '@lianxin/testkit/processes';
import { Webhook } from 'standardwebhooks';
import { comeToWork, passwordOf, phone, signIn } from './worker.js';

let browser: Browser;
let server: RunningServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), startServer({ LIANXIN_INNER_NETWORKS: '127.0.0.0/8' })]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('one’s own account', () => {
  it('turns a second factor on, asks for it at the next log-in, takes a recovery code, and signs a lost device out', async () => {
    const username = 'nanqiao-leader';
    const desk = await comeToWork(browser, server, username);
    const { page } = desk;
    await page.locator('.who a').click();
    await page.getByRole('heading', { name: '我的账号' }).waitFor();
    await page.getByText('未开启').waitFor();
    await page.locator('#factor-password').fill(passwordOf(server));
    await page.getByRole('button', { name: '开启二次验证' }).click();
    await page.locator('img.qr').waitFor();
    await page.getByText('不能扫码时').click();
    const secret = (await page.getByTestId('secret').textContent()) ?? '';
    const [recovery = ''] = await page.getByTestId('recovery-codes').locator('code').allTextContents();
    await page.locator('#first-code').fill('000000');
    await page.getByRole('button', { name: '确认开启' }).click();
    await page.locator('[data-fault="secret-wrong"]').waitFor();
    await page.locator('#first-code').fill(codeNow(secret));
    await page.getByRole('button', { name: '确认开启' }).click();
    await page.getByText('已开启：登录时').waitFor();

    // The same person on a phone: the password alone does not let in.
    const context = await browser.newContext({
      viewport: { width: phone.width, height: 740 },
      locale: phone.language,
      baseURL: server.url,
      isMobile: true,
    });
    await context.addInitScript(() => localStorage.setItem('lianxin.language', 'zh-CN'));
    const mobile = await context.newPage();
    await mobile.goto('/console/');
    await signIn(mobile, server, username, phone);
    await mobile.getByText('密码正确').waitFor();
    await mobile.locator('#second-code').fill('000000');
    await mobile.getByRole('button', { name: '登录', exact: true }).click();
    await mobile.locator('[data-fault="secret-wrong"]').waitFor();
    await mobile.getByText('用恢复码').click();
    await mobile.locator('#second-code').fill(recovery);
    await mobile.getByRole('button', { name: '登录', exact: true }).click();
    await mobile.locator('#content').waitFor();
    const wide = await mobile.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wide).toBeLessThanOrEqual(0);

    // At the desk the phone is seen and signed out; its next request is refused.
    await desk.go('/account');
    const others = page.getByRole('button', { name: '让它退出' });
    await others.first().waitFor();
    while ((await others.count()) > 0) {
      const before = await others.count();
      await others.first().click();
      await page.waitForFunction(
        (count) =>
          [...document.querySelectorAll('button')].filter((one) => one.textContent?.includes('让它退出')).length <
          count,
        before,
        { polling: 50 },
      );
    }
    const refused = mobile.waitForResponse(
      (answer) => answer.url().includes('/api/account') && answer.status() === 401,
    );
    await mobile.goto('/console/account').catch(() => undefined);
    await Promise.race([refused, mobile.getByLabel('用户名').waitFor()]);
    expect(desk.complaints).toEqual([]);
    await context.close();
    await desk.close();
  });

  it('locks the screen of whoever has gone away, keeps what was typed, and opens it with the password', async () => {
    const phoned = await comeToWork(browser, server, 'nanqiao-liaison', phone);
    const { page } = phoned;
    await page.clock.install();
    await phoned.go('/account');
    await page.locator('#new-password').fill('half a new password');
    await page.clock.fastForward('31:00');
    await page.getByRole('heading', { name: '页面已锁定' }).waitFor();
    // The keyboard is where it is wanted, and Escape leads nowhere.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('unlock-password');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: '页面已锁定' }).waitFor();
    expect((await page.request.get('/api/account')).status()).toBe(401);
    await page.locator('#unlock-password').fill('wrong');
    await page.keyboard.press('Enter');
    await page.locator('[data-fault="secret-wrong"]').waitFor();
    await page.locator('#unlock-password').fill(passwordOf(server));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '页面已锁定' }).waitFor({ state: 'detached' });
    expect(await page.locator('#new-password').inputValue()).toBe('half a new password');
    expect((await page.request.get('/api/account')).status()).toBe(200);

    // By hand, and in another window: nothing is read there either before the password is given.
    await page.getByRole('button', { name: '锁定这一台' }).click();
    await page.getByRole('heading', { name: '页面已锁定' }).waitFor();
    await page.getByRole('button', { name: '不是我，换人登录' }).click();
    await page.getByLabel('用户名').waitFor();
    expect(phoned.complaints).toEqual([]);
    await phoned.close();
  });

  it('registers a passkey, logs in and unlocks with it alone, and removes it', async () => {
    const username = 'yisuhe-desk';
    const worker = await comeToWork(browser, server, username);
    const { page } = worker;
    const devtools = await worker.context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await worker.go('/account');
    await page.getByText('还没有登记通行密钥').waitFor();
    await page.locator('#passkey-name').fill('办公室电脑');
    await page.locator('#passkey-password').fill(passwordOf(server));
    await page.getByRole('button', { name: '登记这台设备' }).click();
    await page.getByTestId('passkeys').getByText('办公室电脑').waitFor();
    const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
    expect(credentials).toMatchObject([{ isResidentCredential: true, rpId: 'localhost' }]);

    // The device that cannot verify its owner does not get in; the one that can needs neither name nor password.
    await page.getByRole('button', { name: '退出', exact: true }).click();
    await page.getByLabel('用户名').waitFor();
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await page.getByRole('button', { name: '用通行密钥' }).click();
    await page.locator('[data-fault="device"]').waitFor();
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
    await page.getByRole('button', { name: '用通行密钥' }).click();
    await page.waitForSelector('.frame');

    await worker.go('/account');
    await page.getByRole('button', { name: '锁定这一台' }).click();
    await page.getByRole('heading', { name: '页面已锁定' }).waitFor();
    await page.getByRole('button', { name: '用通行密钥' }).click();
    await page.getByRole('heading', { name: '页面已锁定' }).waitFor({ state: 'detached' });

    await page.getByRole('button', { name: '删除“办公室电脑”' }).click();
    await page.getByTestId('passkeys').locator('input[type="password"]').fill(passwordOf(server));
    await page.getByRole('button', { name: '删除“办公室电脑”' }).click();
    await page.getByText('还没有登记通行密钥').waitFor();
    expect(worker.complaints).toEqual([]);
    await worker.close();
  });
});

describe('a webhook of the county', () => {
  it('is registered, tried and given a new secret on a phone; for a day the receiver may check by either', async () => {
    const receiver = await startReceiver();
    const worker = await comeToWork(browser, server, 'nanqiao-county-administrator', phone);
    const { page } = worker;
    page.on('dialog', (dialog) => void dialog.accept());
    /** Reads the secret that is shown this once, and puts it away. */
    const secretShown = async (): Promise<string> => {
      const secret = (await page.locator('.webhook-secret code').textContent()) ?? '';
      await page.getByRole('button', { name: '已经交给接收方' }).click();
      return secret;
    };
    await worker.go('/webhooks');
    await page.getByLabel('接收方').fill('县数据局共享平台');
    await page.getByLabel('网址').fill(receiver.url);
    await page.getByRole('button', { name: '新增推送' }).click();
    const secrets = [await secretShown()];
    await page.getByRole('button', { name: '更换密钥' }).click();
    secrets.push(await secretShown());
    expect(new Set(secrets).size).toBe(2);
    await page.getByText('每条都带新旧两个签名').waitFor();
    await page.getByRole('button', { name: '发一条测试' }).click();
    await page.getByText('已送到').waitFor();
    const [got] = receiver.got;
    if (got === undefined) throw new Error('nothing came');
    for (const secret of secrets)
      expect(new Webhook(secret).verify(got.body, got.headers)).toMatchObject({ type: 'test' });
    await page.getByRole('button', { name: '删除' }).click();
    await page.getByText('还没有推送。').waitFor();
    expect(worker.complaints).toEqual([]);
    await worker.close();
    await receiver.close();
  });
});
