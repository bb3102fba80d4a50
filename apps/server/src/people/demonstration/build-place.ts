import type { BodyPattern, DemonstrationPeople, PostCatalogue } from '@lianxin/pack-reader';
import type { CountyRows } from './rows.js';

/** A person made up for a place, known there by the log-in word of the pattern. */
export interface DemoPerson {
  readonly id: string;
  readonly name: string;
}

/** What has been built at one place: its bodies in order, and its persons by word. */
export interface BuiltPlace {
  readonly bodies: readonly { readonly id: string; readonly pattern: BodyPattern; readonly name: string }[];
  readonly persons: ReadonlyMap<string, DemoPerson>;
  readonly members: readonly DemoPerson[];
}

/** Makes up persons 虚构人员 one after another, each name once a county. */
export const namesOf = (people: Pick<DemonstrationPeople, 'surnames' | 'given'>) => {
  let next = 0;
  return (): { name: string; sex: 'male' | 'female'; birthYear: number } => {
    const { surnames, given } = people;
    const surname = surnames[next % surnames.length] ?? '';
    const second = given[Math.floor(next / surnames.length) % given.length] ?? '';
    const born = 1962 + ((next * 7) % 38);
    const sex = next % 2 === 0 ? 'male' : 'female';
    next += 1;
    return { name: `${surname}演${second}`, sex, birthYear: born };
  };
};

/** What building a place needs. */
export interface PlaceToBuild {
  readonly rows: CountyRows;
  readonly division: string;
  readonly patterns: readonly BodyPattern[];
  /** Fills the names of a pattern. */
  readonly named: (name: string) => string;
  readonly kindOf: (kind: string) => string;
  readonly tier: 'township' | 'community' | null;
  /** Prefix of log-in names, or null where bodies have no persons. */
  readonly prefix: string | null;
  readonly nameNext: ReturnType<typeof namesOf>;
  readonly posts: PostCatalogue['posts'];
}

const partyKinds = ['committee', 'branch', 'party-group'];

const addPerson = (place: PlaceToBuild): DemoPerson => {
  const { name, sex, birthYear } = place.nameNext();
  const id = place.rows.add('person', {
    division: place.division,
    name,
    sex,
    birth_year: birthYear,
    made_up: true,
  });
  return { id, name };
};

/** The posts of a pattern that this kind of body has; a community has no village accountant. */
const postsOf = (place: PlaceToBuild, pattern: BodyPattern): BodyPattern['posts'] =>
  pattern.posts.filter((post) =>
    place.posts.some((known) => known.id === post.post && known.bodyKinds.includes(place.kindOf(pattern.kind))),
  );

const addBodies = (place: PlaceToBuild): BuiltPlace['bodies'] =>
  place.patterns.map((pattern) => {
    const name = place.named(pattern.name);
    const kind = place.kindOf(pattern.kind);
    const id = place.rows.add('body', {
      division: place.division,
      kind,
      name,
      parent: null,
      code: pattern.code ?? null,
      branch_kind: null,
      enterprise_led: false,
      place: null,
      place_tier: partyKinds.includes(kind) ? place.tier : null,
    });
    return { id, pattern, name };
  });

/** Builds bodies, persons, appointments and accounts of one place after its patterns. */
export const buildPlace = (place: PlaceToBuild): BuiltPlace => {
  const bodies = addBodies(place);
  const persons = new Map<string, DemoPerson>();
  const members: DemoPerson[] = [];
  if (place.prefix === null) return { bodies, persons, members };
  const postOf = (post: string) => place.posts.find((known) => known.id === post);
  const appoint = (person: DemoPerson, post: string, body: string): void => {
    place.rows.add('appointment', {
      division: place.division,
      person: person.id,
      post,
      body,
      grid: null,
      holder_name: person.name,
      filing_matter: null,
    });
  };
  const own = bodies.flatMap(({ id, pattern, name }) => postsOf(place, pattern).map((post) => ({ id, name, post })));
  for (const { id, name, post } of own.filter((one) => one.post.also === undefined)) {
    const person = addPerson(place);
    appoint(person, post.post, id);
    if (post.member) members.push(person);
    if (post.user === undefined) continue;
    persons.set(post.user, person);
    place.rows.accounts.push({
      username: `${place.prefix}-${post.user}`,
      county: place.rows.county,
      person: person.id,
      name: person.name,
      office: `${name} ${postOf(post.post)?.title ?? ''}`,
      officeInEnglish: postOf(post.post)?.titleEn ?? post.post,
    });
  }
  for (const { id, post } of own) {
    const person = post.also === undefined ? undefined : persons.get(post.also);
    if (person !== undefined) appoint(person, post.post, id);
  }
  return { bodies, persons, members };
};
