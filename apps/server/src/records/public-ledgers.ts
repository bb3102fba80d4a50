import type { LedgerPage } from '@lianxin/contract';
import {
  cellOf,
  countyDate,
  ledgerOf,
  personalDataIn,
  ruleSchemas,
  type Field,
  type FieldValues,
  type Ledger,
} from '@lianxin/domain';
import { rulesOf } from '../policy-packs/index.js';
import type { Tx } from '../storage/index.js';
import { registersFor, type FoundRegister, type RegisterDeps } from './find-register.js';
import { ledgerPage } from './records.view.js';

/** A record as anybody may read it: every column its public ledgers show, in words; a value that is missing is null. */
export interface PublicRecord {
  readonly id: string;
  readonly title: string;
  readonly since: string;
  readonly values: readonly { readonly id: string; readonly title: string; readonly text: string | null }[];
}

/** A ledger that a pack makes public, as a table. */
export interface PublicLedger {
  readonly id: string;
  readonly page: LedgerPage;
}

/** A register with its public ledgers in a village. */
export interface PublicRegister {
  readonly id: string;
  readonly of: string;
  readonly title: string;
  readonly about: string | null;
  readonly ledgers: readonly PublicLedger[];
  readonly records: readonly PublicRecord[];
}

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly fields: FieldValues;
  readonly since: string;
}

const isOpen = (field: Field): boolean =>
  field.personal !== true && !['phone', 'person', 'file', 'files'].includes(field.type);

/** The ledgers that everybody may read, with the columns that name nobody. */
const publicOf = ({ register }: FoundRegister): readonly Ledger[] => {
  if (register.of === 'person' || register.of === 'household') return [];
  const open = new Set(register.fields.filter(isOpen).map((field) => field.id));
  return register.ledgers
    .filter((ledger) => ledger.seenBy === 'public')
    .map((ledger) => ({ ...ledger, columns: ledger.columns.filter((column) => open.has(column)) }))
    .filter((ledger) => ledger.columns.length > 0);
};

/** Registers from which a disclosure is cut: what of them is public goes through the check and the board, never past it. */
const registersCut = async (deps: RegisterDeps, tx: Tx, village: string): Promise<ReadonlySet<string>> => {
  const rules = await rulesOf(deps.pool, tx);
  return new Set(
    rules
      .rulesFor(village, countyDate(deps.clock()), 'disclosure-catalogue')
      .flatMap(({ rule }) => ruleSchemas['disclosure-catalogue'].parse(rule.rule).items)
      .flatMap((item) => item.from?.register ?? []),
  );
};

const recordOf = ({ register }: FoundRegister, ledgers: readonly Ledger[], row: Row): PublicRecord => {
  const shown = new Set(ledgers.flatMap((ledger) => ledger.columns));
  const values = register.fields
    .filter((field) => shown.has(field.id))
    .map((field) => {
      const value = row.fields[field.id];
      const cell = value === undefined || value === '' ? null : cellOf(field, value);
      const text = cell === null ? null : String(cell);
      return {
        id: field.id,
        title: field.title,
        text: text === null || personalDataIn(text) === null ? text : '＊＊＊',
      };
    });
  return { id: row.id, title: values.find((one) => one.text !== null)?.text ?? '', since: row.since, values };
};

/**
 * The registers of a village, and of the levels above it, that a pack opens to everybody 公开台账: read as a visitor, so that neither a record
 * about a person nor a personal field can slip in. What is published by a check and a board is left to them. `only` looks at one kind of register or one register.
 */
export const publicLedgersFor = async (
  deps: RegisterDeps,
  tx: Tx,
  village: string,
  only: (register: FoundRegister['register']) => boolean = () => true,
): Promise<readonly PublicRegister[]> => {
  const today = countyDate(deps.clock());
  const cut = await registersCut(deps, tx, village);
  const found: PublicRegister[] = [];
  for (const one of await registersFor(deps, tx, village)) {
    const ledgers = publicOf(one);
    if (ledgers.length === 0 || cut.has(one.register.id) || !only(one.register)) continue;
    const { register } = one;
    const rows = await tx.rows<Row>(`select id, fields, since from lx.public_records(decode($1, 'hex'), $2, $3)`, [
      one.hash,
      register.id,
      village,
    ]);
    const views = ledgers.map((ledger) => ({ id: ledger.id, view: ledgerOf(register, ledger, rows, today) }));
    const listed = new Set(views.flatMap(({ view }) => view.rows.map((row) => row.id)));
    found.push({
      id: register.id,
      of: register.of,
      title: register.title,
      about: register.about ?? null,
      ledgers: views.map(({ id, view }) => ({ id, page: ledgerPage(register, view) })),
      records: rows.filter((row) => listed.has(row.id)).map((row) => recordOf(one, ledgers, row)),
    });
  }
  return found;
};
