import type { Membership, PlainDate } from '@lianxin/domain';
import type { Tx } from '../storage/index.js';

/** A member of a body on a day, with the name under which the roll shows them. */
export interface Member {
  readonly person: string;
  readonly name: string;
  readonly posts: readonly string[];
  /** Groups that rules count by share. */
  readonly groups: readonly string[];
  readonly household: string | null;
  /** Why somebody is on the roll whom the registers do not have. */
  readonly addedBecause?: string | undefined;
}

/** Where the members of a body are found, and who may see that it meets. */
interface Source {
  readonly from: 'appointments' | 'party-members' | 'adults';
  /** Kinds of body whose appointments count; the word itself when missing. */
  readonly kinds?: readonly string[];
  /** Posts that make a member; every post when missing. */
  readonly posts?: readonly string[];
  readonly seen: 'everybody' | 'offices' | 'party';
}

const committeePosts = ['secretary', 'deputy-secretary', 'director', 'deputy-director', 'committee-member'];

/** Bodies whose members are not simply those appointed to it, or whose meetings are not for the office alone. */
const sources: Readonly<Record<string, Source>> = {
  'two-committees': {
    from: 'appointments',
    kinds: ['branch', 'villagers-committee', 'residents-committee'],
    posts: committeePosts,
    seen: 'offices',
  },
  'party-assembly': { from: 'party-members', seen: 'party' },
  branch: { from: 'appointments', posts: committeePosts, seen: 'party' },
  committee: { from: 'appointments', seen: 'party' },
  'party-group': { from: 'appointments', seen: 'party' },
  assembly: { from: 'adults', seen: 'everybody' },
  'residents-assembly': { from: 'adults', seen: 'everybody' },
  'representative-assembly': { from: 'appointments', seen: 'everybody' },
  'residents-representative-assembly': { from: 'appointments', kinds: ['representative-assembly'], seen: 'everybody' },
  'member-assembly': { from: 'appointments', seen: 'everybody' },
  'member-representative-assembly': { from: 'appointments', seen: 'everybody' },
  'deliberation-council': { from: 'appointments', seen: 'everybody' },
};
const others: Source = { from: 'appointments', seen: 'offices' };
const sourceOf = (body: string): Source => sources[body] ?? others;

/** Who may see that a body meets: everybody, the offices of the place, or those who read Party members. */
export const seenBy = (body: string): Source['seen'] => sourceOf(body).seen;

interface Found {
  readonly [column: string]: unknown;
  readonly person: string;
  readonly name: string;
  readonly post: string | null;
  readonly sex: string | null;
  readonly household: string | null;
}

const appointed = `select a.person, a.holder_name as name, a.post, p.sex, h.household
  from lx.appointment a
  join lx.body b on b.county = a.county and b.id = a.body
  left join lx.person p on p.county = a.county and p.id = a.person
  left join lx.household_member h on h.county = a.county and h.person = a.person and (h.valid_to is null or h.valid_to > $3::date)
  where a.county = $1 and a.division = $2 and (b.kind = any ($4::text[]) or b.code = any ($4::text[]))
    and ($5::text[] is null or a.post = any ($5::text[]))
    and a.valid_from <= $3::date and (a.valid_to is null or a.valid_to > $3::date)`;
const partyMembers = `select m.person, p.name, 'voting-member' as post, p.sex, null::uuid as household
  from lx.party_membership m join lx.person p on p.county = m.county and p.id = m.person
  where m.county = $1 and m.division = $2 and m.valid_from <= $3::date and (m.valid_to is null or m.valid_to > $3::date)`;
// Only the year of birth is kept; who turns eighteen in the year is on the roll, and the committee checks it before it is frozen.
const adults = `select p.id as person, p.name, 'adult-villager' as post, p.sex, h.household
  from lx.person p
  left join lx.household_member h on h.county = p.county and h.person = p.id and (h.valid_to is null or h.valid_to > $3::date)
  where p.county = $1 and p.division = $2 and p.birth_year <= extract(year from $3::date) - 18
    and p.valid_from <= $3::date and (p.valid_to is null or p.valid_to > $3::date)`;

/**
 * Who belongs to a body of a place on a day (应到人员), each person once: those appointed to it, the Party members of its branches, or the villagers
 * of age. Read under the rights of the context: without leave to read Party members, a Party assembly has none.
 */
export const membersOn = async (tx: Tx, body: string, division: string, on: PlainDate): Promise<Member[]> => {
  const source = sourceOf(body);
  const place = [tx.context.county, division.slice(0, 12), on];
  const rows =
    source.from === 'appointments'
      ? await tx.rows<Found>(appointed, [...place, source.kinds ?? [body], source.posts ?? null])
      : await tx.rows<Found>(source.from === 'adults' ? adults : partyMembers, place);
  const members = new Map<string, Member>();
  for (const { person, name, post, sex, household } of rows) {
    const known = members.get(person);
    const posts = new Set([...(known?.posts ?? []), ...(post === null ? [] : [post])]);
    const homes = [known?.household, household].filter((one) => typeof one === 'string').toSorted();
    members.set(person, {
      person,
      name,
      posts: [...posts].toSorted(),
      groups: sex === 'female' ? ['women'] : [],
      household: homes[0] ?? null,
    });
  }
  return [...members.values()].toSorted((a, b) => (a.person < b.person ? -1 : 1));
};

/** Members as the roll kernel takes them. */
export const membershipsOf = (members: readonly Member[], body: string, on: PlainDate): Membership[] =>
  members.flatMap(({ person, posts, household }) =>
    (posts.length === 0 ? [undefined] : posts).map((post) => ({
      person,
      body,
      ...(post === undefined ? {} : { post }),
      ...(household === null ? {} : { household }),
      time: { from: on, to: on },
    })),
  );
