import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { draftName, keepDraft, readDraft } from './drafts.js';
import { emptyContent, memoryShelf, type MemoryContent } from './memory-shelf.js';
import { Killed, lifeOf, modelServer, visitWithNeed } from './outbox-model.js';
import { createOutbox } from './outbox.js';
import { makeLock } from './pin-lock.js';
import { sendAll, type Send } from './sender.js';

let key: CryptoKey;
beforeAll(async () => {
  ({ key } = await makeLock('135790', 1));
});

/**
 * A grid leader at work: writes each sentence, presses the button, lets it be sent. After each death of the tab the app is opened
 * again, and what it shows decides what the person does next: a sentence in the form is sent, one in the list is not written again.
 */
const work = async (content: MemoryContent, server: Send, texts: readonly string[], lives: readonly number[]) => {
  let ids = 0;
  for (let at = 0; ; at += 1) {
    const life = lifeOf(lives[at] ?? Infinity);
    const shelf = life.shelf(memoryShelf(content));
    const outbox = createOutbox(shelf, key);
    try {
      for (const text of texts) {
        if ((await outbox.read()).some((one) => one.command.text === text)) continue;
        const shown = await readDraft<string>(shelf, key, 'visit.h1');
        const draft = shown?.value === text ? shown : { value: text, commandId: `c${(ids += 1)}` };
        await keepDraft(shelf, key, 'visit.h1', draft);
        await outbox.add(visitWithNeed(draft.commandId, text), draftName('visit.h1'));
        // A thumb that presses twice.
        await outbox.add(visitWithNeed(draft.commandId, text), draftName('visit.h1'));
        await sendAll(outbox, life.send(server));
      }
      await sendAll(outbox, life.send(server));
      return life.used();
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
  }
};

/** Each sentence has arrived exactly once, and each need belongs to its own visit. */
const arrivedOnce = (server: ReturnType<typeof modelServer>, texts: readonly string[], when: string): void => {
  expect(server.needsHeard().toSorted(), when).toEqual(texts.toSorted());
  expect(server.done.size, when).toBe(2 * texts.length);
  for (const [id, { path, params }] of server.done)
    if (path !== '/api/contact-visits') expect(params, when).toEqual({ id: `made-by-${id.replace(/-need$/, '')}` });
};

describe('an outbox whose tab is killed', () => {
  it('at each await in turn loses nothing and doubles nothing', async () => {
    const texts = ['水泵坏了', '路灯不亮'];
    const all = await work(emptyContent(), modelServer().send, texts, []);
    expect(all).toBeGreaterThan(40);
    for (let steps = 0; steps <= all; steps += 1) {
      const server = modelServer();
      const content = emptyContent();
      await work(content, server.send, texts, [steps]);
      arrivedOnce(server, texts, `killed at step ${steps}`);
      expect(content.outbox.map((one) => one.state)).toEqual(['arrived', 'arrived', 'arrived', 'arrived']);
      expect(content.kept).toEqual([]);
    }
  });

  it('again and again, at random awaits, ends as if nothing had happened', async () => {
    const deaths = fc.array(fc.integer({ min: 1, max: 45 }), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(deaths, fc.integer({ min: 1, max: 4 }), async (lives, count) => {
        const texts = Array.from({ length: count }, (_, at) => `第${at}件事`);
        const server = modelServer();
        await work(emptyContent(), server.send, texts, lives);
        arrivedOnce(server, texts, lives.join());
        expect(server.done.size).toBe(2 * count);
      }),
      { numRuns: 200 },
    );
  });
});
