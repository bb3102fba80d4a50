import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { checkout } from '../../installation.js';
import type { Asker } from './askers.js';

interface Post {
  readonly id: string;
  readonly title: string;
  readonly 'title-en': string;
  readonly level: string;
  readonly 'body-kinds': readonly string[];
  readonly capabilities?: readonly string[];
}

/** The demonstration's catalogue of posts, which the columns of the matrix are taken from. */
export const readPosts = (): readonly Post[] => {
  const text = readFileSync(path.join(checkout, 'policy-packs/demo-county/posts.yaml'), 'utf8');
  return (parse(text) as { posts: Post[] }).posts;
};

/** The duties somebody of the matrix has: those of his post in the catalogue, and what his column adds. */
export const dutiesOf = (asker: Asker, posts: readonly Post[]): readonly string[] => {
  if (asker.post === undefined) return asker.also ?? [];
  const post = posts.find((one) => one.id === asker.post);
  if (post === undefined) throw new Error(`the column ${asker.id} names a post that the catalogue does not have`);
  return [...(post.capabilities ?? []), ...(asker.also ?? [])];
};
