import { inflateSync } from 'node:zlib';

/** One line of type on a page: where its baseline starts, how large it is, what it says. */
export interface PdfLine {
  /** Points from the left edge, and from the top edge down to the baseline. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly text: string;
}

export interface PdfPage {
  /** Points. */
  readonly width: number;
  readonly height: number;
  readonly lines: readonly PdfLine[];
  readonly text: string;
}

const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** Every object of the file by number, as written, with its stream unpacked behind it. */
const objectsOf = (bytes: Uint8Array): Map<number, { head: string; stream: string }> => {
  const file = latin(bytes);
  const objects = new Map<number, { head: string; stream: string }>();
  for (const found of file.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/gu)) {
    const [head = '', packed] = (found[2] ?? '').split(/\nstream\n/u);
    const raw = packed?.replace(/\nendstream$/u, '') ?? '';
    const stream =
      packed !== undefined && head.includes('/FlateDecode') ? latin(inflateSync(Buffer.from(raw, 'latin1'))) : raw;
    objects.set(Number(found[1]), { head, stream });
  }
  return objects;
};

const fromUtf16 = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** What each glyph of a font reads as, from its ToUnicode map. */
const readingOf = (map: string): Map<number, string> => {
  const reading = new Map<number, string>();
  for (const block of map.matchAll(/beginbfrange\s([\s\S]*?)endbfrange/gu)) {
    for (const range of (block[1] ?? '').matchAll(/<(\w+)> <\w+> \[([^\]]*)\]/gu)) {
      [...(range[2] ?? '').matchAll(/<(\w*)>/gu)].forEach((one, at) =>
        reading.set(Number.parseInt(range[1] ?? '', 16) + at, fromUtf16(one[1] ?? '')),
      );
    }
  }
  return reading;
};

const reference = (head: string, key: string): number => Number(new RegExp(`/${key} (\\d+) 0 R`, 'u').exec(head)?.[1]);

/**
 * The pages of a PDF as they are set: sizes, lines of type with place and size, and their text.
 * Reads what our own printing makes (one object after another, glyphs of two bytes, no object streams), not any PDF.
 */
export const readPdf = (bytes: Uint8Array): readonly PdfPage[] => {
  const objects = objectsOf(bytes);
  const at = (number: number) => objects.get(number) ?? { head: '', stream: '' };
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b(?!s)/u.test(head));
  return pages.map(({ head }) => {
    const [, width = 0, height = 0] = (/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/u.exec(head) ?? []).map(Number);
    const resources = at(reference(head, 'Resources')).head;
    const fonts = new Map(
      [...resources.matchAll(/\/(F\d+) (\d+) 0 R/gu)].map((font) => [
        font[1] ?? '',
        readingOf(at(reference(at(Number(font[2])).head, 'ToUnicode')).stream),
      ]),
    );
    const pieces: PdfLine[] = [];
    let reading = new Map<number, string>();
    let [size, x, y] = [0, 0, 0];
    const content = at(reference(head, 'Contents')).stream;
    for (const word of content.matchAll(/\/(F\d+) ([\d.]+) Tf|1 0 0 1 ([\d.-]+) ([\d.-]+) Tm|\[([^\]]*)\] TJ/gu)) {
      if (word[1] !== undefined) {
        reading = fonts.get(word[1]) ?? new Map();
        size = Number(word[2]);
      } else if (word[3] !== undefined) {
        x = Number(word[3]);
        // The page is drawn upside down and turned back, so that its origin is the upper left corner.
        y = height - Number(word[4]);
      } else {
        const glyphs = [...(word[5] ?? '').matchAll(/<(\w*)>/gu)].flatMap(
          (run) => (run[1] ?? '').match(/.{4}/gu) ?? [],
        );
        pieces.push({
          x,
          y,
          size,
          text: glyphs.map((glyph) => reading.get(Number.parseInt(glyph, 16)) ?? '?').join(''),
        });
      }
    }
    const lines: PdfLine[] = [];
    for (const piece of pieces) {
      const last = lines.at(-1);
      if (last !== undefined && Math.abs(last.y - piece.y) < 0.01 && piece.x >= last.x) {
        lines[lines.length - 1] = { ...last, text: last.text + piece.text };
      } else lines.push(piece);
    }
    return { width, height, lines, text: lines.map((line) => line.text).join('\n') };
  });
};
