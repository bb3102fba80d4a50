import type { ActContext } from './act-context.js';
import type { Carried } from './carry-act.js';
import type { Writing } from './matters.store.js';
import { inboxItem } from './inbox-after.js';

/** Tells whoever holds the whole that one of its parts has ended; the whole may go on when the last one has. */
export const tellParent = async (context: ActContext, carried: Carried, writing: Writing): Promise<void> => {
  const { matter } = carried.file;
  if (matter.parent === null || matter.state !== 'ended') return;
  const parent = await context.tx.first<{
    division: string;
    holder_person: string | null;
    holder_body: string | null;
    due: string | null;
    provisional: boolean;
    barred: string[] | null;
  }>(
    'select division, holder_person, holder_body, due, provisional, barred from lx.matter where county = $1 and id = $2',
    [context.county, matter.parent],
  );
  if (parent === undefined) return;
  const item = inboxItem(
    context,
    { ...carried.file, matter: { ...matter, ...parent, id: matter.parent } },
    { person: parent.holder_person, body: parent.holder_body },
    'act-needed',
    `子事项已办结：${matter.subject}`,
    carried.act.id,
  );
  if (item !== undefined) (writing.inbox ??= []).push(item);
};
