import { createHmac, randomBytes } from 'node:crypto';
import { identitySeal, type IdentityKind } from '../imports/index.js';
import { openContact, sealContact } from '../matters/index.js';
import type { Keys } from '../storage/keys.js';

type Row = Record<string, unknown>;

const bytes = (text: unknown): Buffer => Buffer.from(String(text).replace(/^\\x/, ''), 'hex');
const hex = (value: Buffer): string => `\\x${value.toString('hex')}`;

const contactPlace = (row: Row) => ({
  county: String(row['county']),
  matter: String(row['matter']),
  field: String(row['field']),
});
const identityPlace = (row: Row) => ({
  county: String(row['county']),
  person: String(row['person']),
  kind: String(row['kind']) as IdentityKind,
});

/**
 * Rows whose columns are sealed with keys of this installation: they leave it opened (under the file's own seal), and are sealed again with
 * the keys of the one they come to. So no key of this installation travels, and no other county's data with it.
 */
export const openRow = (keys: Keys, table: string, line: string): string => {
  const row = JSON.parse(line) as Row;
  if (table === 'matter_contact') {
    const value = openContact(keys.keyFor('matter-contact'), contactPlace(row), bytes(row['cipher']));
    return JSON.stringify({ ...row, cipher: value });
  }
  if (table === 'person_identity') {
    const { cipher, lookup_hash: _lookup, ...rest } = row;
    return JSON.stringify({ ...rest, value: identitySeal(keys).open(identityPlace(row), bytes(cipher)) });
  }
  return line;
};

/** The other way: a row of the file sealed with the keys of this installation. */
export const sealRow = (keys: Keys, table: string, line: string): string => {
  const row = JSON.parse(line) as Row;
  if (table === 'matter_contact') {
    const sealed = sealContact(
      keys.keyFor('matter-contact'),
      contactPlace(row),
      row['cipher'] as never,
      randomBytes(12),
    );
    return JSON.stringify({ ...row, cipher: hex(sealed) });
  }
  if (table === 'person_identity') {
    const { value, ...rest } = row;
    const seal = identitySeal(keys);
    const place = identityPlace(row);
    return JSON.stringify({
      ...rest,
      cipher: hex(seal.seal(place, String(value), randomBytes(12))),
      lookup_hash: hex(seal.hash(place.county, place.kind, String(value))),
    });
  }
  return line;
};

/** The key under which secret rows are compared: of the county, not of the installation, so that both sides reckon the same. */
export const comparingKey = (logSeed: Buffer): Buffer =>
  createHmac('sha256', logSeed).update('lianxin-county-compare/v1').digest();
