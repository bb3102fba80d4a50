import {
  countyDate,
  deriveProgress,
  fault,
  ok,
  refuse,
  type FieldValue,
  type Locale,
  type Procedure,
  type Result,
} from '@lianxin/domain';
import type { MatterDetail, RelatedMatter } from '@lianxin/contract';
import { recordReading, type SessionActor } from '../access/index.js';
import { inContext, type Tx } from '../storage/index.js';
import type { ActContext, MatterDeps } from './act-context.js';
import { contextFor, pinnedTo } from './act-on-matter.js';
import { standingsOf } from './actors.js';
import { openContact } from './contact-seal.js';
import { fieldOffers } from './field-offers.js';
import { readFollowUps } from './follow-up.js';
import { recordOf, sealedMark, type MatterFile } from './matter-file.js';
import { readContacts, readFile, readNames } from './matters.store.js';
import { actorView, actView, clockViews, drawingView, rowView, stationViews, valueText } from './matters.view.js';
import { nextActViews } from './next-act-views.js';
import { ruleOf } from './sense.js';

/** Contact data that this viewer may read now, opened; each reading leaves its line in the access log. */
const contactsFor = async (
  context: ActContext,
  session: SessionActor,
  file: MatterFile,
): Promise<ReadonlyMap<string, FieldValue>> => {
  const { tx, deps, county } = context;
  const rows = await readContacts(tx, file.matter.id);
  if (rows.length === 0) return new Map();
  await recordReading(tx, {
    what: 'matter-contact',
    subject: file.matter.id,
    division: file.matter.division,
    purpose: '办理事项',
    office: session.office,
  });
  const key = deps.keys.keyFor('matter-contact');
  return new Map(
    rows.map((row) => [row.field, openContact(key, { county, matter: file.matter.id, field: row.field }, row.cipher)]),
  );
};

const relatedOf = async (tx: Tx, file: MatterFile, context: ActContext): Promise<RelatedMatter[]> => {
  const rows = await tx.rows<{
    id: string;
    number: string;
    subject: string;
    state: 'open' | 'paused' | 'ended';
    holder_body: string | null;
    relation: 'part' | 'parent' | 'about';
  }>(
    `select id, number, subject, state, holder_body, case when parent = $2 then 'part' when id = $3 then 'parent' else 'about' end as relation
     from lx.matter where county = $1 and (parent = $2 or about = $2 or id = $3 or id = $4) order by opened_at, id`,
    [context.county, file.matter.id, file.matter.parent, file.matter.about],
  );
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    relation: row.relation,
    subject: row.subject,
    state: row.state,
    holderName: row.holder_body === null ? null : (context.directory.body(row.holder_body)?.name ?? null),
  }));
};

const placesOf = async (tx: Tx, context: ActContext, id: string): Promise<MatterDetail['places']> => {
  const rows = await tx.rows<{ division: string }>(
    'select division from lx.matter_place where county = $1 and matter = $2 order by division',
    [context.county, id],
  );
  return rows.map(({ division }) => ({ division, name: context.directory.nameOf(division) }));
};

/** The persons whom an act names in its fields, e.g. whom it makes responsible. */
const personsNamedIn = (act: MatterFile['acts'][number], procedure: Procedure): string[] =>
  (ruleOf(procedure, act.act, act.stage)?.needs ?? []).flatMap((field) => {
    const value = act.body[field.id];
    return field.type === 'person' && typeof value === 'string' && value !== sealedMark ? [value] : [];
  });

/**
 * A matter as this viewer may see it (事项详情): what was done, by which office, what may be done next and why not.
 *
 * Contact data is shown to the handler of the day alone and only until closure [XQ-13]; whoever handled a matter sees neither its rating nor who
 * gave it [DY-71]. Refuses `not-found`: not there, not in range, or about the viewer himself.
 */
export const readMatter = async (
  deps: MatterDeps,
  session: SessionActor,
  id: string,
  locale: Locale,
): Promise<Result<MatterDetail>> =>
  inContext(deps, session.context, async (tx) => {
    const file = await readFile(tx, id);
    if (file === undefined) return refuse(fault('not-found'));
    const context = await contextFor(deps, tx, file);
    return ok(await detailOf(context, session, file, locale));
  });

const detailOf = async (
  context: ActContext,
  session: SessionActor,
  file: MatterFile,
  locale: Locale,
): Promise<MatterDetail> => {
  const { tx, directory, calendar, now } = context;
  const { matter } = file;
  const packed = pinnedTo(context, file);
  const { procedure } = packed;
  const progress = deriveProgress(procedure, recordOf(file), calendar, now);
  const today = countyDate(now);
  const viewer = session.session.person;
  const names = await readNames(tx, [
    ...new Set(
      [
        ...file.acts.flatMap((act) => [act.person, ...personsNamedIn(act, procedure)]),
        matter.filer,
        matter.holder_person,
      ].filter((one) => one !== null),
    ),
  ]);
  const contacts = await contactsFor(context, session, file);
  const offers = await fieldOffers(context, session, matter, names);
  const handled = progress.handlers.includes(viewer);
  const row = rowView(matter, packed, directory, today);
  const filedFor = contacts.get('filed-for');
  return {
    ...row,
    packTitle: packed.pack.title,
    packVersion: packed.pack.version,
    procedureHash: packed.hash,
    firstContact:
      progress.firstContact === null
        ? null
        : actorView(
            {
              kind: 'officer',
              person: progress.firstContact.person ?? null,
              post: progress.firstContact.post ?? null,
              body: progress.firstContact.office ?? null,
            },
            names,
            directory,
          ),
    holder:
      progress.holder === null
        ? matter.holder_body === null
          ? null
          : actorView({ kind: 'officer', body: matter.holder_body }, names, directory)
        : actorView(
            {
              kind: 'officer',
              person: progress.holder.person ?? null,
              post: progress.holder.post ?? null,
              body: progress.holder.office ?? matter.holder_body,
            },
            names,
            directory,
          ),
    filer: typeof filedFor === 'string' ? filedFor : null,
    filedBy: matter.filer !== null && matter.channel !== 'portal' ? (names.get(matter.filer) ?? null) : null,
    form: procedure.form.flatMap((field) => {
      const stored = progress.form[field.id];
      if (stored === undefined) return [];
      const open = stored === sealedMark ? contacts.get(field.id) : stored;
      const hidden = open === undefined ? (matter.state === 'ended' ? '办结后已删除' : '仅承办人可见') : null;
      return [
        {
          id: field.id,
          title: field.title,
          value: open ?? null,
          type: field.type,
          text: open === undefined ? '' : valueText(field, open, directory, offers.titleOf),
          hidden,
        },
      ];
    }),
    acts: file.acts
      .filter((act) => !(handled && act.sense === 'rate'))
      .map((act) => actView(act, procedure, names, directory, () => false, offers.titleOf)),
    clocks: clockViews(progress, today),
    stations: stationViews(progress, directory),
    nextActs: nextActViews(context, packed, file, standingsOf(session, directory, matter), locale, false, offers),
    drawing: drawingView(procedure, progress),
    related: await relatedOf(tx, file, context),
    rating: handled ? null : matter.rating,
    places: await placesOf(tx, context, matter.id),
    followUps: await readFollowUps(tx, session, matter.id, directory),
    log: { state: 'received', index: null },
  };
};
