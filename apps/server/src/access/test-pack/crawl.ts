import exceljs from 'exceljs';
import { routesOf, samplesFor } from './ask-routes.js';
import type { AskingCounty } from './asking-county.js';
import type { Described } from './request-samples.js';

/** The cells of a workbook; its bytes carry the clock of the machine that wrote it. */
const cellsOf = async (answer: Response): Promise<string> => {
  const book = new exceljs.Workbook();
  await book.xlsx.load(await answer.arrayBuffer());
  return JSON.stringify(book.worksheets.map((sheet) => sheet.getSheetValues()));
};

/** All that an answer says, apart from what a test has reviewed and leaves out. */
export const contentOf = async (answer: Response, leaveOut?: RegExp): Promise<string> => {
  const type = answer.headers.get('content-type') ?? '';
  const text = type.includes('spreadsheet') ? await cellsOf(answer) : await answer.text();
  const body = leaveOut === undefined ? text : text.replaceAll(leaveOut, 'left out');
  return `${answer.status} ${type} ${answer.headers.get('etag') ?? ''} ${body}`;
};

/** Every reading route of the router, as one person, about every place: address → answer. */
export const crawl = async (
  county: AskingCounty,
  asker: string,
  { routes = () => true, leaveOut }: { readonly routes?: (path: string) => boolean; readonly leaveOut?: RegExp } = {},
): Promise<ReadonlyMap<string, string>> => {
  const described = (await (await county.server.request('/api/openapi.json')).json()) as Described;
  const cookie = county.clients.get(asker)?.cookie ?? '';
  const seen = new Map<string, string>();
  for (const route of routesOf(county).filter(({ method, path }) => method === 'GET' && routes(path)))
    for (const [, sample] of samplesFor(county, described, route)) {
      if (seen.has(sample.path)) continue;
      seen.set(
        sample.path,
        await contentOf(await county.server.request(sample.path, { headers: { cookie } }), leaveOut),
      );
    }
  return seen;
};

/** Addresses that answer otherwise in two worlds. */
export const differing = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] =>
  [...new Set([...one.keys(), ...other.keys()])].filter((path) => one.get(path) !== other.get(path));
