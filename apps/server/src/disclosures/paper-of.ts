import type { DisclosureContent } from '@lianxin/contract';
import { plainDate } from '@lianxin/domain';
import type { Paper, PaperBlock } from '../papers/index.js';

/** What is needed to print one published version. */
export interface Printed {
  readonly title: string;
  readonly issuer: string;
  readonly content: DisclosureContent;
  readonly publishedOn: string;
  readonly version: number;
  readonly reason: string;
}

const blocksOf = (content: DisclosureContent): PaperBlock[] => [
  ...content.paragraphs.map((text): PaperBlock => ({ kind: 'paragraph', text })),
  ...(content.table === null || content.table.rows.length === 0 ? [] : [content.table as PaperBlock]),
];

/**
 * A published version as a paper. Text, date and version come from here alone, so the print, the wall sheet, the booklet and the page
 * cannot say different things; a corrected version says on its face what it took the place of.
 */
export const paperOf = (printed: Printed, code?: Paper['code'], note?: string): Paper => ({
  title: printed.title,
  issuer: printed.issuer,
  date: plainDate(printed.publishedOn),
  blocks: [
    ...blocksOf(printed.content),
    ...(printed.version === 1
      ? []
      : [
          {
            kind: 'paragraph' as const,
            text: `本次为第 ${printed.version} 版，更正原因：${printed.reason}。原文仍可在网上查看。`,
          },
        ]),
    { kind: 'paragraph', text: `第 ${printed.version} 版。对内容有疑问的，可以向村里提问，也可以扫码提出。` },
  ],
  ...(code === undefined ? {} : { code }),
  ...(note === undefined ? {} : { note }),
});
