import type { Content } from 'pdfmake/interfaces.js';
import { closingOf, footOf, headOf, signedTextOf, textOf, type Scale } from './blocks.js';
import * as measure from './measures.js';
import { paperDate, type Paper, type PaperCode } from './paper.js';
import { printOf, type Attachment } from './print.js';

const { points, typeArea } = measure;

const official: Scale = {
  title: measure.size.title,
  body: measure.bodyInPrint,
  table: measure.size.table,
  // A hair less than the pitch, or rounding would push the last line to the next page.
  pitch: measure.linePitch - 0.01,
  code: points(25),
};

/** A page number outside, between two dashes, 7 mm below the type area. */
const officialPageNumber = (page: number): Content => ({
  text: `— ${page} —`,
  fontSize: measure.size.pageNumber,
  alignment: page % 2 === 1 ? 'right' : 'left',
  margin: [
    points(typeArea.left) + measure.bodyInPrint,
    points(measure.pageNumberBelow) - measure.size.pageNumber / 2,
    points(measure.right) + measure.bodyInPrint,
    0,
  ],
});

/** A paper as a print-ready A4 PDF by GB/T 9704-2012: type area 156 × 225 mm, 22 lines of 28 characters. */
export const pdfOf = (paper: Paper, attachments: readonly Attachment[] = []): Promise<Uint8Array> =>
  printOf({
    title: paper.title,
    issuer: paper.issuer,
    date: paper.date,
    attachments,
    content: [
      ...headOf(paper, official, points(typeArea.width)),
      ...signedTextOf(paper, official),
      ...footOf(paper, official),
    ],
    layout: {
      pageSize: 'A4',
      pageMargins: [points(typeArea.left), points(typeArea.top), points(measure.right), points(measure.bottom)],
      footer: officialPageNumber,
    },
  });

const wall: Scale = { title: 40, body: 22, table: 18, pitch: 36, code: points(45) };
const wallMargin = points(20);

/**
 * A paper as a wall sheet 一栏通: A3, type that is read from two steps away, a large code, the note printed small.
 * It may run over several sheets; each says which of how many it is.
 */
export const wallSheetOf = (paper: Paper): Promise<Uint8Array> =>
  printOf({
    title: paper.title,
    issuer: paper.issuer,
    date: paper.date,
    content: [...headOf(paper, wall, points(297) - 2 * wallMargin), ...textOf(paper, wall), closingOf(paper, wall)],
    layout: {
      pageSize: 'A3',
      pageMargins: [wallMargin, wallMargin, wallMargin, points(24)],
      footer: (page: number, pages: number): Content => ({
        text: `${paper.issuer}　第 ${page} 张，共 ${pages} 张`,
        alignment: 'center',
        fontSize: 14,
        margin: [0, 16, 0, 0],
      }),
    },
  });

/** A booklet 册: papers bound as chapters behind a cover and a list of contents. */
export interface Booklet {
  readonly title: string;
  readonly issuer: string;
  readonly date: PlainDateOfPaper;
  /** Printed on the cover, e.g. 第3版. */
  readonly version: string;
  readonly chapters: readonly Paper[];
  readonly code?: PaperCode;
  readonly note?: string;
}
type PlainDateOfPaper = Paper['date'];

const pocket: Scale = { title: 14, body: 11, table: 9, pitch: 18, code: points(25) };

const coverOf = (booklet: Booklet): Content => ({
  stack: [
    { text: booklet.issuer, fontSize: 14, alignment: 'center', margin: [0, 90, 0, 30] },
    { text: booklet.title, fontSize: 26, bold: true, alignment: 'center' },
    {
      text: `${booklet.version}　${paperDate(booklet.date)}`,
      fontSize: 12,
      alignment: 'center',
      margin: [0, 30, 0, 120],
    },
    ...footOf(booklet, pocket),
  ],
});

/** A chapter; what the cover has said of issuer and day is not signed again. */
const chapterOf = (booklet: Booklet, chapter: Paper, first: boolean): Content[] => {
  const signedByCover = chapter.issuer === booklet.issuer && chapter.date === booklet.date;
  return [
    {
      text: chapter.title,
      tocItem: true,
      headlineLevel: 1,
      fontSize: pocket.title,
      bold: true,
      alignment: 'center',
      margin: [0, first ? 0 : pocket.pitch, 0, 8],
      ...(first ? { pageBreak: 'before' as const } : {}),
    },
    ...(signedByCover ? textOf(chapter, pocket) : signedTextOf(chapter, pocket)),
  ];
};

/** A booklet as an A5 PDF for one household: cover, contents with page numbers, and one chapter a paper, following each other to save paper. */
export const bookletOf = (booklet: Booklet): Promise<Uint8Array> =>
  printOf({
    title: booklet.title,
    issuer: booklet.issuer,
    date: booklet.date,
    content: [
      coverOf(booklet),
      {
        toc: { title: { text: '目录', fontSize: 16, bold: true, alignment: 'center', margin: [0, 0, 0, 12] } },
        pageBreak: 'before',
      },
      ...booklet.chapters.flatMap((chapter, at) => chapterOf(booklet, chapter, at === 0)),
    ],
    layout: {
      pageSize: 'A5',
      pageMargins: [points(18), points(18), points(18), points(18)],
      // A title goes along to the page on which its chapter begins.
      pageBreakBefore: (node, nodes) => node.headlineLevel === 1 && nodes.getFollowingNodesOnPage().length === 0,
      footer: (page: number): Content =>
        page === 1 ? '' : { text: String(page), alignment: 'center', fontSize: 9, margin: [0, 12, 0, 0] },
    },
  });
