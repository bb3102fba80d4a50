import {
  countyDate,
  levelOf,
  listDuties,
  proposeDuties,
  ruleSchemas,
  type DutyList,
  type Field,
} from '@lianxin/domain';
import { bodiesAnsweredFor, type SessionActor } from '../access/index.js';
import type { ActContext } from './act-context.js';
import type { KnownBody } from './directory.js';
import type { MatterRow } from './matter-file.js';
import { readNames } from './matters.store.js';

/** One thing a field may be filled with. */
export interface Offer {
  readonly value: string;
  readonly title: string;
}

/** What the fields of an act may be filled with, and the title of what was filled in before. */
export interface FieldOffers {
  /** Choices of a field that names a person, an office or a duty; the field's own choices otherwise. */
  readonly choicesFor: (field: Field) => readonly Offer[];
  /** Title of a value that is an id; undefined when the directory is to be asked. */
  readonly titleOf: (field: Field, value: string) => string | undefined;
}

interface OfficerRow {
  readonly [column: string]: unknown;
  readonly person: string;
  readonly body: string;
  readonly post: string;
}

const dutyListsAt = (context: ActContext, place: string): readonly DutyList[] =>
  context.rules
    .rulesFor(place, countyDate(context.now), 'duty-list')
    .map(({ rule }) => ruleSchemas['duty-list'].parse(rule.rule));

/** Officers of the places in which the viewer works: whoever may be named as the one responsible. */
const officersNear = async (context: ActContext, session: SessionActor): Promise<readonly OfficerRow[]> => {
  const places = [...new Set(session.session.offices.map((office) => office.division.slice(0, 12)))];
  if (places.length === 0) return [];
  return context.tx.rows<OfficerRow>(
    `select person, body, post from lx.appointment
     where county = $1 and left(division, 12) = any ($2::text[]) and valid_from <= $3::date
       and (valid_to is null or valid_to > $3::date) order by body, person, post limit 300`,
    [context.county, places, context.now],
  );
};

const worksOn = (body: KnownBody, lists: readonly DutyList[]): boolean =>
  body.code !== null || lists.some((list) => list.offices.some((one) => one.office === body.kind));

/** Offices over a place that a matter may go to: those of its own level first, then the village's and the county's. */
const officesOver = (context: ActContext, matter: MatterRow, lists: readonly DutyList[]): readonly Offer[] => {
  const near = (body: KnownBody): number => (levelOf(body.division) === matter.level ? 0 : 1);
  return context.directory
    .bodiesOver(matter.place)
    .filter((body) => worksOn(body, lists) && body.id !== matter.holder_body)
    .toSorted((a, b) => near(a) - near(b))
    .map((body) => ({ value: body.id, title: body.name }));
};

const dutyTitle = (context: ActContext, place: string, office: string, title: string): string => {
  const body = context.directory.bodiesOver(place).find((one) => one.code === office || one.kind === office);
  return body === undefined ? title : `${body.name}：${title}`;
};

/**
 * What an act's fields may be filled with (备选): people of the viewer's own place for a person, offices over the matter's place for
 * an office, entries of the duty lists in force there for a citation, those that fit the matter's words first.
 *
 * `named` are people whom earlier acts named, wherever they work. A page that made people type an id would be no page, and a duty that is not on the list cannot be cited (LAW-XF-23b).
 */
export const fieldOffers = async (
  context: ActContext,
  session: SessionActor,
  matter: MatterRow,
  named: ReadonlyMap<string, string> = new Map(),
): Promise<FieldOffers> => {
  const { directory } = context;
  const lists = dutyListsAt(context, matter.place);
  const officers = await officersNear(context, session);
  const names = await readNames(context.tx, [...new Set(officers.map((one) => one.person))]);
  const own = new Set(session.session.offices.flatMap(bodiesAnsweredFor));
  const nearness = (one: OfficerRow): number => (one.body === matter.holder_body ? 0 : own.has(one.body) ? 1 : 2);
  const seen = new Set<string>();
  const persons = officers
    .toSorted((a, b) => nearness(a) - nearness(b))
    .flatMap((one): Offer[] => {
      const name = names.get(one.person);
      if (name === undefined || seen.has(one.person)) return [];
      seen.add(one.person);
      const where = [directory.body(one.body)?.name, directory.postTitle(one.post)].filter(Boolean).join(' ');
      return [{ value: one.person, title: `${name}（${where}）` }];
    });
  const offices = officesOver(context, matter, lists);
  const duties = lists
    .flatMap((list) => proposeDuties(list, matter.kind ?? '', matter.subject))
    .filter(({ office }) =>
      directory.bodiesOver(matter.place).some((one) => one.code === office || one.kind === office),
    )
    .map(({ office, duty }) => ({ value: duty.id, title: dutyTitle(context, matter.place, office, duty.title) }));
  const choicesFor = (field: Field): readonly Offer[] => {
    if (field.choices !== undefined) return field.choices.map(({ id, title }) => ({ value: id, title }));
    if (field.type === 'person') return persons;
    if (field.type === 'office' || field.type === 'body') return offices;
    const fromDuties = field.from !== undefined && lists.some((list) => list.id === field.from);
    if (!fromDuties) return [];
    return field.type === 'citation' ? duties : offices;
  };
  const titleOf = (field: Field, value: string): string | undefined => {
    if (field.type === 'person') return names.get(value) ?? named.get(value) ?? '—';
    if (field.type !== 'citation') return undefined;
    const found = lists.flatMap((list) => listDuties(list)).find(({ duty }) => duty.id === value);
    return found === undefined ? undefined : dutyTitle(context, matter.place, found.office, found.duty.title);
  };
  return { choicesFor, titleOf };
};
