import { createHmac, randomBytes } from 'node:crypto';
import { identitySeal, type IdentityKind } from '../imports/index.js';
import { openAddress, sealAddress } from '../mail/index.js';
import { openContact, sealContact } from '../matters/index.js';
import type { Keys } from '../storage/keys.js';

type Row = Readonly<Record<string, unknown>>;

const bytes = (text: unknown): Buffer => Buffer.from(String(text).replace(/^\\x/, ''), 'hex');
const hex = (value: Buffer): string => `\\x${value.toString('hex')}`;

/** How the sealed columns of a table's row are opened, and sealed again. */
interface Sealing {
  readonly open: (keys: Keys, row: Row) => Row;
  readonly seal: (keys: Keys, row: Row) => Row;
}

/** A table whose column `cipher` is sealed for the place that the row itself names. */
const byContact = (purpose: string, matter: string, field: string): Sealing => {
  const placeOf = (row: Row) => ({
    county: String(row['county']),
    matter: String(row[matter]),
    field: String(row[field]),
  });
  return {
    open: (keys, row) => ({ ...row, cipher: openContact(keys.keyFor(purpose), placeOf(row), bytes(row['cipher'])) }),
    seal: (keys, row) => ({
      ...row,
      cipher: hex(sealContact(keys.keyFor(purpose), placeOf(row), row['cipher'] as never, randomBytes(12))),
    }),
  };
};

const byAddress = (kind: 'person' | 'matter'): Sealing => {
  const ownerOf = (row: Row) => ({ kind, county: String(row['county']), id: String(row[kind]) });
  return {
    open: (keys, row) => ({ ...row, cipher: openAddress(keys, ownerOf(row), bytes(row['cipher'])) }),
    seal: (keys, row) => ({
      ...row,
      cipher: hex(sealAddress(keys, ownerOf(row), String(row['cipher']), randomBytes(12))),
    }),
  };
};

const identityPlace = (row: Row) => ({
  county: String(row['county']),
  person: String(row['person']),
  kind: String(row['kind']) as IdentityKind,
});
const byIdentity: Sealing = {
  open: (keys, { cipher, lookup_hash: _lookup, ...row }) => ({
    ...row,
    cipher: identitySeal(keys).open(identityPlace(row), bytes(cipher)),
  }),
  seal: (keys, row) => {
    const seal = identitySeal(keys);
    const place = identityPlace(row);
    const value = String(row['cipher']);
    return {
      ...row,
      cipher: hex(seal.seal(place, value, randomBytes(12))),
      lookup_hash: hex(seal.hash(place.county, place.kind, value)),
    };
  },
};

/** Sealed by nobody here, but secret all the same: what a log-in is proven with. */
const asItIs: Sealing = { open: (_keys, row) => row, seal: (_keys, row) => row };

/** Tables whose rows are in a county's file only under its passphrase. */
export const secretTables: ReadonlyMap<string, Sealing> = new Map([
  ['credential', asItIs],
  ['former_password', asItIs],
  ['passkey', asItIs],
  ['matter_contact', byContact('matter-contact', 'matter', 'field')],
  ['decision_word_sender', byContact('decision-sender', 'matter', 'word')],
  ['mail_address', byAddress('person')],
  ['matter_mail', byAddress('matter')],
  ['person_identity', byIdentity],
]);

/**
 * A row whose columns are sealed with keys of this installation leaves it opened (under the file's own seal). So no key of this
 * installation travels, and no other county's data with it.
 */
export const openRow = (keys: Keys, table: string, line: string): string =>
  JSON.stringify(secretTables.get(table)?.open(keys, JSON.parse(line) as Row));

/** The other way: a row of the file sealed with the keys of this installation. */
export const sealRow = (keys: Keys, table: string, line: string): string =>
  JSON.stringify(secretTables.get(table)?.seal(keys, JSON.parse(line) as Row));

/** The key under which secret rows are compared: of the county, not of the installation, so that both sides reckon the same. */
export const comparingKey = (logSeed: Buffer): Buffer =>
  createHmac('sha256', logSeed).update('lianxin-county-compare/v1').digest();
