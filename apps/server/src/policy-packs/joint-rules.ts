import { createHash } from 'node:crypto';
import { joinProcedures, type Fault, type Procedure } from '@lianxin/domain';
import canonicalize from 'canonicalize';
import type { PackBody } from './pack-body.js';
import type { PackedProcedure } from './rule-book.js';

/** The id under which joined versions are kept among the pack versions. */
const jointPack = 'joint';

/** What applies in a place on a day once the procedures that govern one kind of matter together are one. */
export interface JointRules {
  /** The procedures offered: joined ones first, the others without the kinds that were joined. */
  readonly offered: readonly PackedProcedure[];
  /** Kinds whose procedures contradict each other, with what cannot be ordered; nobody can open such a matter until a person decides. */
  readonly conflicts: ReadonlyMap<string, readonly Fault[]>;
}

/** One body for a joined procedure: its own version, with the sources and bodies of every part, so that it reads without them. */
const bodyOfJoint = (
  parts: readonly PackedProcedure[],
  bodies: readonly PackBody[],
  procedure: Procedure,
): PackBody => {
  const byId = <T extends { readonly id: string }>(lists: readonly (readonly T[])[]): T[] => [
    ...new Map(lists.flat().map((one) => [one.id, one])).values(),
  ];
  return {
    manifest: {
      id: jointPack,
      title: [...new Set(parts.map((part) => part.pack.title))].join('、'),
      version: '1.0.0',
      maintainer: [...new Set(parts.map((part) => part.pack.maintainer))].join('、'),
      template: false,
      extends: [...new Set(parts.map((part) => part.pack.id))].toSorted(),
    },
    sources: byId(bodies.map((body) => body.sources)),
    bodies: {
      bodies: byId(bodies.map((body) => body.bodies.bodies)),
      offices: byId(bodies.map((body) => body.bodies.offices)),
      relations: byId(bodies.map((body) => body.bodies.relations)),
    },
    mechanisms: [],
    rules: [
      {
        kind: 'procedure',
        id: procedure.id,
        mechanism: jointPack,
        inForce: procedure.inForce,
        covers: procedure.covers,
        rule: procedure,
      },
    ],
  };
};

/** Kinds that several procedures govern together. */
const sharedKinds = (found: readonly PackedProcedure[]): Map<string, readonly PackedProcedure[]> => {
  const together = found.filter(({ procedure }) => procedure.forMatters.together === true);
  const kinds = new Set(together.flatMap(({ procedure }) => procedure.forMatters.kinds));
  const shared = new Map<string, readonly PackedProcedure[]>();
  for (const kind of kinds) {
    const parts = together.filter(({ procedure }) => procedure.forMatters.kinds.includes(kind));
    // The same rule activated twice, for the county and for the town, is one rule; the nearest activation stands first.
    const distinct = parts.filter(
      (one, index) => parts.findIndex((other) => other.procedure.id === one.procedure.id) === index,
    );
    if (distinct.length > 1) shared.set(kind, distinct);
  }
  return shared;
};

/**
 * Joins what governs one kind of matter together (合并): the strictest of each rule, one matter and not several [FC-31].
 * The hash names the joined content, so that the same parts give the same version in every server.
 */
export const jointRulesOf = (
  found: readonly PackedProcedure[],
  bodyOf: (hash: string) => PackBody | undefined,
): JointRules => {
  const conflicts = new Map<string, readonly Fault[]>();
  const joints: PackedProcedure[] = [];
  const shared = sharedKinds(found);
  for (const [kind, parts] of shared) {
    const joined = joinProcedures(
      parts.map((part) => part.procedure),
      kind,
    );
    if (!joined.ok) {
      conflicts.set(kind, joined.faults);
      continue;
    }
    const { procedure } = joined;
    const bodies = parts.flatMap((part) => bodyOf(part.hash) ?? []);
    const body = bodyOfJoint(parts, bodies, procedure);
    const hash = createHash('sha256')
      .update(canonicalize(body) ?? '')
      .digest('hex');
    const ids = parts.map((part) => part.procedure.id);
    joints.push({ hash, pack: body.manifest, covers: procedure.covers, procedure, joint: { body, parts: ids } });
  }
  if (shared.size === 0) return { offered: found, conflicts };
  const others = found.flatMap((one) => {
    const { forMatters } = one.procedure;
    const kinds = forMatters.kinds.filter((kind) => !shared.has(kind) || forMatters.together !== true);
    if (kinds.length === forMatters.kinds.length) return [one];
    return kinds.length === 0
      ? []
      : [{ ...one, procedure: { ...one.procedure, forMatters: { ...forMatters, kinds } } }];
  });
  return { offered: [...joints, ...others], conflicts };
};
