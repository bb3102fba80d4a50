import 'fake-indexeddb/auto';
import { beforeAll, describe, expect, it } from 'vitest';
import { correctionForm, draftName, keepDraft, readDraft } from './drafts.js';
import { emptyContent, memoryShelf } from './memory-shelf.js';
import { modelServer, visitOf, visitWithNeed } from './outbox-model.js';
import { createOutbox, mostUnsent, OutboxClosed, reworded, slipOf, type Command, type NewCommand } from './outbox.js';
import { openPhoneShelf, shelfName } from './phone-shelf.js';
import { makeLock } from './pin-lock.js';
import { sendAll, type Send } from './sender.js';
import { ShelfFull, type Shelf } from './shelf.js';

let key: CryptoKey;
beforeAll(async () => {
  ({ key } = await makeLock('135790', 1));
});

const visit = (id: string, text = id): NewCommand => ({ id, lane: id, command: visitOf(text) });
const away: Send = async () => ({ is: 'later' });
let phones = 0;

// The rules hold on a shelf in memory and on the browser's own database alike.
describe.each([
  ['in memory', async (): Promise<Shelf> => memoryShelf(emptyContent())],
  ['in IndexedDB', async (): Promise<Shelf> => openPhoneShelf(`phone-${(phones += 1)}`)],
])('an outbox %s', (_where, shelfOf) => {
  it('keeps commands in the order of making, with their draft gone in the same step', async () => {
    const shelf = await shelfOf();
    const outbox = createOutbox(shelf, key);
    await keepDraft(shelf, key, 'visit.h1', { value: '水泵坏了', commandId: 'a' });
    expect(await readDraft(shelf, key, 'visit.h1')).toEqual({ value: '水泵坏了', commandId: 'a' });
    await outbox.add(visitWithNeed('a', '水泵坏了'), draftName('visit.h1'));
    await outbox.add([visit('b')]);
    await outbox.add([visit('b')]);
    expect((await outbox.read()).map((one) => one.id)).toEqual(['a', 'a-need', 'b']);
    expect(await readDraft(shelf, key, 'visit.h1')).toBeUndefined();
  });

  it('without a line keeps everything as it is', async () => {
    const outbox = createOutbox(await shelfOf(), key);
    await outbox.add(visitWithNeed('a', '水泵坏了'));
    expect(await sendAll(outbox, away)).toBe('later');
    expect((await outbox.read()).map((one) => one.state)).toEqual(['waiting', 'waiting']);
  });

  it('holds back what stands behind a refused command of the same matter, and nothing else', async () => {
    const outbox = createOutbox(await shelfOf(), key);
    const server = modelServer((id) => id === 'a');
    await outbox.add([...visitWithNeed('a', '信什么教'), visit('b')]);
    expect(await sendAll(outbox, server.send)).toBe('done');
    expect((await outbox.read()).map(({ id, state }) => [id, state])).toEqual([
      ['a', 'refused'],
      ['a-need', 'waiting'],
      ['b', 'arrived'],
    ]);
  });

  it('sends a corrected command under a new id in its old place, and what waited behind it follows', async () => {
    const shelf = await shelfOf();
    const outbox = createOutbox(shelf, key);
    const server = modelServer((id) => id === 'a');
    await outbox.add(visitWithNeed('a', '信什么教'));
    await sendAll(outbox, server.send);
    const [refused] = await outbox.read();
    if (refused === undefined) throw new Error('the refused command has gone');
    expect(refused.refusal?.faults[0]?.cure).toBe('改写');
    const typed = { value: { need: '要一副老花镜' }, commandId: 'typed' };
    await keepDraft(shelf, key, correctionForm('a'), typed);
    expect(await outbox.correct(refused, 'a2', visitOf('要一副老花镜'))).toBe(true);
    expect(await outbox.correct(refused, 'a3', visitOf('要两副老花镜'))).toBe(false);
    expect(await readDraft(shelf, key, correctionForm('a'))).toBeUndefined();
    await sendAll(outbox, server.send);
    expect(server.needsHeard()).toEqual(['要一副老花镜']);
    expect(server.done.get('a-need')?.params).toEqual({ id: 'made-by-a2' });
  });

  it('drops a refused command with what cannot be done without it, once a person says so', async () => {
    const shelf = await shelfOf();
    const outbox = createOutbox(shelf, key);
    await outbox.add([...visitWithNeed('a', '信什么教'), visit('b')]);
    await sendAll(outbox, modelServer((id) => id === 'a').send);
    const [refused] = await outbox.read();
    if (refused === undefined) throw new Error('the refused command has gone');
    const going = (await outbox.goesWith(refused)).map((one) => one.id);
    expect(going).toEqual(['a', 'a-need']);
    await keepDraft(shelf, key, correctionForm('a'), { value: {}, commandId: 'typed' });
    await outbox.drop(going);
    expect((await outbox.read()).map((one) => one.id)).toEqual(['b']);
    expect(await readDraft(shelf, key, correctionForm('a'))).toBeUndefined();
  });

  it('forgets on another day what arrived, and keeps what did not', async () => {
    const outbox = createOutbox(await shelfOf(), key);
    const server = modelServer((id) => id === 'b');
    await outbox.add([visit('a'), visit('b')]);
    await sendAll(outbox, server.send);
    await outbox.tidy(() => true);
    expect(await outbox.read()).toHaveLength(2);
    await outbox.tidy(() => false);
    expect((await outbox.read()).map((one) => one.id)).toEqual(['b']);
  });

  it('keeps a receipt for thirty days, until it is in the resident’s hand', async () => {
    let now = Date.parse('2026-11-28T12:00:00Z');
    const outbox = createOutbox(await shelfOf(), key, () => now);
    await outbox.add([visit('a'), visit('b')]);
    const receipt = { code: 'ABCD', track: '/r/ABCD' };
    await sendAll(outbox, async (id) => ({ is: 'arrived', answer: id, arrival: { receipt } }));
    now += 30 * 86_400_000;
    await outbox.tidy(() => false);
    expect((await outbox.read()).map(slipOf)).toEqual([receipt, receipt]);
    await outbox.drop(['a']);
    expect((await outbox.read()).map((one) => one.id)).toEqual(['b']);
    now += 1;
    await outbox.tidy(() => false);
    expect(await outbox.read()).toEqual([]);
  });
});

