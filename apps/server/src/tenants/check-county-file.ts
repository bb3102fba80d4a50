import { createHash } from 'node:crypto';
import { linesOf, type Header, type Manifest } from './county-file.js';
import { passphraseSeal, type PassphraseSeal } from './passphrase-seal.js';
import { CountyFileRefused } from './refused.js';

/** A county's file that was read to its end and is as it was made. */
export interface CheckedFile {
  readonly header: Header;
  readonly manifest: Manifest;
  /** Undefined where nothing is sealed, or no passphrase was given. */
  readonly seal: PassphraseSeal | undefined;
}

const headerIn = (line: string | undefined): Header => {
  try {
    const header = JSON.parse(line ?? '') as Partial<Header>;
    if (header.lianxin === 'county' && header.version === 1 && /^\d{6}$/.test(header.county ?? ''))
      return header as Header;
  } catch {
    // Said below, with the same words as for a file of something else.
  }
  throw new CountyFileRefused('not-a-county-file');
};

const openSeal = (header: Header, passphrase: string | undefined): PassphraseSeal | undefined => {
  if (header.seal === null || passphrase === undefined) return undefined;
  const seal = passphraseSeal(passphrase, header.seal.salt);
  try {
    if (seal.open('check', header.seal.check) === header.county) return seal;
  } catch {
    // A wrong passphrase and a changed mark look alike.
  }
  throw new CountyFileRefused('passphrase-wrong');
};

/**
 * Reads a county's file from end to end and compares its last line with what stands before it; with the passphrase it also says that whoever
 * made the file held it. Nothing is written anywhere before this has passed. Refuses `not-a-county-file`, `altered`, `passphrase-wrong`.
 */
export const checkCountyFile = async (file: string, passphrase?: string): Promise<CheckedFile> => {
  const hash = createHash('sha256');
  let header: Header | undefined;
  let seal: PassphraseSeal | undefined;
  let manifest: Manifest | undefined;
  let whole = false;
  for await (const line of linesOf(file)) {
    if (whole) throw new CountyFileRefused('altered');
    if (header === undefined) {
      header = headerIn(line);
      seal = openSeal(header, passphrase);
    } else if (line.startsWith('["manifest",')) {
      [, manifest] = JSON.parse(line) as [string, Manifest];
    } else if (line.startsWith('["whole",')) {
      const [, said] = JSON.parse(line) as [string, { sha256: string; hmac: string | null }];
      const sum = hash.copy().digest('hex');
      if (said.sha256 !== sum || (seal !== undefined && said.hmac !== seal.sign(sum)))
        throw new CountyFileRefused('altered');
      whole = true;
      continue;
    }
    hash.update(line).update('\n');
  }
  if (header === undefined) throw new CountyFileRefused('not-a-county-file');
  if (manifest === undefined || !whole) throw new CountyFileRefused('altered');
  return { header, manifest, seal };
};
