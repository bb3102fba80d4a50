import { createHash } from 'node:crypto';

/** A value of a row on its way into the database. */
export type Value = string | number | boolean | null | readonly string[];
export type Row = Readonly<Record<string, Value>>;

/** The tables of a county's demonstration in the order in which they are written. */
export const countyTables = [
  'person',
  'place',
  'body',
  'body_link',
  'grid',
  'grid_party_group',
  'duty_contact',
  'establishment',
  'appointment',
  'party_membership',
  'service_room',
  'organisation',
  'organisation_link',
  'convenience_station',
  'office_management',
  'household',
  'household_member',
  'contact_assignment',
] as const;
export type CountyTable = (typeof countyTables)[number];

/** An account to be made for a person of the demonstration. */
export interface DemoAccount {
  readonly username: string;
  readonly county: string;
  readonly person: string;
  readonly name: string;
  /** What the log-in is for, in words: body and post. */
  readonly office: string;
  readonly officeInEnglish: string;
}

/**
 * Rows of one county being collected. Ids are made from the county and a running number, so that the same data give the same ids
 * and an office entered earlier has the smaller id.
 */
export class CountyRows {
  readonly county: string;
  readonly from: string;
  readonly at: string;
  readonly rows = new Map<CountyTable, Row[]>();
  readonly accounts: DemoAccount[] = [];
  #count = 0;

  constructor(county: string, from: string, at: string) {
    this.county = county;
    this.from = from;
    this.at = at;
  }

  /** A fresh id of version 8 (RFC 9562): running number first, then a hash of county and number. */
  newId(): string {
    this.#count += 1;
    const hash = createHash('sha256').update(`demonstration ${this.county} ${this.#count}`).digest('hex');
    const number = this.#count.toString(16).padStart(8, '0');
    return `${number}-${hash.slice(0, 4)}-8${hash.slice(4, 7)}-a${hash.slice(7, 10)}-${hash.slice(10, 22)}`;
  }

  /** Adds a row with county, period and times; gives its id. */
  add(table: CountyTable, row: Row): string {
    const id = typeof row.id === 'string' ? row.id : this.newId();
    const full = { county: this.county, id, valid_from: this.from, valid_to: null, recorded_at: this.at, ...row };
    const list = this.rows.get(table) ?? [];
    this.rows.set(table, list);
    list.push(full);
    return id;
  }
}
