import { fault, type Fault } from '@lianxin/domain';

/**
 * Party tree 党组织体系: committee 党委, branch 党支部, Party group 党小组, each under exactly one parent, each tied to a place.
 *
 * The rules are pure: they see the body, its place and the parent, and name what is missing.
 */

/** The four tiers of places 四级 that Party bodies are tied to, widest first. */
export const tiers = ['township', 'community', 'estate', 'building'] as const;
export type Tier = (typeof tiers)[number];

/** A place under a village, as far as the tree needs it. */
export interface TiedPlace {
  readonly id: string;
  readonly kind: 'estate' | 'building' | 'site';
  /** The estate of a building. */
  readonly parent: string | null;
}

/** A Party body with the place it is tied to. */
export interface PartyBody {
  readonly name: string;
  readonly kind: string;
  readonly tier: Tier | null;
  readonly place: TiedPlace | null;
}

const partyKinds = ['committee', 'branch', 'party-group'];
export const isPartyKind = (kind: string): boolean => partyKinds.includes(kind);

/** What kinds are called in a refusal. */
const kindWords: Readonly<Record<string, string>> = {
  committee: '党委 (committee)',
  branch: '党支部 (branch)',
  'party-group': '党小组 (Party group)',
};

/** The tier of a Party body: that of its place, else of its division; none at the county and above. */
export const tierOf = (divisionLevel: string, place: TiedPlace | null): Tier | null => {
  if (place !== null) return place.kind === 'building' ? 'building' : place.kind === 'estate' ? 'estate' : 'community';
  if (divisionLevel === 'township') return 'township';
  return divisionLevel === 'village' ? 'community' : null;
};

/** The kind its one parent must have; undefined where no parent is asked for, as for the committee of a township. */
const parentKindOf = (body: Pick<PartyBody, 'kind' | 'tier'>): string | undefined => {
  if (body.kind === 'party-group') return 'branch';
  if (body.kind === 'branch') return 'committee';
  return body.kind === 'committee' && body.tier === 'community' ? 'committee' : undefined;
};

/** Whether a parent on that tier may stand over a body on this one: the same tier or the next wider. */
const reaches = (own: Tier | null, parent: Tier | null): boolean => {
  if (own === null || parent === null) return parent === null;
  const step = tiers.indexOf(own) - tiers.indexOf(parent);
  return step === 0 || step === 1;
};

/**
 * Every reason why a body may not stand where it is put in the Party tree.
 *
 * `party-parent-missing` names the missing parent; `party-parent-wrong` a parent of another kind, tier or estate [NQ-05, XQ-02].
 */
export const checkParent = (body: PartyBody, parent: PartyBody | undefined): Fault[] => {
  const kind = parentKindOf(body);
  if (kind === undefined) return [];
  const words = kindWords[kind] ?? kind;
  if (parent === undefined) return [fault('party-parent-missing', { name: body.name, missing: words })];
  const wrong = (need: string): Fault => fault('party-parent-wrong', { name: body.name, need, parent: parent.name });
  if (parent.kind !== kind) return [wrong(words)];
  if (body.tier === 'building') {
    return parent.tier === 'estate' && parent.place?.id === body.place?.parent
      ? []
      : [wrong('本小区的党支部 (estate branch)')];
  }
  return reaches(body.tier, parent.tier) ? [] : [wrong('本级或者上一级的组织 (same or next tier)')];
};

/**
 * Why a body's own place does not fit, or undefined: a site is served, not led, and a committee stands over a division.
 * An estate is led by a branch and a building by a Party group, so that coverage can be counted place by place [XQ-02].
 */
export const checkPlace = (body: PartyBody): Fault | undefined => {
  if (body.place === null) return undefined;
  const fits =
    (body.place.kind === 'building' && body.kind === 'party-group') ||
    (body.place.kind === 'estate' && body.kind === 'branch') ||
    body.place.kind === 'site';
  const need = body.kind === 'party-group' ? '楼栋 (building)' : '小区 (estate)';
  return fits ? undefined : fault('party-place-missing', { name: body.name, need });
};
