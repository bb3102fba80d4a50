import type { ServiceCatalogue } from '@lianxin/domain';
import { countyDate, levelOf, listAncestors } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { directoryFor, findVillageCounts, listSharedConcerns } from '../matters/index.js';
import { readVillageBoard } from '../disclosures/index.js';
import { findDivision, listCounties, listDivisionsBelow, listDutyContacts, searchVillages } from '../people/index.js';
import type { DivisionRow } from '../people/index.js';
import { readPublicCharts } from '../households/index.js';
import { rulesOf } from '../policy-packs/index.js';
import { inContext, publicContext } from '../storage/index.js';
import type { Context, Tx } from '../storage/index.js';
import type { Language } from './components/language.js';
import { servicesIn } from './services.js';
import type { FormerPart, VillageView } from './village.view.js';

/** A visitor who has not chosen a county yet sees public facts only. */
const anywhere: Context = { role: 'rt_public', county: '', uid: null, lo: '', hi: '', caps: [] };

/** A village or community with the way to it, county first. */
export type FoundVillage = Pick<VillageView, 'code' | 'name' | 'kind' | 'path'>;

/** Places to choose from, and where one is in choosing. */
export interface Choosing {
  readonly level: 'counties' | 'townships' | 'villages';
  readonly places: readonly DivisionRow[];
  readonly path: readonly DivisionRow[];
}

const pathTo = async (tx: Tx, code: string): Promise<readonly DivisionRow[]> => {
  const above = listAncestors(code).filter((each) => ['county', 'township'].includes(levelOf(each)));
  const found = await Promise.all(above.map((each) => findDivision(tx, each)));
  return found.flatMap((row) => row ?? []).toReversed();
};

/** The list below a chosen place, or the counties; a code that is none begins at the counties again. */
export const choosePlace = async (deps: Deps, within: string): Promise<Choosing> =>
  inContext(deps, anywhere, async (tx) => {
    const chosen = /^[1-9]\d{11}$/.test(within) ? await findDivision(tx, within) : undefined;
    if (chosen === undefined || !['county', 'township'].includes(chosen.level))
      return { level: 'counties', places: await listCounties(tx), path: [] };
    return {
      level: chosen.level === 'county' ? 'townships' : 'villages',
      places: await listDivisionsBelow(tx, chosen.code),
      path: await pathTo(tx, chosen.code),
    };
  });

/** How many villages a search shows; more means that the name was too short to help. */
const mostFound = 60;

/** Villages by a piece of their name. */
export const findByName = async (deps: Deps, name: string) =>
  inContext(deps, anywhere, (tx) => searchVillages(tx, name, mostFound));

/** A village that stands today; undefined for any other code. */
export const findVillage = async (deps: Deps, code: string): Promise<FoundVillage | undefined> => {
  if (!/^[1-9]\d{11}$/.test(code)) return undefined;
  return inContext(deps, anywhere, async (tx) => {
    const found = await findDivision(tx, code);
    if (found?.level !== 'village') return undefined;
    const kind = found.kind === 'community' ? 'community' : 'village';
    return { code, name: found.name, kind, path: await pathTo(tx, code) };
  });
};

/** A village that stands no more, with what became of it 沿革; anybody may read it. */
export interface FormerVillage {
  readonly name: string;
  readonly endedOn: string;
  readonly became: readonly {
    readonly code: string;
    readonly name: string;
    readonly cause: 'merge' | 'split' | 'recode';
    readonly source: string;
    /** Whether the name leads on to a page of its own; else it has ended too. */
    readonly stands: boolean;
  }[];
}

/** A village that has ended; undefined for one that stands or never was. */
export const findFormerVillage = async (deps: Deps, code: string): Promise<FormerVillage | undefined> => {
  if (!/^[1-9]\d{11}$/.test(code)) return undefined;
  return inContext(deps, anywhere, async (tx) => {
    const now = tx.makers.clock();
    const found = await tx.first<{ name: string; endedOn: string }>(
      `select name, valid_to::text as "endedOn" from lx.division where code = $1 and level = 'village' and valid_to <= $2::date`,
      [code, now],
    );
    if (found === undefined) return undefined;
    const became = await tx.rows<FormerVillage['became'][number] & Record<string, unknown>>(
      `select d.code, d.name, s.cause, s.source, (d.valid_to is null or d.valid_to > $2::date) as stands
       from lx.division_successor s join lx.division d on d.code = s.successor where s.code = $1 and s.valid_from <= $2::date
       order by d.code`,
      [code, now],
    );
    return { ...found, became };
  });
};

/** Villages that a village came from, however many changes ago 沿革; one whose code it keeps is itself. */
const cameFrom = (tx: Tx, code: string) =>
  tx.rows<FormerPart & Record<string, unknown>>(
    `with recursive chain (code, successor, cause, valid_from, source) as (
       select code, successor, cause, valid_from, source from lx.division_successor where successor = $1 and valid_from <= $2::date
       union select s.code, s.successor, s.cause, s.valid_from, s.source from chain c join lx.division_successor s on s.successor = c.code)
     select d.code, d.name, c.cause, c.valid_from::text as "endedOn", c.source
     from chain c join lx.division d on d.code = c.code where c.code <> $1 order by c.valid_from desc, d.code`,
    [code, tx.makers.clock()],
  );

const servicesOf = async (deps: Deps, tx: Tx, code: string, language: Language) => {
  const book = await rulesOf(deps.pool, tx);
  const directory = await directoryFor(deps, code.slice(0, 6));
  const catalogues = book.rulesFor(code, countyDate(deps.clock()), 'service-catalogue');
  return servicesIn(
    catalogues.map(({ rule }) => rule.rule as ServiceCatalogue),
    (office) => directory.bodiesOf({ office }, code, 'township')[0]?.name ?? '',
    language,
  );
};

/** Everything a village page shows, read as a visitor, so that nothing can slip in that a visitor may not see. */
export const readVillage = async (deps: Deps, village: FoundVillage, language: Language): Promise<VillageView> =>
  inContext(deps, publicContext(village.code), async (tx) => {
    const contacts = await listDutyContacts(tx, village.code);
    const atOffice = contacts.find((contact) => contact.body !== null);
    const counts = await findVillageCounts(tx, village.code);
    return {
      ...village,
      counts,
      office:
        atOffice === undefined
          ? null
          : {
              name: atOffice.bodyName ?? '',
              director: `${atOffice.name} ${atOffice.duty}`,
              phone: atOffice.officePhone,
              address: null,
              hours: null,
            },
      duty: contacts
        .filter((contact) => contact !== atOffice)
        .map((contact) => ({
          name: contact.name,
          post: [contact.gridName, contact.duty].filter(Boolean).join(' '),
          phone: contact.officePhone,
        })),
      services: await servicesOf(deps, tx, village.code, language),
      items: await listSharedConcerns(tx, village.code),
      board: await readVillageBoard(deps, tx, village.code),
      before: await cameFrom(tx, village.code),
    };
  });

/** The posted charts of a village's grids, read as a visitor. */
export const readGridCharts = async (deps: Deps, code: string) =>
  inContext(deps, publicContext(code), (tx) => readPublicCharts(tx, code));
