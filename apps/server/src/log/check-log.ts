import {
  equalBytes,
  formatNoteKey,
  growTiles,
  hashesOfTiles,
  parseCheckpointBody,
  parseLeaf,
  parseNote,
  parseNoteKey,
  parseProofFile,
  readCheckpoint,
  rootOf,
  toBase64Url,
  toHex,
  utf8Bytes,
  cosignedAt,
  type Checkpoint,
  type FilledTile,
  type NodeHashes,
} from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { inContext, type Tx } from '../storage/index.js';
import { checkLeaves, checkTiles } from './check-leaves.js';
import { Findings, type LogCheck } from './finding.js';
import { logContext, readLeaves, readYears, sizeOf, type LogYear } from './log.store.js';
import { signedFile } from './publish.js';
import { sha256 } from './sha256.js';
import { lastSigned } from './signer.js';
import { signingKey, verifyEd25519 } from './signing-key.js';
import { policyOf } from './witness-rule.js';

/** What somebody outside holds against the log: a proof file or a checkpoint from a poster, in their own text. */
export interface Evidence {
  readonly name: string;
  readonly text: string;
}

/**
 * Checks 核对 every log of a county from the journal upwards: entries → leaves → tiles → checkpoints → signer's own file →
 * what people outside hold. Each step is computed again from the one below (J7).
 *
 * Without evidence from outside, a thorough operator who rewrites everything and owns the key cannot be seen; with one old
 * receipt he can.
 */
