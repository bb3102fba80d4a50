import { mergeLists, type Lists, type ListShape, type Merge, type Side } from '@lianxin/domain/merge';

/** The lists of a contact card: how their lines are known again, and how many there may be. */
export const cardShape = {
  staff: { by: ['name'], alone: true, least: 1, most: 6 },
  channels: { by: ['kind'], alone: false, least: 1, most: 6 },
  needs: { by: ['text', 'expressedOn'], alone: false, least: 0, most: 12 },
} satisfies Record<string, ListShape>;

/** Merges two corrections of one card; server and console find the same conflicts, since both ask here. */
export const mergeCards = <Card extends Lists & Readonly<Record<keyof typeof cardShape, Lists[string]>>>(
  versions: { readonly base: Card; readonly mine: Card; readonly theirs: Card },
  choices?: Readonly<Record<string, Side>>,
): Merge<Card> => mergeLists<Card>(cardShape, versions, choices);