describe('a command with other words', () => {
  const asked = [
    { at: ['onBehalfOf', 'name'], label: '谁托的' },
    { at: ['fields', 'text'], label: '什么事' },
  ];
  const request: Command = {
    ...visitOf('路灯不亮'),
    kind: 'request',
    json: { onBehalfOf: { name: '大娘' }, fields: { text: '路灯不亮' } },
    about: '大娘',
    asked,
  };

  it('is shown in the list by the words it was given, each where it came from', () => {
    const other = { onBehalfOf: { name: '王大娘' }, fields: { text: '村口路灯不亮' } };
    expect(reworded(request, other)).toEqual({ ...request, json: other, about: '王大娘', text: '村口路灯不亮' });
    const silent = { onBehalfOf: { name: '大娘' } };
    expect(reworded(request, silent)).toMatchObject({ about: '大娘', text: '大娘' });
    // Whom a visit is about is the house, which stands in no field.
    const visited = { ...visitOf('水泵坏了'), asked: [{ at: ['need'], label: '听到的需要' }] };
    const said = { household: 'h1', need: '水泵坏了，抽不上水' };
    expect(reworded(visited, said)).toMatchObject({ about: '一号院', text: '水泵坏了，抽不上水' });
  });
});

describe('an outbox', () => {
  it('takes no more than 500 commands, and none once one has waited 30 days, in words instead of silence', async () => {
    let now = Date.parse('2026-11-28T01:00:00Z');
    const outbox = createOutbox(memoryShelf(emptyContent()), key, () => now);
    await outbox.add(Array.from({ length: mostUnsent }, (_, at) => visit(`v${at}`)));
    await expect(outbox.add([visit('one-more')])).rejects.toEqual(new OutboxClosed('too-many'));
    await outbox.drop(['v0', 'v1']);
    // A visit with its need are two: both go in, or neither.
    await outbox.drop(['v2']);
    await outbox.add(visitWithNeed('w', '水泵坏了'));
    await expect(outbox.add(visitWithNeed('x', '路灯不亮'))).rejects.toEqual(new OutboxClosed('too-many'));
    now += 30 * 86_400_000;
    await outbox.add([visit('on-the-thirtieth-day')]);
    await outbox.drop(['w', 'w-need']);
    now += 1;
    await expect(outbox.add([visit('one-more')])).rejects.toEqual(new OutboxClosed('too-old'));
    expect(await outbox.read()).toHaveLength(mostUnsent - 2);
  });

  it('on a full phone changes nothing and says so; what has arrived leaves all the same', async () => {
    const content = emptyContent();
    const roomy = memoryShelf(content);
    let full = false;
    const shelf: Shelf = {
      ...roomy,
      change: async (change) => {
        if (full && (change.add?.length ?? 0) + (change.replace?.length ?? 0) > 0) throw new ShelfFull();
        return roomy.change(change);
      },
    };
    const outbox = createOutbox(shelf, key);
    const server = modelServer((id) => id === 'c');
    await keepDraft(shelf, key, 'visit.h1', { value: '第二件', commandId: 'b' });
    await outbox.add([visit('a'), visit('c')]);
    full = true;
    await expect(outbox.add([visit('b')], draftName('visit.h1'))).rejects.toBeInstanceOf(ShelfFull);
    expect(await readDraft(shelf, key, 'visit.h1')).toEqual({ value: '第二件', commandId: 'b' });
    expect(await sendAll(outbox, server.send)).toBe('full');
    full = false;
    expect((await outbox.read()).map((one) => one.id)).toEqual(['c']);
    await sendAll(outbox, server.send);
    expect((await outbox.read()).map((one) => one.state)).toEqual(['refused']);
    expect(server.needsHeard()).toEqual(['a']);
  });

  it('stops at once for somebody who is not the one it belongs to', async () => {
    const outbox = createOutbox(memoryShelf(emptyContent()), key);
    const server = modelServer();
    await outbox.add([visit('a'), visit('b')]);
    await sendAll(outbox, server.send, () => false);
    expect(server.done.size).toBe(0);
  });

  it('sends nothing more, of one matter neither, once somebody else has logged in while a command was under way', async () => {
    const outbox = createOutbox(memoryShelf(emptyContent()), key);
    const server = modelServer();
    await outbox.add(visitWithNeed('a', '一'));
    let may = true;
    const meanwhile: Send = async (...command) => {
      may = false;
      return server.send(...command);
    };
    await sendAll(outbox, meanwhile, () => may);
    expect(server.done.size).toBe(1);
    expect((await outbox.read()).map(({ state }) => state)).toEqual(['arrived', 'waiting']);
  });

  it('in two tabs at once does each command once', async () => {
    const content = emptyContent();
    const [one, other] = [createOutbox(memoryShelf(content), key), createOutbox(memoryShelf(content), key)];
    const server = modelServer();
    await Promise.all([one.add(visitWithNeed('a', '一')), other.add(visitWithNeed('b', '二'))]);
    await Promise.all([sendAll(one, server.send), sendAll(other, server.send)]);
    expect(server.needsHeard().toSorted()).toEqual(['一', '二']);
    expect(content.outbox.map((entry) => entry.state)).toEqual(Array.from({ length: 4 }, () => 'arrived'));
  });

  it('writes nothing on the phone that reads as what was said', async () => {
    const shelf = await openPhoneShelf('canary');
    await createOutbox(shelf, key).add(visitWithNeed('a', '金丝雀水泵'));
    await keepDraft(shelf, key, 'visit.h1', { value: '金丝雀药费', commandId: 'b' });
    const dump = await new Promise<string>((resolve, reject) => {
      const opening = indexedDB.open(shelfName('canary'));
      opening.addEventListener('error', () => reject(opening.error ?? new Error('not opened')));
      opening.addEventListener('success', () => {
        const stores = opening.result.transaction(['outbox', 'kept']);
        const texts: string[] = [];
        for (const name of ['outbox', 'kept']) {
          const all = stores.objectStore(name).getAll();
          all.addEventListener('success', () => {
            for (const { sealed, ...rest } of all.result as { sealed: { data: ArrayBuffer } }[])
              texts.push(JSON.stringify(rest), new TextDecoder().decode(sealed.data));
          });
        }
        stores.addEventListener('complete', () => resolve(texts.join()));
      });
    });
    expect(dump.length).toBeGreaterThan(100);
    expect(dump).not.toMatch(/金丝雀|水泵|药费|一号院/);
  });
});
