import { describe, expect, it } from 'vitest';
import { sharedBuffers } from './memory.js';

const gigabyte = 2 ** 30;

describe('memory of the embedded PostgreSQL', () => {
  it('is a quarter of what the machine has', () => {
    expect(sharedBuffers(16 * gigabyte)).toBe('shared_buffers=4096MB');
    expect(sharedBuffers(2 * gigabyte)).toBe('shared_buffers=512MB');
  });

  it('is never less than its own default and never more than 8 GB', () => {
    expect(sharedBuffers(gigabyte / 4)).toBe('shared_buffers=128MB');
    expect(sharedBuffers(256 * gigabyte)).toBe('shared_buffers=8192MB');
  });
});
