import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { naturalLine } from './print.js';
import { paperDate, sharesOf, signersOf, withNumbers, type Paper, type PaperBlock, type PaperTable } from './paper.js';
import { qrDrawing } from './qr.js';
import { titleLines } from './title-lines.js';

/** Sizes of one kind of sheet, in points. */
export interface Scale {
  readonly title: number;
  readonly body: number;
  readonly table: number;
  /** From one line of body type to the next. */
  readonly pitch: number;
  readonly code: number;
}

const bodyLine = (scale: Scale) => ({ fontSize: scale.body, lineHeight: scale.pitch / (scale.body * naturalLine) });

const cell = (text: string, at: number, table: PaperTable): TableCell => ({
  text,
  alignment: table.right?.includes(at) === true ? 'right' : 'left',
});

const tableOf = (table: PaperTable, scale: Scale): Content[] => {
  const shares = sharesOf(table);
  const sum = shares.reduce((total, share) => total + share, 0);
  return [
    ...(table.caption === undefined ? [] : [{ text: table.caption, alignment: 'center' as const, ...bodyLine(scale) }]),
    {
      fontSize: scale.table,
      margin: [0, scale.table / 3, 0, scale.table],
      layout: {
        hLineWidth: () => 0.75,
        vLineWidth: () => 0.75,
        paddingTop: () => scale.table / 4,
        paddingBottom: () => scale.table / 4,
      },
      table: {
        headerRows: 1,
        dontBreakRows: true,
        widths: shares.map((share) => `${(100 * share) / sum}%`),
        body: [
          table.head.map((text) => ({ text, bold: true, alignment: 'center' as const, fillColor: '#f2f2f2' })),
          ...table.rows.map((row) => row.map((text, at) => cell(text, at, table))),
        ],
      },
    },
  ];
};

const blockOf = (block: PaperBlock, scale: Scale): Content[] => {
  const indented = { ...bodyLine(scale), leadingIndent: scale.body * 2 };
  switch (block.kind) {
    case 'paragraph':
      return [{ text: block.text, ...indented }];
    case 'heading':
      return [{ text: block.text, bold: block.level <= 2, ...indented }];
    case 'signing':
      return block.lines.map((text) => ({ text: `${text}：${'＿'.repeat(10)}`, ...indented }));
    case 'table':
      return tableOf(block, scale);
  }
};

/** The names of the signers centred over the date, the date four characters from the edge. */
const signatureOf = (paper: Paper, scale: Scale): Content[] => {
  const date = paperDate(paper.date);
  const dateWidth = [...date].reduce((width, one) => width + (/\d/u.test(one) ? 0.555 : 1), 0);
  const fromRight = (text: string, characters: number): Content => ({
    text,
    alignment: 'right',
    margin: [0, 0, Math.max(0, characters) * scale.body, 0],
    ...bodyLine(scale),
  });
  return [
    ...signersOf(paper).map((name) => fromRight(name, 4 + (dateWidth - [...name].length) / 2)),
    fromRight(date, 4),
  ];
};

/** The title of a paper and what stands around it. */
export const headOf = (paper: Paper, scale: Scale, width: number): Content[] => {
  const title: Content = {
    text: titleLines(paper.title, Math.floor(width / scale.title)).join('\n'),
    fontSize: scale.title,
    bold: true,
    alignment: 'center',
    margin: [0, 0, 0, scale.pitch / 2],
  };
  const number: Content[] =
    paper.number === undefined ? [] : [{ text: paper.number, alignment: 'center', ...bodyLine(scale) }];
  if (paper.head === undefined) return [title, ...number];
  return [
    {
      text: paper.head,
      fontSize: scale.title * 1.6,
      bold: true,
      color: '#ff0000',
      alignment: 'center',
      margin: [0, 0, 0, scale.pitch],
    },
    ...number,
    {
      canvas: [{ type: 'line', x1: 0, y1: 4, x2: width, y2: 4, lineWidth: 1.5, lineColor: '#ff0000' }],
      margin: [0, 0, 0, scale.pitch],
    },
    title,
  ];
};

