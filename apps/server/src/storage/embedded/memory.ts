import { totalmem } from 'node:os';

const megabyte = 2 ** 20;

/** Memory this process may use, in bytes: the machine's, or less where a container gives less. */
const memoryHere = (): number => Math.min(totalmem(), process.constrainedMemory() || Infinity);

/**
 * The setting by which PostgreSQL keeps a quarter of the memory for what it reads, as its manual advises, from 128 MB to 8 GB.
 *
 * Its own default of 128 MB holds the open matters of a small county; with ten million requests a county's page then waits for the disk. The memory is
 * taken page by page as it is used, so a small installation never takes it.
 */
export const sharedBuffers = (memory = memoryHere()): string =>
  `shared_buffers=${Math.round(Math.min(Math.max(memory / 4, 128 * megabyte), 8192 * megabyte) / megabyte)}MB`;
