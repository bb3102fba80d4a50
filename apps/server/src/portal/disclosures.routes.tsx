import type { Context } from 'hono';
import {
  ask,
  atomFor,
  boardFile,
  boardListFor,
  bookletFor,
  dataCatalogueFor,
  powersFor,
  readBoardPage,
  readVillageBoard,
  wallFor,
  type BoardFile,
} from '../disclosures/index.js';
import { explainFault } from '@lianxin/domain';
import type { App, Environment } from '../http/environment.js';
import { newForm } from '../matters/index.js';
import { inContext, publicContext } from '../storage/index.js';
import { BoardListPage, BoardOnePage, type AskState } from './pages/board.js';
import { PowersPage } from './pages/powers.js';
import { onVillage, replyNoVillage } from './places.routes.js';
import { replyPage, settingFor } from './reply.js';
import type { C, Portal } from './reply.js';
import { readForm } from './request-body.js';
import type { FoundVillage } from './villages.js';

const idShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const fileKinds = ['print.pdf', 'wall.pdf', 'paper.docx', 'table.xlsx', 'table.csv'] as const;

const sendFile = (c: Context<Environment>, file: BoardFile) => {
  c.header('content-type', file.type);
  c.header('cache-control', 'private, no-cache');
  // A print opens in the browser; a document or table is saved. The Chinese name is for browsers that read it.
  const way = file.type === 'application/pdf' ? 'inline' : 'attachment';
  const plain = `disclosure.${file.name.split('.').at(-1) ?? 'bin'}`;
  c.header('content-disposition', `${way}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(file.name)}`);
  return c.body(file.bytes as Uint8Array<ArrayBuffer>);
};

const textIn = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

/** What a village published, as pages, files and feeds; whole without a script. */
export const disclosuresRoutes = (app: App, portal: Portal): void => {
  pages(app, portal);
  files(app, portal);
};

const pages = (app: App, portal: Portal): void => {
  const { deps } = portal;
  const one = async (c: C, village: FoundVillage, state: AskState, status: 200 | 422 | 410 = 200) => {
    const id = c.req.param('id') ?? '';
    const page = idShape.test(id)
      ? await inContext(deps, publicContext(village.code), (tx) => readBoardPage(tx, village.code, id))
      : undefined;
    if (page === undefined) return replyNoVillage(portal, c);
    const setting = settingFor(portal, c, {}, `/v/${village.code}/board/${id}`);
    return replyPage(c, <BoardOnePage setting={setting} village={village} page={page} state={state} />, status);
  };
  const fresh = (): AskState => ({
    ticket: newForm(deps),
    kind: 'question',
    entry: '',
    text: '',
    problems: [],
    asked: false,
  });

  app.get(
    '/v/:code/board',
    onVillage(portal, async (c, village) => {
      const board = await inContext(deps, publicContext(village.code), (tx) =>
        readVillageBoard(deps, tx, village.code),
      );
      return replyPage(c, <BoardListPage setting={settingFor(portal, c)} village={village} board={board} />);
    }),
  );
  app.get(
    '/v/:code/powers',
    onVillage(portal, async (c, village) => {
      const powers = await inContext(deps, publicContext(village.code), (tx) => powersFor(deps, tx, village.code));
      return replyPage(c, <PowersPage setting={settingFor(portal, c)} village={village} powers={powers} />);
    }),
  );
  app.get(
    '/v/:code/board/:id',
    onVillage(portal, (c, village) => one(c, village, fresh())),
  );
  app.post(
    '/v/:code/board/:id',
    onVillage(portal, async (c, village) => {
      const { form } = await readForm(c);
      const typed = {
        kind: textIn(form, 'kind') === 'objection' ? ('objection' as const) : ('question' as const),
        entry: textIn(form, 'entry').trim(),
        text: textIn(form, 'text'),
      };
      const command = textIn(form, 'command');
      const answer = await ask(deps, idShape.test(command) ? command : deps.newId(), {
        division: village.code,
        disclosure: idShape.test(c.req.param('id') ?? '')
          ? (c.req.param('id') ?? '')
          : '00000000-0000-0000-0000-000000000000',
        ...typed,
        formToken: textIn(form, 'form-token'),
      });
      if (!('faults' in answer)) return one(c, village, { ...fresh(), asked: true });
      const { language } = settingFor(portal, c);
      const problems = answer.faults.map((fault) => {
        const said = explainFault(fault, language);
        return { message: said.what, cure: said.cure, code: fault.code, field: 'text' };
      });
      return one(c, village, { ...fresh(), ...typed, problems }, answer.status === 410 ? 410 : 422);
    }),
  );
};

const files = (app: App, portal: Portal): void => {
  const { deps } = portal;
  for (const kind of fileKinds) {
    app.get(
      `/v/:code/board/:id/${kind}`,
      onVillage(portal, async (c, village) => {
        const id = c.req.param('id') ?? '';
        const file = idShape.test(id) ? await boardFile(deps, village.code, id, kind) : undefined;
        return file === undefined ? replyNoVillage(portal, c) : sendFile(c, file);
      }),
    );
  }
  app.get(
    '/v/:code/booklet.pdf',
    onVillage(portal, async (c, { code, name }) => sendFile(c, await bookletFor(deps, code, name))),
  );
  app.get(
    '/v/:code/wall.pdf',
    onVillage(portal, async (c, { code, name }) => sendFile(c, await wallFor(deps, code, name))),
  );
  app.get(
    '/v/:code/board.xlsx',
    onVillage(portal, async (c, { code, name }) => sendFile(c, await boardListFor(deps, code, name))),
  );
  app.get(
    '/v/:code/feed.atom',
    onVillage(portal, async (c, { code, name }) => {
      c.header('content-type', 'application/atom+xml; charset=utf-8');
      return c.body(await atomFor(deps, code, name));
    }),
  );
  app.get('/data/:county/catalog.jsonld', async (c) => {
    const county = c.req.param('county');
    const catalogue = /^\d{6}$/.test(county) ? await dataCatalogueFor(deps, county) : undefined;
    if (catalogue === undefined) return replyNoVillage(portal, c);
    c.header('content-type', 'application/ld+json');
    return c.body(JSON.stringify(catalogue));
  });
};
