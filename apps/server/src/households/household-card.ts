import { fault, ok, refuse, type Result } from '@lianxin/domain';
import { mergeCards, type CardContent, type CardView } from '@lianxin/contract';
import { recordReading, type SessionActor } from '../access/index.js';
import { writeJournal } from '../journal/index.js';
import {
  carryOut,
  carryOutForAnyone,
  checkNote,
  decideAlone,
  found,
  isOwnHousehold,
  mayRead,
  mayWrite,
  refuseIf,
  type Change,
} from '../people/index.js';
import type { ContextDeps, Tx } from '../storage/index.js';
import {
  addEntry,
  cardById,
  cardEntry,
  cardOf,
  cardsIn,
  householdById,
  ownCards,
  type StoredCard,
} from './household.store.js';

const journal = (tx: Tx, commandId: string, division: string, card: string, what: string): void => {
  writeJournal(tx, {
    kind: 'record.change',
    division,
    commandId,
    commitFields: { table: 'household_card', card, what },
  });
};

/** Needs are needs: words about views, belief, relations or visitors are refused, as on a visit. */
const checkNeeds = (content: CardContent) => checkNote(...content.needs.map((need) => need.text));

/** What issuing a card asks. */
export interface IssueInput extends CardContent {
  readonly id: string;
  readonly issuedOn: string;
}

/**
 * Issues the contact card of a household 一户一卡 [DY-63]. Refuses `household-has-card` with the day of the running one, and
 * `note-not-a-need` for words that are no need.
 */
export const issueCard = (deps: ContextDeps, change: Change<IssueInput>) =>
  carryOut(deps, 'POST /api/households/{id}/card', change, async (tx, { id: household, issuedOn, ...content }) => {
    const { division } = found(await householdById(tx, household));
    refuseIf(mayWrite(tx.context, 'keep-cards', division));
    await decideAlone(tx, `household card ${household}`);
    const present = await cardOf(tx, household);
    refuseIf(
      present === undefined ? undefined : fault('household-has-card', { issuedOn: present.issuedOn }),
      checkNeeds(content),
    );
    const id = tx.makers.newId();
    await tx.run(
      `insert into lx.household_card (county, id, division, household, issued_on, recorded_at) values ($1, $2, $3, $4, $5, $6)`,
      [tx.context.county, id, division, household, issuedOn, tx.makers.clock()],
    );
    await addEntry(tx, { card: id, number: 1, division, content, enteredBy: 'office' });
    journal(tx, change.commandId, division, id, 'issue');
    return { id };
  });

/** The card and whether the household itself is asking; stops with `not-found` or `capability-missing` for anybody else. */
const reach = async (tx: Tx, id: string): Promise<{ card: StoredCard; own: boolean }> => {
  const card = found(await cardById(tx, id));
  const own = await isOwnHousehold(tx, card.household);
  refuseIf(own ? undefined : mayWrite(tx.context, 'keep-cards', card.division));
  await decideAlone(tx, `household card ${card.household}`);
  refuseIf(card.withdrawnOn === null ? undefined : fault('card-withdrawn', { on: card.withdrawnOn }));
  return { card, own };
};

/** What correcting a card asks: what it shall say, and the number of the entry that was read for it. */
export interface CorrectInput extends CardContent {
  readonly id: string;
  readonly base: number;
}

/** What a card says once a correction has met those made since the entry it was made on; refuses `card-changed-twice`. */
const mergedWith = async (tx: Tx, card: StoredCard, base: number, mine: CardContent): Promise<CardContent> => {
  const now = card.entries.length;
  if (base === now || card.content === null) return mine;
  const { merged, conflicts } = mergeCards({
    base: found(await cardEntry(tx, card.id, base)),
    mine,
    theirs: card.content,
  });
  refuseIf(conflicts.length === 0 ? undefined : fault('card-changed-twice', { count: conflicts.length, now }));
  return merged;
};

/**
 * Corrects a card by a further entry; what it said before stays with it. The household may, as may an office that keeps cards.
 * A correction made on an older entry is merged field by field, so that one written without signal undoes nobody else's.
 */
export const correctCard = (deps: ContextDeps, change: Change<CorrectInput>) =>
  carryOutForAnyone(deps, 'POST /api/household-cards/{id}/corrections', change, async (tx, { id, base, ...mine }) => {
    const { card, own } = await reach(tx, id);
    refuseIf(checkNeeds(mine));
    await addEntry(tx, {
      card: id,
      number: card.entries.length + 1,
      division: card.division,
      content: await mergedWith(tx, card, base, mine),
      enteredBy: own && tx.context.role === 'rt_resident' ? 'household' : 'office',
    });
    journal(tx, change.commandId, card.division, id, own ? 'correct-by-household' : 'correct');
    return { id };
  });

/** Withdraws a card: the household needs no reason. Offices read it no longer; another may be issued. */
export const withdrawCard = (deps: ContextDeps, change: Change<{ readonly id: string; readonly on: string }>) =>
  carryOutForAnyone(deps, 'POST /api/household-cards/{id}/withdrawal', change, async (tx, { id, on }) => {
    const { card, own } = await reach(tx, id);
    refuseIf(on < card.issuedOn ? fault('period-reversed', { from: card.issuedOn, to: on }) : undefined);
    const done = await tx.run(
      `update lx.household_card set withdrawn_on = $3, withdrawn_by = $4 where county = $1 and id = $2 and withdrawn_on is null`,
      [tx.context.county, id, on, own ? 'household' : 'office'],
    );
    refuseIf(done === 1 ? undefined : fault('not-found'));
    journal(tx, change.commandId, card.division, id, 'withdraw');
    return { id };
  });

const view = (card: StoredCard): CardView => ({ ...card, entries: [...card.entries] });

/** The card of a household for an office that keeps cards; that it was read is written down in the same transaction [DY-63]. */
export const readCard = async (tx: Tx, actor: SessionActor, household: string): Promise<Result<CardView | null>> => {
  const row = await householdById(tx, household);
  if (row === undefined) return refuse(fault('not-found'));
  const strange = mayWrite(tx.context, 'keep-cards', row.division);
  if (strange !== undefined) return refuse(strange);
  const card = await cardOf(tx, household);
  if (card === undefined) return ok(null);
  await recordReading(tx, {
    what: 'household-card',
    subject: card.household,
    division: row.division,
    purpose: '查看民情联系卡',
    office: actor.office,
  });
  return ok(view(card));
};

/** Cards printed at once. */
const mostPrinted = 500;

/** The cards of a grid or village to print, read and written down as one reading. */
export const cardsToPrint = async (
  tx: Tx,
  actor: SessionActor,
  query: { readonly division: string; readonly grid?: string | undefined },
): Promise<Result<CardView[]>> => {
  const strange = mayRead(tx.context, query.division) ?? mayWrite(tx.context, 'keep-cards', query.division);
  if (strange !== undefined) return refuse(strange);
  const cards = await cardsIn(tx, query.division, query.grid, mostPrinted);
  await recordReading(tx, {
    what: 'household-card',
    division: query.division,
    purpose: `打印民情联系卡 ${cards.length} 张`,
    office: actor.office,
  });
  return ok(cards.map(view));
};

/** The cards of the acting person's own household. */
export const readOwnCards = async (tx: Tx): Promise<CardView[]> => (await ownCards(tx)).map(view);
