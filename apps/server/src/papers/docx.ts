import {
  AlignmentType,
  Document,
  DocumentGridType,
  Footer,
  ImageRun,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  type IParagraphOptions,
} from 'docx';
import * as measure from './measures.js';
import { paperDate, sharesOf, signersOf, withNumbers, type Paper, type PaperBlock, type PaperTable } from './paper.js';
import { qrPicture } from './qr.js';
import { titleLines } from './title-lines.js';

/** Faces by name: every office computer has them, and no licence lets us put them into the file. */
const face = {
  body: '仿宋_GB2312',
  title: '方正小标宋简体',
  first: '黑体',
  second: '楷体_GB2312',
  number: '宋体',
} as const;

const half = (points: number): number => Math.round(points * 2);
const pitch = Math.floor(measure.linePitch * 20);
const typeWidth = measure.twips(measure.typeArea.width);
/** A character of body type on the grid, in twips. */
const character = typeWidth / measure.grid.characters;
/** How much narrower than its own width a character stands, in 1/4096 point; rounded down, or the 28th would not fit. */
const charSpace = Math.floor((character / 20 - measure.size.body) * 4096);

interface RunLook {
  readonly font?: string;
  readonly size?: number;
  readonly bold?: boolean;
  readonly colour?: string;
  readonly newLine?: boolean;
}

const run = (
  text: string,
  { font = face.body, size = measure.size.body, bold, colour, newLine }: RunLook = {},
): TextRun =>
  new TextRun({
    text,
    font: { ascii: font, eastAsia: font, hAnsi: font, cs: font },
    size: half(size),
    ...(bold === undefined ? {} : { bold }),
    ...(colour === undefined ? {} : { color: colour }),
    ...(newLine === true ? { break: 1 } : {}),
  });

const line = (text: string, look: RunLook = {}, options: IParagraphOptions = {}): Paragraph =>
  new Paragraph({
    spacing: { line: pitch, lineRule: LineRuleType.EXACT },
    ...options,
    children: [run(text, look)],
  });

const indented = { indent: { firstLineChars: 200, firstLine: Math.round(character * 2) } };

const headingFace = [face.first, face.second, face.body, face.body] as const;

const tableOf = (table: PaperTable): (Paragraph | Table)[] => {
  const shares = sharesOf(table);
  const sum = shares.reduce((total, share) => total + share, 0);
  const widths = shares.map((share) => Math.floor((typeWidth * share) / sum));
  const cell = (text: string, at: number, head: boolean) =>
    new TableCell({
      width: { size: widths[at] ?? 0, type: WidthType.DXA },
      margins: { top: 40, bottom: 40, left: 80, right: 80 },
      children: [
        new Paragraph({
          alignment: head ? AlignmentType.CENTER : table.right?.includes(at) ? AlignmentType.RIGHT : AlignmentType.LEFT,
          children: [run(text, { size: measure.size.table, bold: head, font: head ? face.first : face.body })],
        }),
      ],
    });
  return [
    ...(table.caption === undefined ? [] : [line(table.caption, {}, { alignment: AlignmentType.CENTER })]),
    new Table({
      width: { size: typeWidth, type: WidthType.DXA },
      columnWidths: widths,
      rows: [
        new TableRow({ tableHeader: true, children: table.head.map((text, at) => cell(text, at, true)) }),
        ...table.rows.map(
          (row) => new TableRow({ cantSplit: true, children: row.map((text, at) => cell(text, at, false)) }),
        ),
      ],
    }),
  ];
};

const blockOf = (block: PaperBlock): (Paragraph | Table)[] => {
  switch (block.kind) {
    case 'paragraph':
      return [line(block.text, {}, indented)];
    case 'heading':
      return [line(block.text, { font: headingFace[block.level - 1] ?? face.body }, { ...indented, keepNext: true })];
    case 'signing':
      return block.lines.map((text) => line(`${text}：${'＿'.repeat(10)}`, {}, indented));
    case 'table':
      return tableOf(block);
  }
};

