import { SaxesParser } from 'saxes';
import { fault } from '@lianxin/domain';
import { FileRefused } from './file-refused.js';

/** What is heard of an XML document: elements by their names without prefix, and the text between. */
export interface XmlListener {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads XML piece by piece, so that neither its size nor its depth is ever in memory at once. Entities are never fetched or expanded:
 * a document that declares a type is refused (`import-file-unsafe`). Throws `FileRefused` with `bad-encoding` where it is not UTF-8 and
 * `import-file-unreadable` where it is not well formed.
 */
export const readXml = async (chunks: AsyncIterable<Uint8Array>, listener: XmlListener): Promise<void> => {
  const parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false });
  let depth = 0;
  parser.on('error', () => {
    throw new FileRefused(fault('import-file-unreadable', { reason: 'XML 不合规 not well formed' }));
  });
  parser.on('doctype', () => {
    throw new FileRefused(fault('import-file-unsafe', { what: '文档类型声明 a document type declaration' }));
  });
  parser.on('opentag', (tag) => {
    depth += 1;
    if (depth > 64) throw new FileRefused(fault('import-file-unsafe', { what: '层层嵌套的内容 deep nesting' }));
    listener.open?.(local(tag.name), tag.attributes);
  });
  parser.on('closetag', (tag) => {
    depth -= 1;
    listener.close?.(local(tag.name));
  });
  parser.on('text', (text) => listener.text?.(text));
  parser.on('cdata', (text) => listener.text?.(text));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      throw new FileRefused(fault('bad-encoding'));
    }
  };
  for await (const chunk of chunks) parser.write(decode(chunk));
  parser.write(decode());
  parser.close();
};
