import type { Actor, ActorRef, OfficeHeld } from '@lianxin/domain';
import type { Office, SessionActor } from '../access/index.js';
import type { Directory } from './directory.js';
import type { MatterRow } from './matter-file.js';

/** The relation of a person a matter is about; procedures name it in `recuse`. */
const aboutRelation = 'complained-about';

const held = (office: Office, directory: Directory): readonly OfficeHeld[] => {
  const one = {
    post: office.post,
    body: office.body,
    bodyKind: office.bodyKind,
    division: office.division,
    level: office.level,
  };
  const code = directory.body(office.body)?.code ?? null;
  // After a merge a body acts on matters of the places it took over, and for ended bodies it succeeded, as these would.
  const all = [
    one,
    ...office.before.map((division) => ({ ...one, division })),
    ...office.standsFor.map((ended) => ({ ...one, ...ended })),
  ];
  // Packs speak of an office by its entry in the catalogue, e.g. the civil affairs office; the body's kind is just `office`.
  return code === null || code === office.bodyKind ? all : all.flatMap((each) => [each, { ...each, bodyKind: code }]);
};

/** One way in which somebody may act: the actor as the kernel sees him, and the reference that is kept. */
export interface Standing {
  readonly actor: Actor;
  readonly by: ActorRef;
}

/**
 * The ways in which a person logged in may act on a matter: in each office held, the selected one first, and as the resident who
 * filed it. The kernel is asked in that order, so that the office kept with the act is one that really may.
 */
export const standingsOf = (
  session: SessionActor,
  directory: Directory,
  matter: MatterRow | null,
): readonly Standing[] => {
  const { person } = session.session;
  const relations = matter?.barred?.includes(person) === true ? [aboutRelation] : [];
  const isFiler = matter !== null && matter.filer === person && !matter.on_behalf;
  const selected = session.office;
  const others = session.session.offices.filter((office) => office.appointment !== selected?.appointment);
  const offices = selected === null ? [] : [selected, ...others];
  const asOffice = offices.map((office) => ({
    actor: { kind: 'officer' as const, person, offices: [...held(office, directory)], isFiler, relations },
    by: { kind: 'officer' as const, person, office: { post: office.post, body: office.body } },
  }));
  const asResident: Standing = {
    actor: { kind: 'resident', person, offices: [], isFiler, relations },
    by: { kind: 'resident', person },
  };
  return asOffice.length === 0 || isFiler ? [...asOffice, asResident] : asOffice;
};

/** A resident without account; `isFiler` is proved by the receipt. */
export const unnamedResident = (isFiler: boolean): Standing => ({
  actor: { kind: 'resident', offices: [], isFiler },
  by: { kind: 'resident' },
});

/** The deadline itself. */
export const theSystem: Standing = { actor: { kind: 'system', offices: [], isFiler: false }, by: { kind: 'system' } };
