import type { Tx } from '../storage/index.js';

/** What the body of a kind is called in a division; the kind itself where none is registered, so that the gap is seen. */
export const bodyNameIn = async (tx: Tx, division: string, kind: string): Promise<string> =>
  (
    await tx.first<{ name: string }>(
      `select name from lx.body where county = $1 and division = $2 and kind = $3 and valid_to is null order by id limit 1`,
      [tx.context.county, division, kind],
    )
  )?.name ?? kind;

/** Titles of posts by their ids. */
export const postTitles = async (tx: Tx): Promise<(post: string) => string> => {
  const rows = await tx.rows<{ id: string; title: string }>(`select id, title from lx.post`);
  const titles = new Map(rows.map((row) => [row.id, row.title]));
  return (post) => titles.get(post) ?? post;
};
