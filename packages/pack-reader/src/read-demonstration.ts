import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPart, type RuleFault } from '@lianxin/domain';
import { z } from 'zod';
import { readFileTree } from './file-tree.js';

/**
 * The demonstration county 演示县: a dated extract of real divisions, the catalogue of posts, and made-up people, as data.
 * It is no policy pack: nothing in it is a rule.
 */

const Code = z.string().regex(/^[1-9]\d{11}$/);
const Word = z.string().regex(/^[a-z][a-z0-9-]*$/);
const Text = z.string().min(1);
const Place = z.strictObject({ code: Code, name: Text });

/** Divisions 行政区划节录 with the day of the list they were taken from. */
export const DivisionExtract = z.strictObject({
  kind: z.literal('divisions'),
  title: Text,
  asOf: z.iso.date(),
  published: z.iso.date(),
  publisher: Text,
  secondOpinion: z.strictObject({ package: Text, version: Text }),
  note: Text,
  counties: z.array(
    z.strictObject({
      key: Word,
      code: Code,
      name: Text,
      note: Text,
      above: z.array(Place).length(2),
      townships: z.array(
        z.strictObject({
          code: Code,
          name: Text,
          count: z.int().positive().optional(),
          note: Text.optional(),
          villages: z.array(Place).default([]),
        }),
      ),
    }),
  ),
});
export type DivisionExtract = z.infer<typeof DivisionExtract>;

/** Catalogue of posts 岗位目录: what each is called and what its holder may do. */
export const PostCatalogue = z.strictObject({
  kind: z.literal('posts'),
  title: Text,
  note: Text,
  posts: z.array(
    z.strictObject({
      id: Word,
      title: Text,
      titleEn: Text,
      level: z.enum(['county', 'township', 'village', 'group']),
      bodyKinds: z.array(Word).min(1),
      capabilities: z.array(Word).default([]),
    }),
  ),
});
export type PostCatalogue = z.infer<typeof PostCatalogue>;

const PostPattern = z.strictObject({
  post: Word,
  user: Word.optional().describe('log-in name after the prefix; a post without one has no account'),
  also: Word.optional().describe('the person of another post of the same place holds this one too'),
  member: z.boolean().default(false).describe('a Party member of the village branch'),
});
const BodyPattern = z.strictObject({
  kind: Word,
  code: Word.optional(),
  name: Text,
  headOfChain: z.boolean().default(false),
  liaison: z.boolean().default(false).describe('has an office of the chain beside it'),
  grid: z.string().optional(),
  partyGroup: z.int().positive().optional(),
  posts: z.array(PostPattern).default([]),
});
export type BodyPattern = z.infer<typeof BodyPattern>;
const Manager = z.enum(['township', 'line-department', 'both']);

/** Made-up people and the bodies they serve in 虚构人员. */
export const DemonstrationPeople = z.strictObject({
  kind: z.literal('people'),
  title: Text,
  note: Text,
  password: z.string().min(8),
  from: z.iso.date(),
  shown: z.array(Word).describe('log-in names worth printing at start'),
  surnames: z.array(Text).min(1),
  given: z.array(Text).min(1),
  county: z.array(BodyPattern),
  township: z.array(BodyPattern),
  village: z.array(BodyPattern),
  households: z.array(Text),
  gaps: z.strictObject({ gridsWithoutPartyGroup: z.array(z.strictObject({ village: Code, grid: z.string() })) }),
  organisations: z.array(z.strictObject({ village: Code, kind: Word, name: Text, linked: z.boolean().default(false) })),
  stations: z.array(
    z.strictObject({
      village: Code,
      name: Text,
      formerVillage: Text,
      facilities: z.int(),
      location: z.int(),
      main: z.boolean().default(false),
    }),
  ),
  estates: z.array(
    z.strictObject({
      village: Code,
      name: Text,
      age: z.enum(['new', 'old']),
      buildings: z.int().nonnegative(),
      led: z.boolean(),
      groups: z.int().nonnegative(),
      way: Word.optional(),
      ready: z.boolean().default(false),
    }),
  ),
  sites: z.array(z.strictObject({ village: Code, kind: Word, name: Text, covered: z.boolean().default(false) })),
  management: z.array(
    z.strictObject({ township: Code, code: Word, people: Manager, money: Manager, property: Manager }),
  ),
});
export type DemonstrationPeople = z.infer<typeof DemonstrationPeople>;

/** The whole demonstration county. */
export interface Demonstration {
  readonly divisions: DivisionExtract;
  readonly posts: PostCatalogue;
  readonly people: DemonstrationPeople;
}

/** Reads one file of the demonstration; throws with file and place when it cannot be read. */
export const readDemonstrationFile = <S extends z.ZodType>(folder: string, name: string, schema: S): z.output<S> => {
  const file = readFileTree(name, readFileSync(join(folder, name), 'utf8'));
  if (!file.ok)
    throw new Error(`${name}: ${file.faults.map((each) => `${each.fault.code} line ${each.line}`).join(', ')}`);
  const read = readPart(schema, file.tree.tree);
  if (read.ok) return read.value as z.output<S>;
  const why = (each: RuleFault): string =>
    `${each.path.join('.')}: ${each.fault.code} ${JSON.stringify(each.fault.params)}`;
  throw new Error(`${name}: ${read.faults.map(why).join('; ')}`);
};

/** The catalogue of posts alone, which a county of one's own begins with too. */
export const readPosts = (folder: string): PostCatalogue => readDemonstrationFile(folder, 'posts.yaml', PostCatalogue);

/** Reads the demonstration county's three files; throws with file and place when one cannot be read, since it ships with us. */
export const readDemonstration = (folder: string): Demonstration => ({
  divisions: readDemonstrationFile(folder, 'divisions.yaml', DivisionExtract),
  posts: readDemonstrationFile(folder, 'posts.yaml', PostCatalogue),
  people: readDemonstrationFile(folder, 'people.yaml', DemonstrationPeople),
});