/** The names of the signers stand centred over the date, the date four characters from the edge. */
const signatureOf = (paper: Paper): Paragraph[] => {
  const date = paperDate(paper.date);
  const dateWidth = [...date].reduce((width, one) => width + (/\d/u.test(one) ? 0.5 : 1), 0);
  const fromRight = (characters: number) => ({
    alignment: AlignmentType.RIGHT,
    indent: { right: Math.round(Math.max(0, characters) * character) },
  });
  return [
    ...signersOf(paper).map((name) => line(name, {}, fromRight(4 + (dateWidth - [...name].length) / 2))),
    line(date, {}, fromRight(4)),
  ];
};

const codeOf = async (paper: Paper): Promise<Paragraph[]> => {
  if (paper.code === undefined) return [];
  return [
    new Paragraph({
      keepNext: true,
      children: [
        new ImageRun({
          type: 'png',
          data: Buffer.from(await qrPicture(paper.code.text)),
          transformation: { width: 96, height: 96 },
          altText: { name: '二维码', title: '二维码', description: paper.code.text },
        }),
      ],
    }),
    line(paper.code.caption, { size: 12 }),
  ];
};

const pageNumber = (alignment: 'left' | 'right'): Footer =>
  new Footer({
    children: [
      new Paragraph({
        alignment,
        indent: { [alignment]: Math.round(character) },
        children: [
          new TextRun({
            children: ['— ', PageNumber.CURRENT, ' —'],
            font: { ascii: face.number, eastAsia: face.number, hAnsi: face.number, cs: face.number },
            size: half(measure.size.pageNumber),
          }),
        ],
      }),
    ],
  });

const headOf = (paper: Paper): Paragraph[] => {
  const centred = { alignment: AlignmentType.CENTER };
  const head =
    paper.head === undefined
      ? []
      : [
          new Paragraph({
            ...centred,
            spacing: { after: pitch },
            children: [run(paper.head, { font: face.title, size: 36, colour: 'FF0000' })],
          }),
        ];
  const number =
    paper.number === undefined
      ? []
      : [
          line(
            paper.number,
            {},
            paper.head === undefined
              ? centred
              : { ...centred, border: { bottom: { style: 'single', size: 12, space: 6, color: 'FF0000' } } },
          ),
        ];
  const title = new Paragraph({
    ...centred,
    spacing: {
      before: paper.head === undefined ? 0 : pitch,
      after: Math.round(pitch / 2),
      line: 640,
      lineRule: LineRuleType.EXACT,
    },
    children: titleLines(paper.title, Math.floor(measure.points(measure.typeArea.width) / measure.size.title)).map(
      (text, at) => run(text, { font: face.title, size: measure.size.title, ...(at > 0 && { newLine: true }) }),
    ),
  });
  // Without a red head the number stands under the title, where people look for it.
  return paper.head === undefined ? [title, ...number] : [...head, ...number, title];
};

/**
 * A paper as a docx laid out by GB/T 9704-2012: A4, type area 156 × 225 mm, 22 lines of 28 characters, page number outside.
 * Made for editing and sealing in an office; what is posted and hashed is the print.
 */
export const docxOf = async (paper: Paper): Promise<Uint8Array> => {
  const document = new Document({
    title: paper.title,
    creator: paper.issuer,
    evenAndOddHeaderAndFooters: true,
    sections: [
      {
        properties: {
          page: {
            size: { width: measure.twips(measure.page.width), height: measure.twips(measure.page.height) },
            margin: {
              top: measure.twips(measure.typeArea.top),
              left: measure.twips(measure.typeArea.left),
              right: measure.twips(measure.right),
              bottom: measure.twips(measure.bottom),
              footer: measure.twips(measure.bottom - measure.pageNumberBelow - 5),
            },
          },
          grid: { type: DocumentGridType.LINES_AND_CHARS, linePitch: pitch, charSpace },
        },
        footers: { default: pageNumber('right'), even: pageNumber('left') },
        children: [
          ...headOf(paper),
          ...(paper.addressee === undefined ? [] : [line(`${paper.addressee}：`)]),
          ...withNumbers(paper.blocks).flatMap(blockOf),
          ...(paper.enclosures ?? []).map((text, at) =>
            line(`${at === 0 ? '附件：' : '　　　'}${at + 1}. ${text}`, {}, indented),
          ),
          new Paragraph({ spacing: { line: pitch, lineRule: LineRuleType.EXACT } }),
          ...signatureOf(paper),
          ...(await codeOf(paper)),
          ...(paper.note === undefined ? [] : [line(paper.note, { size: 9 })]),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
};
