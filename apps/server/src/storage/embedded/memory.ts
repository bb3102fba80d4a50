import { totalmem } from 'node:os';

const megabyte = 2 ** 20;

/** Memory this process may use, in bytes: the machine's, or less where a container gives less. */
const memoryHere = (): number => Math.min(totalmem(), process.constrainedMemory() || Infinity);

/**
 * The setting by which PostgreSQL keeps a quarter of the memory for what it reads, as its manual advises, from 128 MB to 8 GB.
 *
 * Its own default of 128 MB is for the smallest of machines: lists of ten million requests are 3.4 GB a level, and what does not stay in memory is read
 * from the disk whenever the system needs its own cache for something else. The memory is taken page by page as it is used, so a small installation
 * never takes it.
 */
export const sharedBuffers = (memory = memoryHere()): string =>
  `shared_buffers=${Math.round(Math.min(Math.max(memory / 4, 128 * megabyte), 8192 * megabyte) / megabyte)}MB`;
