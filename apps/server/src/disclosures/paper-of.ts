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

/** How to ask about what is published; said once on a sheet or booklet of many. */
export const askHere = '对内容有疑问的，可以向村里提问，也可以扫码提出。';

/** What one version says, and of a corrected one what it took the place of. */
export const blocksOfVersion = ({ content, version, reason }: Printed): PaperBlock[] => [
  ...content.paragraphs.map((text): PaperBlock => ({ kind: 'paragraph', text })),
  ...(content.table === null || content.table.rows.length === 0 ? [] : [content.table as PaperBlock]),
  ...(version === 1
    ? []
    : [
        {
          kind: 'paragraph' as const,
          text: `本次为第 ${version} 版，更正原因：${reason}。原文仍可在网上查看。`,
        },
      ]),
];

/**
 * A published version as a paper. Text, date and version come from here alone, so the print, the wall sheet, the booklet and the page
 * cannot say different things; a corrected version says on its face what it took the place of.
 */
export const paperOf = (printed: Printed, code?: Paper['code'], note?: string): Paper => ({
  title: printed.title,
  issuer: printed.issuer,
  date: plainDate(printed.publishedOn),
  blocks: [...blocksOfVersion(printed), { kind: 'paragraph', text: `第 ${printed.version} 版。${askHere}` }],
  ...(code === undefined ? {} : { code }),
  ...(note === undefined ? {} : { note }),
});
