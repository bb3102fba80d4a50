import { dayOf, monthOf, yearOf, type PlainDate } from '@lianxin/domain';

/** A table of a paper; cells are text, numbers already written as they are to be read. */
export interface PaperTable {
  readonly kind: 'table';
  readonly caption?: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Shares of the width, one for each column; by what stands in them when missing. */
  readonly widths?: readonly number[];
  /** Columns that are set to the right, as sums are. */
  readonly right?: readonly number[];
}

/** How wide a text stands, in characters of the table: digits and letters are narrower than Chinese. */
const widthOf = (text: string): number =>
  [...text].reduce((width, one) => width + (/\p{ASCII}/u.test(one) ? 0.56 : 1), 0);

/** Longest that a column of words is made before its lines break, and up to which it is as safe from breaking as figures are. */
const mostWords = 6;
const shortWord = 3;

/** Shares of the width by what stands in the columns: a day, an amount or a short word is never broken over two lines, words may be. */
export const sharesOf = (table: PaperTable): readonly number[] =>
  table.widths ??
  table.head.map((head, at) => {
    const cells = table.rows.map((row) => row[at] ?? '');
    const widest = Math.max(widthOf(head), ...cells.map(widthOf));
    const whole = widest <= shortWord || cells.every((text) => /^\p{ASCII}*$/u.test(text));
    return whole ? widest * 1.2 + 1 : Math.min(widest + 1, mostWords);
  });

/** One part of a paper's body, in the order of reading. */
export type PaperBlock =
  | { readonly kind: 'paragraph'; readonly text: string }
  /** Level 1 to 4; its number (一、 （一） 1. （1）) is counted, never typed. */
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3 | 4; readonly text: string }
  | PaperTable
  /** Lines that are signed or filled in by hand: what stands before the line, e.g. 主持人. */
  | { readonly kind: 'signing'; readonly lines: readonly string[] };

/** A small square code that leads from paper to the page it was printed from. */
export interface PaperCode {
  readonly text: string;
  readonly caption: string;
}

/**
 * Paper 公文: what an official document says, without how it looks. The docx, the print and the wall sheet are made from this one
 * value, so that they cannot say different things.
 */
export interface Paper {
  readonly title: string;
  /** The body whose document it is; signs at the end unless `signed` names others. */
  readonly issuer: string;
  /** The red head 发文机关标志; without one the paper begins with its title. */
  readonly head?: string;
  /** Document number 发文字号, made by `documentNumber`. */
  readonly number?: string;
  readonly addressee?: string;
  readonly blocks: readonly PaperBlock[];
  readonly enclosures?: readonly string[];
  readonly signed?: readonly string[];
  readonly date: PlainDate;
  readonly code?: PaperCode;
  /** Printed small at the foot of the last page, e.g. the root of the public log. */
  readonly note?: string;
}

/**
 * A document number 发文字号 as the standard wants it: the year in 〔〕, the serial number without a leading zero (GB/T 9704).
 *
 * @example documentNumber('南发', 2016, 15) // => '南发〔2016〕15号'
 */
export const documentNumber = (word: string, year: number, serial: number): string => `${word}〔${year}〕${serial}号`;

/** A day as official papers write it: Arabic numerals, month and day without a zero in front (GB/T 9704). */
export const paperDate = (date: PlainDate): string => `${yearOf(date)}年${monthOf(date)}月${dayOf(date)}日`;

const digits = '零一二三四五六七八九';

const chineseNumber = (count: number): string => {
  const tens = Math.floor(count / 10);
  const rest = count % 10;
  return `${tens > 1 ? digits.charAt(tens) : ''}${tens > 0 ? '十' : ''}${rest > 0 ? digits.charAt(rest) : ''}`;
};

const numbered = (level: 1 | 2 | 3 | 4, count: number): string => {
  if (level === 1) return `${chineseNumber(count)}、`;
  if (level === 2) return `（${chineseNumber(count)}）`;
  return level === 3 ? `${count}.` : `（${count}）`;
};

/** The blocks with the number of each heading written before it; a heading starts the levels below it anew. */
export const withNumbers = (blocks: readonly PaperBlock[]): readonly PaperBlock[] => {
  const counts = [0, 0, 0, 0];
  return blocks.map((block) => {
    if (block.kind !== 'heading') return block;
    const count = (counts[block.level - 1] ?? 0) + 1;
    counts[block.level - 1] = count;
    counts.fill(0, block.level);
    return { ...block, text: `${numbered(block.level, count)}${block.text}` };
  });
};

/** Who signs, in the order of signing. */
export const signersOf = (paper: Paper): readonly string[] => paper.signed ?? [paper.issuer];

const blockText = (block: PaperBlock): readonly string[] => {
  if (block.kind === 'signing') return block.lines.map((line) => `${line}：`);
  if (block.kind !== 'table') return [block.text];
  const caption = block.caption === undefined ? [] : [block.caption];
  return [...caption, ...[block.head, ...block.rows].map((row) => row.join('\t'))];
};

/** All that a paper says as plain text, one line a paragraph or row: what a screen reader reads and what is hashed beside the print. */
export const paperText = (paper: Paper): string =>
  [
    ...[paper.head, paper.number, paper.title, paper.addressee].filter((line) => line !== undefined),
    ...withNumbers(paper.blocks).flatMap(blockText),
    ...(paper.enclosures ?? []),
    ...signersOf(paper),
    paperDate(paper.date),
  ].join('\n');
