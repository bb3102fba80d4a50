import type { App } from './environment.js';
import { exampleOf, type Schema, type Schemas } from './openapi-example.js';

/** Where the description of this server's own interface stands. */
const openApiPath = '/api/openapi.json';

interface Media {
  schema?: Schema;
  example?: unknown;
  examples?: Record<string, { $ref: string }>;
}
interface Operation {
  operationId?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  parameters?: {
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema: object;
    example?: unknown;
  }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { description: string; content?: Record<string, Media> }>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas: Schemas; securitySchemes?: object; examples?: object };
  tags?: { name: string; description: string }[];
  webhooks?: object;
}

/** What each part of the interface is for, in both languages; one that is new shows its own name until it has a line here. */
const parts: Readonly<Record<string, string>> = {
  account: '本人账号 The own log-in',
  coverage: '组织覆盖 Coverage by Party bodies, stations, offices',
  decisions: '民主决策 Decisions',
  disclosures: '村务公开 Disclosure',
  divisions: '行政区划 Divisions',
  'field-work': '联系群众 Visits and field acts',
  files: '附件 Attachments',
  households: '户和网格 Households, grids, contact cards',
  imports: '导入 Lists taken in from files',
  inbox: '待办 What waits for whom',
  log: '公开册 The public log',
  matters: '事项 Matters',
  meetings: '会议和表决 Meetings and votes',
  people: '人和任职 Persons, bodies, appointments',
  places: '场所和站点 Places and stations',
  'policy-packs': '政策包 Rules',
  privacy: '个人信息 Personal data',
  records: '台账登记 Registers',
  reports: '报表 Reports',
  requests: '群众诉求 What residents tell and follow, without an account',
  session: '登录 Log-in',
  webhooks: '推送 Webhooks',
};

const writes = new Set(['post', 'put', 'patch', 'delete']);

/** `get /api/matters/{id}/acts` becomes `getMattersIdActs`. */
const operationIdOf = (method: string, path: string): string =>
  method +
  path
    .replace(/^\/api/, '')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/**
 * What a visitor may ask besides the requests of residents: everything about logging in, what is public by its address, and these. The access
 * matrix holds the same, and a test compares them.
 */
const open = new Set([
  'GET /api/convenience-stations',
  'GET /api/duty-contacts',
  'GET /api/households/template.xlsx',
  'GET /api/policy-packs',
  'GET /api/policy-packs/{hash}/procedures/{id}',
  'GET /api/policy-packs/{hash}/procedures/{id}/bpmn',
]);

const isOpen = (method: string, path: string, { tags }: Operation): boolean =>
  tags?.includes('requests') === true ||
  // Unlocking is for whoever is logged in and was away.
  (/^\/api\/(?:session|public-[a-z]+)(?:\/|$)/.test(path) && path !== '/api/session/unlock') ||
  open.has(`${method.toUpperCase()} ${path}`);

const refusal = {
  summary: '拒绝 A refusal',
  value: {
    faults: [
      {
        code: 'field-missing',
        what: '缺少必填项“请写下您的事”。',
        why: null,
        cure: '请填写“请写下您的事”。',
        source: [],
        params: { field: '请写下您的事' },
      },
    ],
  },
};

const nameExamples = (operation: Operation, schemas: Schemas): void => {
  for (const media of Object.values(operation.requestBody?.content ?? {}))
    if (media.schema !== undefined) media.example ??= exampleOf(media.schema, schemas);
  for (const [status, { content }] of Object.entries(operation.responses)) {
    const media = content?.['application/json'];
    if (media?.schema === undefined) continue;
    if (status.startsWith('2')) media.example ??= exampleOf(media.schema, schemas);
    else media.examples ??= { refusal: { $ref: '#/components/examples/Refusal' } };
  }
};

const describeOperation = (method: string, path: string, operation: Operation, schemas: Schemas): void => {
  operation.operationId = operationIdOf(method, path);
  operation.security = isOpen(method, path, operation) ? [] : [{ session: [] }];
  // Every write is looked at for where it comes from, so every one can be refused.
  if (writes.has(method))
    operation.responses['403'] ??= {
      description: 'sent by another site, or not this office’s to do',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/MatterRefusal' } } },
    };
  // Whatever a route says itself, a request that cannot be read is refused before it.
  if (!Object.keys(operation.responses).some((status) => status.startsWith('4')))
    operation.responses['400'] = {
      description: 'not readable',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/MatterRefusal' } } },
    };
  for (const parameter of operation.parameters ?? []) {
    if (parameter.name.toLowerCase() !== 'idempotency-key') continue;
    parameter.name = 'Idempotency-Key';
    parameter.required = true;
    parameter.description =
      '客户端在第一次发送前生成并保存；同一个号再发一次得到第一次的答复。 Made and kept by the client before the first try.';
    parameter.schema = { type: 'string', pattern: '^[A-Za-z0-9._~-]{8,100}$' };
    parameter.example = '0199f2a4-6c00-7d2e-9b1f-3a5c7e9d1b2f';
  }
  nameExamples(operation, schemas);
};

/**
 * The description of this server's own interface 接口说明 (OpenAPI 3.1), made from the route definitions that also check every request; added
 * here is what no single route knows: names of operations, who must be logged in, the command id, and an example for every body.
 */
const describe = (app: App, cookie: string): Document => {
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: '连心 Lianxin',
      version: '0.1.0',
      description:
        '基层治理系统接口。每个改变状态的请求都带 Idempotency-Key；每次拒绝都说明原因、依据和怎么改。 Every request that changes something carries an Idempotency-Key; every refusal says why, on what ground and what would cure it.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: '/' }],
  }) as unknown as Document;
  // With no route there is no schema either.
  const components = { ...document.components, schemas: document.components?.schemas ?? {} };
  const tags = new Set<string>();
  components.securitySchemes = {
    session: {
      type: 'apiKey',
      in: 'cookie',
      name: cookie,
      description: '登录后由服务器设置。 Set by POST /api/session.',
    },
  };
  components.examples = { Refusal: refusal };
  for (const [path, operations] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(operations)) {
      operation.tags ??= [path.split('/')[2] ?? 'other'];
      for (const tag of operation.tags) tags.add(tag);
      describeOperation(method, path, operation, components.schemas);
    }
  document.tags = [...tags].toSorted().map((name) => ({ name, description: parts[name] ?? name }));
  delete document.webhooks;
  document.components = components;
  return document;
};

/** Serves the description; it is made once, when somebody first asks for it. */
export const serveOpenApi = (app: App, cookie: string): void => {
  let text: string | undefined;
  app.get(openApiPath, (c) => {
    text ??= JSON.stringify(describe(app, cookie));
    c.header('content-type', 'application/json; charset=utf-8');
    return c.body(text);
  });
};
