import type { DisclosureContent } from '@lianxin/contract';
import { countyDate, plainDate, shownVersions, titleOfPeriod, type DisclosureDuty } from '@lianxin/domain';
import type { Tx } from '../storage/index.js';
import { catalogueFor, type CatalogueDeps } from './catalogue.js';
import {
  listDisclosures,
  newestVersions,
  oneDisclosure,
  questionsAbout,
  versionsOf,
  type DisclosureRow,
  type QuestionRow,
  type VersionRow,
} from './disclosures.store.js';
import { dutiesIn } from './duties.js';
import { standingOfRow } from './read-desk.js';

/** A disclosure in a list. */
export interface BoardLine {
  readonly id: string;
  readonly title: string;
  readonly board: DisclosureRow['board'];
  readonly publishedOn: string;
  readonly version: number;
  readonly daysLeft: number;
  readonly until: string;
  readonly withdrawn: { readonly on: string; readonly because: string } | null;
}

/** What is owed and how it stands, in the words of a board. */
export interface OwedLine {
  readonly title: string;
  readonly periodTitle: string;
  readonly dueBy: string;
  readonly state: DisclosureDuty['state'];
  readonly daysLate: number;
  readonly publishedOn: string | null;
}

/** The boards of a village as anybody may read them. */
export interface VillageBoard {
  readonly lines: readonly BoardLine[];
  readonly owed: readonly OwedLine[];
  /** The newest accounts, with their bars. */
  readonly accounts: { readonly id: string; readonly title: string; readonly content: DisclosureContent } | null;
  /** How many wordings were published so far: the number of the wall sheet and the booklet. */
  readonly edition: number;
}

const lineOf = (row: DisclosureRow, today: string): BoardLine => ({
  id: row.id,
  title: row.title,
  board: row.board,
  publishedOn: row.publishedOn,
  version: row.version,
  ...standingOfRow(row, today),
  withdrawn: row.withdrawnOn === null ? null : { on: row.withdrawnOn, because: row.withdrawnBecause ?? '' },
});

const editionOf = async (tx: Tx, division: string): Promise<number> =>
  (
    await tx.first<{ editions: number }>(
      `select count(*)::int as editions from lx.disclosure_version where county = $1 and division = $2 and scope = 'residents'`,
      [tx.context.county, division],
    )
  )?.editions ?? 0;

/** What a village shows on its boards; nothing but what is meant for residents, whoever asks. */
export const readVillageBoard = async (deps: CatalogueDeps, tx: Tx, division: string): Promise<VillageBoard> => {
  const today = countyDate(tx.makers.clock());
  const catalogue = await catalogueFor(deps, tx, division);
  const open = { ...catalogue, items: catalogue.items.filter(({ item }) => item.scope === 'residents') };
  const rows = await listDisclosures(tx, division, `${division}~`);
  const newest = await newestVersions(tx, division);
  const accounts = newest.find((one) => one.content.bars.length > 0);
  return {
    lines: rows.filter((row) => row.scope === 'residents').map((row) => lineOf(row, today)),
    owed: (await dutiesIn(tx, open, division)).map((duty) => ({
      title: duty.title,
      periodTitle: titleOfPeriod(duty.period),
      dueBy: duty.dueBy,
      state: duty.state,
      daysLate: duty.daysLate,
      publishedOn: duty.publishedOn,
    })),
    accounts:
      accounts === undefined ? null : { id: accounts.disclosure, title: accounts.title, content: accounts.content },
    edition: await editionOf(tx, division),
  };
};

/** One disclosure as anybody may read it: every version, newest first, and what was asked. */
export interface BoardPage {
  readonly line: BoardLine;
  readonly versions: readonly (VersionRow & {
    readonly standing: 'current' | 'corrected';
    readonly corrected: { readonly by: number; readonly on: string; readonly reason: string } | null;
  })[];
  readonly questions: readonly QuestionRow[];
}

export const readBoardPage = async (tx: Tx, division: string, id: string): Promise<BoardPage | undefined> => {
  const row = await oneDisclosure(tx, id);
  if (row === undefined || row.division !== division || row.scope !== 'residents') return undefined;
  const rows = await versionsOf(tx, id);
  const shown = shownVersions(rows.map((one) => ({ ...one, publishedOn: plainDate(one.publishedOn) })));
  return {
    line: lineOf(row, countyDate(tx.makers.clock())),
    versions: shown.flatMap(({ version, standing, corrected }) => {
      const found = rows.find((one) => one.version === version);
      return found === undefined ? [] : [{ ...found, standing, corrected }];
    }),
    questions: await questionsAbout(tx, id),
  };
};
