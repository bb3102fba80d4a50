import { createRequire } from 'node:module';
import path from 'node:path';
import type { PlainDate } from '@lianxin/domain';
import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';

const folder = path.dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'));
const cut = (name: string): string => path.join(folder, name, `NotoSansSC_${name}.ttf`);
// TrueType outlines: from woff2 the library makes pages that are blank although their text can be extracted.
const regular = cut('400Regular');
const bold = cut('700Bold');

pdfmake.setFonts({ NotoSansSC: { normal: regular, bold, italics: regular, bolditalics: bold } });
// A paper carries its own content; nothing in it may make the server open a file or an address.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((file) => file === regular || file === bold);

/** From one line to the next, as a factor of the size, when nothing is said; a property of the font. */
export const naturalLine = 1.448;

/** A file that travels inside a print, e.g. the proof that a certificate can be checked with. */
export interface Attachment {
  readonly name: string;
  readonly about: string;
  readonly bytes: Uint8Array;
}

/** How a print is titled, dated and laid out; everything in it decides its bytes. */
export interface Print {
  readonly title: string;
  readonly issuer: string;
  readonly date: PlainDate;
  readonly content: Content;
  readonly layout: Omit<TDocumentDefinitions, 'content' | 'info'>;
  readonly attachments?: readonly Attachment[];
}

const filesOf = (print: Print): NonNullable<TDocumentDefinitions['files']> =>
  Object.fromEntries(
    (print.attachments ?? []).map((one) => [
      one.name,
      {
        src: `data:application/octet-stream;base64,${Buffer.from(one.bytes).toString('base64')}`,
        name: one.name,
        description: one.about,
        creationDate: new Date(`${print.date}T00:00:00Z`),
        modifiedDate: new Date(`${print.date}T00:00:00Z`),
      },
    ]),
  );

/**
 * A print-ready PDF with its font inside. The same content gives the same bytes on every machine and day, because its hash stands in the
 * public log; so its date is the paper's and not the clock's.
 */
export const printOf = async (print: Print): Promise<Uint8Array> => {
  const buffer = await pdfmake
    .createPdf({
      ...print.layout,
      content: print.content,
      language: 'zh-CN',
      files: filesOf(print),
      info: {
        title: print.title,
        author: print.issuer,
        creator: 'Lianxin',
        creationDate: new Date(`${print.date}T00:00:00Z`),
      },
      defaultStyle: { font: 'NotoSansSC', ...print.layout.defaultStyle },
    })
    .getBuffer();
  return new Uint8Array(buffer);
};
