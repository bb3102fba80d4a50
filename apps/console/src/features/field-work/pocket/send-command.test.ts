import { createClient } from '@lianxin/contract/client';
import { describe, expect, it } from 'vitest';
import { sendBy } from './send-command.js';

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
const fault = (code: string) => ({ faults: [{ code, what: '原因', why: null, cure: null, source: [], params: {} }] });
/** One try against whatever answers. */
const tried = async (answer: () => Response | Promise<Response>) =>
  sendBy(
    createClient(
      () => 'zh-CN',
      async () => answer(),
    ),
  )('command-1', '/api/contact-visits', {}, {}, '2026-11-28T01:00:00.000Z');

describe('a command that was sent', () => {
  it('has arrived when our server names what it made', async () => {
    expect(await tried(() => json(201, { id: 'v1' }))).toMatchObject({ is: 'arrived', answer: 'v1' });
  });

  it.each<[string, () => Response | Promise<Response>]>([
    ['no line', () => Promise.reject(new TypeError('Failed to fetch'))],
    [
      'a Wi-Fi that answers with its log-in page',
      () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
    ],
    [
      'an answer cut off in the middle',
      () => new Response('{"id":', { headers: { 'content-type': 'application/json' } }),
    ],
    ['a proxy that refuses without a reason', () => new Response('blocked', { status: 403 })],
    ['a server that fails', () => json(500, fault('internal'))],
    ['a server that is restarting', () => json(503, fault('temporarily-unavailable'))],
    ['a server whose disk is full', () => json(507, fault('storage-full'))],
    ['the same command still at work', () => json(409, fault('command-in-progress'))],
    ['too many at once', () => json(429, fault('rate-limited'))],
  ])('is sent again after %s', async (_what, answer) => {
    expect(await tried(answer)).toEqual({ is: 'later' });
  });

  it('waits for a log-in when the session has ended', async () => {
    expect(await tried(() => json(401, fault('not-signed-in')))).toEqual({ is: 'log-in' });
  });

  it('stays with its reasons when the rule says no', async () => {
    expect(await tried(() => json(422, fault('note-not-a-need')))).toMatchObject({
      is: 'refused',
      refusal: { status: 422, faults: [{ code: 'note-not-a-need' }] },
    });
    expect(await tried(() => json(409, fault('already-done')))).toMatchObject({
      is: 'refused',
      refusal: { status: 409 },
    });
  });
});
