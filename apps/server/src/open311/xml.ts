/** A value of an answer; what is undefined is left out of both formats. */
export type Node = string | number | boolean | undefined | readonly Node[] | { readonly [name: string]: Node };

/** What one entry of a list is called in XML; JSON lists have no such word. */
const entryOf: Readonly<Record<string, string>> = {
  services: 'service',
  attributes: 'attribute',
  values: 'value',
  service_requests: 'request',
  service_requests_updates: 'request_update',
  errors: 'error',
  endpoints: 'endpoint',
  formats: 'format',
  jurisdictions: 'jurisdiction',
};

const marks: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text as XML 1.0 may hold it: marks written as entities, control characters that no document may contain left out. */
const textOf = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- these are the characters that XML 1.0 forbids
  text
    // oxlint-disable-next-line no-control-regex -- XML has no way to write these
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
    .replaceAll(/[&<>"']/g, (mark) => marks[mark] ?? mark);

const element = (name: string, node: Node): string => {
  if (node === undefined) return '';
  if (Array.isArray(node)) {
    const entry = entryOf[name] ?? 'entry';
    return `<${name}>${(node as readonly Node[]).map((one) => element(entry, one)).join('')}</${name}>`;
  }
  if (typeof node === 'object') {
    const inside = Object.entries(node).map(([key, value]) => element(key, value));
    return `<${name}>${inside.join('')}</${name}>`;
  }
  return `<${name}>${textOf(String(node))}</${name}>`;
};

/** An answer as an XML document with the given root. */
export const xmlOf = (root: string, node: Node): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n${element(root, node)}\n`;
