/** A file as it travels inside a PDF; packed ones are unpacked by the caller, since browsers and machines do that in different ways. */
export interface FileInPdf {
  readonly bytes: Uint8Array;
  /** Packed with zlib. */
  readonly deflated: boolean;
}

/** A file inside a PDF is at most this long here; a certificate has a hundredth of it. */
const mostBytes = 4_194_304;

/**
 * The files that travel inside a PDF 附件, in their order. It reads embedded file streams only and nothing else of the PDF: what is printed on
 * the pages is for people, the file is what is checked.
 */
export function filesInPdf(pdf: Uint8Array): readonly FileInPdf[] {
  const text = latin(pdf);
  const files: FileInPdf[] = [];
  for (let at = text.indexOf('/EmbeddedFile'); at >= 0; at = text.indexOf('/EmbeddedFile', at + 1)) {
    if (/^\/EmbeddedFile[A-Za-z]/.test(text.slice(at, at + 16))) continue;
    // The dictionary ends before the word; a media type may end with it too (octet-stream).
    const opening = />>\s*stream\r?\n/g;
    opening.lastIndex = at;
    const opened = opening.exec(text);
    const begin = text.lastIndexOf(' obj', at);
    const start = opened?.index ?? -1;
    const end = text.indexOf('endstream', start);
    if (opened === null || begin < 0 || end < 0 || text.indexOf('endobj', begin) < start) continue;
    const head = text.slice(begin, start);
    const from = start + opened[0].length;
    const length = Number(/\/Length (\d+)(?! \d+ R)/.exec(head)?.[1] ?? end - from);
    if (!(length > 0) || length > mostBytes || from + length > pdf.length) continue;
    files.push({ bytes: pdf.slice(from, from + length), deflated: head.includes('/FlateDecode') });
  }
  return files;
}

/** Bytes as a text of as many letters, so that places in one are places in the other. */
function latin(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
}
