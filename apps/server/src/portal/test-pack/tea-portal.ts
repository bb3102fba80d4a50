import {
  activateTeaPack,
  addTeaAccounts,
  addTeaCounty,
  signIn,
  teaCounty,
  teaPeople,
  testServer,
  type SignedInClient,
  type TestServer,
} from '@lianxin/testkit/database';
import { Procedure } from '@lianxin/domain';
import { afterAll, beforeAll } from 'vitest';
import { addTeaPack } from '../../matters/test-pack/tea-requests.js';
import { toDocument } from '../components/component-check.js';

const { divisions } = teaCounty;
/** The page of the village in which the tests live, and its form. */
export const village = `/v/${divisions.upper}`;
export const formPage = `${village}/requests/new`;

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

const asBrowser = { accept: 'text/html', 'accept-language': 'zh-CN' };

/** A page that came back: as sent, as a browser sees it, as a person reads it. */
export interface Shown {
  readonly answer: Response;
  readonly html: string;
  readonly document: ReturnType<typeof toDocument>;
  readonly text: string;
}

const shown = async (answer: Response): Promise<Shown> => {
  const html = await answer.text();
  const document = toDocument(html);
  return { answer, html, document, text: document.body.textContent };
};

/** The hidden fields of a form, as a browser sends them. */
export const hidden = (page: Shown, form = 'form'): Record<string, string> =>
  Object.fromEntries(
    [...page.document.querySelectorAll(`${form} input[type=hidden]`)].map((input) => [
      input.getAttribute('name') ?? '',
      input.getAttribute('value') ?? '',
    ]),
  );

export const codeIn = (page: Shown): string => page.document.querySelector('#receipt-code')?.textContent.trim() ?? '';
export const secretIn = (page: Shown): string =>
  page.document.querySelector('.receipt-slip-secret-value')?.textContent ?? '';

type Fields = Readonly<Record<string, string | File>>;

/** The portal of the tea county for the tests of one file: made before them, gone afterwards; with what a reader does there. */
export const teaPortal = () => {
  let server: TestServer;
  let clerk: SignedInClient;

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

  const open = async (path: string, headers: Record<string, string> = {}): Promise<Shown> =>
    shown(await server.request(path, { headers: { ...asBrowser, ...headers } }));
  const send = async (path: string, fields: Fields, headers: Record<string, string> = {}): Promise<Shown> => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    return shown(await server.request(path, { method: 'POST', body, headers: { ...asBrowser, ...headers } }));
  };
  /** Tells a need on the form of the village. */
  const tell = async (text: string, more: Fields = {}): Promise<Shown> => {
    const form = await open(formPage);
    return send(formPage, { ...hidden(form), kind: 'need', 'f.main-text': text, ...more });
  };
  return { server: () => server, clerk: () => clerk, open, send, tell };
};
