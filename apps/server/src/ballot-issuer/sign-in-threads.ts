import type { KeyObject } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** A list for a thread: numbers of the key's range, which whoever hands it over has made sure of. */
export interface ToSign {
  readonly privateKey: KeyObject;
  readonly blinded: readonly Uint8Array[];
}

/**
 * The whole of a signing thread 签发线程: Node's own modules and nothing else comes near the key. A text, since threads read no TypeScript, and sources run as
 * they are in tests. Each signature is checked before it leaves: one made by a disturbed computation would give the private key away.
 */
const program = `
  const { parentPort } = require('node:worker_threads');
  const { constants, privateDecrypt, publicEncrypt } = require('node:crypto');
  parentPort.on('message', ({ privateKey, blinded }) => {
    const raw = { key: privateKey, padding: constants.RSA_NO_PADDING };
    const signed = blinded.map((one) => privateDecrypt(raw, one));
    if (!signed.every((one, at) => publicEncrypt(raw, one).equals(blinded[at])))
      throw new Error('a signature is not that of the blinded message');
    parentPort.postMessage(signed);
  });`;

interface Job {
  readonly list: ToSign;
  readonly resolve: (signed: readonly Uint8Array[]) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  job?: Job | undefined;
}

const threads = new Set<Thread>();
const waiting: Job[] = [];

const startThread = (): Thread => {
  const worker = new Worker(program, { eval: true, execArgv: [] });
  const thread: Thread = { worker };
  threads.add(thread);
  worker.on('message', (signed: readonly Uint8Array[]) => {
    const { job } = thread;
    thread.job = undefined;
    // A thread without work keeps no process alive.
    worker.unref();
    job?.resolve(signed);
    handOut();
  });
  worker.on('error', (error) => {
    threads.delete(thread);
    thread.job?.reject(error instanceof Error ? error : new Error(String(error)));
    handOut();
  });
  return thread;
};

const freeThread = (): Thread | undefined => {
  for (const thread of threads) if (thread.job === undefined) return thread;
  return threads.size < availableParallelism() ? startThread() : undefined;
};

const handOut = (): void => {
  while (waiting.length > 0) {
    const thread = freeThread();
    const job = thread === undefined ? undefined : waiting.shift();
    if (thread === undefined || job === undefined) return;
    thread.job = job;
    thread.worker.ref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    thread.worker.postMessage(job.list);
  }
};

/**
 * Signs a list in a thread, one thread a core, begun when first needed: a list takes tens of milliseconds, in which the server answers others. Rejects when a
 * signature does not hold; that thread is gone then, and the next list gets a new one.
 */
export const signInThreads = (list: ToSign): Promise<readonly Uint8Array[]> =>
  new Promise((resolve, reject) => {
    waiting.push({ list, resolve, reject });
    handOut();
  });