export const checkLog = async (
  deps: Deps,
  county: string,
  evidence: readonly Evidence[] = [],
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<LogCheck> =>
  inContext(deps, logContext(county), async (tx) => {
    await tx.rows("select set_config('statement_timeout', '0', true)");
    const found = new Findings();
    let leaves = 0;
    let entries = 0;
    let erased = 0;
    let before: { log: LogYear; size: number; root: Uint8Array } | undefined;
    const logs = await readYears(tx, county);
    let total = 0;
    for (const log of logs) total += await sizeOf(tx, county, log.year);
    for (const log of logs) {
      const earlier = leaves;
      const read = await checkLeaves(tx, log, found, (done) => onProgress(earlier + done, total));
      const tiles = growTiles(sha256, 0, () => undefined, read.hashes);
      await checkTiles(tx, log, tiles, found);
      const tree = { size: read.hashes.length, hashes: readerOf(tiles) };
      await checkOpening(tx, log, before, found);
      await checkCheckpoints(tx, log, tree, found);
      await checkCosignatures(tx, deps, log, found);
      checkKey(deps, log, found);
      checkSigner(deps, log, tree, found);
      await checkEvidence(log, tree, evidence, found);
      before = { log, size: tree.size, root: rootOf(sha256, tree.size, tree.hashes) };
      leaves += tree.size;
      entries += read.entries;
      erased += read.erased;
    }
    await checkCertificates(tx, county, found);
    return { county, leaves, entries, erased, findings: found.all(), firstBad: found.firstBad() };
  });

interface Tree {
  readonly size: number;
  readonly hashes: NodeHashes;
}

const readerOf = (tiles: readonly FilledTile[]): NodeHashes => {
  const shelf = new Map(tiles.map((tile) => [`${tile.level}/${tile.index}`, tile.bytes]));
  return hashesOfTiles(sha256, (level, index) => shelf.get(`${level}/${index}`) ?? new Uint8Array(0));
};

/** The first leaf names the log, and commits to the year before as it still is. */
const checkOpening = async (
  tx: Tx,
  log: LogYear,
  before: { log: LogYear; size: number; root: Uint8Array } | undefined,
  found: Findings,
): Promise<void> => {
  const { county, year } = log;
  const [row] = await readLeaves(tx, county, year, 0, 1);
  const leaf = row === undefined ? null : parseLeaf(row.leaf);
  const at = { table: 'log_leaf', county, year, index: 0, row: '0' } as const;
  if (leaf?.k !== 'log.open' || leaf.pub['origin'] !== log.origin) found.add({ ...at, what: 'opening-wrong' });
  else if (before !== undefined) {
    const expected = JSON.stringify({ origin: before.log.origin, root: toBase64Url(before.root), size: before.size });
    if (JSON.stringify(leaf.pub['previous']) !== expected) found.add({ ...at, what: 'previous-year-changed' });
  }
};

/** Every checkpoint that was ever signed must be a beginning of this tree, and carry the key's signature. */
const checkCheckpoints = async (tx: Tx, log: LogYear, tree: Tree, found: Findings): Promise<void> => {
  const { county, year } = log;
  const rows = await tx.rows<{ tree_size: number; root: Buffer; note: string }>(
    'select tree_size, root, note from lx.log_checkpoint where county = $1 and year = $2 order by tree_size',
    [county, year],
  );
  const key = parseNoteKey(sha256, log.key);
  for (const row of rows) {
    const at = { table: 'log_checkpoint', county, year, row: String(row.tree_size) } as const;
    const index = row.tree_size - 1;
    const signed = key === null ? null : await readCheckpoint(row.note, { key, verify: verifyEd25519 });
    if (signed === null || signed.size !== row.tree_size || !equalBytes(signed.root, row.root)) {
      found.add({ ...at, index, what: 'checkpoint-not-signed' });
    }
    if (row.tree_size > tree.size) found.add({ ...at, index: tree.size, what: 'checkpoint-beyond-log' });
    else if (!isRootAt(tree, row.tree_size, row.root)) found.add({ ...at, index, what: 'checkpoint-root-wrong' });
  }
};

/** Every cosignature that is kept must be the witness's own, as far as the policy still names him. */
const checkCosignatures = async (tx: Tx, deps: Deps, log: LogYear, found: Findings): Promise<void> => {
  const { county, year } = log;
  const rows = await tx.rows<{ tree_size: number; witness: string; note: string }>(
    `select s.tree_size, s.witness, c.note || s.line as note from lx.log_cosignature s
     join lx.log_checkpoint c on c.county = s.county and c.year = s.year and c.tree_size = s.tree_size
     where s.county = $1 and s.year = $2 order by s.tree_size, s.witness`,
    [county, year],
  );
  if (rows.length === 0) return;
  const keys = new Map(policyOf(deps.config, log).witnesses.map((witness) => [witness.name, witness.key]));
  for (const { tree_size: size, witness, note } of rows) {
    const key = keys.get(witness);
    const parsed = parseNote(note);
    const seen = key === undefined || parsed === null ? null : await cosignedAt(parsed, key, verifyEd25519);
    if (key === undefined || typeof seen === 'number') continue;
    const row = `${size} ${witness}`;
    found.add({ table: 'log_cosignature', county, year, index: size - 1, row, what: 'cosignature-wrong' });
  }
};

/** Every certificate must be what its leaf has the hash of. */
const checkCertificates = async (tx: Tx, county: string, found: Findings): Promise<void> => {
  const rows = await tx.rows<{
    id: string;
    body: string;
    year: number | null;
    index: number | null;
    hash: string | null;
  }>(
    `select c.id, c.body, j.log_year as year, j.log_index as index, j.pub ->> 'doc_sha256' as hash
     from lx.certificate c left join lx.journal_entry j on j.county = c.county and j.id = c.journal
     where c.county = $1 order by c.id`,
    [county],
  );
  for (const { id, body, year, index, hash } of rows) {
    if (toHex(sha256(utf8Bytes(body))) === hash) continue;
    found.add({ table: 'certificate', county, year, index, row: id, what: 'certificate-changed' });
  }
};

const isRootAt = (tree: Tree, size: number, root: Uint8Array): boolean =>
  equalBytes(rootOf(sha256, size, tree.hashes), root);

/** What the signer remembers on disk: the log may have grown since, but not shrunk or become another. */
const checkSigner = (deps: Deps, log: LogYear, tree: Tree, found: Findings): void => {
  const { county, year } = log;
  const signed = lastSigned(signedFile(deps.config.data, county, year));
  if (signed === null) return;
  const at = { table: 'signer', county, year, row: `size ${signed.size}` } as const;
  if (signed.size > tree.size) found.add({ ...at, index: tree.size, what: 'signed-more-than-there-is' });
  else if (!isRootAt(tree, signed.size, signed.root)) {
    found.add({ ...at, index: signed.size - 1, what: 'signed-something-else' });
  }
};

/** What people hold: a checkpoint of this log, signed by its key, must be a beginning of it. */
const checkEvidence = async (
  log: LogYear,
  tree: Tree,
  evidence: readonly Evidence[],
  found: Findings,
): Promise<void> => {
  const { county, year } = log;
  const key = parseNoteKey(sha256, log.key);
  for (const { name, text } of evidence) {
    const note = parseProofFile(text)?.checkpoint ?? text;
    const held = checkpointIn(note);
    if (held === null || held.origin !== log.origin) continue;
    const at = { table: 'log_checkpoint', county, year, row: name } as const;
    const index = Math.min(held.size, tree.size) - 1;
    // Not signed by today's key: the paper is forged, or the key is another one than when it was printed.
    if (key === null || (await readCheckpoint(note, { key, verify: verifyEd25519 })) === null) {
      found.add({ ...at, index: null, what: 'checkpoint-not-signed' });
    } else if (held.size > tree.size || !isRootAt(tree, held.size, held.root)) {
      found.add({ ...at, index, what: 'evidence-contradicts' });
    }
  }
};

/** The key in the keys folder must be the one that stands on posters for this log. */
const checkKey = (deps: Deps, log: LogYear, found: Findings): void => {
  const own = formatNoteKey(signingKey(deps.keys, log.county).named(log.origin));
  if (own === log.key) return;
  found.add({
    table: 'log_year',
    county: log.county,
    year: log.year,
    index: null,
    row: log.origin,
    what: 'key-replaced',
  });
};

/** The checkpoint in a note. */
const checkpointIn = (text: string): Checkpoint | null => {
  const note = parseNote(text);
  return note === null ? null : parseCheckpointBody(note.text);
};
