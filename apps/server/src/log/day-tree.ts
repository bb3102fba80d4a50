import { hashesOfLeaves, inclusionProof, leafHash, parseLeaf, utf8Bytes, type NodeHashes } from '@lianxin/domain';
import type { Tx } from '../storage/index.js';
import { readPlaces } from './log.store.js';
import { sha256 } from './sha256.js';

/** The tree over a day's entries. */
interface DayTree {
  readonly size: number;
  readonly hashes: NodeHashes;
}

/** Days kept at most; a day of five thousand entries is a third of a megabyte. */
const mostDays = 64;

const kept = new Map<string, DayTree>();

/**
 * The path of one entry inside its day's leaf. A day never changes once it is sealed, so its tree is computed once; the root in the leaf is part
 * of its name here, and a day that was sealed anew is another one.
 */
export const dayPath = async (
  tx: Tx,
  day: { readonly county: string; readonly year: number; readonly index: number; readonly leaf: string },
  position: number,
): Promise<readonly Uint8Array[] | null> => {
  const { county, year, index } = day;
  const name = `${county} ${year} ${index} ${JSON.stringify(parseLeaf(day.leaf)?.pub['root'])}`;
  const known = kept.get(name);
  const tree = known ?? (await readTree(tx, county, year, index));
  if (known === undefined) {
    const [oldest] = kept.keys();
    if (kept.size >= mostDays && oldest !== undefined) kept.delete(oldest);
    kept.set(name, tree);
  }
  return position < tree.size ? inclusionProof(sha256, position, tree.size, tree.hashes) : null;
};

const readTree = async (tx: Tx, county: string, year: number, index: number): Promise<DayTree> => {
  const places = await readPlaces(tx, county, year, index);
  const hashes = places.map((entry) => leafHash(sha256, utf8Bytes(entry)));
  return { size: hashes.length, hashes: hashesOfLeaves(sha256, hashes) };
};