const addresseeOf = ({ addressee }: Paper, scale: Scale): Content[] =>
  addressee === undefined ? [] : [{ text: `${addressee}：`, ...bodyLine(scale) }];

const enclosuresOf = ({ enclosures = [] }: Paper, scale: Scale): Content[] =>
  enclosures.map((text, at) => ({
    text: `${at === 0 ? '附件：' : '　　　'}${at + 1}. ${text}`,
    ...bodyLine(scale),
    leadingIndent: scale.body * 2,
    preserveLeadingSpaces: true,
  }));

/** What a paper says below its title and above its signature. */
export const textOf = (paper: Paper, scale: Scale): Content[] => [
  ...addresseeOf(paper, scale),
  ...withNumbers(paper.blocks).flatMap((block) => blockOf(block, scale)),
  ...enclosuresOf(paper, scale),
];

/** Longest end of a text that goes along with the signature, in characters: what is kept together must fit on a page. */
const mostKept = 140;

/** Whether the end of the text may go along with the signature. */
const endIsShort = ({ blocks, enclosures }: Paper): boolean => {
  const last = blocks.at(-1);
  if (enclosures !== undefined || last === undefined) return true;
  return last.kind === 'signing' || (last.kind !== 'table' && last.text.length <= mostKept);
};

/**
 * What a paper says below its title, down to signature and date. A signature that finds no room takes the end of the text along to the next
 * page: on a page without text it could be put under anything (GB/T 9704, 7.3.5).
 */
export const signedTextOf = (paper: Paper, scale: Scale): Content[] => {
  const text = textOf(paper, scale);
  const gap: Content = { text: ' ', ...bodyLine(scale) };
  const last = endIsShort(paper) ? text.slice(-1) : [];
  return [
    ...text.slice(0, text.length - last.length),
    { unbreakable: true, stack: [...last, gap, ...signatureOf(paper, scale)] },
  ];
};

const codeOf = (text: string, scale: Scale): Content => ({
  svg: qrDrawing(text),
  width: scale.code,
  height: scale.code,
});

const footWords = (paper: Pick<Paper, 'code' | 'note'>, scale: Scale): Content[] => [
  ...(paper.code === undefined ? [] : [{ text: paper.code.caption, fontSize: scale.table }]),
  ...(paper.note === undefined ? [] : [{ text: paper.note, fontSize: 8, color: '#444444' }]),
];

/** The code with its words beside it and the note in small print; stays together on one page. */
export const footOf = (paper: Pick<Paper, 'code' | 'note'>, scale: Scale): Content[] => {
  const words = footWords(paper, scale);
  if (paper.code === undefined) return words;
  return [
    {
      unbreakable: true,
      margin: [0, scale.pitch / 2, 0, 0],
      columnGap: 12,
      columns: [codeOf(paper.code.text, scale), { width: '*', stack: words, margin: [0, scale.code / 4, 0, 0] }],
    },
  ];
};

/** Signature and code side by side, for a sheet on a wall: a code that found no room below would take a sheet of its own. */
export const closingOf = (paper: Paper, scale: Scale): Content => {
  const words = footWords(paper, scale);
  if (paper.code === undefined)
    return { unbreakable: true, stack: [{ text: ' ', ...bodyLine(scale) }, ...signatureOf(paper, scale), ...words] };
  // A column as wide as its longest line, so that neither the body nor the date breaks; it stands away from the edge by itself.
  const signature = [...signersOf(paper), paperDate(paper.date)].map((text): Content => ({
    text,
    alignment: 'center',
    ...bodyLine(scale),
  }));
  return {
    unbreakable: true,
    margin: [0, scale.pitch, 0, 0],
    columnGap: 12,
    columns: [
      codeOf(paper.code.text, scale),
      { width: '*', stack: words, margin: [0, scale.code / 4, 0, 0] },
      { width: 'auto', stack: signature, margin: [0, scale.code / 6, 0, 0] },
    ],
  };
};
