import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addTeaAccounts,
  addTeaCounty,
  signIn,
  teaCounty,
  teaPeople,
  testServer,
  type SignedInClient,
  type TestServer,
} from '@lianxin/testkit/database';
import { accessFeature } from '../access/index.js';
import { filesFeature, whoMayReadFilesOf } from './index.js';

const { upper, lower } = teaCounty.divisions;

/** A photograph with the place where it was taken in it. */
const photograph = async (width = 640, height = 480): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#7a5' } })
    .withExif({ IFD0: { Make: 'SecretPhone' }, IFD3: { GPSLatitude: '26/1 24/1 0/1', GPSLatitudeRef: 'N' } })
    .jpeg()
    .toBuffer();

/** The body of an answer, as far as these tests read it. */
interface Body {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly faults: readonly [{ readonly code: string }];
}

const bodyOf = async (answer: Response): Promise<Body> => (await answer.json()) as Body;

/** A PNG of a few bytes that claims a size which would fill the memory. */
const flood = async (): Promise<Buffer> => {
  const small = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#000' } })
    .png()
    .toBuffer();
  small.writeUInt32BE(100_000, 16);
  small.writeUInt32BE(100_000, 20);
  return small;
};

describe('attachments', () => {
  let server: TestServer;
  let clerk: SignedInClient;
  let neighbour: SignedInClient;
  let sent = 0;

  beforeAll(async () => {
    server = await testServer({ features: [accessFeature, filesFeature] });
    await addTeaCounty(server.database.owner);
    await addTeaAccounts(server.database.owner, [teaPeople.upperClerk, teaPeople.lowerClerk]);
    clerk = await signIn(server, teaPeople.upperClerk.username);
    neighbour = await signIn(server, teaPeople.lowerClerk.username);
  });
  afterAll(async () => server.close());

  const send = async (
    client: { cookie: string },
    bytes: Uint8Array,
    name: string,
    options: { division?: string; key?: string } = {},
  ) => {
    sent += 1;
    const form = new FormData();
    form.set('division', options.division ?? upper);
    form.set('file', new File([new Uint8Array(bytes)], name));
    const headers: Record<string, string> = { 'idempotency-key': options.key ?? `file-command-${sent}` };
    if (client.cookie !== '') headers.cookie = client.cookie;
    return server.request('/api/files', { method: 'POST', headers, body: form });
  };
  const codeOf = async (answer: Response): Promise<string> => (await bodyOf(answer)).faults[0].code;
  const keptFiles = (): string[] => {
    const folder = path.join(server.deps.config.data, 'files');
    return existsSync(folder)
      ? readdirSync(folder, { recursive: true })
          .map(String)
          .filter((name) => /[0-9a-f]{64}$/.test(name))
      : [];
  };
  const counts = async () => (await server.database.owner.query('select count(*) as n from lx.file')).rows[0]?.n;

  it('keep an image without the place and the device that took it', async () => {
    const original = await photograph();
    expect(original.includes('SecretPhone')).toBe(true);
    const answer = await send(clerk, original, '路灯.jpg');
    expect(answer.status).toBe(201);
    const view = await bodyOf(answer);
    expect(view).toMatchObject({ mediaType: 'image/jpeg', width: 640, height: 480, name: '路灯.jpg' });
    const [kept] = keptFiles();
    const bytes = readFileSync(path.join(server.deps.config.data, 'files', String(kept)));
    expect(bytes.includes('SecretPhone')).toBe(false);
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
    const { rows } = await server.database.owner.query(`select kind from lx.journal_entry where kind = 'file.add'`);
    expect(rows).toHaveLength(1);
  });

  it('come back to whoever sent them, as they were kept', async () => {
    const { id, bytes } = await bodyOf(await send(clerk, await photograph(), 'a.jpg'));
    const answer = await clerk.get(`/api/files/${id}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    expect((await answer.arrayBuffer()).byteLength).toBe(bytes);
  });

  it('are made smaller when they are larger than a screen shows', async () => {
    const view = await bodyOf(await send(clerk, await photograph(4000, 1000), 'wide.jpg'));
    expect([view.width, view.height]).toEqual([2560, 640]);
  });

  it.each([
    ['a file whose name lies about it', async () => photograph(), 'bill.pdf', 422, 'file-type-mismatch'],
    [
      'a page that a browser would run',
      async () => Buffer.from('<html><script>1</script>'),
      'page.html',
      415,
      'file-type-not-allowed',
    ],
    [
      'a page that calls itself a picture',
      async () => Buffer.from('<svg onload=alert(1)>'),
      'p.jpg',
      415,
      'file-type-not-allowed',
    ],
    ['a program', async () => Buffer.from('MZ\u0090\u0000'), 'setup.exe', 415, 'file-type-not-allowed'],
    ['a flood of pixels', flood, 'flood.png', 422, 'file-unsafe'],
    ['a picture cut off', async () => (await photograph()).subarray(0, 300), 'half.jpg', 422, 'file-unsafe'],
    ['an empty file', async () => Buffer.alloc(0), 'nothing.jpg', 422, 'field-missing'],
    [
      'more than twenty mebibytes',
      async () => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(20_971_520)]),
      'big.pdf',
      413,
      'file-too-large',
    ],
  ] as const)('refuse %s and keep nothing', async (_title, make, name, status, code) => {
    const before = [keptFiles().length, await counts()];
    const answer = await send(clerk, await make(), name);
    expect([answer.status, await codeOf(answer)]).toEqual([status, code]);
    expect([keptFiles().length, await counts()]).toEqual(before);
  });

  it('refuse a body beyond any file before reading it', async () => {
    const answer = await server.request('/api/files', {
      method: 'POST',
      headers: {
        cookie: clerk.cookie,
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': '99999999',
      },
      body: '--x--',
    });
    expect([answer.status, await codeOf(answer)]).toEqual([413, 'body-too-large']);
  });

  it('refuse nobody, another village, and a command without its id; nothing changes', async () => {
    const before = await counts();
    const nobody = await send({ cookie: '' }, await photograph(), 'a.jpg');
    expect([nobody.status, await codeOf(nobody)]).toEqual([401, 'not-signed-in']);
    const elsewhere = await send(clerk, await photograph(), 'a.jpg', { division: lower });
    expect([elsewhere.status, await codeOf(elsewhere)]).toEqual([404, 'not-found']);
    const unnamed = await send(clerk, await photograph(), 'a.jpg', { key: '' });
    expect([unnamed.status, await codeOf(unnamed)]).toEqual([400, 'idempotency-key-missing']);
    expect(await counts()).toBe(before);
  });

  it('are kept once however often the command arrives', async () => {
    const bytes = await photograph(300, 200);
    const first = await send(clerk, bytes, 'again.jpg', { key: 'again-and-again' });
    const before = await counts();
    const again = await send(clerk, bytes, 'again.jpg', { key: 'again-and-again' });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await bodyOf(again)).toEqual(await bodyOf(first));
    expect(await counts()).toBe(before);
  });

  it('are not there for anybody else until they belong to something that person may read', async () => {
    const { id } = await bodyOf(await send(clerk, await photograph(), 'mine.jpg'));
    const hidden = await neighbour.get(`/api/files/${id}`);
    const missing = await neighbour.get('/api/files/00000000-0000-7000-8000-000000000000');
    expect([hidden.status, await hidden.text()]).toEqual([missing.status, await missing.text()]);
    expect(hidden.status).toBe(404);

    let allowed = true;
    whoMayReadFilesOf('record', async () => allowed);
    await server.database.owner.query(
      `insert into lx.file_use (county, file, subject_kind, subject, division, recorded_at) values ($1, $2, 'record', $2, $3, now())`,
      [teaCounty.county, id, lower],
    );
    expect((await neighbour.get(`/api/files/${id}`)).status).toBe(200);
    allowed = false;
    expect((await neighbour.get(`/api/files/${id}`)).status).toBe(404);
  });

  it('offer documents for saving only, under a name without folders', async () => {
    const pdf = Buffer.from('%PDF-1.4\n%%EOF');
    const { id, name } = await bodyOf(await send(clerk, pdf, '../../账 目.pdf'));
    expect(name).toBe('账 目.pdf');
    const answer = await clerk.get(`/api/files/${id}`);
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('账 目.pdf')}`,
    );
  });
});
