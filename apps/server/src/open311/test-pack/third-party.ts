import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { SaxesParser } from 'saxes';
import { parse } from 'yaml';

const { definitions } = parse(readFileSync(path.join(import.meta.dirname, 'georeport-v2.schemas.yaml'), 'utf8')) as {
  definitions: Record<string, object>;
};

/** Words of Swagger 2 that say no rule of JSON Schema. */
const formats = ['uid', 'double', 'uint', 'date-time', 'uri'];

/** A check of a list against the schema that the Open311 community publishes for one of its rows; gives what is wrong, in words. */
export const checkRows = (definition: string): ((rows: unknown) => string[]) => {
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    formats: Object.fromEntries(formats.map((one) => [one, true])),
  });
  const check: ValidateFunction = ajv.compile({
    definitions,
    type: 'array',
    items: { $ref: `#/definitions/${definition}` },
  });
  return (rows) => (check(rows) ? [] : (check.errors ?? []).map((one) => `${one.instancePath} ${one.message ?? ''}`));
};

/** An element as a parser of somebody else reads it. */
export interface Element {
  readonly name: string;
  readonly text: string;
  readonly children: readonly Element[];
}

/** Reads a document with a strict XML parser; throws at the first character that is not well formed. */
export const readXml = (document: string): Element => {
  interface Open {
    name: string;
    text: string;
    children: Element[];
  }
  const top: Open = { name: '', text: '', children: [] };
  const open: Open[] = [top];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => void open.push({ name, text: '', children: [] }));
  parser.on('text', (text) => {
    const inner = open.at(-1);
    if (inner !== undefined) inner.text += text;
  });
  parser.on('closetag', () => {
    const done = open.pop();
    if (done !== undefined) open.at(-1)?.children.push(done);
  });
  parser.write(document).close();
  const [root] = top.children;
  if (root === undefined) throw new Error('no element');
  return root;
};

/** Text of the first element of a name below another, wherever. */
export const textIn = (element: Element, name: string): string | undefined => {
  for (const child of element.children) {
    if (child.name === name) return child.text;
    const inside = textIn(child, name);
    if (inside !== undefined) return inside;
  }
  return undefined;
};
